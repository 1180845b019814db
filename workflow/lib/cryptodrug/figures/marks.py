"""What several figures draw alike: intervals, percentages on an axis, labels in words."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from cryptodrug.release import ReleasedTable
from cryptodrug.words.context import Translator


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


def horizontal_intervals(
    axes: Axes, rows: pd.DataFrame, name: str, places: Sequence[float], colour: str, marker: str, label: str
) -> None:
    """A point and its interval per row; a point without an interval stands alone."""
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        if pd.notna(row[f"{name}_low"]) and pd.notna(row[f"{name}_high"]):
            axes.plot([row[f"{name}_low"], row[f"{name}_high"]], [place, place], color=colour, linewidth=1.6, zorder=2)
    axes.plot(rows[name], places, marker, color=colour, markersize=6, label=label, zorder=3)
