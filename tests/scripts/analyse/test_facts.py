"""Tables that pass on what was counted elsewhere, and the coverage of snapshots."""

import pandas as pd
import pytest
from analyse.comparators import comparators_tables
from analyse.data_decisions import data_decisions_table
from analyse.snapshot_coverage import market_calendar_table, snapshot_coverage_table
from analyse.study_facts import study_facts_table
from cryptodrug.captures import more_captures
from cryptodrug.comparators import Comparator
from cryptodrug.reading.tables import PAGE_KINDS
from cryptodrug.statistics.coverage import recapture_interval
from offer_frames import FIRST, LAST, assert_valid

KINDS = PAGE_KINDS


def snapshots(*printed):
    rows = []
    for date, number in zip((FIRST, LAST), printed, strict=False):
        counts = {f"pages_{kind}": order for order, kind in enumerate(KINDS)}
        rows.append(
            {"market": "toy", "snapshot_date": date, **counts, "listings_found": 90, "vendors_found": 9}
            | {"pages_read": sum(counts.values()), "listings_printed": number}
        )
    return pd.DataFrame(rows)


def pages(*notes, date=FIRST):
    return pd.DataFrame(
        {"page_id": [f"p{n}" for n in range(len(notes))], "market": "toy", "snapshot_date": date, "kind": "list"}
    ).assign(
        note=pd.Series(notes, dtype=object), list_text="all", list_page_text=pd.Series("1", index=range(len(notes))),
        captured_at=None, path=[f"1.{n}.html" for n in range(len(notes))],
    )  # fmt: skip


def links(**listings):
    pairs = [(name, page) for page, names in listings.items() for name in names]
    return pd.DataFrame(pairs, columns=["listing_id", "page_id"], dtype=object)


def coverage(snapshot, page, link, folder):
    table = snapshot_coverage_table(snapshot, page, link, 0.95)
    assert_valid(table, folder)
    return table.rows.set_index("row")


def test_a_printed_number_bounds_the_coverage_and_has_no_interval(tmp_path):
    rows = coverage(snapshots(100, 80), pages(), links(), tmp_path)
    first = rows.loc[f"toy-{FIRST}"]
    assert (first["coverage"], first["method"], first["printed"]) == (0.9, "printed-count", 100)
    assert pd.isna(first["coverage_low"])
    # more found than printed: never above one
    assert rows.loc[f"toy-{LAST}", "coverage"] == 1


def test_without_printed_number_or_second_capture_the_coverage_is_not_known(tmp_path):
    row = coverage(snapshots(None), pages(None, None), links(p0=["a"]), tmp_path).iloc[0]
    assert (row["method"], pd.isna(row["coverage"]), pd.isna(row["printed"])) == ("none", True, True)


def test_pages_of_all_kinds_add_up(tmp_path):
    row = coverage(snapshots(None), pages(), links(), tmp_path).iloc[0]
    parts = [name for name in row.index if name.startswith("pages_")]
    assert row["pages"] == sum(row[name] for name in parts) > 0


def test_second_captures_give_the_share_found_again_by_chapman(tmp_path):
    found = [f"l{n}" for n in range(10)]
    link = links(p0=found, p1=[*found[:8], "new"])
    row = coverage(snapshots(100), pages(None, "duplicate-capture"), link, tmp_path).iloc[0]
    assert row["method"] == "two-passes"
    assert row["coverage"] == pytest.approx(10 / (11 * 10 / 9 - 1))
    ends = (row["coverage_low"], row["coverage_high"])
    assert ends == pytest.approx(recapture_interval([(9, 8)], 0.95))


def test_three_captures_give_the_number_by_schnabel(tmp_path):
    # 10 first; again 9, of which 8 known; a third time 8, all known of 11: (9 x 10 + 8 x 11) / (8 + 8)
    found = [f"l{n}" for n in range(10)]
    link = links(p0=found, p1=[*found[:8], "new"], p2=[*found[3:], "new"])
    again = "duplicate-capture"
    row = coverage(snapshots(100), pages(None, again, again), link, tmp_path).iloc[0]
    assert row["method"] == "schnabel"
    assert row["coverage"] == pytest.approx(11 / ((9 * 10 + 8 * 11) / (8 + 8)))
    link = links(p0=found, p1=[*found[:7], "n1", "n2"], p2=[*found[4:], "n1", "n3"])
    row = coverage(snapshots(100), pages(None, again, again), link, tmp_path).iloc[0]
    size = (9 * 10 + 8 * 12) / (7 + 7)
    assert row["coverage"] == pytest.approx(13 / size)
    assert row["coverage_low"] < row["coverage"] <= row["coverage_high"] <= 1


def test_second_captures_of_two_pages_are_no_third_capture(tmp_path):
    found = [f"l{n}" for n in range(10)]
    page = pages(None, "duplicate-capture", "duplicate-capture").assign(list_page_text=["1", "1", "2"])
    row = coverage(snapshots(100), page, links(p0=found, p1=found[:5], p2=found[5:]), tmp_path).iloc[0]
    assert row["method"] == "two-passes"


def test_captures_follow_the_time_they_were_made():
    page = pages(None, "duplicate-capture", "duplicate-capture").assign(captured_at=["1", "3", "2"])
    met, counted, others = more_captures(page, links(p0=["a", "b"], p1=["a", "c"], p2=["b", "d"]))
    assert others == 0
    assert met == [{"a", "b"}, {"b", "d"}, {"a", "c"}]
    assert counted == [(2, 1), (2, 1)]


def test_everything_found_again_is_complete_with_an_interval_below(tmp_path):
    found = [f"l{n}" for n in range(10)]
    row = coverage(snapshots(None), pages("", "cut;duplicate-capture"), links(p0=found, p1=found), tmp_path).iloc[0]
    assert (row["coverage"], row["coverage_high"]) == (1, 1)
    assert 0.6 < row["coverage_low"] < 1


def test_fewer_than_seven_found_again_are_too_few(tmp_path):
    found = [f"l{n}" for n in range(6)]
    link = links(p0=found, p1=found)
    row = coverage(snapshots(100), pages(None, "duplicate-capture"), link, tmp_path).iloc[0]
    assert row["method"] == "printed-count"


def test_facts_of_the_study(tmp_path):
    table = study_facts_table(snapshots(None, None), "BE", 0.95, 2000, 0.9)
    assert_valid(table, tmp_path)
    row = table.rows.iloc[0]
    assert (row["snapshots"], row["markets"], row["market"]) == (2, 1, "toy")
    assert (row["first"], row["last"], row["focus"]) == (FIRST, LAST, "BE")


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ({"toy": "2019-01-29"}, ("toy", "2019-01-29")),
        ({"toy": "2019-02-01"}, (None, None)),
        ({"toy": "2019-01-02", "old": "2018-01-01"}, ("old|toy", None)),
    ],
)
def test_a_market_that_closed_within_the_study_is_named_one_alone_with_its_day(closed, said, tmp_path):
    table = study_facts_table(snapshots(None, None), "BE", 0.95, 2000, 0.9, closed)
    assert_valid(table, tmp_path)
    assert tuple(table.rows.iloc[0][["closed", "closed_on"]]) == said


def test_a_calendar_tells_complete_partial_unknown_absent_and_closed_months_apart(tmp_path):
    seen = [("a", "2019-01-15", 0.95), ("a", "2019-02-01", 0.95), ("a", "2019-02-20", 0.5), ("a", "2019-04-01", None),
            ("b", "2019-01-10", 0.9), ("b", "2019-05-10", 1.0), ("c", "2019-01-02", 1.0)]  # fmt: skip
    rows = pd.DataFrame(seen, columns=["market", "snapshot", "coverage"])
    table = market_calendar_table(rows, {"c": "2019-03-31", "b": "2019-05-11"}, 0.9)
    assert_valid(table, tmp_path)
    states = table.rows.groupby("market")["state"].apply(list).to_dict()
    assert states == {
        "a": ["complete", "partial", "none", "unknown", "none"],
        "b": ["complete", "none", "none", "none", "complete"],
        "c": ["complete", "none", "closed", "closed", "closed"],
    }
    by_row = table.rows.set_index("row")
    assert (by_row.loc["a-2019-02", "coverage"], by_row.loc["a-2019-02", "snapshots"]) == (0.5, 2)


def test_a_published_number_stands_in_the_column_of_its_kind(tmp_path):
    units = ("share", "ratio", "vendor", "EUR")
    said = ("2014-01", "2014-02", "m", "s", "p", "own computation", "peak|other", "w")
    given = [Comparator(f"c{n}", "BE", 0.5, unit, "order", "a.b.c", *said) for n, unit in enumerate(units)]
    table, definitions = comparators_tables(given)
    for one in (table, definitions):
        assert_valid(one, tmp_path)
    filled = [list(table.rows[name].notna()) for name in ("share", "ratio", "number", "money")]
    assert filled == [[place == own for place in range(4)] for own in range(4)]
    assert set(definitions.rows["standing"]) == {"own-computation"}


def test_nothing_to_pass_on_gives_an_empty_table(tmp_path):
    for table in (*comparators_tables([]), data_decisions_table([])):
        assert_valid(table, tmp_path)
        assert table.rows.empty


def test_decisions_are_counts_by_rule_and_table(tmp_path):
    table = data_decisions_table([{"rule": "page-cut", "table": "page", "rows": 3}])
    assert_valid(table, tmp_path)
    assert table.rows.iloc[0].to_dict() == {"row": "page-cut-page", "rule": "page-cut", "table": "page", "rows": 3}
