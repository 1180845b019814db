"""Archives as received, one page at a time: nothing but one page is in memory."""

from cryptodrug.archive.limits import Limits
from cryptodrug.archive.page import Page
from cryptodrug.archive.read import pages
from cryptodrug.archive.report import Report
from cryptodrug.archive.streams import tables

__all__ = ["Limits", "Page", "Report", "pages", "tables"]
