"""Check that the products of the given studies are there, whole, and fit to be published."""

import json
import sys
import zipfile
from pathlib import Path

REPORT = ("SP2876-final-report.en", "SP2877-summary.en", "SP2878-samenvatting.nl", "SP2879-resume.fr")
DOCUMENTS = {"uci-recency": ("survey-report.en",), "ctns-2020": ("survey-report.en",)}
FORBIDDEN = (b".onion", b"BEGIN PGP", b"support_")


def faults(study: str) -> list[str]:
    """What is missing or wrong in the results of one study."""
    results = Path("results") / study
    found = []
    survey_alone = study in DOCUMENTS
    for name in DOCUMENTS.get(study, REPORT):
        for ending, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
            path = results / "documents" / f"{name}.{ending}"
            if not path.is_file() or not path.read_bytes().startswith(start):
                found.append(f"{path} is missing or no {ending}")
            elif ending == "docx" and zipfile.ZipFile(path).testzip():
                found.append(f"{path} is damaged")
    release = json.loads((results / "release.json").read_text())["tables"]
    for table, entry in release.items():
        for ending in ("csv", "json"):
            path = results / "tables" / f"{table}.{ending}"
            if not path.is_file() or not path.stat().st_size:
                found.append(f"{path} is missing ({entry['status']})")
    figures = sorted((results / "figures").glob("*.svg"))
    if survey_alone and not figures:
        found.append(f"{results}/figures: none")
    if not survey_alone and (len(figures) < 3 or len(figures) % 3):
        found.append(f"{results}/figures: {len(figures)} SVG files, not three languages of each")
    for path in [*(results / "tables").glob("*"), results / "values.json", results / "provenance/public-ledger.json"]:
        found += [f"{path} holds {word!r}" for word in FORBIDDEN if word in path.read_bytes()]
    if not survey_alone and not (results / "database" / "markets.duckdb").is_file():
        found.append(f"{results}/database/markets.duckdb is missing")
    return found


def main(studies: list[str]) -> int:
    """Print all faults; 1 when there is one."""
    found = [fault for study in studies for fault in faults(study)]
    print("\n".join(found) or f"all products of {', '.join(studies)} are there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
