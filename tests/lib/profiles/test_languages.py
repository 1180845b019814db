"""A language is proposed to coders, whose code alone counts; how far they follow it is printed."""

import csv

import pandas as pd
import pytest
from cryptodrug.cli import main
from cryptodrug.profiles.codebook import read_profile_codes
from cryptodrug.profiles.commands import sheet_of
from cryptodrug.profiles.languages import followed, proposed_language
from cryptodrug.profiles.sheets import read_proposals, read_sheet
from cryptodrug.profiles.workbook import write_workbook
from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.market.words import DESCRIPTIONS

CODES = read_profile_codes(PROJECT / "workflow/questionnaires/profiles/codebook.csv")
DEMO = PROJECT / "data/demo/profiles"
SHEETS = [DEMO / "coder-a.csv", DEMO / "coder-b.csv"]


@pytest.mark.parametrize("code", sorted(DESCRIPTIONS))
def test_a_profile_in_one_language_has_its_code(code):
    assert proposed_language(DESCRIPTIONS[code]) == code
    assert proposed_language("\n".join(["Since 2018", "4.9/5", DESCRIPTIONS[code], "Orders 12"])) == code
    assert proposed_language(" ".join([DESCRIPTIONS[code]] * 30)) == code


def test_a_profile_in_two_languages_has_several():
    assert proposed_language("\n".join([DESCRIPTIONS["nl"], DESCRIPTIONS["en"]])) == "several"
    assert proposed_language(" ".join([DESCRIPTIONS["nl"]] * 10 + [DESCRIPTIONS["fr"]] * 10)) == "several"


def test_a_line_in_another_language_is_not_a_second_one():
    lines = [DESCRIPTIONS["en"]] * 6
    assert proposed_language("\n".join([*lines, DESCRIPTIONS["fr"]])) == "en"
    assert proposed_language("\n".join([*lines, *[DESCRIPTIONS["fr"]] * 2])) == "several"


@pytest.mark.parametrize("text", ["", "\n", "5/5", "Top seller\n4.9/5"])
def test_nothing_is_proposed_where_nothing_is_clear(text):
    assert proposed_language(text) == ""


def test_what_coders_gave_in_place_of_a_proposal_is_counted_pair_by_pair():
    proposals = {"a": "en", "b": "nl", "c": "nl", "d": "several", "e": "fr", "f": "", "g": "de"}
    coded = pd.Series({"a": "no", "b": "nl", "c": "several", "d": "no", "e": None, "f": "de", "h": "de"}, dtype=object)
    found = followed(proposals, coded)
    assert (found.both, found.same) == (4, 2)
    assert found.others == {("nl", "several"): 1, ("several", "en"): 1}


def with_proposals(source, path, language):
    """A sheet of the demo with a column of proposals: what `language` makes of the code that the coder gave."""
    with source.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "proposed-language"])
        writer.writeheader()
        writer.writerows(row | {"proposed-language": language(row["p-lang"])} for row in rows)
    return path


def test_the_import_prints_how_far_coders_followed_and_keeps_no_proposal(tmp_path, capsys):
    paths = [
        with_proposals(SHEETS[0], tmp_path / "a.csv", lambda code: {"no": "en"}.get(code, code)),
        with_proposals(SHEETS[1], tmp_path / "b.csv", lambda code: "fr" if code else ""),
    ]
    given = [read_sheet(path, CODES)["p-lang"].dropna() for path in SHEETS]
    assert main(["profiles", "import", *map(str, paths), str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"(first coder): {len(given[0])} profiles, {len(given[0])} the same" in said
    assert f"(second coder): {len(given[1])} profiles, {(given[1] == 'fr').sum()} the same" in said
    assert f"  proposed fr, coded en: {(given[1] == 'no').sum()}\n" in said
    assert (tmp_path / "coder-a.csv").read_bytes() == SHEETS[0].read_bytes()


def test_sheets_without_proposals_say_nothing_of_them(tmp_path, capsys):
    assert main(["profiles", "import", *map(str, SHEETS), str(tmp_path)]) == 0
    assert "language proposed" not in capsys.readouterr().out


def test_the_sheet_of_coders_has_the_proposal_and_gives_it_back(tmp_path):
    path = tmp_path / "sheet.xlsx"
    texts = {"0a": DESCRIPTIONS["nl"], "0b": "5/5", "0c": DESCRIPTIONS["fr"]}
    write_workbook(path, {"profiles": sheet_of(CODES, [(name, "toy", text) for name, text in texts.items()])}, {}, {})
    assert read_proposals(path) == {"0a": "nl", "0c": "fr"}
    assert list(read_sheet(path, CODES).columns) == [code.code for code in CODES]
