"""Figures of buyers: nothing reaches over an edge in any language, nothing that is withheld is drawn."""

import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cryptodrug.figures.style import house_style
from cryptodrug.release import ReleasedTable
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.context import Translator
from cryptodrug.words.messages import label_messages
from words_small import PLACES

REPORTS = Path(__file__).parents[3] / "reports"
LABELS = label_messages(REPORTS / "templates" / "exhibits.yaml") | label_messages(
    REPORTS / "templates" / "vocabulary.yaml"
)
COMPARATORS = pd.DataFrame({"row": ["gds-onset"], "share": [0.05]})

SHARES = {"share": [0.5, 0.0, 0.2]}
ROWS = {
    "career-forest": ("career-summary", {"statement": ["onset", "escalation", "recovery"]}),
    "experience": (
        "experience",
        {"aspect": ["quality", "quality", "safety"], "place": ["offline", "online", "online"]},
    ),
    "motives": ("motives", {"motive": ["offer", "price-or-quality", "other"], "asked": ["any", "main", "main"]}),
    "practice-levels": (
        "practice-levels",
        {"practice": ["hr-test", "hr-test", "rk-unk"], "period": ["before", "now", "now"]},
    ),
    "risk-awareness": ("risk-awareness", {"risk": ["privacy", "administrators", "other-drug"]}),
    "sources-before-now": (
        "sources-before-now",
        {"source": ["dealer", "dealer", "shop-own-or-other"], "period": ["before", "now", "now"]},
    ),
}


def figure(name, language, rows):
    module, table = name.replace("-", "_"), ROWS[name][0]
    draw = getattr(importlib.import_module(f"figures.{module}"), f"{module}_figure")
    catalogue = english() if language == "en" else read_catalogue(REPORTS / f"translations/{language}.po", language)
    words = Translator(language, catalogue, LABELS, PLACES, draft=True, markets={})
    tables = {
        key: ReleasedTable(key, "respondents", [], frozenset(), [], {}, one)
        for key, one in ((table, rows), ("comparators", COMPARATORS))
    }
    with house_style():
        made = draw(tables, words)
        made.draw_without_rendering()
    return made


def rows_of(name):
    rows = pd.DataFrame(ROWS[name][1] | SHARES)
    return rows.assign(share_low=rows["share"] * 0.8, share_high=[0.6, np.nan, 0.25])


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("name", sorted(ROWS))
def test_no_word_reaches_over_the_edge_in_any_language(name, language):
    made = figure(name, language, rows_of(name))
    box, (width, height) = made.get_tightbbox(), made.get_size_inches()
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.01


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_share_that_is_withheld_has_no_mark(name):
    rows = rows_of(name)
    hidden = rows.assign(share=[np.nan, 0.4, np.nan])
    marks = [line for line in figure(name, "en", hidden).axes[0].lines if line.get_marker() not in ("None", None, "D")]
    assert [float(x) for line in marks for x in line.get_xdata()] == [0.4]
    empty = figure(name, "en", rows.assign(share=np.nan))
    assert not [x for line in empty.axes[0].lines if line.get_marker() != "D" for x in line.get_xdata()]


CLASSES = ("less_than_monthly", "monthly_or_weekly", "up_to_weekly", "more_often", "used")
VARIABLES = ("escalation", "switching", "expansion", "substitution", "recovery")
SPECIAL = {
    "frequency-before-now": pd.DataFrame(
        {"drug": ["cannabis", "cannabis", "opioids-medicines", "opioids-medicines"],
         "period": ["before", "now"] * 2} | {name: [5, 6, np.nan, 7] for name in CLASSES}
    ),
    "career-combinations": pd.DataFrame(
        {"n": [20, 9, np.nan, 12]} | {name: ["no", "yes", "yes", "other"] for name in VARIABLES}
    ),
}  # fmt: skip
ROWS |= {name: (name, {}) for name in SPECIAL}


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_bars_stay_inside_and_are_those_that_are_shown(name, language):
    made = figure(name, language, SPECIAL[name])
    box, (width, height) = made.get_tightbbox(), made.get_size_inches()
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.01
    sides = [(bar.get_width(), bar.get_height()) for bar in made.axes[0].patches]
    if name == "career-combinations":
        assert [height for _, height in sides] == [20, 9, 12]
    else:
        assert sorted(width for width, _ in sides if width) == [5] * 5 + [6] * 5 + [7] * 5


def test_classes_are_told_apart_in_grey_by_hatch_or_shade():
    bars = figure("frequency-before-now", "en", SPECIAL["frequency-before-now"]).axes[0].patches
    shades = {(round(sum(bar.get_facecolor()[:3]), 2), bar.get_hatch()) for bar in bars}
    assert len(shades) == len(CLASSES)
