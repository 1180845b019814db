"""Tables made behind the gate: of released values alone, with what the text prints beside them."""

import csv
import json

import pandas as pd
import pytest
from cryptodrug.comparators import COLUMNS
from cryptodrug.errors import InputError
from cryptodrug.files import read_json, write_json
from cryptodrug.release import read_table, read_values
from release.comparison import comparison
from release.list_of_tests import list_of_tests
from release.specification_summary import specification_summary

ENDS = {"low": 0.1, "high": 0.3, "level": 0.95, "method": "bootstrap-vendors"}


def value(name, number, kind="share", interval=None, hidden=None):
    table, row, column = name.split(".")
    return {name: {"value": number, "kind": kind, "unit": None, "digits": 2, "base": None, "interval": interval,
                   "hidden": hidden, "table": table, "row": row, "column": column}}  # fmt: skip


def write_values(path, *values):
    together = {name: one for given in values for name, one in given.items()}
    write_json(path, {"schema": 1, "study": "s", "simulated": False, "values": together})
    return str(path)


def outputs(folder, name):
    return {"csv": str(folder / f"{name}.csv"), "json": str(folder / f"{name}.json"), "numbers": str(folder / "n.json")}


def write_comparators(path, standing):
    row = {"id": "a", "country": "BE", "value": "0.2", "unit": "share", "allows": "comparison",
           "ours": "origin-countries.be.share", "first": "2014-01", "last": "2014-02", "market": "agora",
           "source": "agora-own", "place": "p", "standing": standing, "differs": "peak", "what": "w"}  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerow(row)
    return str(path)


def compared(folder, simulated, standing, markets=()):
    files = outputs(folder, "comparison")
    values = write_values(folder / "values.json", value("origin-countries.be.share", 0.25, interval=ENDS))
    earlier = write_comparators(folder / "c.csv", standing)
    comparison(values, earlier, **files, study="s", simulated=simulated, focus="BE", markets=list(markets))
    return read_table(files["json"]), read_values(files["numbers"])


def test_a_comparison_is_a_table_like_a_released_one(tmp_path):
    table, numbers = compared(tmp_path, False, "read")
    row = table.rows.iloc[0]
    assert (row["study"], row["relation"], row["allows"], row["ours_low"]) == ("s", "inside", "comparison", 0.1)
    assert {column["label"] for column in table.columns} >= {"comparison.column.what", "comparison.column.ours"}
    assert numbers["comparison.all.inside"].value == 1


def test_a_number_of_the_same_market_is_a_check(tmp_path):
    table, numbers = compared(tmp_path, False, "read", ["agora"])
    assert table.rows["allows"].iloc[0] == "same-market"
    assert (numbers["comparison.all.compared"].value, numbers["comparison.all.same_market_inside"].value) == (0, 1)


def test_a_simulated_study_is_marked_and_compared_with_nothing_real(tmp_path):
    table, _ = compared(tmp_path, True, "invented")
    assert table.rows["study"].iloc[0] == "s (simulated)"
    with pytest.raises(InputError, match="only invented may be printed"):
        compared(tmp_path, True, "read")


def test_without_anything_to_compare_there_is_no_number_to_print(tmp_path):
    files = outputs(tmp_path, "comparison")
    values = write_values(tmp_path / "values.json", value("origin-countries.be.share", None, hidden="small"))
    earlier = write_comparators(tmp_path / "c.csv", "read")
    comparison(values, earlier, **files, study="s", simulated=False, focus="BE", markets=[])
    assert read_table(files["json"]).rows.empty
    assert read_values(files["numbers"]) == {}


def write_released(folder, name, rows, kinds):
    columns = [
        {"name": column, "kind": kind, "unit": None, "digits": None, "base": None, "low": None, "high": None,
         "level": None, "method": None, "label": "l"}
        for column, kind in kinds.items()
    ]  # fmt: skip
    description = {"table": name, "domain": "public", "columns": columns, "hidden": [], "notes": []}
    (folder / f"{name}.json").write_text(json.dumps(description), encoding="utf-8")
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    return [str(folder / f"{name}.json"), str(folder / f"{name}.csv")]


def test_the_summary_of_judgements_has_the_interval_of_the_report(tmp_path):
    levels = {"definition": "strict", "holding": "counted", "window": "whole", "coverage": "all", "link": "key"}
    rows = [
        {"study": "s", "row": f"r{n}", "outcome": "listings", "default": default, "share": share, "share_low": 0.1,
         "share_high": 0.3, "ratio": None, "ratio_low": None, "ratio_high": None} | levels | {"definition": definition}
        for n, (default, share, definition) in enumerate([("yes", 0.2, "inclusive"), ("no", 0.15, "strict")])
    ]  # fmt: skip
    texts = dict.fromkeys(["outcome", "default", *levels], "text") | {"share": "share", "ratio": "ratio"}
    tables = write_released(tmp_path, "specification", rows, texts)
    values = write_values(tmp_path / "values.json", value("specification.r0.share", 0.2, interval=ENDS))
    files = outputs(tmp_path, "specification-summary")
    specification_summary(values, tables, **files, study="s", simulated=False)
    numbers = read_values(files["numbers"])
    assert numbers["specification-summary.listings.default"].interval == ENDS
    assert numbers["specification-summary.listings.lowest"].value == 0.15
    assert numbers["specification-summary.listings.lowest"].kind == "share"
    assert numbers["specification-summary.listings.judgement"].value == "definition"
    assert read_table(files["json"]).rows["default_high"].iloc[0] == 0.3


def test_a_withheld_table_of_judgements_gives_an_empty_summary(tmp_path):
    files = outputs(tmp_path, "specification-summary")
    specification_summary(write_values(tmp_path / "values.json"), [], **files, study="s", simulated=False)
    assert read_table(files["json"]).rows.empty
    assert read_json(files["numbers"])["values"] == {}


@pytest.mark.parametrize(
    ("name", "domain", "listed"), [("tests-offer", "public", 1), ("tests-buyers", "respondents", 0)]
)
def test_each_list_holds_the_tests_of_its_domain(name, domain, listed, tmp_path):
    families = tmp_path / "tests.yaml"
    entry = "family: f, domain: public, table: t, of: drug_class, test: sign, effect: share, alone: p, adjusted: p"
    families.write_text(f"- {{{entry}}}\n", encoding="utf-8")
    tables = write_released(tmp_path, "t", [{"study": "s", "row": "a", "p": "below-005"}], {"p": "text"})
    values = write_values(tmp_path / "values.json", value("t.a.share", 0.2, interval=ENDS))
    files = outputs(tmp_path, name)
    list_of_tests(str(families), values, tables, **files, table=name, study="s", simulated=False)
    table = read_table(files["json"])
    assert (table.domain, len(table.rows)) == (domain, listed)
    assert read_values(files["numbers"]).get(f"{name}.all.tests") is None or listed == 1
