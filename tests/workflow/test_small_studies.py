"""Studies of which little can be said are written to the end, and say so: no vendor, one vendor, no origin, one date.

Their archives are those of an invented market, cut down; the tables themselves are tested in tests/scripts/analyse.
"""

import csv
import io
import re
import tarfile
from pathlib import Path

import pytest
import yaml
from cryptodrug.files import sha256_of
from repository_copy import Copy, copy_of_repository

INPUTS = Path("results/demo/inputs")
DATES = ("2019-04-15", "2019-05-15")
DOCUMENTS = (
    "SP2876-final-report.en.md",
    "SP2877-summary.en.md",
    "SP2878-samenvatting.nl.md",
    "SP2879-resume.fr.md",
)
# a number that could not be computed must never be printed as one
UNDEFINED = re.compile(r"\b(nan|NaN|NaT|inf|undefined)\b|\| *None *\|")


def only_one_vendor(source: Path, target: Path) -> None:
    """The pages of the seller with most offers from Belgium, and nothing else."""
    with tarfile.open(source) as archive:
        pages = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}
    sellers = [
        re.search(rb'class="seller"><a href="([^"]+)"', page)[1]
        for name, page in pages.items()
        if "offer/" in name and b'class="origin">Belgium' in page
    ]
    seller = max(sorted(set(sellers)), key=sellers.count)
    own = f"seller/{Path(seller.decode()).name}"
    with tarfile.open(target, "w:gz") as archive:
        for name, page in pages.items():
            if name.endswith(own) or ("offer/" in name and seller in page):
                member = tarfile.TarInfo(name)
                member.size = len(page)
                archive.addfile(member, io.BytesIO(page))


def silent(market: str) -> str:
    """The file of a market that prints neither origins nor feedback nor sales; without the samples, which have them."""
    text = market.partition("\nsamples:")[0]
    before, _, rest = text.partition("      - table: feedback\n")
    text = before + rest[rest.index("  - kind: list\n") :]
    return re.sub(r"\n +(ships_from_text|sold_text|sales_text|rating_text): \{[^\n]*", "", text) + "\n"


def study(copy: Copy, name: str, dates=DATES, focus="BE", cap=10_000, adapter="cardboard", folder=INPUTS) -> str:
    """A study of these snapshots; its configuration, as a path."""
    settings = yaml.safe_load((copy.root / "studies/agora-2014/study.yaml").read_text(encoding="utf-8"))
    settings |= {
        "study": {"id": name, "nature": "historical", "advice": "none"},
        "markets": [{"id": "cardboard", "name": "Cardboard Market"}],
        "snapshots": f"studies/{name}/snapshots.csv",
        "archives_root": str(folder),
        "period": {"first": "2019-01-01", "last": "2019-05-31"},
        "focus_country": focus,
        "holding_price": {"own": 5, "by_class": 10, "cap": cap},
    }
    place = copy.root / "studies" / name
    place.mkdir()
    (place / "study.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    with (place / "snapshots.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow("market,snapshot_date,file,sha256,bytes,kind,adapter,source,licence".split(","))
        for date in dates:
            file = copy.root / folder / f"cardboard-{date}.tar.gz"
            known = ["cardboard", date, file.name, sha256_of(file), file.stat().st_size, "pages", adapter]
            writer.writerow([*known, "simulated", "made by this repository"])
    return f"studies/{name}/study.yaml"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    copy = Copy(copy_of_repository(tmp_path_factory.mktemp("small") / "project"))
    copy.run(*(str(INPUTS / f"cardboard-{date}.tar.gz") for date in DATES))
    return copy


def written(copy: Copy, name: str, settings: str) -> dict[str, str]:
    """The documents of a study before they are set, by name."""
    sources = [f"results/{name}/documents/source/{document}" for document in DOCUMENTS]
    copy.run(*sources, "--configfile", settings)
    texts = {Path(source).name: (copy.root / source).read_text(encoding="utf-8") for source in sources}
    found = {document: UNDEFINED.search(text) for document, text in texts.items()}
    assert not any(found.values()), found
    return texts


def test_a_market_that_prints_no_origin_and_no_feedback(copy):
    markets = copy.root / "workflow" / "markets"
    text = silent((markets / "cardboard.yaml").read_text(encoding="utf-8"))
    (markets / "silent.yaml").write_text(text, encoding="utf-8")
    texts = written(copy, "silent", study(copy, "silent", adapter="silent"))
    report, summary, *others = texts.values()
    for document in (report, summary):
        assert "The archived pages state no country of origin." in document
        assert "no vendor shipped" not in document.lower() and "0.00% of the drug listings" not in document
    assert "geen land van verzending" in others[0] and "aucun pays d’expédition" in others[1]


def test_a_market_with_one_vendor(copy):
    folder = Path("alone")
    (copy.root / folder).mkdir()
    for name in (f"cardboard-{date}.tar.gz" for date in DATES):
        only_one_vendor(copy.root / INPUTS / name, copy.root / folder / name)
    report, summary, *_ = written(copy, "alone", study(copy, "alone", folder=folder)).values()
    for document in (report, summary):
        assert "is not published: too few vendors stand behind it" in document
        assert "share of the drug listings that stated this origin was" not in document


def test_one_snapshot_without_a_vendor_of_the_country_and_every_price_a_holding_price(copy):
    settings = study(copy, "nobody", dates=DATES[:1], focus="IS", cap=0.01)
    report, summary, *_ = written(copy, "nobody", settings).values()
    assert "No vendor who ships from Iceland was seen" in " ".join(report.split())
    assert "too few to tell growth from decline" in " ".join(report.split())
    assert "Iceland" in summary
