"""What enters a content id, and what never does."""

import pytest
from cryptodrug.errors import ProvenanceError
from cryptodrug.files import read_json
from cryptodrug.provenance.records import content_id, make_record, read_records, record_path, write_records


@pytest.fixture
def job(tmp_path):
    """A script and two inputs of a job."""
    for name in ("script.py", "table.csv", "nl.po"):
        (tmp_path / name).write_text(name)
    return tmp_path


def record(job, settings=None, **inputs):
    inputs = inputs or {"table": [job / "table.csv"], "catalogues": [job / "nl.po"]}
    return make_record([job / "script.py"], "figure", settings or {"seed": 1}, inputs)


def test_the_same_content_gives_the_same_id_in_another_folder(job, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    for path in job.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    assert record(job)["id"] == record(other)["id"]


@pytest.mark.parametrize("changed", ["script.py", "table.csv"])
def test_changed_code_or_input_changes_the_id(job, changed):
    before = record(job)["id"]
    (job / changed).write_text("changed")
    assert record(job)["id"] != before


def test_a_changed_setting_changes_the_id(job):
    assert record(job, {"seed": 1})["id"] != record(job, {"seed": 2})["id"]


def test_language_and_catalogue_only_render(job):
    before = record(job, {"seed": 1, "language": "en"})
    (job / "nl.po").write_text("changed")
    after = record(job, {"seed": 1, "language": "nl"})
    assert before["id"] == after["id"]
    assert before["rendering"] != after["rendering"]


def test_the_folder_of_the_archives_is_no_part_of_the_id(job):
    ids = set()
    for folder in ("here", "there"):
        (job / folder).mkdir()
        (job / folder / "april.tar.gz").write_text("pages")
        made = make_record(
            [job / "script.py"], "observe", {}, {"archive": [job / folder / "april.tar.gz"]}, archives_root=job / folder
        )
        assert list(made["inputs"]) == ["archive:april.tar.gz"]
        ids.add(made["id"])
    assert len(ids) == 1


def test_the_id_is_twelve_hex_digits():
    assert len(content_id({}, {}, "lock", {})) == 12
    assert int(content_id({}, {}, "lock", {}), 16) >= 0


def test_each_made_file_has_a_record_that_names_its_bytes(job):
    results = job / "results"
    (results / "tables").mkdir(parents=True)
    (results / "tables" / "a.csv").write_text("1")
    write_records(results, [results / "tables" / "a.csv"], record(job))
    made = read_json(record_path(results, results / "tables" / "a.csv"))
    assert made["path"] == "tables/a.csv"
    assert made["bytes"] == 1
    assert made["id"] == record(job)["id"]


def test_reading_records_before_a_build_says_what_to_do(tmp_path):
    with pytest.raises(ProvenanceError, match="make reports"):
        read_records(tmp_path)
