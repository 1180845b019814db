"""The code book of the interviews: read whole, or refused with its line."""

import csv
from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import InputError
from cryptodrug.interviews.codebook import COLUMNS, counted_codes, read_codebook
from cryptodrug.interviews.themes import read_themes

FOLDER = Path(__file__).resolve().parents[3] / "workflow/questionnaires/interviews"
HEAD = ",".join(COLUMNS)


def test_the_code_book_of_the_study_has_thirty_codes_in_six_families():
    codes = read_codebook(FOLDER / "codebook.csv")
    assert len(counted_codes(codes)) == 30
    families = [code.code for code in codes if code.kind == "family"]
    assert families == ["a", "b", "c", "d", "e", "f", "x"]
    assert [code.code for code in codes if code.sensitive] == ["a-onset", "d-social", "f-risky", "f-help"]
    assert [code.code for code in codes if code.kind == "direction"] == ["x-no", "x-both"]


def test_names_of_the_code_book_are_those_that_the_documents_print():
    labels = yaml.safe_load((FOLDER.parents[2] / "reports/templates/vocabulary.yaml").read_text(encoding="utf-8"))
    known = {code.code: code.name for code in read_codebook(FOLDER / "codebook.csv") if code.kind == "code"}
    assert labels["vocabulary"]["interview_code"] == known
    themes = read_themes(FOLDER / "themes.csv", read_codebook(FOLDER / "codebook.csv"))
    assert labels["vocabulary"]["interview_theme"] == {theme.theme: theme.name for theme in themes}


def test_every_code_stands_once_in_the_joint_display():
    with (FOLDER / "joint-display.csv").open(encoding="utf-8", newline="") as stream:
        joined = [code for row in csv.DictReader(stream) for code in row["codes"].split("|")]
    codes = counted_codes(read_codebook(FOLDER / "codebook.csv"))
    assert sorted(joined) == sorted(codes)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["a,,family,Path,,,,,,", "a-x,b,code,X,,,,,,yes"], "line 3"),
        (["a,,family,Path,,,,,,", "a,,family,Path,,,,,,"], "stands twice"),
        (["a,a,code,Path,,,,,,yes"], "named as its parent"),
        (["a,,family,Path,,,,,,", "a-x,a,code,X,,,,,,perhaps"], "`asked` is one of"),
        (["a,,family,Path,,,,,,", "a-x,a,code,X,,,,,no,yes"], "`sensitive` is `yes` or empty"),
        (["a,,family,Path,,,,,,", "a-x,,code,X,,,,,,yes"], "everything else has one"),
        (["a,,theme,Path,,,,,,"], "`kind` is none of"),
        (["a,,family"], "not as many fields"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(tmp_path, lines, fault):
    path = tmp_path / "codebook.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_codebook(path)
