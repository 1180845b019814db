"""What a Word file needs beyond pandoc: a foot on every page, a cover of its own."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

FIXED = (2020, 1, 1, 0, 0, 0)  # an entry of a zip file has a date; the same one gives the same bytes
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
# A4 in twentieths of a point
SECTION = (
    f'<w:sectPr><w:footerReference w:type="default" r:id="rIdFoot" xmlns:r="{OFFICE}"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1304" w:bottom="1417" w:left="1304" '
    'w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def _foot(text: str) -> str:
    """A foot with a text and the number of the page."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    words = f'<w:r><w:rPr><w:b/><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    tab = '<w:pPr><w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs></w:pPr>'
    body = f"<w:p>{tab}{words}<w:r><w:tab/></w:r>{field}</w:p>"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr xmlns:w="{MAIN}">{body}</w:ftr>'


def _changed(name: str, data: str) -> str:
    """The parts of the reference file that must know of the foot."""
    if name == "word/document.xml":
        data = re.sub(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", "", data, flags=re.DOTALL)
        return data.replace("</w:body>", f"{SECTION}</w:body>")
    if name == "word/_rels/document.xml.rels":
        link = f'<Relationship Type="{OFFICE}/footer" Id="rIdFoot" Target="footer1.xml"/>'
        return data.replace("</Relationships>", f"{link}</Relationships>")
    if name == "[Content_Types].xml":
        return data.replace("</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{KIND}"/></Types>')
    return data


def with_foot(reference: Path, text: str, target: Path) -> None:
    """A reference file whose pages carry `text` and their number in the foot."""
    with zipfile.ZipFile(reference) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                data = _changed(name, data.decode("utf-8")).encode("utf-8")
            new.writestr(zipfile.ZipInfo(name, FIXED), data)
        new.writestr(zipfile.ZipInfo("word/footer1.xml", FIXED), _foot(text))


def cover(front: Mapping[str, str]) -> str:
    """Markdown of what stands under the title: what the document is, authors, contract, publisher."""
    number = f" · {front['number']}" if front.get("number") else ""
    lines = [front["authors"], f"{front['programme']}  \n{front['contract']}{number}  \n{front['publisher']}"]
    if front.get("notice"):
        lines.insert(0, f"::: {{.notice}}\n**{front['notice']}**\n:::")
    return "\n\n".join(lines) + "\n\n"
