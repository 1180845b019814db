"""Make `reference.docx`, the styles of the Word files, from those of pandoc: the colours of the house.

Run by hand when the look changes: python reports/templates/make_reference_docx.py
"""

import re
import subprocess
import zipfile
from pathlib import Path

import pypandoc

TARGET = Path(__file__).with_name("reference.docx")
FIXED = (2020, 1, 1, 0, 0, 0)  # a zip entry needs a date; the same one gives the same bytes


# name of the style, size in half points, colour of the bar at its side (none for plain text)
OWN_STYLES = (("Table Text", 15, None), ("Exhibit Foot", 15, None), ("Notice", 20, "8B0000"), ("Box", 20, "123C5A"))


def own_style(name: str, size: int, bar: str | None) -> str:
    """A paragraph style of ours."""
    border = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{bar}"/></w:pBdr>' if bar else ""
    space = '<w:spacing w:before="20" w:after="20"/>' if size < 16 else '<w:spacing w:before="80" w:after="80"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{border}{space}</w:pPr>'
        f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def restyled(styles: str) -> str:
    """Blue headings, text of ten and a half points, styles of our own."""
    styles = re.sub(r'(<w:docDefaults>.*?<w:sz w:val=")\d+(")', r"\g<1>21\2", styles, flags=re.DOTALL)
    styles = styles.replace("</w:styles>", "".join(own_style(*style) for style in OWN_STYLES) + "</w:styles>")
    styles = re.sub(r'w:color w:val="[0-9A-F]{6}"( w:themeColor="accent1"[^/]*)?/', 'w:color w:val="123C5A"/', styles)
    return styles


def main() -> None:
    """Write the file."""
    original = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    ).stdout
    source = TARGET.with_suffix(".original")
    source.write_bytes(original)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name == "word/styles.xml":
                data = restyled(data.decode()).encode()
            if name == "word/theme/theme1.xml":
                # a font that every office suite has or replaces by one of the same widths
                data = re.sub(rb'(<a:latin typeface=")[^"]+', rb"\g<1>Arial", data)
            new.writestr(zipfile.ZipInfo(name, FIXED), data)
    source.unlink()


if __name__ == "__main__":
    main()
