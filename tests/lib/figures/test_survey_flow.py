"""The figure of the way of the records: every step in its order, numbers as in the table, inside the page."""

import pytest
from analyse.survey_flow import survey_flow_table
from cryptodrug.figures.style import house_style
from cryptodrug.provenance.records import PROJECT
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.context import Translator
from cryptodrug.words.messages import label_messages
from figures.survey_flow import survey_flow_figure

REPORTS = PROJECT / "reports"
LABELS = label_messages(REPORTS / "templates/exhibits.yaml") | label_messages(REPORTS / "templates/vocabulary.yaml")
PLACES = REPORTS / "translations/places.yaml"
FLOW = {
    "started": 142,
    "steps": [
        {"id": "test", "reason": "test", "n": 5},
        {"id": "never-bought", "reason": "never-bought", "n": 3},
        {"id": "filled-in-before", "reason": "filled-in-before", "n": 4},
        {"id": "drop-out", "reason": "drop-out", "n": 31},
    ],
    "valid": 99,
    "complete": 93,
}


def drawn(language, **more):
    catalogue = english() if language == "en" else read_catalogue(REPORTS / f"translations/{language}.po", language)
    with house_style():
        figure = survey_flow_figure(
            {"survey-flow": survey_flow_table(FLOW, 5, **more)}, Translator(language, catalogue, LABELS, PLACES)
        )
        figure.draw_without_rendering()
    return figure


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_no_word_reaches_over_the_edge(language):
    figure = drawn(language)
    box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.01


def test_bars_are_the_numbers_of_the_table_and_few_records_are_shown_with_the_next_step():
    axes = drawn("en").axes[0]
    widths = [bar.get_width() for bar in axes.patches]
    # from below: partial, complete, kept, drop-outs, two steps as one, tests, started
    assert widths[:7] == [6, 93, 99, 99, 130, 137, 142]
    assert widths[7:] == [0, 0, 0, 31, 7, 5, 0]
    assert "130 (−7)" in [text.get_text() for text in axes.texts]


def test_those_invited_stand_above_where_they_are_known():
    table = survey_flow_table(FLOW, 5, invited=2000)
    assert table.rows.iloc[0].tolist()[:2] == ["invited", "invited"]
    assert not [cell for sums in table.cell_sums for cell in sums["parts"] if cell[0] == "invited"]
    assert drawn("en", invited=2000).axes[0].patches[7].get_width() == 2000
