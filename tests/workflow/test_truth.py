"""The truth of the demo: out of reach of everything in front of the gate, and equal to what is counted exactly."""

import os
import subprocess
import sys

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.provenance.records import read_records
from cryptodrug.provenance.truth_check import reads_the_truth
from cryptodrug.release import read_values
from cryptodrug.truth.compare import NO_DEFINITION, NO_ROW, compare, read_truth

EXACT = ("page-kinds", "page-variants", "coverage-account", "account-summary", "row-account", "study-facts")
EXACT += ("survey-flow", "interview-codes", "interview-themes", "interview-coding-codes")


def results(copy):
    return copy.root / "results" / "demo"


def with_truth(copy):
    tables, definitions = read_truth(results(copy) / "truth")
    return compare(read_values(results(copy) / "values.json").values(), tables, definitions)


def test_nothing_in_front_of_the_gate_reads_the_truth_or_the_world(built):
    found = read_records(results(built)).values()
    records = {f"results/demo/{record['path']}": record for record in found}
    assert {"demo_truth", "truth_recovery", "release_gate"} <= {record["rule"] for record in records.values()}
    assert list(reads_the_truth(records)) == []


def test_pages_faults_records_and_interviews_are_counted_exactly(built):
    numbers = [one for one in with_truth(built) if one.value.table in EXACT and one.truth is not None]
    numbers = [one for one in numbers if not one.value.hidden]
    assert {one.value.table for one in numbers} == set(EXACT)
    wrong = [(one.value.id, one.value.value, one.truth) for one in numbers if one.value.value != one.truth]
    assert wrong == []


def test_listings_found_are_those_that_any_page_shows(built):
    found = [one for one in with_truth(built) if one.value.id.endswith((".found", ".vendors"))]
    found = [one for one in found if one.value.table == "snapshot-coverage"]
    assert len(found) == 18
    assert [one.value.id for one in found if one.value.value != one.truth] == []


def test_every_released_number_has_a_truth_or_a_reason(built):
    found = with_truth(built)
    assert sum(one.truth is not None for one in found) > 600
    assert sorted({one.value.id for one in found if one.reason in (NO_DEFINITION, NO_ROW)}) == []


def test_most_intervals_hold_the_true_value(built):
    judged = [one.covers for one in with_truth(built) if one.covers is not None]
    assert len(judged) > 100
    assert sum(judged) / len(judged) > 0.85


def test_what_the_gate_withheld_is_withheld_in_the_annex(built):
    values = read_values(results(built) / "values.json")
    withheld = {name for name, value in values.items() if value.hidden}
    rows = pd.read_csv(results(built) / "tables/truth-recovery.csv").set_index("row")
    hidden = {name for name, _ in read_json(results(built) / "tables/truth-recovery.json")["hidden"]}
    assert hidden == set(rows.index) & {name.replace("_", "-") for name in withheld}
    assert rows.loc[sorted(hidden), ["estimate", "estimate_low", "estimate_high"]].isna().all(axis=None)


def test_the_command_prints_truth_beside_estimate(built):
    environment = os.environ | {"PYTHONPATH": str(built.root / "workflow" / "lib")}
    command = [sys.executable, "-m", "cryptodrug.cli", "demo", "truth"]
    done = subprocess.run(command, cwd=built.root, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0].split()[:6] == ["id", "truth", "estimate", "low", "high", "covers"]
    assert "intervals hold it (by chance one in twenty may miss" in lines[-1]
    assert any(line.startswith("key-figures.mean.share_listings ") for line in lines)


def test_a_real_study_has_no_annex_and_no_truth(built):
    source = results(built) / "documents/source"
    assert "find what is true" in (source / "SP2876-final-report.en.md").read_text(encoding="utf-8")
    planned = built.run("tables", "--configfile", "studies/agora-2014/study.yaml", "--dry-run", check=False).stdout
    assert "demo_truth" not in planned and "truth_recovery" not in planned
