"""Published numbers: what may be printed, what is refused, and what is said of ours beside them."""

import csv

import pytest
import yaml
from cryptodrug.comparators import COLUMNS, read_comparators
from cryptodrug.comparison import comparison_counts, comparison_rows, relation
from cryptodrug.derived import cells_of, count_values, derived_csv
from cryptodrug.errors import InputError
from cryptodrug.provenance.records import PROJECT
from cryptodrug.release import Value
from hypothesis import given
from hypothesis import strategies as st

GOOD = {
    "id": "a", "country": "BE", "value": "0.2", "unit": "share", "allows": "comparison", "ours": "t.be.share",
    "first": "2014-01", "last": "2014-05", "market": "agora", "source": "christin-2013", "place": "table two",
    "standing": "read", "differs": "peak|weekly-sum", "what": "a share",
}  # fmt: skip


def written(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def value(name, number, low=None, high=None, hidden=None):
    table, row, column = name.split(".")
    interval = None if low is None else {"low": low, "high": high, "level": 0.95, "method": "bootstrap-vendors"}
    return Value(name, number, "share", None, 2, None, interval, hidden, table, row, column)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"standing": "memory"}, "`standing: memory`: only read, press, own computation may be printed"),
        ({"standing": "disputed"}, "`standing: disputed`"),
        ({"standing": "invented"}, "`standing: invented`"),
        ({"value": "about a quarter"}, "`value` is no number"),
        ({"place": ""}, "empty: place"),
        ({"differs": ""}, "empty: differs"),
        ({"differs": "all items, not drugs"}, "codes joined by"),
        ({"first": "2014-13"}, "`first: 2014-13` is no month"),
        ({"first": "2014-06"}, r"the period ends \(2014-05\) before it begins"),
        ({"country": "Belgium"}, "`country: Belgium` is no country"),
        ({"allows": "ranking"}, "`allows: ranking`"),
        ({"allows": "nothing"}, "exactly when the definition allows"),
        ({"ours": "none"}, "exactly when the definition allows"),
        ({"ours": "the share"}, "is no id of a value"),
    ],
)
def test_a_row_that_may_not_be_printed_stops_with_its_line(change, fault, tmp_path):
    path = written(tmp_path / "c.csv", GOOD, GOOD | {"id": "b"} | change)
    with pytest.raises(InputError, match=fault) as stopped:
        read_comparators(path)
    assert "line 3" in str(stopped.value)


def test_an_id_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="the id a stands twice"):
        read_comparators(written(tmp_path / "c.csv", GOOD, GOOD))


def test_a_simulated_study_takes_invented_numbers_alone_and_a_real_one_none(tmp_path):
    invented = written(tmp_path / "c.csv", GOOD | {"standing": "invented"})
    assert read_comparators(invented, simulated=True)[0].value == 0.2
    with pytest.raises(InputError):
        read_comparators(invented)
    with pytest.raises(InputError):
        read_comparators(written(tmp_path / "d.csv", GOOD), simulated=True)


@pytest.mark.parametrize(("path", "simulated"), [("reference", False), ("demo", True)])
def test_every_code_of_the_tables_has_its_words(path, simulated):
    words = yaml.safe_load((PROJECT / "reports/templates/vocabulary.yaml").read_text(encoding="utf-8"))["vocabulary"]
    rows = read_comparators(PROJECT / f"data/{path}/comparators.csv", simulated)
    assert rows
    assert {one.id for one in rows} <= set(words["comparator"])
    assert {one.market for one in rows} <= set(words["earlier_market"])
    assert {code for one in rows for code in one.differs.split("|")} <= set(words["difference"])
    if not simulated:
        assert {one.source for one in rows} <= set(words["source"])
        assert {one.standing.replace(" ", "-") for one in rows} <= set(words["standing"])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_relation_follows_from_the_ends_of_the_interval(earlier, one, other):
    low, high = sorted((one, other))
    said = relation(earlier, {"low": low, "high": high})
    assert (said == "inside") == (low <= earlier <= high)
    assert (said == "above") == (low > earlier)
    assert said in ("inside", "above", "below")
    assert relation(earlier, None) == "no-interval"


def rows_of(tmp_path, values, *changes, markets=("here",), focus="BE"):
    rows = [GOOD | {"id": f"c{n}"} | change for n, change in enumerate(changes)]
    found = comparison_rows(read_comparators(written(tmp_path / "c.csv", *rows)), values, focus, markets)
    return {row["row"]: row for row in found}


def test_what_is_not_released_or_hidden_is_not_compared(tmp_path):
    values = {"t.be.share": value("t.be.share", None, hidden="small")}
    assert rows_of(tmp_path, values, {}, {"ours": "t.nl.share"}) == {}


def test_an_order_of_magnitude_is_not_judged_and_the_same_market_is_a_check(tmp_path):
    values = {"t.be.share": value("t.be.share", 0.3, 0.25, 0.4)}
    rows = rows_of(tmp_path, values, {}, {"allows": "order"}, {"market": "here"}, {"value": "0.3"})
    assert [(row["allows"], row["relation"]) for row in rows.values()] == [
        ("comparison", "above"), ("order", None), ("same-market", "above"), ("comparison", "inside")
    ]  # fmt: skip
    counts = comparison_counts(rows.values())
    assert counts == {
        "compared": 2, "judged": 2, "inside": 1, "above": 1, "below": 0, "order": 1, "prices": 0,
        "same_market": 1, "same_market_judged": 1, "same_market_inside": 0,
    }  # fmt: skip


def test_a_number_about_another_country_is_not_set_beside_one_of_the_focus_country(tmp_path):
    ours = "key-figures.mean.share_vendors"
    values = {ours: value(ours, 0.3, 0.25, 0.4)}
    assert list(rows_of(tmp_path, values, {"ours": ours})) == ["c0"]
    assert rows_of(tmp_path, values, {"ours": ours}, focus="NL") == {}


def test_a_derived_table_names_its_study_and_leaves_missing_cells_empty():
    columns = [{"name": "n", "by_row": "number", "low": "n_low", "high": "n_high"}, {"name": "said"}]
    assert cells_of(columns) == ["n", "n_low", "n_high", "number_kind", "number_unit", "number_digits", "said"]
    text = derived_csv(columns, [{"row": "a", "n": 1, "said": "yes"}], "demo", True)
    assert text.splitlines()[1] == "demo (simulated),a,1,,,,,,yes"
    assert count_values("t", {"n": 3})["t.all.n"]["value"] == 3


def test_a_street_price_stands_beside_ours_of_the_same_country_and_one_from_memory_is_refused(tmp_path):
    ours = "price-per-gram.cocaine-1-focus.median"
    street = GOOD | {
        "id": "street",
        "value": "50",
        "unit": "EUR/g",
        "allows": "order",
        "ours": ours,
        "market": "street",
    }
    given = read_comparators(written(tmp_path / "c.csv", street, street | {"id": "abroad", "country": "NL"}))
    of_ours = Value(ours, 60.0, "money", "EUR/g", 2, None, None, None, *ours.split("."))
    rows = comparison_rows(given, {ours: of_ours}, "BE", [])
    assert [(row["row"], row["earlier"], row["ours"], row["number_unit"]) for row in rows] == [
        ("street", 50, 60, "EUR/g")
    ]
    assert comparison_counts(rows)["prices"] == 1
    with pytest.raises(InputError, match="`standing: memory`"):
        read_comparators(written(tmp_path / "d.csv", street | {"standing": "memory"}))
