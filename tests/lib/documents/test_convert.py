"""A small document in three file formats."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypandoc
import pytest
from cryptodrug.documents.convert import FROM, to_docx, to_html, to_pdf
from cryptodrug.errors import InputError
from cryptodrug.figures.style import house_style, new_figure

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "reports" / "templates"
TEXT = """---
acronym: SMALL
authors: Nobody
contents: Inhoud
contract: Contract
lang: nl-BE
language: nl
notice: Gesimuleerde gegevens
programme: Programme
publisher: Publisher
region: BE
running: Running head
skip: Naar de inhoud
subtitle: Onder
title: Een klein rapport
toc: TOC
---

# Eerste deel

Één zin met € 12\u202f600.

| Land | Aantal |
|:-----|-------:|
| België | 1\u202f234 [1; 2] |

: Tabel 1: Aantallen

::: {.foot}
Bron. [Id abc123]{.id}
:::

![Figuur 1: Lijn](line.nl){alt="Een lijn."}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A folder with a document and its picture."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "small.nl.md").write_text(TEXT.replace("TOC", "true"), encoding="utf-8")
    with house_style():
        figure = new_figure(1.0)
        figure.subplots().plot([0, 1], [0, 1])
        figure.savefig(folder / "line.nl.svg", metadata={"Date": None, "Creator": None})
        figure.savefig(folder / "line.nl.png", metadata={"Software": None})
    return folder


def convert(folder: Path, target: Path, text: Path | None = None) -> bytes:
    text = text or folder / "small.nl.md"
    figures = [str(folder / "line.nl.svg"), str(folder / "line.nl.png")]
    if target.suffix == ".pdf":
        to_pdf(text, figures, TEMPLATES / "page.typ", TEMPLATES / "typst.lua", target)
    elif target.suffix == ".docx":
        to_docx(text, figures, TEMPLATES / "reference.docx", TEMPLATES / "docx.lua", target)
    else:
        to_html(text, figures, TEMPLATES / "page.html", TEMPLATES / "document.css", target)
    return target.read_bytes()


@pytest.fixture(scope="module")
def made(small) -> dict[str, bytes]:
    return {ending: convert(small, small / f"first.{ending}") for ending in ("pdf", "docx", "html")}


ELSEWHERE = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {lib!r}]
from test_convert import convert
for ending in ("pdf", "docx", "html"):
    convert(Path({folder!r}), Path({folder!r}) / f"second.{{ending}}")
"""


def test_another_machine_with_other_time_zone_and_language_makes_the_same_bytes(small, made):
    names = {"tests": str(Path(__file__).parent), "lib": str(ROOT / "workflow" / "lib"), "folder": str(small)}
    other = {"TZ": "Asia/Tokyo", "LANG": "fr_FR.UTF-8", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    code = ELSEWHERE.format(**names)
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | other)
    for ending, data in made.items():
        again = (small / f"second.{ending}").read_bytes()
        assert hashlib.sha256(again).hexdigest() == hashlib.sha256(data).hexdigest(), ending


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_warning_of_pandoc_stops_the_document(small, ending, tmp_path):
    text = small / "broken.md"
    text.write_text(TEXT.replace("TOC", "true").replace("(line.nl)", "(absent.nl.png)") + "\n::: {.foot}\n", "utf-8")
    target = tmp_path / f"x.{ending}"
    with pytest.raises(InputError) as error:
        convert(small, target, text)
    assert "pandoc refused the document: [WARNING]" in str(error.value)
    assert error.value.where.endswith("broken.md")
    assert not target.exists()


def test_web_page_names_its_language_and_title(made):
    page = made["html"].decode()
    assert '<html lang="nl-BE">' in page
    assert "<title>Een klein rapport</title>" in page


def test_web_page_begins_with_a_link_past_the_head(made):
    page = made["html"].decode()
    assert '<body>\n<a class="skip" href="#main">Naar de inhoud</a>' in page
    assert '<main id="main">' in page


def test_web_page_loads_nothing_from_elsewhere(made):
    page = made["html"].decode()
    loaded = re.findall(r'(?:\ssrc|<link[^>]*href)="([^"]{0,12})', page)
    assert loaded
    assert all(address.startswith("data:") for address in loaded)
    assert "<script" not in page
    assert not re.search(r"@import|url\((?!data:)", page)


def test_web_page_shows_what_the_data_are_above_and_below(made):
    assert made["html"].decode().count('<p class="bar" role="note">Gesimuleerde gegevens</p>') == 2


def test_web_page_of_the_study_itself_has_no_bar(small, tmp_path):
    text = tmp_path / "own.md"
    text.write_text(TEXT.replace("TOC", "true").replace("notice: Gesimuleerde gegevens\n", ""), encoding="utf-8")
    assert b'class="bar"' not in convert(small, tmp_path / "own.html", text)


def test_contents_of_a_web_page_link_to_its_parts(made):
    page = made["html"].decode()
    (target,) = set(re.findall(r'<a href="#([^"]+)"[^>]*>Eerste deel</a>', page))
    assert f'id="{target}"' in page


def test_web_page_without_contents_has_no_list_of_them(small, tmp_path):
    text = tmp_path / "short.md"
    text.write_text(TEXT.replace("TOC", "false"), encoding="utf-8")
    assert b"<nav" not in convert(small, tmp_path / "short.html", text)


def test_picture_of_a_web_page_has_its_alternative_text(made):
    assert 'alt="Een lijn."' in made["html"].decode()


def test_pdf_has_title_and_language_and_no_date(made):
    data = made["pdf"]
    assert data.startswith(b"%PDF-")
    assert b"/Title(Een klein rapport)" in data or "Een klein rapport".encode("utf-16-be") in data
    assert b"/Lang(nl-BE)" in data
    assert b"/MarkInfo" in data
    for date in (b"CreationDate", b"ModDate", b"CreateDate", b"ModifyDate"):
        assert date not in data


def test_word_file_has_title_picture_and_only_the_fixed_day(small, made):
    with zipfile.ZipFile(small / "first.docx") as archive:
        core = archive.read("docProps/core.xml").decode()
        names = archive.namelist()
        assert {entry.date_time[0] for entry in archive.infolist()} <= {1980, 2020}
        text = archive.read("word/document.xml").decode()
    assert "<dc:title>Een klein rapport</dc:title>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2020-01-01T"}
    assert any(name.startswith("word/media/") for name in names)
    assert 'descr="Een lijn."' in text


FOOT = "\n\n::: {.foot}\nWho was seen.\n:::\n"


def as_typst(text: str) -> str:
    filters = [f"--lua-filter={TEMPLATES / 'typst.lua'}"]
    return pypandoc.convert_text(text, "typst", format=FROM, extra_args=filters)


def table_of(rows: int) -> str:
    return "\n".join(["| A | B |", "|:--|--:|", *["| a | 1 |"] * rows]) + "\n\n: Table 1: Few"


@pytest.mark.parametrize(
    ("exhibit", "wrapper"),
    [(table_of(3), "#exhibit["), ('![Figure 1: Line](line.png){alt="A line."}', "#picture[")],
)
def test_an_exhibit_and_its_foot_stay_on_one_page(exhibit, wrapper):
    made = as_typst(f"Before.\n\n{exhibit}{FOOT}\nAfter.")
    inside = made[made.index(wrapper) : made.index("After")]
    assert "#figure(" in inside and "#foot[" in inside
    assert inside.rstrip().endswith("]")
    assert "Before" not in inside


def test_a_long_table_may_break_and_a_foot_alone_is_no_exhibit():
    made = as_typst(f"{table_of(40)}{FOOT}")
    assert "breakable: true" in made and "#foot[" in made
    assert "#exhibit[" not in made
    assert "#exhibit[" not in as_typst(f"Text.{FOOT}")


def test_a_heading_is_never_the_last_line_of_a_page():
    page = (TEMPLATES / "page.typ").read_text(encoding="utf-8")
    shown = [line for line in page.splitlines() if "block(" in line and line.rstrip().endswith(("it)", "it) }"))]
    assert len(shown) == 3
    assert all("sticky: true" in line for line in shown)
