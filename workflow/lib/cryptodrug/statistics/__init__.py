"""Estimators and intervals, one function per method, each with its source."""
