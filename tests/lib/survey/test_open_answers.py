"""Answers in words: a sheet for coding, under keyed names, outside the repository, and nowhere else."""

import csv
import io

import pyreadstat
import pytest
from cryptodrug.cli import main
from cryptodrug.errors import InputError
from cryptodrug.provenance.records import PROJECT
from cryptodrug.pseudonyms import KEY_FILE, pseudonym, read_key
from cryptodrug.survey.open_answers import check_place, without_traces
from survey_small import MAP, QUESTIONS, export_file, questionnaire_files

OPEN = QUESTIONS + "007.01,end,why,open,,,Why,Waarom,Pourquoi,never,\n"


@pytest.fixture
def key(tmp_path, monkeypatch):
    (tmp_path / "key").write_bytes(b"k" * 40)
    monkeypatch.setenv(KEY_FILE, str(tmp_path / "key"))
    return b"k" * 40


def call(folder, *more, variables=("why",)):
    questionnaire_files(folder, OPEN)
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    file = export_file(folder, why=["write to a@example.org or 192.0.2.7", ""], contact=["", ""])
    place = ["--map", str(folder / "map.yaml"), "--questionnaire", str(folder), "--out", str(folder / "sheet.csv")]
    return main(["survey", "open-answers", str(file), *place, "--variables", *variables, *more])


def test_a_sheet_has_keyed_names_and_no_addresses(tmp_path, key, capsys):
    assert call(tmp_path) == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "sheet.csv").read_text(encoding="utf-8"))))
    assert rows == [
        ["record", "variable", "answer", "code"],
        [pseudonym(key, "7"), "why", "write to [removed] or [removed]", ""],
    ]
    assert "1 answers, 2 addresses" in capsys.readouterr().out
    assert call(tmp_path) == 2  # somebody may have coded in it


def test_only_open_questions_go_there(tmp_path, key, capsys):
    assert call(tmp_path, variables=("gender",)) == 2
    assert "these are no open questions: gender" in capsys.readouterr().err
    assert not (tmp_path / "sheet.csv").exists()


def test_without_a_key_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(KEY_FILE, raising=False)
    assert call(tmp_path) == 2
    assert "there is no key file" in capsys.readouterr().err and not (tmp_path / "sheet.csv").exists()


def test_a_short_key_or_one_in_the_repository_is_refused(tmp_path, monkeypatch):
    (tmp_path / "short").write_bytes(b"abc")
    for name, fault in (
        (str(tmp_path / "short"), "shorter than"),
        (str(PROJECT / "README.md"), "inside the repository"),
    ):
        monkeypatch.setenv(KEY_FILE, name)
        with pytest.raises(InputError, match=fault):
            read_key()


def test_a_sheet_is_never_written_where_it_would_be_published():
    for place in ("sheet.csv", "results/demo/database/sheet.csv", "results/demo/tables/sheet.csv"):
        with pytest.raises(InputError, match="outside the repository"):
            check_place(PROJECT / place)
    assert check_place(PROJECT / "results/demo/internal/no-such-sheet.csv")


@pytest.mark.parametrize(
    "trace",
    [
        "a.b@example.org",
        "https://example.org/x",
        "+32 470 00 00 00",
        "192.0.2.1",
        "@somebody",
        "a" * 16 + ".onion",
    ],
)
def test_what_leads_to_a_person_is_taken_out(trace):
    assert without_traces(f"ask  {trace} please") == ("ask [removed] please", 1)


def test_words_and_small_numbers_stay():
    text = "In 2017 it cost 25 euro, 2 times"
    assert without_traces(text) == (text, 0)


def test_the_reading_of_a_build_never_opens_text(tmp_path):
    """The same file, read as a build reads it, gives no column of text."""
    questionnaire_files(tmp_path, OPEN)
    file = export_file(tmp_path, why=["a secret", ""], contact=["", ""])
    assert "why" in pyreadstat.read_sav(file, metadataonly=True)[1].column_names
    from cryptodrug.survey.answers import read_variables
    from cryptodrug.survey.questionnaire import read_questionnaire

    assert "why" not in read_variables(read_questionnaire(tmp_path))
