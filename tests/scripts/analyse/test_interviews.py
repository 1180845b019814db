"""Tables of the interviews: planted is found, and small cases a reader can check by eye."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from analyse.interview_coding import agreed_table, coding_table, details_table
from analyse.interview_themes import codes_table, themes_table
from cryptodrug.errors import InputError
from cryptodrug.findings import TextIs, state_of
from cryptodrug.interviews.codebook import counted_codes, read_codebook
from cryptodrug.interviews.matrix import agreed, ratings, said
from cryptodrug.interviews.themes import Theme, read_themes
from cryptodrug.simulate.interviews.scenario import read_interview_scenario
from cryptodrug.simulate.interviews.truth import planted_agreement, planted_alpha, planted_codes, planted_marks
from offer_frames import assert_valid
from words_small import value

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "workflow/questionnaires/interviews"
BOOK = read_codebook(FOLDER / "codebook.csv")
CODES = counted_codes(BOOK)
SCENARIO = read_interview_scenario(PROJECT / "data/demo/interviews.yaml")
DRAWING = {"draws": 200, "seed": 82, "level": 0.95}


@pytest.fixture(scope="module")
def codings():
    marks = planted_marks(SCENARIO).rename(columns={"start": "begins", "end": "ends"})
    return marks.assign(segment=marks["interview"] + "-" + marks["begins"].astype(str))


@pytest.fixture(scope="module")
def interviews():
    rows = [(one.id, one.language, one.training) for one in SCENARIO.interviews]
    return pd.DataFrame(rows, columns=["interview", "language", "training"])


def versions(codings):
    counted = agreed(codings, SCENARIO.coders, SCENARIO.consensus)
    return [counted, *(said(codings, coder) for coder in SCENARIO.coders)]


def test_codes_are_counted_as_planted_and_those_not_asked_about_have_no_number(codings, tmp_path):
    table = codes_table(BOOK, versions(codings)[0], 10)
    assert_valid(table, tmp_path)
    planted = planted_codes(SCENARIO, CODES).set_index("code")["interviews"].to_dict()
    found = table.rows.set_index("row")["n"]
    assert pd.isna(found["a-exit"])
    assert {code: int(n) for code, n in found.dropna().items()} == {c: n for c, n in planted.items() if c != "a-exit"}
    assert table.sensitive_rows == ["a-onset", "d-social", "f-risky", "f-help"]


def test_themes_are_unions_of_their_codes(codings, tmp_path):
    table = themes_table(read_themes(FOLDER / "themes.csv", BOOK), BOOK, versions(codings), 10)
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert rows["n"].to_dict() == {"information": 9, "quality": 8, "range": 6, "loss": 4}
    assert rows["half"].to_dict() == {"information": "yes", "quality": "yes", "range": "yes", "loss": "no"}
    assert rows.loc["information", "asked"] == "partly"


def test_half_must_hold_in_every_version():
    theme = [Theme("t", "T", ("a-before",))]
    five = {("a-before", f"i{number}") for number in range(5)}
    for other, half in ((five, "yes"), (five - {("a-before", "i0")}, "no")):
        table = themes_table(theme, BOOK, [five, five, other], 10)
        assert table.rows["half"].tolist() == [half]


def test_agreement_is_the_planted_one(codings, interviews, tmp_path):
    table = coding_table(codings, interviews, CODES, list(SCENARIO.coders), **DRAWING)
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    cells = planted_agreement(SCENARIO, CODES)[["both", "only_first", "only_second", "neither"]].sum()
    assert rows.loc["all", "alpha"] == round(planted_alpha(SCENARIO, CODES), 3)
    assert rows.loc["all", "agreed"] == cells["both"] + cells["neither"]
    assert rows.loc["all", "differed"] == cells["only_first"] + cells["only_second"]
    assert rows.loc["all", ["interviews", "codes", "decisions"]].tolist() == [10, 30, 300]
    assert rows.loc["without-training", "interviews"] == 8
    assert rows.loc["all", "alpha_low"] < rows.loc["all", "alpha"] < rows.loc["all", "alpha_high"]
    assert rows.loc["all", "mark"] == "firm"


def test_per_code_the_number_of_interviews_with_the_same_decision(codings, interviews):
    made, _ = ratings(codings, SCENARIO.coders, CODES, list(interviews["interview"]))
    found = agreed_table(made, CODES, 10).rows.set_index("row")
    cells = planted_agreement(SCENARIO, CODES).set_index("code")
    assert (found["agreed"] == cells["both"] + cells["neither"]).all()
    assert (found["of"] == 10).all()


def test_details_hold_the_planted_counts(codings, interviews):
    found = details_table(codings, CODES, list(SCENARIO.coders), list(interviews["interview"])).set_index("code")
    cells = planted_agreement(SCENARIO, CODES).set_index("code")
    pd.testing.assert_frame_equal(found[cells.columns], cells, check_dtype=False)
    assert np.isnan(found.loc["a-before", "kappa"])
    assert found.loc["b-new", "kappa"] == pytest.approx(0.8)


def test_with_one_coder_nothing_is_said_of_agreement(codings, interviews):
    table = coding_table(codings, interviews, CODES, ["coder-a"], **DRAWING)
    assert table.rows.empty
    made, _ = ratings(codings, ["coder-a"], CODES, list(interviews["interview"]))
    assert agreed_table(made, CODES, 10).rows.empty
    assert details_table(codings, CODES, ["coder-a"], list(interviews["interview"])).empty


def test_an_interview_that_one_coder_left_out_is_no_disagreement(codings, interviews):
    left = codings[(codings["coder"] != "coder-b") | (codings["interview"] != "interview-10")]
    rows = coding_table(left, interviews, CODES, list(SCENARIO.coders), **DRAWING).rows.set_index("row")
    assert rows.loc["all", "decisions"] == 270
    assert pd.isna(rows.loc["all", "ac1"])
    made, _ = ratings(left, SCENARIO.coders, CODES, list(interviews["interview"]))
    assert (agreed_table(made, CODES, 10).rows["of"] == 9).all()


def test_without_interviews_the_tables_are_empty(codings, interviews):
    none, nobody = codings.head(0), interviews.head(0)
    assert coding_table(none, nobody, CODES, ["coder-a", "coder-b"], **DRAWING).rows.empty
    assert codes_table(BOOK, set(), 0).rows["n"].dropna().eq(0).all()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x,X,g-none", "'g-none' is no code"),
        ("x,X,f-know|f-risky", "f-risky is sensitive"),
        ("x,X,f-know\nx,X,b-new", "'x' stands twice"),
        ("x,X", "not as many fields"),
    ],
)
def test_themes_that_cannot_be_meant_are_refused(tmp_path, line, fault):
    path = tmp_path / "themes.csv"
    path.write_text(f"theme,name,codes\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_themes(path, BOOK)


@pytest.mark.parametrize(
    ("given", "state"),
    [({"a": "yes"}, "holds"), ({"a": "yes", "b": "no"}, "open"), ({}, "absent"), ({"a": None}, "hidden")],
)
def test_a_finding_of_the_interviews_holds_or_stays_open(given, state):
    finding = TextIs(kind="text-is", values=["a", "b"], code="yes", why="")
    values = {
        name: dataclasses.replace(value(name, code, "text"), hidden=None if code else "small")
        for name, code in given.items()
    }
    assert state_of(finding, values) == state
