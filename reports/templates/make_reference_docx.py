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


def restyled(styles: str) -> str:
    """Blue headings, small captions and tables."""
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
            new.writestr(zipfile.ZipInfo(name, FIXED), data)
    source.unlink()


if __name__ == "__main__":
    main()
