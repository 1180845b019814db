"""Everything that the demo delivers says that it is simulated, in its language; and nothing of it imitates a result."""

import csv
import html
import re
import shutil
import subprocess
import zipfile

import duckdb
import pytest
import yaml
from cryptodrug.database.parquet import study_of
from cryptodrug.files import read_json
from cryptodrug.provenance.records import PROJECT
from cryptodrug.release import read_values
from PIL import Image

# as each language says it, in sentences and inside pictures
SAID = {
    "en": ("Simulated data, no study results", "simulated data"),
    "nl": ("Gesimuleerde gegevens, geen onderzoeksresultaten", "gesimuleerde gegevens"),
    "fr": ("Données simulées, et non des résultats d’étude", "données simulées"),
}
IN_TITLE = {"en": "simulated", "nl": "gesimuleerde", "fr": "simulée"}
STUDY = "demo (simulated)"


@pytest.fixture(scope="session")
def results(built):
    return built.root / "results" / "demo"


def documents(results, ending):
    """Each document with its language."""
    found = sorted((results / "documents").glob(f"*.{ending}"))
    assert len(found) == 4
    return [(path, path.name.split(".")[-2]) for path in found]


def test_every_page_of_every_pdf_says_so(results):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed: pages of PDF files were not read")
    for path, language in documents(results, "pdf"):
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
        pages = done.stdout.split("\f")[:-1]
        assert len(pages) > 1
        silent = [number for number, page in enumerate(pages, start=1) if SAID[language][0] not in page]
        assert silent == [], f"{path.name}: pages {silent}"


def test_every_summary_fits_on_four_pages(results):
    summaries = [path for path, _ in documents(results, "pdf") if "final-report" not in path.name]
    assert len(summaries) == 3
    for path in summaries:
        pages = len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))
        assert 1 < pages <= 4, f"{path.name}: {pages} pages"


def test_title_and_description_of_every_pdf_say_so(results):
    for path, language in documents(results, "pdf"):
        data = path.read_bytes()
        packets = re.findall(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL)
        said = html.unescape(b" ".join(packets).decode("utf-8")).replace("'", "’")
        assert SAID[language][0] in said, path.name
        assert IN_TITLE[language] in said.lower()


def test_every_page_of_every_word_file_and_its_properties_say_so(results):
    for path, language in documents(results, "docx"):
        with zipfile.ZipFile(path) as archive:
            foot = html.unescape(archive.read("word/footer1.xml").decode())
            core = html.unescape(archive.read("docProps/core.xml").decode())
            body = html.unescape(archive.read("word/document.xml").decode())
        assert SAID[language][0] in foot
        # one section, whose every page has that foot
        assert body.count("<w:sectPr") == 1 == body.count("<w:footerReference ")
        assert SAID[language][0] in core and IN_TITLE[language] in core.lower()


def test_every_web_page_says_so_above_below_and_in_its_head(results):
    for path, language in documents(results, "html"):
        text = " ".join(html.unescape(path.read_text(encoding="utf-8")).split())
        assert text.count(f'<p class="bar" role="note">{SAID[language][0]}</p>') == 2
        assert f'<meta name="description" content="{SAID[language][0]}">' in text
        assert IN_TITLE[language] in re.search(r"<title>(.*?)</title>", text)[1].lower()


def test_authors_of_the_study_are_named_as_such_and_not_as_authors_of_these_results(results):
    templates = yaml.safe_load((PROJECT / "reports/templates/documents.yaml").read_text(encoding="utf-8"))
    own = templates["lines"]["authors-study"]
    for path in sorted((results / "documents/source").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        assert front["authors"] != own
        assert re.search(r"not the authors|niet de auteurs|ne sont pas les auteurs", front["authors"]), path.name
        assert "number" not in front, "a publication number belongs to the study itself"


def test_every_picture_says_so_in_its_title(results):
    pictures = [path for folder in ("figures", "figures/drawn") for path in sorted((results / folder).glob("*.*"))]
    assert len(pictures) > 60
    for path in pictures:
        mark = SAID[path.name.split(".")[1]][1]
        if path.suffix == ".png":
            title = Image.open(path).info["Title"]
        else:
            title = html.unescape(re.search(r"<dc:title>(.*?)</dc:title>", path.read_text(encoding="utf-8"))[1])
        assert f"({mark})" in title, path.name


def test_every_row_of_every_table_names_the_study_as_simulated(results):
    tables = sorted([*(results / "tables").glob("*.csv"), *(results / "truth").glob("*.csv")])
    assert len(tables) > 50
    for path in tables:
        with path.open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        assert head[0] == "study", path.name
        assert {row[0] for row in rows} <= {STUDY}, path.name


def test_every_published_json_file_says_so(results):
    files = [*results.glob("*.json"), *(results / "tables").glob("*.json"), *(results / "truth").glob("*.json")]
    files.append(results / "provenance/public-ledger.json")
    assert len(files) > 25
    for path in files:
        data = read_json(path)
        assert (data["study"], data["simulated"]) == ("demo", True), path.name


def test_the_database_says_so(results):
    tables = sorted((results / "database").glob("*.parquet"))
    assert len(tables) > 10
    assert {path.name: study_of(path) for path in tables} == {path.name: STUDY for path in tables}
    with duckdb.connect(str(results / "database/markets.duckdb"), read_only=True) as connection:
        assert "Simulated data: no study results." in connection.execute("SELECT text FROM about").fetchone()[0]


def test_no_recommendation_of_simulated_data_has_a_grade(results):
    recommendations = read_json(results / "findings.json")["recommendations"]
    assert {one["grade"] for one in recommendations.values()} == {"not-graded"}


# published number -> released numbers of the demo of the same kind
SAME_KIND = {
    **{f"christin-origin-{name}": [f"origin-countries.{name}.share"] for name in ("us", "nl", "de", "fr")},
    **{f"agora-own-{name}": [f"origin-countries.{name}.share"] for name in ("us", "nl", "de", "fr")},
    "wadsworth-once": ["vendor-presence.once.share"],
    "wadsworth-every": ["vendor-presence.every.share"],
    "christin-top-sellers": ["concentration.all.top_tenth"],
    "ndarc-dream-listings": ["key-figures.last.listings"],
    "ndarc-dream-vendors": ["key-figures.last.vendors", "key-figures.window.vendors"],
    "ndarc-empire-listings": ["key-figures.last.listings"],
    "agora-own-listings": ["key-figures.mean.share_listings", "origin-countries.be.share"],
    "agora-own-vendors": ["key-figures.mean.share_vendors"],
    "agora-own-ecstasy": ["specialisation.mdma.quotient", "specialisation.mdma.ratio"],
    "agora-own-stimulants": ["specialisation.amphetamine.quotient", "specialisation.cocaine.quotient"],
    "aldridge-countries": ["focus-rank.all.countries"],
    "aldridge-wholesale": ["wholesale-share.rest-replace.share_low", "wholesale-share.rest-replace.share_high"],
    "gds-onset": ["career-summary.onset.share"],
    "gds-range": ["range-change.range-change.share"],
}
# of these kinds the demo releases nothing
NOT_RELEASED = {"rand-drug-share", "emcdda-eu-sales", "nu-alphabay-be"}
APART = 0.1


def test_no_main_number_of_the_demo_is_near_a_published_number_of_its_kind(results):
    with (PROJECT / "data/reference/comparators.csv").open(encoding="utf-8", newline="") as stream:
        published = {row["id"]: float(row["value"]) for row in csv.DictReader(stream)}
    assert set(published) == set(SAME_KIND) | NOT_RELEASED, "say what of the demo is of the kind of a new comparator"
    values = read_values(results / "values.json")
    near = [
        f"{name}: {values[name].value} beside {published[of]} ({of})"
        for of, names in SAME_KIND.items()
        for name in names
        if values[name].value is not None and abs(values[name].value - published[of]) <= APART * published[of]
    ]
    assert near == []


def test_the_speciality_of_the_demo_is_one_that_no_published_number_shows(results):
    values = read_values(results / "values.json")
    ratios = {
        v.row: v.value for v in values.values() if v.table == "specialisation" and v.column == "ratio" and v.value
    }
    assert max(ratios, key=ratios.get) == "steroids"
    assert read_json(results / "findings.json")["findings"]["f-specialised-synthetic"]["state"] != "holds"
