"""Coded profiles of the demo belong to the vendors that are sampled from its database, and to their types."""

from cryptodrug.cli import main
from cryptodrug.provenance.records import PROJECT
from cryptodrug.release import read_values


def test_the_committed_files_are_those_of_the_vendors_and_types_of_a_build(built, tmp_path, monkeypatch):
    monkeypatch.chdir(built.root)
    assert main(["demo", "profiles", "--into", str(tmp_path)]) == 0
    committed = PROJECT / "data/demo/profiles"
    assert {path.name: path.read_bytes() for path in committed.iterdir()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }
    # so that codes are counted by type at all
    values = read_values(built.root / "results" / "demo" / "values.json")
    assert values["profile-type-summary.all.state"].value == "compared"
