"""A workbook for coders (`.xlsx`, ECMA-376): texts, and lists from which a cell is chosen. The same bytes each time."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from cryptodrug.profiles.sheets import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST = 32_767  # letters in a cell of a spreadsheet
EPOCH = (1980, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """A text as a cell can hold it: without control characters, not longer than a cell; never a formula."""
    kept = "".join(character for character in text if character in "\n\t" or character.isprintable())
    return kept[:LONGEST]


def _cell(place: int, row: int, text: str) -> str:
    inside = escape(clean(text))
    return f'<c r="{column_letters(place)}{row}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _sheet(rows: Sequence[Sequence[str]], lists: Mapping[int, Sequence[str]], widths: Sequence[int]) -> str:
    """Rows as XML, the first one frozen; `lists`: values by place of the column."""
    lines = [
        f'<row r="{number}">{"".join(_cell(place, number, text) for place, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    ]
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        f'sqref="{column_letters(place)}2:{column_letters(place)}{max(len(rows), 2)}">'
        f"<formula1>{escape(chr(34) + ','.join(values) + chr(34))}</formula1></dataValidation>"
        for place, values in lists.items()
    )
    rules = f'<dataValidations count="{len(lists)}">{rules}</dataValidations>' if lists else ""
    view = '<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" state="frozen"/>'
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{view}</sheetView></sheetViews><cols>{columns}</cols>'
        f"<sheetData>{''.join(lines)}</sheetData>{rules}</worksheet>"
    )


def write_workbook(
    path: str | Path,
    sheets: Mapping[str, Sequence[Sequence[str]]],
    lists: Mapping[str, Mapping[int, Sequence[str]]],
    widths: Mapping[str, Sequence[int]],
) -> None:
    """Write sheets by name, each a table of texts; `lists` and `widths` by the name of a sheet."""
    names = list(sheets)
    numbered = list(enumerate(names, start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for number, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        + "</Relationships>",
    }
    parts |= {
        f"xl/worksheets/sheet{number}.xml": _sheet(sheets[name], lists.get(name, {}), widths.get(name, ()))
        for number, name in numbered
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
