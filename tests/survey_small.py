"""A questionnaire of six variables, its map, and exports of two respondents, for tests of the reading."""

import pandas as pd
import pyreadstat
from cryptodrug.survey.questionnaire import LABEL_COLUMNS, QUESTION_COLUMNS

QUESTIONS = """\
001.01,meta,number,integer,,,Number,Nummer,Numéro,never,
002.01,meta,state,single,,state,State,Staat,État,yes,
003.01,start,gender,single,,gender,Gender,Gender,Genre,aggregate,
004.01,start,bought,single,gender in (1 2),yesno,Bought,Gekocht,Acheté,aggregate,
005.01,start,amount,number,bought == 1,,Amount,Bedrag,Montant,aggregate,
006.01,end,contact,open,,,Contact,Contact,Contact,never,
""".replace("(1 2)", '"(1, 2)"').replace('gender in "(1, 2)"', '"gender in (1, 2)"')
LABELS = """\
missing,-6,not asked,niet gevraagd,non posée
missing,-9,no answer,geen antwoord,sans réponse
state,1,whole,geheel,complet
state,2,partial,deels,partiel
state,3,test,test,test
gender,1,woman,vrouw,femme
gender,2,man,man,homme
yesno,0,no,nee,non
yesno,1,yes,ja,oui
"""
MAP = """\
instrument: small
language: en
respondent: {number: number, status: state, complete: [1], partial: [2]}
columns: {}
must_be_empty: [contact]
categories:
  by_labels: {gender: {not-men: [1], men: [2]}}
  by_variable: {}
"""
RULES = [{"id": "test", "reason": "test", "when": "state == 3"}]
ROWS = {"number": [7.0, 3.0], "state": [1.0, 1.0], "gender": [1.0, 2.0], "bought": [1.0, 0.0], "amount": ["2,5", "-6"]}


def questionnaire_files(folder, questions=QUESTIONS, labels=LABELS):
    """Both tables of the questionnaire, written; the paths."""
    texts = {
        "questionnaire.csv": ",".join(QUESTION_COLUMNS) + "\n" + questions,
        "value-labels.csv": ",".join(LABEL_COLUMNS) + "\n" + labels,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in texts]


def export_file(folder, labels=None, **columns):
    """An SPSS file of the rows, with columns put in place or added."""
    path = folder / "small.sav"
    pyreadstat.write_sav(pd.DataFrame(ROWS | columns), path, variable_value_labels=labels or {})
    return path
