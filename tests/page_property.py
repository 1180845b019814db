"""What must hold for every page, whatever state it is in."""

from cryptodrug.reading.reader import ReadPage
from cryptodrug.reading.tables import PAGE_KINDS

WITH_ROWS = ("listing", "list", "vendor", "feedback")


def faults(read: ReadPage, expects_rows: bool) -> list[str]:
    """Where the property is broken: rows, or a kind and a note; every value a text, a number, a flag or absent.

    `expects_rows`: the rule that read the page has rows.
    """
    found = [] if read.kind in PAGE_KINDS else [f"kind {read.kind!r}"]
    rows = [row for _, values in read.rows for row in values]
    if not rows and not read.notes and (expects_rows or read.kind in ("unknown", "cut", "empty")):
        found.append(f"{read.kind}: neither rows nor a note")
    if any(all(value is None for value in row) for row in rows):
        found.append("a row of nothing")
    values = [value for row in rows for value in row if value is not None]
    if any(not isinstance(value, str | int) for value in values):
        found.append("a value that is neither text nor number")
    if any(value == "" for value in values):
        found.append("an empty text in place of nothing")
    for text in (value for value in [*values, *read.values.values()] if isinstance(value, str)):
        try:
            text.encode()
        except UnicodeEncodeError:
            found.append("a text that cannot be written")
            break
    return found
