"""Released numbers beside the truth."""

import pandas as pd
import pytest
from cryptodrug.errors import InputError
from cryptodrug.release import Value
from cryptodrug.truth.annex import Main, annex_csv, annex_json, annex_rows, summary_values
from cryptodrug.truth.compare import NO_DEFINITION, NO_ROW, as_rows, compare, read_truth, summary
from cryptodrug.truth.definitions import Definition, read_definitions
from cryptodrug.truth.printing import as_csv, summary_lines, table_lines
from cryptodrug.truth.writing import definitions_csv, table_csv

KNOWN = {
    one.id: one
    for one in (
        Definition("size", "n", "market", "number", "listings"),
        Definition("size", "share", "scenario", "share", "listings"),
        Definition("size", "level", "none", "a setting", ""),
    )
}
TRUTH = {"size": pd.DataFrame({"n": [10, 20], "share": [0.5, 0.4], "share_scenario": [0.6, 0.3]}, index=["be", "nl"])}


def value(row, column, number, ends=None, kind="share", **more):
    interval = None if ends is None else {"low": ends[0], "high": ends[1], "level": 0.95, "method": "m"}
    known = {"unit": None, "digits": 1, "base": None, "hidden": None} | more
    return Value(f"size.{row}.{column}", number, kind, interval=interval, table="size", row=row, column=column, **known)


VALUES = [
    value("be", "n", 11, kind="count"),
    value("be", "share", 0.5, (0.45, 0.59)),
    value("nl", "share", 0.4, (0.3, 0.5)),
    value("fr", "share", 0.1, (0.0, 0.2)),
    value("nl", "n", None, kind="count", hidden="small"),
    value("be", "level", 0.95),
    value("be", "strange", 1.0, kind="number"),
    value("be", "name", "BE", kind="text"),
]


def compared(values=VALUES):
    return {one.value.id: one for one in compare(values, TRUTH, KNOWN)}


def test_an_interval_is_judged_against_the_scenario_and_its_ends_count_as_inside():
    found = compared()
    miss, hit = found["size.be.share"], found["size.nl.share"]
    assert (miss.truth, miss.market, miss.of, miss.covers) == (0.6, 0.5, "scenario", False)
    assert (hit.truth, hit.covers) == (0.3, True)


def test_a_number_without_an_interval_is_compared_with_the_market():
    one = compared()["size.be.n"]
    assert (one.truth, one.of, one.covers) == (10, "market", None)
    assert compared([value("be", "share", 0.5)])["size.be.share"].truth == 0.5


def test_a_withheld_number_stays_withheld_beside_its_truth():
    (row,) = as_rows([compared()["size.nl.n"]])
    assert (row["truth"], row["estimate"], row["covers"], row["remark"]) == (20, None, None, "withheld")


def test_a_number_without_a_truth_says_why():
    found = compared()
    reasons = {name: one.reason for name, one in found.items() if one.truth is None}
    assert reasons == {"size.be.level": "a setting", "size.be.strange": NO_DEFINITION, "size.fr.share": NO_ROW}
    assert "size.be.name" not in found


def test_counts_and_lines():
    found = list(compared().values())
    counts = summary(found)
    assert (counts.numbers, counts.with_truth, counts.intervals, counts.covered, counts.missed) == (7, 4, 2, 1, 1)
    lines = list(table_lines(found))
    assert len(lines) == 5
    assert "no" in next(line for line in lines if line.startswith("size.be.share")).split()
    said = list(summary_lines(found, counts))
    assert said[-1].startswith("4 of 7 released numbers have a true value; 1 of 2 intervals hold it")
    assert "no truth for 1 numbers of size: a setting" in said
    rows = as_csv(found, "toy (simulated)").splitlines()
    assert rows[0].startswith("study,id,truth,") and len(rows) == 8
    assert all(row.startswith("toy (simulated),") for row in rows[1:])


def test_the_annex_holds_the_main_numbers_in_its_order_and_no_hidden_estimate():
    main = [Main(values="size.*.share", of="origin"), Main(values="size.nl.n")]
    rows = annex_rows(compared().values(), main)
    assert [row["row"] for row in rows] == ["size.be.share", "size.nl.share", "size.nl.n"]
    assert (rows[0]["of"], rows[0]["of_unit"], rows[0]["covers"], rows[0]["what"]) == (
        "be",
        "origin",
        "no",
        "size-share",
    )
    text = annex_csv(rows, "toy (simulated)").splitlines()
    assert text[0].startswith("study,row,what,of,") and all(line.startswith("toy (simulated),") for line in text[1:])
    data = annex_json(rows, "toy")
    assert data["hidden"] == [["size.nl.n", "estimate"]]
    assert data["simulated"] is True
    names = {column["name"] for column in data["columns"]} | {"estimate_low", "estimate_high"}
    assert names <= set(text[0].split(","))


def test_a_row_of_a_snapshot_is_parted_into_market_and_day():
    dated = Value("size.toy-2019-01-15.n", 1, "count", None, None, None, None, None, "size", "toy-2019-01-15", "n")
    truth = {"size": pd.DataFrame({"n": [2]}, index=["toy-2019-01-15"])}
    (row,) = annex_rows(compare([dated], truth, KNOWN), [Main(values="size.*.n", of="market")])
    assert (row["of"], row["snapshot"]) == ("toy", "2019-01-15")


def test_counts_are_values_that_a_text_can_print():
    values = summary_values(summary(compared().values()))
    assert values["truth-recovery.all.covered"]["value"] == 1
    assert Value(id="x", **values["truth-recovery.all.missed"]).value == 1


def test_what_is_written_is_read_again(tmp_path):
    table = TRUTH["size"].rename_axis("row").reset_index()
    (tmp_path / "size.csv").write_text(table_csv("size", table, KNOWN, "toy (simulated)"), encoding="utf-8")
    (tmp_path / "definitions.csv").write_text(definitions_csv(KNOWN, "toy (simulated)"), encoding="utf-8")
    tables, definitions = read_truth(tmp_path)
    assert definitions == KNOWN
    again = {one.value.id: one.truth for one in compare(VALUES, tables, definitions)}
    assert again == {name: one.truth for name, one in compared().items()}


def test_a_column_that_is_not_defined_is_refused():
    with pytest.raises(InputError, match="strange") as error:
        table_csv("size", pd.DataFrame({"row": ["a"], "n": [1], "share": [0.5], "strange": [1]}), KNOWN, "toy")
    assert "estimands.csv" in error.value.do


@pytest.mark.parametrize(
    ("lines", "said"),
    [("t,a,guess,w,p", "none of market"), ("t,a,market,w,p\nt,a|b,market,w,p", "t.a is defined twice")],
)
def test_a_slip_in_the_definitions_is_named_with_its_line(lines, said, tmp_path):
    path = tmp_path / "estimands.csv"
    path.write_text(f"table,columns,of,definition,population\n{lines}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as error:
        read_definitions(path)
    assert f"line {lines.count(chr(10)) + 2}" in error.value.where


def test_a_study_without_truth_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="no truth to compare with"):
        read_truth(tmp_path)
