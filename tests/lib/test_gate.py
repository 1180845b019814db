"""What leaves the gate, and what never does."""

import json

import pandas as pd
import pytest
from cryptodrug.errors import DisclosureError
from cryptodrug.gate import csv_text, judge, table_json, table_values
from cryptodrug.release import read_table, read_values
from cryptodrug.results import Column, ResultTable, write_result
from release.release_gate import release_gate
from tests_rules import RULES


def market(vendors: int = 5, **more) -> ResultTable:
    columns = [
        Column("origin", "text", "country"),
        Column("listings", "count", "listing"),
        Column("listings_focus", "count", "listing", guard_vendors="support_vendors"),
        Column(
            "share", "share", digits=2, base="listings", low="low", high="high", level=0.95, method="bootstrap-vendors",
            guard_vendors="support_vendors",
        ),
    ]  # fmt: skip
    row = {"row": "april", "origin": "BE", "listings": 1000, "listings_focus": 7, "share": 0.1 + 0.2, "low": 0.1,
           "high": 0.5, "support_vendors": vendors} | more  # fmt: skip
    return ResultTable("market-size", "public", columns, pd.DataFrame([row]))


def test_a_value_has_the_form_of_the_contract():
    values = table_values(judge(market(), RULES))
    assert values["market-size.april.share"] == {
        "value": 0.3,  # 0.1 + 0.2 without the noise of the machine
        "kind": "share",
        "unit": None,
        "digits": 2,
        "base": "market-size.april.listings",
        "interval": {"low": 0.1, "high": 0.5, "level": 0.95, "method": "bootstrap-vendors"},
        "hidden": None,
        "table": "market-size",
        "row": "april",
        "column": "share",
    }
    assert "market-size.april.low" not in values


def test_a_hidden_cell_is_empty_and_its_value_says_small():
    judged = judge(market(vendors=2), RULES)
    assert csv_text(judged, "demo", True).splitlines()[1] == "demo (simulated),april,BE,1000,,,,"
    value = table_values(judged)["market-size.april.share"]
    assert (value["value"], value["interval"], value["hidden"]) == (None, None, "small")
    assert table_json(judged, "demo", True)["hidden"] == [["april", "listings_focus"], ["april", "share"]]


def test_support_columns_never_leave():
    judged = judge(market(vendors=4321), RULES)
    everything = csv_text(judged, "d", False) + json.dumps(table_json(judged, "d", False)) + str(table_values(judged))
    assert "support" not in everything
    assert "4321" not in everything


@pytest.mark.parametrize("name", ["vendor_handle", "title", "page_url", "pgp_key", "text", "support_vendors"])
def test_a_column_that_could_hold_a_name_or_text_stops_the_gate(name):
    table = market()
    table.rows[name] = "x"
    table.columns.append(Column(name, "text", "country"))
    with pytest.raises(DisclosureError, match="must not be published"):
        judge(table, RULES)


def test_free_text_in_a_code_column_stops_the_gate():
    with pytest.raises(DisclosureError, match="no code"):
        judge(market(origin="Best seller, ask me!"), RULES)


def test_a_table_without_rows_is_withheld_with_its_head():
    table = market()
    table.rows = table.rows.iloc[0:0]
    judged = judge(table, RULES)
    assert (judged.status, judged.reason) == ("withheld", "empty")
    assert csv_text(judged, "demo", False) == "study,row,origin,listings,listings_focus,share,low,high\n"


def test_the_gate_writes_tables_values_and_decisions_that_can_be_read_again(tmp_path):
    write_result(market(vendors=2), tmp_path / "i.parquet", tmp_path / "i.json")
    release_gate(
        internal=[str(tmp_path / "i.parquet")],
        descriptions=[str(tmp_path / "i.json")],
        rules=RULES.model_dump(mode="json"),
        study="demo",
        simulated=True,
        csv=[str(tmp_path / "t.csv")],
        json=[str(tmp_path / "t.json")],
        values=str(tmp_path / "values.json"),
        release=str(tmp_path / "release.json"),
        quotations=str(tmp_path / "quotations.json"),
    )
    table = read_table(tmp_path / "t.json")
    assert table.rows["study"].tolist() == ["demo (simulated)"]
    assert table.hidden == {("april", "listings_focus"), ("april", "share")}
    assert read_values(tmp_path / "values.json")["market-size.april.listings"].value == 1000
    decision = json.loads((tmp_path / "release.json").read_text())["tables"]["market-size"]
    assert (decision["status"], decision["hidden"]) == ("coarsened", 2)


def test_nothing_is_written_when_one_table_breaks_a_rule(tmp_path):
    write_result(market(origin="a b c"), tmp_path / "i.parquet", tmp_path / "i.json")
    with pytest.raises(DisclosureError):
        release_gate(
            [str(tmp_path / "i.parquet")], [str(tmp_path / "i.json")], RULES.model_dump(mode="json"), "demo", True,
            [str(tmp_path / "t.csv")], [str(tmp_path / "t.json")], str(tmp_path / "v.json"), str(tmp_path / "r.json"),
            str(tmp_path / "q.json"),
        )  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.json", "i.parquet"]
