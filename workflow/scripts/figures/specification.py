"""The headlines under every combination of judgements, as a specification curve (Simonsohn, Simmons & Nelson 2020)."""

from textwrap import fill

import numpy as np
import pandas as pd
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import number_axis, percent_axis
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, REST, new_figure
from cryptodrug.specifications import JUDGEMENTS, VOCABULARY
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

TITLE = 26  # letters in a line of a title
PANELS = (("listings", "share"), ("growth", "ratio"))


def levels_of(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Judgements and levels that differ between any two combinations, in the order of the table."""
    found = [(judgement, level) for judgement in JUDGEMENTS for level in dict.fromkeys(rows[judgement])]
    several = {judgement for judgement in JUDGEMENTS if rows[judgement].nunique() > 1}
    return [pair for pair in found if pair[0] in several]


def specification_figure(tables: dict, translator: Translator) -> Figure:
    """Above: estimates, smallest first. Below: the judgements behind each. Those of the report in another colour."""
    rows = tables["specification"].rows
    panels = [(outcome, column) for outcome, column in PANELS if rows.loc[rows["outcome"] == outcome, column].any()]
    levels = levels_of(rows[rows["outcome"].isin([outcome for outcome, _ in panels])])
    figure = new_figure(2.6 + 0.2 * max(len(levels), 1))
    if not panels:
        return figure
    grid = figure.subplots(
        2, len(panels), squeeze=False, sharex="col", sharey="row" if len(panels) == 1 else False,
        height_ratios=[2.2, 0.2 * max(len(levels), 1)],
    )  # fmt: skip
    for place, (outcome, column) in enumerate(panels):
        here = rows[(rows["outcome"] == outcome) & rows[column].notna()]
        here = here.sort_values([column, "row"], kind="stable").reset_index(drop=True)
        _curve(grid[0, place], here, column, translator)
        _choices(grid[1, place], here, levels, translator if place == 0 else None)
    figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside upper left", ncols=2)
    return figure


def _curve(axes, rows: pd.DataFrame, column: str, translator: Translator) -> None:
    own = (rows["default"] == "yes").to_numpy()
    for which, colour, word, marker in ((~own, COMPARATOR, "others", "o"), (own, REST, "default", "D")):
        axes.vlines(
            rows.index[which], rows[f"{column}_low"][which], rows[f"{column}_high"][which], color=colour,
            linewidth=1.6 if word == "default" else 0.8, alpha=1 if word == "default" else 0.6,
        )  # fmt: skip
        label = translator.text(f"specification.words.{word}")
        axes.plot(rows.index[which], rows[column][which], marker, color=colour, markersize=3.5, label=label)
    if column == "ratio":
        axes.axhline(1, color=LINE, linewidth=0.8)
        number_axis(axes.yaxis, translator)
    else:
        percent_axis(axes.yaxis, translator, 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    word = "growth" if column == "ratio" else "listings"
    axes.set_title(fill(translator.text(f"specification.words.{word}"), TITLE), loc="left")
    axes.tick_params(bottom=False)


def _choices(axes, rows: pd.DataFrame, levels: list[tuple[str, str]], translator: Translator | None) -> None:
    own = (rows["default"] == "yes").to_numpy()
    for place, (judgement, level) in enumerate(levels):
        chosen = (rows[judgement] == level).to_numpy()
        for which, colour in ((chosen & ~own, FOCUS), (chosen & own, REST)):
            axes.plot(rows.index[which], np.full(which.sum(), place), "s", color=colour, markersize=2.4)
    axes.set_ylim(len(levels) - 0.4, -0.6)
    axes.set_xticks([])
    words = [] if translator is None else [translator.term(VOCABULARY[name], level) for name, level in levels]
    axes.set_yticks(range(len(levels)) if words else [], words)
    for begins in [n for n in range(1, len(levels)) if levels[n][0] != levels[n - 1][0]]:
        axes.axhline(begins - 0.5, color=COMPARATOR, linewidth=0.3)


specification = figure_step(specification_figure, "specification")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, specification)
