"""Findings follow the ends of intervals, never the point."""

from types import SimpleNamespace

import pytest
from cryptodrug.families import read_families
from cryptodrug.findings import (
    RatioAboveOne,
    RatioAgainstOne,
    RatiosAgainstOne,
    Recommendation,
    ShareAtLeast,
    ShareBelow,
    print_of,
    read_definitions,
    state_of,
)
from cryptodrug.provenance.records import PROJECT

GROWTH = RatioAgainstOne(kind="ratio-against-one", values=["growth-models.listings.ratio"], why="one is the rest")
TESTING = ShareBelow(kind="share-below", values=["practice-levels.hr-test-now.share"], threshold=0.5, why="half")


def ratio(low, high, hidden=None):
    ends = None if low is None else {"low": low, "high": high}
    return SimpleNamespace(value=1.0, interval=ends, hidden=hidden, row="listings")


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (ratio(1.01, 1.4), "holds"),
        (ratio(0.7, 0.99), "contrary"),
        (ratio(0.9, 1.2), "open"),
        (ratio(1.0, 1.2), "open"),
        (ratio(None, None), "open"),
        (ratio(1.01, 1.4, hidden="small"), "hidden"),
    ],
)
def test_the_state_of_growth(value, state):
    assert state_of(GROWTH, {"growth-models.listings.ratio": value}) == state


def test_without_the_figure_it_is_absent():
    assert state_of(GROWTH, {}) == "absent"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (ratio(0.2, 0.49), "holds"),
        (ratio(0.5, 0.7), "contrary"),
        (ratio(0.3, 0.5), "open"),
        (ratio(None, None), "open"),
        (ratio(0.2, 0.4, hidden="small"), "hidden"),
        (None, "absent"),
    ],
)
def test_the_state_of_something_rare(value, state):
    assert state_of(TESTING, {"practice-levels.hr-test-now.share": value} if value else {}) == state


BOUNDS = RatiosAgainstOne(kind="ratios-against-one", values=["t.low.ratio", "t.high.ratio"], why="both bounds")


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (ratio(1.1, 1.4), ratio(1.2, 2), "holds"),
        (ratio(1.1, 1.4), None, "holds"),
        (ratio(0.7, 0.9), ratio(0.1, 0.9), "contrary"),
        (ratio(0.7, 0.9), ratio(1.1, 1.9), "open"),
        (ratio(1.1, 1.4), ratio(0.9, 2), "open"),
        (None, ratio(0.9, 2), "open"),
        (ratio(1.1, 1.4), ratio(1.2, 2, hidden="small"), "hidden"),
        (None, None, "absent"),
    ],
)
def test_both_bounds_must_say_the_same(low, high, state):
    values = {f"t.{name}.ratio": one for name, one in (("low", low), ("high", high)) if one is not None}
    assert state_of(BOUNDS, values) == state


def test_what_was_asked_and_merged_with_another_answer_is_hidden_and_not_absent():
    share = "social-supply.not-for-profit.share"
    finding = ShareAtLeast(
        kind="share-at-least", values=[share], upper=share, asked="s.own.n", threshold=0.5, why="half"
    )
    assert state_of(finding, {}) == "absent"
    assert state_of(finding, {"s.own.n": ratio(None, None)}) == "hidden"
    assert state_of(finding, {"s.own.n": ratio(None, None), share: ratio(0.6, 0.8)}) == "holds"


@pytest.mark.parametrize(
    ("share", "upper", "state"),
    [
        (ratio(0.7, 0.9), ratio(None, None, hidden="small"), "holds"),
        # the other extreme is withheld: that it is no more than half cannot be said
        (ratio(0.1, 0.3), ratio(None, None, hidden="small"), "open"),
        (ratio(0.1, 0.3), None, "open"),
        (ratio(0.1, 0.3), ratio(0.2, 0.4), "contrary"),
        (ratio(None, None, hidden="small"), ratio(None, None, hidden="small"), "hidden"),
    ],
)
def test_a_share_whose_other_extreme_is_withheld(share, upper, state):
    finding = ShareAtLeast(kind="share-at-least", values=["t.share"], upper="t.upper", threshold=0.5, why="half")
    values = {"t.share": share} | ({} if upper is None else {"t.upper": upper})
    assert state_of(finding, values) == state


SPECIALITY = RatioAboveOne(
    kind="ratio-above-one",
    values=["s.mdma.ratio", "s.amphetamine.ratio"],
    adjusted=["s.mdma.p", "s.amphetamine.p"],
    rests=["s.mdma.rests", "s.amphetamine.rests"],
    vendors="k.window.vendors",
    fewest_vendors=10,
    why="one is the rest",
)


def text(value, row, hidden=None):
    return SimpleNamespace(value=value, interval=None, hidden=hidden, row=row)


def classes(vendors=12, **given):
    """Values by class: ends of the interval, class of the adjusted p, what the ratio rests on."""
    values = {"k.window.vendors": text(vendors, "window")}
    for name, (ends, p, rests) in given.items():
        low, high = ends
        values[f"s.{name}.ratio"] = SimpleNamespace(
            value=1.0, interval={"low": low, "high": high}, hidden=None, row=name
        )
        values |= {f"s.{name}.p": text(p, name), f"s.{name}.rests": text(rests, name)}
    return values


ABOVE, BELOW, COVERS, SURE, NOT = (1.1, 3), (0.2, 0.9), (0.8, 1.4), "below-001", "not-below-005"


@pytest.mark.parametrize(
    ("mdma", "amphetamine", "state"),
    [
        ((ABOVE, SURE, "several"), (COVERS, NOT, "several"), "holds"),
        ((ABOVE, NOT, "several"), (COVERS, NOT, "several"), "uncorrected"),
        ((ABOVE, NOT, "several"), (ABOVE, "below-005", "several"), "holds"),
        # the test of one class says nothing of another
        ((ABOVE, NOT, "several"), (BELOW, SURE, "several"), "uncorrected"),
        ((ABOVE, None, "several"), (COVERS, NOT, "several"), "uncorrected"),
        ((ABOVE, SURE, "one-vendor"), (COVERS, NOT, "several"), "open"),
        ((BELOW, SURE, "several"), (BELOW, SURE, "several"), "contrary"),
        ((BELOW, SURE, "several"), (BELOW, NOT, "several"), "uncorrected"),
        ((BELOW, SURE, "several"), (COVERS, NOT, "several"), "open"),
        ((COVERS, NOT, "several"), (COVERS, NOT, "several"), "open"),
    ],
)
def test_a_speciality_needs_the_test_adjusted_for_all_classes(mdma, amphetamine, state):
    assert state_of(SPECIALITY, classes(mdma=mdma, amphetamine=amphetamine)) == state


def test_too_few_vendors_leave_the_speciality_open():
    assert state_of(SPECIALITY, classes(vendors=9, mdma=(ABOVE, SURE, "several"))) == "open"


def test_a_recommendation_takes_what_is_not_shown_when_corrected_as_open():
    one = Recommendation(needs=["a", "b"], addressees=["post"], cap="B")
    assert print_of(one, {"a": "holds", "b": "uncorrected"}) == "open"
    assert print_of(one, {"a": "contrary", "b": "uncorrected"}) == "contrary"
    assert print_of(one, {"a": "holds", "b": "holds"}) == "holds"


def test_every_class_that_the_finding_reads_has_its_adjusted_test():
    """No interval of the family of classes is read without the test that goes with it."""
    findings = read_definitions(PROJECT / "reports" / "findings.yaml").findings
    tested = {one.table: one for one in read_families(PROJECT / "reports" / "tests.yaml")}
    for name, one in findings.items():
        for value in one.values:
            table, row, column = value.split(".")
            if table not in tested or column != tested[table].effect:
                continue
            assert f"{table}.{row}.{tested[table].adjusted}" in getattr(one, "adjusted", ()), name
