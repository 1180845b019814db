"""A table crosses into the database whole and right, or the run stops; values are never printed."""

import pandas as pd
import pytest
from cryptodrug.database.schema import LISTING_PAGE, TABLES, DatabaseColumn, DatabaseTable
from cryptodrug.database.validate import typed, validate
from cryptodrug.errors import InputError

SMALL = DatabaseTable(
    "small",
    "For tests.",
    ("name",),
    (
        DatabaseColumn("name", "text", "key", required=True),
        DatabaseColumn("page_id", "text", "page", required=True),
        DatabaseColumn("kind", "text", "kind", values=("a", "b")),
        DatabaseColumn("number", "integer", "count", minimum=0),
        DatabaseColumn("share", "number", "share"),
        DatabaseColumn("flag", "flag", "flag"),
    ),
)
GOOD = {
    "name": ["secret-1", "secret-2", "secret-3"],
    "page_id": ["p1", "p2", "p3"],
    "kind": ["a", None, "b"],
    "number": [1, None, 0],
    "share": [0.5, None, 1],
    "flag": [True, None, False],
}


def test_good_rows_come_back_typed_and_in_the_declared_order():
    found = validate(pd.DataFrame(GOOD)[sorted(GOOD)], SMALL)
    assert list(found) == SMALL.names()
    assert found["number"].dtype == "Int64" and found["flag"].dtype == "boolean" and found["share"].dtype == "float64"
    assert found["kind"].tolist() == ["a", None, "b"]


def test_columns_that_are_not_declared_are_left_out_and_absent_ones_are_missing():
    found = typed(pd.DataFrame(GOOD).drop(columns="share").assign(extra=1), SMALL)
    assert list(found) == SMALL.names()
    assert found["share"].isna().all()


def test_all_failures_are_reported_at_once_with_pages_and_without_values():
    bad = pd.DataFrame(GOOD | {"kind": ["a", "secret-kind", "b"], "number": [-77, 2, -78], "name": ["secret-1"] * 3})
    with pytest.raises(InputError) as caught:
        validate(bad, SMALL)
    text = str(caught.value)
    assert "rules of the table `small` do not hold" in text
    assert "kind: none of the listed values: 1 rows, pages p2" in text
    assert "number: less than 0: 2 rows, pages p1, p3" in text
    assert "name" in text.split("do not hold")[1]
    assert "secret" not in text and "77" not in text and "78" not in text
    assert "the database was not written" in text


def test_a_missing_required_value_is_named_with_its_page():
    with pytest.raises(InputError, match=r"name: not_nullable: 1 rows, pages p2"):
        validate(pd.DataFrame(GOOD | {"name": ["secret-1", None, "secret-3"]}), SMALL)


def test_only_the_first_pages_are_named():
    many = pd.DataFrame({"name": map(str, range(50)), "page_id": [f"p{n:02}" for n in range(50)], "number": -1})
    with pytest.raises(InputError, match="50 rows, pages p00, p01, p02, p03, p04") as caught:
        validate(many, SMALL)
    assert "p05" not in str(caught.value)


@pytest.mark.parametrize("name", TABLES)
def test_every_declared_table_can_be_empty(name):
    table = TABLES[name]
    found = validate(pd.DataFrame(columns=table.names()), table)
    assert list(found) == table.names() and len(found) == 0


def test_the_same_listing_twice_at_one_place_of_a_page_is_refused():
    row = {"listing_id": "toy:a", "market": "toy", "snapshot_date": "2019-01-01", "page_id": "p1", "position": 0}
    with pytest.raises(InputError, match="`listing_page`"):
        validate(pd.DataFrame([row | {"page_kind": "list"}] * 2), LISTING_PAGE)
