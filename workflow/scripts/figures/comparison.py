"""Numbers of this study with their intervals beside those of earlier studies."""

from textwrap import fill

import numpy as np
import pandas as pd
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, number_axis, percent_axis
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

KINDS = ("share", "ratio", "count", "money")  # one panel each: their scales have nothing in common
TICKS = {
    "share": (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1),
    "ratio": (0.25, 0.5, 1, 1.5, 2, 3, 4, 6),
    "count": (1, 3, 10, 30, 100, 300),
    "money": (1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150, 200),
}
WORD = {"share": "share", "ratio": "ratio", "count": "number", "money": "price"}
LABEL = 34  # letters in a line of a label
BELOW = 0.22  # of a row: the earlier number stands under ours


def comparison_figure(tables: dict, translator: Translator) -> Figure:
    """One row per pair; filled diamond: a comparison is allowed, open diamond: an order of magnitude only."""
    rows = tables["comparison"].rows
    kinds = [kind for kind in KINDS if (rows["number_kind"] == kind).any()]
    heights = [(rows["number_kind"] == kind).sum() + 0.6 for kind in kinds]
    figure = new_figure(1.0 + 0.36 * sum(heights) + 0.45 * len(kinds))
    panels = figure.subplots(len(kinds), 1, squeeze=False, height_ratios=heights)[:, 0] if kinds else []
    for axes, kind in zip(panels, kinds, strict=True):
        _panel(axes, rows[rows["number_kind"] == kind][::-1].reset_index(drop=True), kind, translator)
    marks = {text: line for axes in panels for line, text in zip(*axes.get_legend_handles_labels(), strict=True)}
    if marks:
        figure.legend(marks.values(), marks.keys(), loc="outside upper left")
    return figure


def _panel(axes, rows: pd.DataFrame, kind: str, translator: Translator) -> None:
    axes.set_xscale("log")
    drawn = rows.astype({"ours": float, "ours_low": float, "ours_high": float})
    smallest = pd.concat([drawn["ours"][drawn["ours"] > 0], rows["earlier"]]).min()
    # an interval that reaches zero is cut at the edge of a logarithmic scale, a zero lies on it
    for name in ("ours", "ours_low"):
        drawn[name] = drawn[name].where(drawn[name].isna() | (drawn[name] > smallest / 3), smallest / 3)
    places = np.arange(len(rows))
    horizontal_intervals(axes, drawn, "ours", places, FOCUS, "o", translator.text("comparison.words.ours"))
    order = (rows["allows"] == "order").to_numpy()
    for which, word, face in ((~order, "earlier", COMPARATOR), (order, "order", "none")):
        if which.any():
            axes.plot(
                rows["earlier"][which], places[which] - BELOW, "D", mfc=face, mec=COMPARATOR, markersize=5,
                label=translator.text(f"comparison.words.{word}"), zorder=3,
            )  # fmt: skip
    axes.hlines(places[1:] - 0.6, *axes.get_xlim(), color=LINE, linewidth=0.2)
    axes.set_yticks(places, [fill(translator.term("comparator", code), LABEL) for code in rows["what"]])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in TICKS[kind] if low <= tick <= high])
    if kind == "share":
        percent_axis(axes.xaxis, translator, 1)
        axes.xaxis.set_minor_formatter("")
    else:
        number_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text(f"comparison.words.{WORD[kind]}"))


comparison = figure_step(comparison_figure, "comparison")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, comparison)
