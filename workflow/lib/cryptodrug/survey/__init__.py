"""The survey of buyers: from an export to answers, by an allow-list of variables."""
