"""`cryptodrug demo`."""

import shutil
from pathlib import Path

from cryptodrug.cli import main

PROJECT = Path(__file__).resolve().parents[3]


def test_make_renews_the_snapshot_table_beside_the_scenario(tmp_path, capsys):
    scenario = shutil.copy(PROJECT / "data/demo/scenario.yaml", tmp_path / "scenario.yaml")
    shutil.copy(PROJECT / "data/demo/survey.yaml", tmp_path)  # the scenario names it
    assert main(["demo", "make", "--scenario", str(scenario)]) == 0
    made = (tmp_path / "snapshots.csv").read_text(encoding="utf-8")
    committed = (PROJECT / "data/demo/snapshots.csv").read_text(encoding="utf-8")
    assert made.replace(str(scenario), "data/demo/scenario.yaml") == committed
    printed = capsys.readouterr().out
    assert "survey.sha256 in the configuration: " in printed
    assert "sha256 of the project in `interviews`: " in printed
