"""Exhibits as Markdown."""

import pandas as pd
import pytest
from cryptodrug.documents.exhibits import (
    BRACKETS,
    LINE,
    Exhibits,
    column_widths,
    crowded,
    longest_word,
    of_row,
    worth_a_column,
)
from cryptodrug.errors import ProvenanceError, TranslationError
from cryptodrug.release import ReleasedTable
from cryptodrug.words.catalogue import Catalogue, english
from cryptodrug.words.context import Translator
from cryptodrug.words.formatting import Formatter
from cryptodrug.words.messages import Message
from jinja2 import UndefinedError
from words_small import PLACES

FORMATTER = Formatter("en")
WORDS = {
    "frame.table": "Table",
    "frame.figure": "Figure",
    "frame.id": "Id",
    "frame.source": "Source: snapshots.",
    "frame.source-survey": "Source: survey.",
    "frame.source-published": "Source: as printed.",
    "frame.hidden": "Small numbers are not shown.",
    "sizes.title": "Sizes",
    "sizes.population": "Vendors seen",
    "sizes.alt": "Chart: \"largest\" {{ v('sizes.be.share') }}.",
    "sizes.column.origin": "Stated origin",
    "sizes.column.n": "Vendors",
    "sizes.column.share": "Share",
    "sizes.column.day": "Day",
    "sizes.note.rule": "The rule holds.",
    "vocabulary.origin.not-stated": "not | stated",
}


def column(name: str, kind: str, **more) -> dict:
    known = {"unit": None, "digits": 0, "low": None, "high": None, "label": f"sizes.column.{name}"}
    return {"name": name, "kind": kind} | known | more


COLUMNS = [
    column("origin", "text", unit="origin"),
    column("n", "count"),
    column("share", "share", digits=1, low="share_low", high="share_high"),
    column("day", "date"),
]
ROWS = pd.DataFrame(
    {
        "row": ["be", "nl", "none"],
        "origin": ["BE", "NL", "not-stated"],
        "n": [1234.0, None, 7.0],
        "share": [0.5, None, 0.25],
        "share_low": [0.4, None, None],
        "share_high": [0.6, None, None],
        "day": ["2014-04-06", "2014-05-01", None],
    }
)


def table(hidden=(), domain: str = "public", rows: pd.DataFrame = ROWS) -> ReleasedTable:
    return ReleasedTable("sizes", domain, COLUMNS, frozenset(hidden), ["sizes.note.rule"], {}, rows)


def exhibits(language: str = "en", catalogue: Catalogue | None = None, figures=None, ids=None, **more) -> Exhibits:
    labels = {name: Message(name, text, "exhibits.yaml", 1) for name, text in WORDS.items()}
    translator = Translator(language, catalogue or english(), labels, PLACES, draft=True)
    functions = {"v": lambda name: f"<{name}>"}
    ids = {"sizes": "abc123"} if ids is None else ids
    return Exhibits({"sizes": table(**more)}, figures or {}, ids, translator, functions=functions)


def lines(**more) -> list[str]:
    return exhibits(**more).markdown("sizes").splitlines()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_table_prints_heads_values_and_intervals_in_brackets():
    made = lines()
    assert cells(made[0]) == ["Stated origin", "Vendors", "Share", "Day"]
    assert cells(made[2]) == ["Belgium", "1,234", "50.0% [40.0%;\u00a060.0%]", "06/04/2014"]


def test_missing_cell_is_a_dash_and_a_value_without_interval_stands_alone():
    made = lines()
    assert cells(made[3]) == ["Netherlands", "–", "–", "01/05/2014"]
    assert cells(made[4])[1:] == ["7", "25.0%", "–"]


def test_numbers_stand_to_the_right_and_words_to_the_left():
    assert [cell[-1] == ":" for cell in cells(lines()[1])] == [False, True, True, False]


def test_bar_inside_a_cell_does_not_part_it():
    assert r"not \| stated" in lines()[4]


def test_numbers_of_a_table_follow_the_language():
    made = exhibits("fr", Catalogue("fr", {}, frozenset(), "fr.po")).markdown("sizes").splitlines()
    share = "50,0\u00a0% [40,0\u00a0%\u202f;\u00a060,0\u00a0%]"
    assert cells(made[2]) == ["Belgique", "1\u202f234", share, "06/04/2014"]


def test_caption_foot_and_id_stand_under_the_table():
    text = exhibits().markdown("sizes")
    assert "\n\n: Table\u00a01: Sizes\n\n::: {.foot}\n" in text
    assert text.endswith("Vendors seen. Source: snapshots. The rule holds. [Id abc123]{.id}\n:::")


def test_hidden_cells_are_explained_only_where_there_are_some():
    assert "Small numbers are not shown." in exhibits(hidden=[("nl", "n")]).markdown("sizes")
    assert "Small numbers are not shown." not in exhibits().markdown("sizes")


def test_source_of_a_table_about_respondents_is_the_survey():
    assert "Source: survey." in exhibits(domain="respondents").markdown("sizes")


def test_column_without_any_value_is_left_out():
    made = lines(rows=ROWS.assign(day=None))
    assert cells(made[0]) == ["Stated origin", "Vendors", "Share"]
    assert {len(cells(line)) for line in made[2:5]} == {3}


def test_exhibit_without_an_id_stops_the_document():
    with pytest.raises(ProvenanceError) as error:
        exhibits(ids={}).markdown("sizes")
    assert "an exhibit has no content id" in str(error.value)
    assert error.value.where == "sizes"


def test_exhibit_that_was_not_released_prints_nothing():
    assert exhibits().markdown("other") == ""


def test_figure_is_preferred_unless_the_table_is_asked_for():
    made = exhibits(figures={"sizes": "sizes.en"})
    assert made.markdown("sizes").startswith("![Figure\u00a01: Sizes](sizes.en){alt=")
    assert made.markdown("sizes", "table").startswith("| Stated origin |")


def test_alternative_text_has_its_values_and_no_straight_double_quotes_inside():
    made = exhibits(figures={"sizes": "sizes.en"}).markdown("sizes")
    assert "{alt=\"Chart: 'largest' <sizes.be.share>.\"}" in made


def test_alternative_text_with_an_unknown_name_is_an_error_and_not_empty():
    made = exhibits(figures={"sizes": "sizes.en"})
    made.functions = {}
    with pytest.raises(UndefinedError, match="'v' is undefined"):
        made.markdown("sizes")


def test_translated_alternative_text_with_other_values_is_refused():
    key = ("sizes.alt", WORDS["sizes.alt"])
    words = Catalogue("fr", {key: "Graphique : {{ v('sizes.nl.share') }}."}, frozenset(), "fr.po")
    with pytest.raises(TranslationError, match=r"leaves out sizes.be.share; adds sizes.nl.share"):
        exhibits("fr", words, figures={"sizes": "sizes.fr"}).markdown("sizes")


def test_tables_and_figures_are_numbered_apart_in_the_order_of_the_document():
    made = exhibits(figures={"sizes": "sizes.en"})
    printed = [made.markdown("sizes", form) for form in ("table", "figure", "table", "figure")]
    found = ["Table\u00a01", "Figure\u00a01", "Table\u00a02", "Figure\u00a02"]
    assert all(f"{number}: Sizes" in text for number, text in zip(found, printed, strict=True))


def test_longest_word_sets_the_least_width_of_a_column():
    assert longest_word("of which from the country") == 7


def test_a_kind_of_page_that_never_occurs_has_no_column():
    rows = ROWS.assign(pages=[0, 0, 0], n=[0, 0, 0])
    given = ReleasedTable("sizes", "public", [], frozenset(), [], {}, rows)
    assert not worth_a_column(given, column("pages", "count", unit="page"))
    assert worth_a_column(given, column("n", "count", unit="vendor"))


def test_a_row_can_say_of_which_kind_its_number_is():
    given = column("n", "number", by_row="number")
    row = pd.Series({"number_kind": "share", "number_unit": None, "number_digits": 1.0})
    assert of_row(given, row) == given | {"kind": "share", "unit": None, "digits": 1}
    assert of_row(column("n", "count"), row) == column("n", "count")


def test_what_does_not_apply_is_blank_where_the_column_says_so():
    rows = pd.DataFrame({"row": ["a"], "day": [None]})
    assert exhibits()._cell(table(), rows.iloc[0], column("day", "date", blank=True)) == ""
    assert exhibits()._cell(table(), rows.iloc[0], column("day", "date")) == "–"


def test_where_a_line_is_full_words_give_way_and_numbers_keep_their_room():
    heads = ["What this is about", *["Difference"] * 8]
    cells = [["a long text of many words", "word"], *[[f"29.91% {FORMATTER.interval('20.17%', '42.04%')}", "–"]] * 8]
    widths = column_widths(heads, cells, [False, *[True] * 8])
    assert sum(widths) > LINE
    assert widths == [14 + 1, *[len("[20.17%; 42.04%]") + 1] * 8]


def test_in_a_crowded_table_the_ends_of_an_interval_stand_below_each_other():
    heads, numeric = ["Euro"] * 8, [True] * 8
    whole = [[f"€177,906 {FORMATTER.interval('€125,298', '€252,171')}"]] * 8
    assert crowded(heads, whole, numeric)
    assert not crowded(heads[:4], whole[:4], numeric[:4])
    broken = [[BRACKETS.sub(r"\1 ", cell) for cell in column] for column in whole]
    assert column_widths(heads, broken, numeric) == [len("[€125,298;") + 1] * 8


@pytest.mark.parametrize(("columns", "space"), [(3, "\u00a0"), (8, " ")])
def test_intervals_are_whole_where_the_line_has_room(columns, space, monkeypatch):
    wide = [COLUMNS[0], *(column("share", "share", digits=1, low="share_low", high="share_high"),) * columns]
    monkeypatch.setitem(globals(), "COLUMNS", wide)
    assert f"[40.0%;{space}60.0%]" in exhibits().markdown("sizes")


def test_where_a_line_has_room_left_it_goes_to_those_who_asked_for_it():
    widths = column_widths(
        ["Text", "Text", "N"], [["one two three " * 9], ["one two " * 9], ["1"] * 4], [False, False, True]
    )
    assert widths == [23, 23, 2]
    many = column_widths(["Considerations"] * 9, [["10"]] * 9, [True] * 9)
    assert all(len("Consid") < width < len("Considerations") + 1 for width in many)
    assert sum(many) <= LINE
