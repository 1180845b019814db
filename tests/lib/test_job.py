"""What happens around the function of a script."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptodrug.errors import InputError
from cryptodrug.files import read_json
from cryptodrug.job import run_job


class Named(list):
    """As much of Snakemake's named lists as a job uses."""

    def __init__(self, **named):
        flat = [item for value in named.values() for item in (value if isinstance(value, list) else [value])]
        super().__init__(flat)
        self._named = named

    def items(self):
        return self._named.items()


@pytest.fixture
def job(tmp_path):
    results = tmp_path / "results" / "demo"
    (tmp_path / "in.csv").write_text("1")
    (tmp_path / "script.py").write_text("")
    return SimpleNamespace(
        rule="double",
        input=Named(table=str(tmp_path / "in.csv"), code=[str(tmp_path / "script.py")]),
        output=Named(doubled=str(results / "out.csv"), record=str(results / "provenance/records/out.csv.json")),
        params=Named(factor=2),
        log=[str(tmp_path / "job.log")],
    )


def double(table, doubled, factor):
    Path(doubled).parent.mkdir(parents=True)
    Path(doubled).write_text(str(int(Path(table).read_text()) * factor))


def test_inputs_outputs_and_parameters_arrive_by_name_and_a_record_is_written(job):
    run_job(job, double)
    record = read_json(job.output._named["record"])
    assert record["path"] == "out.csv"
    assert record["settings"] == {"factor": 2}
    assert record["rule"] == "double"


def test_an_error_of_the_study_ends_with_two_and_leaves_no_record(job, capsys):
    def fails(table):
        raise InputError("a page is cut", where=table, not_done="nothing was read", do="fetch it again")

    with pytest.raises(SystemExit) as ended:
        run_job(job, fails)
    assert ended.value.code == 2
    assert "a page is cut" in capsys.readouterr().err
    assert "fetch it again" in Path(job.log[0]).read_text(encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        read_json(job.output._named["record"])


def test_a_bug_keeps_its_traceback(job):
    def broken(table):
        raise KeyError("column")

    with pytest.raises(KeyError):
        run_job(job, broken)


def test_a_rule_that_forgets_an_argument_is_refused(job):
    def wants_more(table, level):
        logging.getLogger("cryptodrug").info("never reached")

    with pytest.raises(ValueError, match="level"):
        run_job(job, wants_more)


def test_an_input_without_a_name_is_refused(job):
    job.input.append("unnamed.csv")
    with pytest.raises(ValueError, match="an input without a name"):
        run_job(job, double)
