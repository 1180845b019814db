"""Chains: from a file to the archives, without a hole."""

import pytest
from cryptodrug.errors import DisclosureError, ProvenanceError
from cryptodrug.provenance.chain import archives_behind, check_unchanged, find_record, walk
from cryptodrug.provenance.ledger import Source, build_ledger
from cryptodrug.snapshots import SnapshotRow


def made(path, inputs, rule="rule"):
    return {
        "path": path, "rule": rule, "id": "0" * 12, "inputs": inputs, "sha256": "s" + path, "bytes": 1,
        "settings": {}, "code": {"workflow/scripts/a.py": "c"}, "lock": "l",
    }  # fmt: skip


@pytest.fixture
def records():
    return {
        "results/demo/figures/f.svg": made("figures/f.svg", {"results/demo/tables/t.csv": "a"}),
        "results/demo/tables/t.csv": made("tables/t.csv", {"results/demo/internal/t.parquet": "b"}),
        "results/demo/internal/t.parquet": made("internal/t.parquet", {"results/demo/database/listing.parquet": "c"}),
        "results/demo/database/listing.parquet": made(
            "database/listing.parquet", {"archive:april.tar.gz": "d", "workflow/markets/m.yaml": "e"}
        ),
    }


@pytest.fixture
def archives():
    return [
        SnapshotRow(
            market="m", snapshot_date="2019-04-01", file="april.tar.gz", sha256="0" * 64, bytes=1, kind="pages",
            adapter="m", source="made for the test", licence="none",
        )
    ]  # fmt: skip


def test_a_figure_is_followed_down_to_the_archive(records):
    names = [(step.depth, step.name) for step in walk(records, "results/demo/figures/f.svg")]
    assert names[-2:] == [(4, "archive:april.tar.gz"), (4, "workflow/markets/m.yaml")]
    assert archives_behind(records, "results/demo/figures/f.svg") == ["archive:april.tar.gz"]


def test_an_unknown_file_is_refused_with_the_nearest_names(records):
    with pytest.raises(ProvenanceError, match=r"results/demo/tables/t\.csv"):
        find_record(records, "results/demo/tables/tt.csv")


def test_an_edited_file_is_not_traced(records, tmp_path):
    path = tmp_path / "results/demo/tables/t.csv"
    path.parent.mkdir(parents=True)
    path.write_text("edited by hand")
    with pytest.raises(ProvenanceError, match="changed after it was made"):
        check_unchanged(records, "results/demo/tables/t.csv", tmp_path)


def test_the_ledger_gives_no_checksum_of_anything_in_front_of_the_gate(records, archives):
    ledger = build_ledger(records, archives, "demo", True, "l")
    assert "sha256" in ledger["files"]["tables/t.csv"]
    assert "sha256" not in ledger["files"]["internal/t.parquet"]
    assert "sha256" not in ledger["files"]["database/listing.parquet"]
    assert ledger["archives"][0]["sha256"] == "0" * 64


def survey_records(records, name="answers.sav"):
    inputs = {f"archive:{name}": "f" * 64, "maps/answers.yaml": "e" * 64, "secret/quotations.yaml": "d" * 64}
    record = made("database/respondent.parquet", inputs, "read_survey")
    by_table = {
        "results/demo/internal/t.parquet": made("internal/t.parquet", {"results/demo/database/respondent.parquet": "b"})
    }
    return records | by_table | {"results/demo/database/respondent.parquet": record}


def test_the_ledger_of_a_survey_ends_at_its_export_and_the_map_to_it(records, archives):
    export = Source("answers.sav", "survey", "f" * 64, "the team", "not published")
    ledger = build_ledger(survey_records(records), archives, "demo", True, "l", [export], ["maps/answers.yaml", "no"])
    assert ledger["archives"][1] == {
        "name": "answers.sav", "kind": "survey", "sha256": "f" * 64, "source": "the team",
        "licence": "not published",
    }  # fmt: skip
    assert ledger["maps"] == [{"name": "maps/answers.yaml", "kind": "map", "sha256": "e" * 64}]
    assert "d" * 64 not in str(ledger)  # a register of quotations is named, its bytes are not
    node = ledger["files"]["database/respondent.parquet"]
    assert node["inputs"]["archives"] == ["answers.sav"]
    assert "sha256" not in node


def test_the_ledger_refuses_an_export_that_the_configuration_does_not_name(records, archives):
    export = Source("answers.sav", "survey", "f" * 64, None, None)
    with pytest.raises(DisclosureError, match="not a listed archive"):
        build_ledger(survey_records(records, "answers.sav/respondent"), archives, "demo", True, "l", [export])


def test_the_ledger_refuses_a_path_inside_an_archive(records, archives):
    records["results/demo/database/listing.parquet"]["inputs"] = {"archive:april.tar.gz/vendor/somebody": "d"}
    with pytest.raises(DisclosureError, match="not a listed archive"):
        build_ledger(records, archives, "demo", True, "l")
