"""What several figures draw alike: intervals, percentages on an axis, labels in words."""

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cryptodrug.figures.style import FOCUS, REST, new_figure
from cryptodrug.release import ReleasedTable
from cryptodrug.words.context import Translator

LETTERS = 42  # of a line in the name of a row
# colour, marks and hatch of the band of a group of vendors: full and hatched bands are told apart in grey
GROUPS = {"all": (REST, "s--", "////"), "focus": (FOCUS, "o-", None)}


# mark, colour (Okabe & Ito 2008), full or empty of groups without names of their own: shapes tell them apart in grey
LOOKS = (
    ("o", "#0072B2", True),
    ("s", "#D55E00", False),
    ("^", "#009E73", True),
    ("D", "#CC79A7", False),
    ("v", "#56B4E9", True),
    ("P", "#333333", False),
)


def shown(table: ReleasedTable, *columns: str) -> pd.DataFrame:
    """Rows of a released table in which all these columns are shown."""
    return table.rows.dropna(subset=list(columns)).reset_index(drop=True)


def percent_axis(axis, translator: Translator, digits: int = 0) -> None:
    """Percentages in the language at hand."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: translator.formatter.percent(round(value, 6), digits)))


def number_axis(axis, translator: Translator) -> None:
    """Plain numbers in the language at hand, without needless digits."""

    def text(value: float, _: int) -> str:
        digits = 0 if float(value).is_integer() else 2 if value < 1 else 1
        return translator.formatter.number(round(value, 6), digits)

    axis.set_major_formatter(FuncFormatter(text))
    axis.set_minor_formatter(FuncFormatter(lambda value, position: ""))


def name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Rows with their names from below; long ones in several lines, so that none takes the room of the marks."""
    axes.set_yticks(range(len(names)), ["\n".join(wrap(name, LETTERS)) for name in names])
    axes.set_ylim(-0.6, max(len(names), 1) - 0.4)


def share_below(axes: Axes, translator: Translator, label: str) -> None:
    """The axis below shows a share, whole, so that figures can be compared by eye."""
    axes.set_xlim(0, 1)
    percent_axis(axes.xaxis, translator)
    axes.set_xlabel(label)


def share_over_months(axes: Axes, translator: Translator, months: str, share: str) -> None:
    """A share that falls with whole months, with both axes named; lines leave the corner of the legend free."""
    axes.set_xlabel(months)
    axes.set_ylabel(share)
    axes.set_ylim(0, 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    percent_axis(axes.yaxis, translator)
    axes.legend(loc="lower left")


def horizontal_intervals(
    axes: Axes, rows: pd.DataFrame, name: str, places: Sequence[float], colour: str, marker: str, label: str
) -> None:
    """A point and its interval per row; a point without an interval stands alone."""
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        if pd.notna(row[f"{name}_low"]) and pd.notna(row[f"{name}_high"]):
            axes.plot([row[f"{name}_low"], row[f"{name}_high"]], [place, place], color=colour, linewidth=1.6, zorder=2)
    axes.plot(rows[name], places, marker, color=colour, markersize=6, label=label, zorder=3)


def banded_line(
    axes: Axes, rows: pd.DataFrame, along: str, name: str, look: tuple[str, str, str | None], label: str
) -> None:
    """A line with the intervals of its points as bars and a band, parted where a value is not shown.

    `look` as in `GROUPS`.
    """
    colour, style, hatch = look
    axes.plot(rows[along], rows[name], style, color=colour, markersize=4, label=label, zorder=3)
    places, low, high = (rows[column].astype(float) for column in (along, f"{name}_low", f"{name}_high"))
    axes.vlines(places, low, high, color=colour, linewidth=0.8, zorder=2)
    if hatch is None:
        axes.fill_between(places, low, high, color=colour, alpha=0.15, linewidth=0)
    else:
        axes.fill_between(places, low, high, facecolor="none", edgecolor=colour, hatch=hatch, alpha=0.4, linewidth=0)


def paired_shares(
    table: ReleasedTable,
    words: tuple[str, str, str, str],
    series: Sequence[tuple[str, str, str, float]],
    translator: Translator,
    label: str,
) -> Figure:
    """Shares with intervals in rows, a mark per series.

    Parameters
    ----------
    words : column of the rows and its vocabulary, column of the series and its vocabulary.
    series : code, colour, marker, shift of each.
    label : of the axis.
    """
    row, row_words, kind, kind_words = words
    rows = shown(table, "share")
    names = list(dict.fromkeys(rows[row]))[::-1]
    figure = new_figure(1.3 + 0.42 * max(len(names), 1))
    axes = figure.subplots()
    for code, colour, marker, shift in series:
        given = rows[rows[kind] == code]
        places = [names.index(name) + shift for name in given[row]]
        horizontal_intervals(axes, given, "share", places, colour, marker, translator.term(kind_words, code))
    name_rows(axes, [translator.term(row_words, name) for name in names])
    share_below(axes, translator, label)
    axes.legend(loc="best")
    return figure
