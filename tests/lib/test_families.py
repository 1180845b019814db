"""The list of all tests: by family, none without an effect, adjusted p never below the p by itself."""

import numpy as np
import pandas as pd
import pytest
import yaml
from cryptodrug.errors import SettingsError
from cryptodrug.families import Family, counts_of, read_families, rows_of
from cryptodrug.provenance.records import PROJECT
from cryptodrug.release import ReleasedTable, Value
from cryptodrug.statistics.bootstrap import draw_vendors, inverted_p
from hypothesis import given, settings
from hypothesis import strategies as st

FAMILY = Family(
    family="use", domain="respondents", table="t", of="career_change", test="sign", effect="difference",
    alone=["p_ranks", "p_sign"], adjusted="p",
)  # fmt: skip


def table(*rows):
    return {"t": ReleasedTable("t", "respondents", [], frozenset(), [], {}, pd.DataFrame(rows))}


def effect(row, number=0.2, hidden=None):
    ends = {"low": 0.1, "high": 0.3, "level": 0.95, "method": "tango"}
    number, ends = (None, None) if hidden else (number, ends)
    return {f"t.{row}.difference": Value("x", number, "share", None, 1, None, ends, hidden, "t", row, "difference")}


def test_a_test_is_listed_with_its_effect_and_the_first_p_that_it_has():
    rows = table(
        {"row": "a", "p_ranks": "below-001", "p_sign": "below-005", "p": "below-005"},
        {"row": "b", "p_ranks": None, "p_sign": "not-below-005", "p": "not-below-005"},
        {"row": "c", "p_ranks": None, "p_sign": None, "p": None},
    )
    found = rows_of(FAMILY, rows, effect("a") | effect("b") | effect("c"))
    assert [(one["row"], one["alone"], one["adjusted"]) for one in found] == [
        ("use-a", "below-001", "below-005"), ("use-b", "not-below-005", "not-below-005")
    ]  # fmt: skip
    assert (found[0]["effect"], found[0]["effect_low"], found[0]["number_kind"]) == (0.2, 0.1, "share")
    assert counts_of(found) == {"tests": 2, "families": 1, "alone": 1, "adjusted": 1}


def test_no_p_without_an_effect():
    rows = table({"row": "a", "p_ranks": "below-001", "p": "below-001"})
    assert rows_of(FAMILY, rows, {}) == []
    assert rows_of(FAMILY, rows, effect("a", hidden="small")) == []
    assert rows_of(FAMILY, {}, effect("a")) == []


def test_an_effect_may_stand_in_another_table():
    family = FAMILY.model_copy(update={"effect": "t.other.difference"})
    rows = table({"row": "a", "p_sign": "below-001", "p": "below-001"})
    assert rows_of(family, rows, effect("other", 0.7))[0]["effect"] == 0.7


def test_a_family_with_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "tests.yaml"
    path.write_text("- {family: a, domain: public, tables: t}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="families of tests"):
        read_families(path)


def test_every_family_of_the_report_has_its_words():
    words = yaml.safe_load((PROJECT / "reports/templates/vocabulary.yaml").read_text(encoding="utf-8"))["vocabulary"]
    known = read_families(PROJECT / "reports/tests.yaml")
    assert {one.family for one in known} <= set(words["test_family"])
    assert {one.test for one in known} <= set(words["test"])
    assert {one.of for one in known} <= set(words)


# its p stands beside the shares of all types, which have no one effect
ALONE = {"vendor_types"}


def test_every_class_of_p_that_an_analysis_writes_stands_in_a_family():
    known = {one.table for one in read_families(PROJECT / "reports/tests.yaml")}
    for path in (PROJECT / "workflow/scripts/analyse").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if '"p_class"' in text and path.stem not in ALONE:
            assert any(f'"{name}"' in text for name in known), f"{path.name}: name its tests in reports/tests.yaml"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=12, max_size=30), st.floats(0.3, 3))
def test_a_p_value_by_inversion_never_contradicts_the_interval(pairs, null):
    counts = np.array(pairs) + 1
    drawn = draw_vendors(counts, lambda sums: sums[:, :1] / sums[:, 1:], 400, 3)
    p, ends = inverted_p(drawn, 0, null, 40), drawn.interval(0, 0.95, 40)
    if ends is None:
        assert p is None
        return
    assert 2 / 400 <= p <= 1
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (not ends.low <= null <= ends.high)


def test_too_few_vendors_have_no_p():
    counts = np.arange(1, 25).reshape(12, 2)
    assert inverted_p(draw_vendors(counts, lambda sums: sums[:, :1] / sums[:, 1:], 400, 3), 0, 1, 9) is None
