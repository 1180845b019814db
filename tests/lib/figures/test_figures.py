"""Figures: drawn from small released tables, in every language, the same bytes on every run."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from analyse.page_kinds import column_of
from cryptodrug.figures.draw import Words, draw_figure, mark_text, save
from cryptodrug.figures.style import house_style, mark, new_figure
from cryptodrug.reading.tables import FAILED_KINDS, PAGE_KINDS
from cryptodrug.release import ReleasedTable
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.context import Translator
from cryptodrug.words.messages import label_messages
from figures.belgian_share import belgian_share_figure
from figures.comparison import comparison_figure
from figures.concentration import concentration_figure
from figures.destination_policy import destination_policy_figure
from figures.origin_countries import origin_countries_figure
from figures.price_models import price_models_figure
from figures.price_per_gram import price_per_gram_figure
from figures.profile_codes import profile_codes_figure
from figures.revenue_bounds import revenue_bounds_figure
from figures.revenue_by_class import revenue_by_class_figure
from figures.snapshot_calendar import snapshot_calendar_figure
from figures.snapshot_pages import FAULTS, SHOWN, snapshot_pages_figure
from figures.specialisation import specialisation_figure
from figures.specification import specification_figure
from figures.vendor_cohort import vendor_cohort_figure
from figures.vendor_survival import vendor_survival_figure
from figures.vendor_trajectories import vendor_trajectories_figure
from figures.vendor_type_profile import vendor_type_profile_figure
from matplotlib.collections import LineCollection
from PIL import Image
from words_small import PLACES

REPORTS = Path(__file__).parents[3] / "reports"
LABELS = label_messages(REPORTS / "templates" / "exhibits.yaml") | label_messages(
    REPORTS / "templates" / "vocabulary.yaml"
)
DRAW: dict[str, Callable] = {
    "belgian-share": belgian_share_figure,
    "comparison": comparison_figure,
    "profile-codes": profile_codes_figure,
    "concentration": concentration_figure,
    "destination-policy": destination_policy_figure,
    "origin-countries": origin_countries_figure,
    "price-models": price_models_figure,
    "price-per-gram": price_per_gram_figure,
    "revenue-bounds": revenue_bounds_figure,
    "revenue-by-class": revenue_by_class_figure,
    "snapshot-calendar": snapshot_calendar_figure,
    "snapshot-pages": snapshot_pages_figure,
    "specialisation": specialisation_figure,
    "specification": specification_figure,
    "vendor-cohort": vendor_cohort_figure,
    "vendor-survival": vendor_survival_figure,
    "vendor-type-profile": vendor_type_profile_figure,
    "vendor-trajectories": vendor_trajectories_figure,
}
EACH = pytest.mark.parametrize("name", sorted(DRAW))


def with_ends(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Intervals of a fifth to both sides; the last row has none."""
    for name in names:
        rows[f"{name}_low"], rows[f"{name}_high"] = rows[name] * 0.8, rows[name] * 1.2
        rows.loc[rows.index[-1], [f"{name}_low", f"{name}_high"]] = np.nan
    return rows


def combinations() -> pd.DataFrame:
    """Two numbers under a few judgements."""
    rows = [
        {"row": f"{outcome}-{definition}-{window}", "outcome": outcome, "definition": definition, "window": window,
         "holding": "counted", "coverage": "nearly-complete", "link": "key-or-name", "share": share, "ratio": ratio,
         "default": "yes" if (definition, window) == ("inclusive", "whole") else "no"}
        for outcome, share, ratio in (("listings", 0.2, None), ("growth", None, 1.1))
        for definition in ("strict", "inclusive")
        for window in ("whole", "without-first", "without-last")
    ]  # fmt: skip
    return with_ends(pd.DataFrame(rows), "share", "ratio")


def frames() -> dict[str, pd.DataFrame]:
    days = ["2014-04-06", "2014-05-04", "2014-06-01"]
    policies = ["neighbours", "other-countries", "worldwide-except"]
    sizes = {"market": "m1", "snapshot": days, "share_listings": [0.1, 0.2, 0.3], "share_vendors": [0.2, None, 0.3]}
    states = ["complete", "partial", "unknown", "none", "closed"]
    calendar = {"market": ["m1"] * 5 + ["m2"] * 5, "month": [f"2014-0{month}" for month in range(4, 9)] * 2,
                "state": states + ["complete"] * 5, "coverage": [0.97, 0.8, None, None, None] + [0.9] * 5}  # fmt: skip
    origins = {"origin": ["BE", "US", "not-stated"], "share": [0.5, 0.3, 0.1], "rank": [1.0, 2.0, None]}
    classes = {"drug_class": ["mdma", "dissociatives", "nps"], "ratio": [3.1, 0.4, 1.2]}
    prices = {"drug_class": ["mdma", "mdma", "nps"], "lot": [5.0, 10.0, 1.0], "group": ["focus", "rest", "rest"],
              "median": [7.5, 6.5, 20.0], "vendors": [5, 6, 7]}  # fmt: skip
    models = {"drug_class": ["mdma", "mdma", "lsd"], "measure": ["gram", "unit", "unit"], "tenfold": [0.8, 0.7, 0.9],
              "ratio_rest": [0.9, 1.2, None], "ratio_neighbours": [1.1, None, None]}  # fmt: skip
    curve = {"group": ["all", "all", "focus", "focus"], "vendors_share": [0.0, 1.0, 0.0, 1.0],
             "amount_share": [0.0, 1.0, 0.0, 1.0]}  # fmt: skip
    stay = {"group": ["all"] * 2 + ["focus"] * 2, "months": [1, 2] * 2, "share": [0.9, 0.8, 0.8, 0.7]}
    of_types = {"type": ["type-1", "type-1", "type-2"], "feature": ["median_price_g", "reach", "reach"],
             "place": [0.2, None, 0.9]}  # fmt: skip
    first = {"months": [1, 2, 3], "share": [0.9, 0.8, 0.7], "share_focus": [0.8, None, 0.6]}
    kinds = pd.DataFrame({"market": ["m1", "m1", "m2"], "snapshot": days, "pages": [100, 200, 50]})
    kinds = kinds.assign(**{kind: 0 for groups in (SHOWN, FAULTS) for kinds, _, _ in groups.values() for kind in kinds})
    kinds = kinds.assign(listing=[60, 150, 44], list=[20, 20, 3], login=[5, 0, 0], error=[10, 10, 3], empty=[5, 20, 0])
    beside = {"what": ["agora-own-listings", "agora-own-ecstasy", "aldridge-countries", "wadsworth-once"],
              "earlier": [0.006, 3.5, 41.0, 0.45], "ours": [0.01, 2.0, 7.0, 0.0],
              "number_kind": ["share", "ratio", "count", "share"],
              "allows": ["comparison", "comparison", "order", "order"]}  # fmt: skip
    worth = {"market": ["m1", "m1", "m1", "m2", "m2"], "snapshot": [*days, days[0], None],
             "eur_low": [None, 2e5, 3e5, None, None], "eur_high": [None, None, None, 5e5, 5e5]}  # fmt: skip
    shares = {"drug_class": ["mdma", "nps", "other-classes"], "share_focus_low": [0.5, 0.2, 0.3],
              "share_rest_low": [0.1, 0.5, 0.4], "share_focus_high": None, "share_rest_high": None}  # fmt: skip
    shares = pd.DataFrame(shares).astype(dict.fromkeys(["share_focus_high", "share_rest_high"], float))
    return {
        "revenue-bounds": with_ends(pd.DataFrame(worth).astype({"eur_high": float}), "eur_low", "eur_high"),
        "revenue-by-class": with_ends(shares, *(name for name in shares if name.startswith("share"))),
        "page-kinds": kinds,
        "specification": combinations(),
        "profile-codes": with_ends(
            pd.DataFrame(
                {"row": ["a", "b", "c"], "code": ["p-lang", "p-pay", "p-domestic"], "difference": [0.4, -0.1, 0]}
            ),
            "difference",
        ),
        "comparison": with_ends(pd.DataFrame(beside), "ours"),
        "study-facts": pd.DataFrame({"focus": ["BE"], "coverage_minimum": [0.9]}),
        "market-size": with_ends(pd.DataFrame(sizes), "share_listings", "share_vendors"),
        "market-calendar": pd.DataFrame(calendar),
        "origin-countries": with_ends(pd.DataFrame(origins), "share"),
        "specialisation": with_ends(pd.DataFrame(classes), "ratio"),
        "destination-policy": with_ends(
            pd.DataFrame({"policy": policies, "share_focus": [0.5, 0.0, 0.2], "share_rest": [0.4, None, 0.3]}),
            "share_focus",
            "share_rest",
        ),
        "price-per-gram": with_ends(pd.DataFrame(prices), "median"),
        "price-models": with_ends(pd.DataFrame(models), "tenfold", "ratio_rest", "ratio_neighbours"),
        "concentration-curve": pd.DataFrame(curve),
        "vendor-cohort": with_ends(pd.DataFrame(first), "share", "share_focus"),
        "vendor-trajectories": pd.DataFrame(
            {"group": ["group-1"] * 2 + ["group-2"] * 2, "month": ["2019-01", "2019-02"] * 2, "level": [0.0, 3, 20, 90]}
        ),
        "vendor-type-profile": pd.DataFrame(of_types),
        "vendor-survival": with_ends(pd.DataFrame(stay), "share"),
        "comparators": pd.DataFrame(
            {"row": ["agora-own-listings", "agora-own-ecstasy"], "share": [0.15, None], "ratio": [None, 2.0]}
        ),
    }


def tables(**more: pd.DataFrame) -> dict[str, ReleasedTable]:
    found = frames() | {name.replace("_", "-"): rows for name, rows in more.items()}
    return {name: ReleasedTable(name, "public", [], frozenset(), [], {}, rows) for name, rows in found.items()}


def translator(language: str = "en") -> Translator:
    """The words of the project."""
    own = REPORTS / "translations" / f"{language}.po"
    catalogue = english() if language == "en" else read_catalogue(own, language)
    return Translator(language, catalogue, LABELS, PLACES, draft=True, markets={"m1": "First", "m2": "Second"})


def drawn(name: str, language: str = "en", simulated: bool = True, **more):
    words = translator(language)
    with house_style():
        figure = DRAW[name](tables(**more), words)
        mark(figure, mark_text("simulated" if simulated else "historical", words))
        figure.draw_without_rendering()
    return figure


def files(name: str, language: str, folder: Path) -> tuple[bytes, bytes]:
    words = translator(language)
    with house_style():
        figure = DRAW[name](tables(), words)
        save(figure, folder / "x.svg", folder / "x.png", words.text(f"{name}.title"))
    return (folder / "x.svg").read_bytes(), (folder / "x.png").read_bytes()


def overhang(figure) -> float:
    """How far, in inches, anything that is drawn reaches over an edge of the picture."""
    box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    return max(-box.x0, -box.y0, box.x1 - width, box.y1 - height)


@EACH
@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_no_word_reaches_over_the_edge_in_any_language(name, language):
    assert overhang(drawn(name, language)) < 0.01


@EACH
def test_files_have_the_same_bytes_on_every_run_and_no_date(name, tmp_path):
    svg, png = files(name, "fr", tmp_path)
    assert files(name, "fr", tmp_path) == (svg, png)
    assert b"<dc:date>" not in svg
    assert Image.open(io.BytesIO(png)).info.keys() == {"Title", "dpi"}


@EACH
def test_words_of_a_picture_are_paths_and_its_title_is_text(name, tmp_path):
    svg = files(name, "en", tmp_path)[0].decode()
    assert "<text" not in svg
    assert f"<dc:title>{LABELS[f'{name}.title'].text}</dc:title>" in svg


@EACH
def test_figure_of_simulated_data_says_so_inside_and_no_other_does(name):
    said = LABELS["frame.simulated-mark"].text
    assert [text.get_text() for text in drawn(name).texts].count(said) == 1
    assert said not in [text.get_text() for text in drawn(name, simulated=False).texts]


@EACH
def test_missing_comparators_leave_the_figure_whole(name):
    data = tables()
    del data["comparators"]
    with house_style():
        figure = DRAW[name](data, translator())
        figure.draw_without_rendering()
    assert any(axes.lines or axes.patches for axes in figure.axes)


def test_settings_of_the_machine_do_not_reach_a_figure(tmp_path):
    import matplotlib

    before = files("origin-countries", "en", tmp_path)
    with matplotlib.rc_context({"font.size": 20, "font.family": "serif", "axes.facecolor": "red"}):
        assert files("origin-countries", "en", tmp_path) == before
        assert matplotlib.rcParams["font.size"] == 20


def test_numbers_on_axes_follow_the_language():
    (axes,) = drawn("origin-countries", "fr").axes
    assert all(tick.get_text().endswith("\u00a0%") for tick in axes.get_xticklabels())


def test_share_that_is_not_shown_parts_the_line():
    (axes,) = drawn("belgian-share").axes
    heights = {line.get_label(): list(line.get_ydata()) for line in axes.lines}
    assert heights[LABELS["belgian-share.words.listings"].text] == [0.1, 0.2, 0.3]
    first, hidden, last = heights[LABELS["belgian-share.words.vendors"].text]
    assert (first, np.isnan(hidden), last) == (0.2, True, 0.3)


def test_a_curve_begins_with_all_and_its_bands_differ_in_grey():
    (axes,) = drawn("vendor-survival").axes
    assert [(line.get_xdata()[0], line.get_ydata()[0], line.get_linestyle()) for line in axes.lines] == [
        (0, 1, "--"), (0, 1, "-")
    ]  # fmt: skip
    bands = [one for one in axes.collections if not isinstance(one, LineCollection)]
    assert [band.get_hatch() for band in bands] == ["////", None]


def test_a_share_that_is_withheld_parts_the_line_of_the_cohort():
    (axes,) = drawn("vendor-cohort").axes
    assert [np.isnan(line.get_ydata()).tolist() for line in axes.lines] == [[False] * 3, [False, True, False]]


def test_a_curve_of_all_vendors_stands_alone_where_the_country_has_none():
    (axes,) = drawn("vendor-survival", vendor_survival=frames()["vendor-survival"].iloc[:2]).axes
    assert len(axes.lines) == 1


def test_months_of_a_calendar_differ_in_shape_and_fill_and_not_only_in_colour():
    figure = drawn("snapshot-calendar")
    (axes,) = figure.axes
    looks = {line.get_label(): (line.get_marker(), line.get_mfc() == "white") for line in axes.lines}
    states = ("complete", "partial", "unknown", "none", "closed")
    assert set(looks) == {LABELS[f"vocabulary.month_state.{state}"].text for state in states}
    assert len(set(looks.values())) == 5
    assert [patch.get_hatch() for patch in axes.patches] == ["////"]
    (closed,) = axes.patches
    assert closed.get_x() < 4 < closed.get_x() + closed.get_width()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Second", "First"]


def test_coverage_stands_below_its_mark_and_no_word_covers_the_axis():
    figure = drawn("snapshot-calendar", "nl")
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts][:2] == ["97,0%", "90,0%"]
    labels = axes.get_xticklabels()
    assert not any(figure.legends[0].get_window_extent().overlaps(label.get_window_extent()) for label in labels)


def test_each_market_has_a_panel_of_its_own_with_its_name_where_there_are_several():
    sizes = frames()["market-size"]
    two = drawn("belgian-share", market_size=pd.concat([sizes, sizes.assign(market="m2")])).axes
    assert [axes.get_title(loc="left") for axes in two] == ["First", "Second"]
    assert [axes.get_title(loc="left") for axes in drawn("belgian-share").axes] == [""]


def test_prices_are_compared_in_the_row_of_their_class_and_only_where_they_can_be():
    left, right = drawn("price-models").axes
    names = [label.get_text() for label in left.get_yticklabels()]
    assert names[::-1] == ["MDMA/ecstasy (grams)", "MDMA/ecstasy (units)", "LSD (units)"]
    marks = {line.get_marker(): line.get_ydata().round().tolist() for line in right.lines if line.get_marker() in "os"}
    assert marks == {"o": [1, 2], "s": [2]}


def test_only_the_focus_country_is_hatched():
    (axes,) = drawn("origin-countries").axes
    hatched = [
        label.get_text() for label, bar in zip(axes.get_yticklabels(), axes.patches, strict=True) if bar.get_hatch()
    ]
    assert hatched == ["Belgium"]


def test_origin_without_a_rank_is_not_among_the_countries():
    (axes,) = drawn("origin-countries").axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["United States", "Belgium"]


def test_interval_that_reaches_nought_stays_on_the_logarithmic_axis():
    rows = frames()["specialisation"]
    rows.loc[0, "ratio_low"] = 0.0
    (axes,) = drawn("specialisation", specialisation=rows).axes
    ends = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for line in axes.lines])
    assert (ends > 0).all()


@pytest.mark.parametrize("name", ["price-per-gram", "specialisation"])
def test_figure_without_a_shown_row_is_drawn_empty(name):
    rows = frames()[name]
    rows[["median" if name == "price-per-gram" else "ratio"]] = np.nan
    assert drawn(name, **{name.replace("-", "_"): rows}).axes


def test_language_without_translations_is_drawn_as_marked_draft_or_not_at_all(tmp_path):
    from cryptodrug.errors import TranslationError

    empty = tmp_path / "nl.po"
    empty.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', encoding="utf-8")
    templates = REPORTS / "templates"
    words = Words(str(templates / "exhibits.yaml"), str(templates / "vocabulary.yaml"), str(PLACES), [str(empty)], {})

    def draw(data, given):
        figure = new_figure(1.0)
        figure.text(0.1, 0.5, given.text("origin-countries.title"))
        seen.append(given.text("origin-countries.title"))
        return figure

    seen: list[str] = []
    paths = [str(tmp_path / "x.svg")], [str(tmp_path / "x.png")]
    with pytest.raises(TranslationError, match="a message is not translated into nl"):
        draw_figure(draw, "origin-countries", [], words, *paths, ["nl"], [], "historical")
    assert not Path(paths[0][0]).exists()
    draw_figure(draw, "origin-countries", [], words, *paths, ["nl"], ["nl"], "historical")
    assert seen == [f"[en] {LABELS['origin-countries.title'].text}"]
    assert re.search(r"<dc:title>\[en\] ", Path(paths[0][0]).read_text(encoding="utf-8"))


def test_every_kind_of_page_has_a_place_in_the_figure_of_pages():
    own = [column_of(kind) for kind in PAGE_KINDS]
    assert sorted(kind for kinds, _, _ in SHOWN.values() for kind in kinds) == sorted(own)
    assert sorted(kind for kinds, _, _ in FAULTS.values() for kind in kinds) == sorted(SHOWN["failed"][0])
    assert sorted(SHOWN["failed"][0]) == sorted(FAILED_KINDS)


def test_bars_of_pages_are_shares_and_their_faults_stand_beside_them():
    left, right = drawn("snapshot-pages").axes
    widths = {container.get_label(): [bar.get_width() for bar in container] for container in left.containers}
    assert widths["listings"] == [0.6, 0.75, 0.88]
    assert widths["failed"] == pytest.approx([0.2, 0.15, 0.06])
    assert [sum(bars[row] for bars in widths.values()) for row in range(3)] == pytest.approx([1, 1, 1])
    assert {container.get_label() for container in right.containers} == {
        "login, riddle",
        "error, sends on",
        "cut, empty",
    }
    assert right.get_xlim() == (0, pytest.approx(0.21))


def test_a_few_failed_pages_of_thousands_do_not_look_like_many():
    rows = frames()["page-kinds"].assign(pages=[20_000, 200, 50], login=[5, 0, 0], error=0, empty=0)
    _, right = drawn("snapshot-pages", page_kinds=rows).axes
    assert right.get_xlim() == (0, 0.01)
    assert all("." in label.get_text() for label in right.get_xticklabels())
