"""Coded interviews: the code book, projects of coding programs, agreement of coders, what may be said of them."""
