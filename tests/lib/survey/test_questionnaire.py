"""The tables of a questionnaire: the one of this project, and what is refused."""

from collections import Counter
from pathlib import Path

import pytest
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.errors import InputError
from cryptodrug.survey.questionnaire import LABEL_COLUMNS, QUESTION_COLUMNS, read_questionnaire

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "workflow/questionnaires/cryptodrug"
LABELS = [",".join(LABEL_COLUMNS), "missing,-9,none,geen,aucune", "yesno,0,no,nee,non", "yesno,1,yes,ja,oui"]
QUESTIONS = [
    ",".join(QUESTION_COLUMNS),
    "001.01,start,first,single,,yesno,First,Eerste,Première,aggregate,",
    "002.01,start,second,single,first == 1,yesno,Second,Tweede,Deuxième,aggregate,",
]


def written(folder, questions=QUESTIONS, labels=LABELS):
    (folder / "questionnaire.csv").write_text("\n".join(questions) + "\n", encoding="utf-8")
    (folder / "value-labels.csv").write_text("\n".join(labels) + "\n", encoding="utf-8")
    return str(folder)


def test_the_questionnaire_of_buyers_is_whole():
    questionnaire = read_questionnaire(FOLDER)
    types = Counter(one.type for one in questionnaire.questions.values())
    assert types == {"single": 208, "multiple": 78, "consent": 2, "integer": 4, "number": 1, "month": 1, "open": 2}
    assert sorted(questionnaire.missing) == [-9, -8, -7, -6]
    used = {one.labels for one in questionnaire.questions.values()} - {None}
    assert used == set(questionnaire.labels) - {"missing"}
    assert [name.removeprefix("ever_") for name in questionnaire.questions if name.startswith("ever_")][:14] == [*DRUGS]


def test_items_of_one_question_have_one_scale_one_wording_and_the_same_parts_of_the_questionnaire():
    for grid in read_questionnaire(FOLDER).grids():
        if len(grid) > 1:
            assert len({(one.section, one.type, one.labels) for one in grid}) == 1
            assert all(len({one.stem(language) for one in grid}) == 1 for language in ("en", "nl", "fr"))
            assert all(one.item("nl") for one in grid)


def test_labels_fit_the_limits_of_the_file_format():
    questionnaire = read_questionnaire(FOLDER)
    assert max(len(text.encode()) for one in questionnaire.questions.values() for text in one.text.values()) <= 256
    answers = [label for one in questionnaire.labels.values() for texts in one.values() for label in texts.values()]
    assert max(len(label.encode()) for label in answers) <= 120


def test_a_question_with_several_answers_is_a_block_by_the_start_of_its_names():
    blocks = read_questionnaire(FOLDER).blocks
    assert {name: len(items) for name, items in blocks.items()} == {
        "red_why": 10, "inf_bf": 7, "inf_nw": 7, "vc": 10, "mot": 10, "bar": 9, "xoff": 7, "xon": 7, "ss": 4, "clo": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("001.02,start,first,single,,yesno,F,E,P,aggregate,", "the variable is given twice"),
        ("003.01,start,third,choice,,yesno,T,D,T,aggregate,", "`type` or `publish` is none of"),
        ("003.01,start,third,single,,perhaps,T,D,T,aggregate,", "names a set of value-labels.csv: 'perhaps'"),
        ("003.01,start,third,integer,,yesno,T,D,T,aggregate,", "a coded variable, and no other"),
        ("003.01,start,third,single,fourth == 1,yesno,T,D,T,aggregate,", "reads what is not asked before: fourth"),
        ("003.01,start,third,single,first < 1,yesno,T,D,T,aggregate,", "`asked_if` of third: 'first < 1' compares"),
        ("003.01,start,third,single,,yesno,T | one,D,T | un,aggregate,", "the same bar between question and item"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path, line, wanted):
    with pytest.raises(InputError, match=r"line 4") as refused:
        read_questionnaire(written(tmp_path, [*QUESTIONS, line]))
    assert wanted in str(refused.value)


def test_a_code_given_twice_and_other_columns_are_refused(tmp_path):
    with pytest.raises(InputError, match="code '1' of 'yesno' is no number, stands twice"):
        read_questionnaire(written(tmp_path, labels=[*LABELS, "yesno,1,y,j,o"]))
    with pytest.raises(InputError, match=r"questionnaire.csv, line 1"):
        (tmp_path / "other").mkdir()
        read_questionnaire(written(tmp_path / "other", ["order,variable", *QUESTIONS[1:]]))
