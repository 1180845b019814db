"""Rows of an Excel workbook (`.xlsx`, ECMA-376): values only, of the first sheet."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from cryptodrug.survey.export import refuse

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LARGEST = 2_000_000_000  # bytes that a part may unpack to
TRUE, FALSE = "1", "0"


def _place(reference: str) -> int:
    """Number of a column, from 0: `A1` -> 0, `AA7` -> 26."""
    number = 0
    for letter in re.match("[A-Z]*", reference).group():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _text(element: ElementTree.Element) -> str:
    """All text inside, without reading aids."""
    parts = []
    for one in element:
        if one.tag == f"{MAIN}t":
            parts.append(one.text or "")
        elif one.tag == f"{MAIN}r":
            parts += [inner.text or "" for inner in one.findall(f"{MAIN}t")]
    return "".join(parts)


def _shared(package: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in package.namelist():
        return []
    with package.open(name) as stream:
        return [_text(one) for _, one in ElementTree.iterparse(stream) if one.tag == f"{MAIN}si"]


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.find(f"{MAIN}v")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return "" if inline is None else _text(inline)
    if value is None or value.text is None or kind == "e":
        return ""
    if kind == "s":
        return shared[int(value.text)]
    # whole numbers stand as 3 or as 3.0
    return re.sub(r"^(-?\d+)\.0+$", r"\1", value.text)


def workbook_rows(path: str | Path) -> Iterator[list[str]]:
    """Rows of the first sheet as texts; empty rows are left out. Formulas give the value that was stored.

    Raises
    ------
    InputError : the file is no workbook, damaged, or unpacks to more than two gigabytes.
    """
    try:
        with zipfile.ZipFile(path) as package:
            if max((part.file_size for part in package.infolist()), default=0) > LARGEST:
                raise refuse("a part of the workbook is too large", path, "export the table as CSV")
            sheets = sorted(
                (name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                key=lambda name: int(re.search(r"\d+", name).group()),
            )
            if not sheets:
                raise refuse("the workbook has no sheet", path, "export the table again")
            shared = _shared(package)
            with package.open(sheets[0]) as stream:
                for _, row in ElementTree.iterparse(stream):
                    if row.tag != f"{MAIN}row":
                        continue
                    cells: list[str] = []
                    for cell in row.findall(f"{MAIN}c"):
                        place = _place(cell.get("r", "")) if cell.get("r") else len(cells)
                        cells += [""] * (place + 1 - len(cells))
                        cells[place] = _value(cell, shared)
                    if any(cells):
                        yield cells
                    row.clear()
    except (zipfile.BadZipFile, ElementTree.ParseError, IndexError, ValueError) as error:
        raise refuse(f"the workbook cannot be read ({error})", path, "export the table again, or as CSV") from error
