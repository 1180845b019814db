"""Rows of an Excel workbook (`.xlsx`, ECMA-376): values only."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from cryptodrug.survey.export import refuse

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LARGEST = 2_000_000_000  # bytes that a part may unpack to


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


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Part of the package by the name of its sheet, in the order of the workbook."""
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in links}
    sheets = ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    return {one.get("name", ""): f"xl/{targets[one.get(LINK)]}" for one in sheets}


def _rows(package: zipfile.ZipFile, part: str) -> Iterator[list[str]]:
    shared = _shared(package)
    with package.open(part) as stream:
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


def sheet_rows(path: str | Path, sheet: str | None) -> Iterator[list[str]]:
    """Rows of a sheet (None: the first) as texts; empty rows are left out. Formulas give the value that was stored.

    Raises
    ------
    InputError : the file is no workbook, damaged, has no such sheet, or unpacks to more than two gigabytes.
    """
    try:
        with zipfile.ZipFile(path) as package:
            if max((part.file_size for part in package.infolist()), default=0) > LARGEST:
                raise refuse("a part of the workbook is too large", path, "export the table as CSV")
            parts = _sheet_names(package)
            name = sheet if sheet is not None else next(iter(parts), "")
            if name not in parts:
                raise refuse(f"the workbook has no sheet {name!r}", path, "export the table again")
            yield from _rows(package, parts[name])
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError) as error:
        raise refuse(f"the workbook cannot be read ({error})", path, "export the table again, or as CSV") from error


def workbook_rows(path: str | Path) -> Iterator[list[str]]:
    """Rows of the first sheet; see `sheet_rows`."""
    return sheet_rows(path, None)
