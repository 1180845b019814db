"""Profiles of vendors read by people: code book, coding sheets, agreement, and what counts in the end.

Texts of profiles stay with the team. What a study needs of a sheet are codes by pseudonym.
"""
