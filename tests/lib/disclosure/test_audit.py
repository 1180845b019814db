"""The audit finds a small count that two shown cells give back by their difference."""

import pandas as pd
import pytest
from cryptodrug.disclosure.audit import differences
from cryptodrug.release import ReleasedTable
from cryptodrug.results import Column, ResultTable


def audited(vendors, abroad, upper, hidden=(), unit="vendor", guard="support"):
    """What the audit finds in a table of vendors, of whom so many send abroad and so many at most."""
    row = {"row": "all", "vendors": vendors, "abroad": abroad, "support": vendors}
    row |= {"share": abroad / vendors, "share_upper": upper / vendors}
    columns = [
        Column("vendors", "count", unit, guard_vendors=guard),
        Column("share", "share", digits=1, base="vendors", guard_vendors=guard),
        Column("share_upper", "share", digits=1, base="vendors", guard_vendors=guard),
    ]
    internal = ResultTable("sending", "public", columns, pd.DataFrame([row]))
    gone = frozenset(("all", name) for name in hidden)
    released = ReleasedTable("sending", "public", [], gone, [], {}, pd.DataFrame([row]))
    return differences(internal, released, smallest=3)


@pytest.mark.parametrize(("upper", "found"), [(26, 0), (27, 1), (28, 1), (29, 0)])
def test_bounds_that_differ_by_a_small_count_are_found(upper, found):
    assert len(audited(30, 26, upper)) == found


@pytest.mark.parametrize("name", ["share", "share_upper"])
def test_one_of_the_bounds_alone_counts_nobody(name):
    assert audited(30, 26, 27) == ["all: share and share_upper"]
    assert audited(30, 26, 27, hidden=[name]) == []


def test_pages_and_vendors_from_elsewhere_are_not_protected_so():
    assert audited(30, 26, 27, unit="page") == []
    assert audited(30, 26, 27, guard=None) == []
