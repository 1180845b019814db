"""Ratio of shares of drug classes, focus country against the rest."""

import pandas as pd
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, number_axis, shown
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

# class -> comparator row
EARLIER = {"mdma": "agora-own-ecstasy"}
TICKS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16)


def specialisation_figure(tables: dict, translator: Translator) -> Figure:
    """Dot and interval per class on a logarithmic scale, line at one, earlier value as an open mark."""
    rows = shown(tables["specialisation"], "ratio").sort_values("ratio", kind="stable").reset_index(drop=True)
    rows = rows[rows["ratio"] > 0].reset_index(drop=True)
    figure = new_figure(1.3 + 0.34 * max(len(rows), 1))
    axes = figure.subplots()
    axes.set_xscale("log")
    drawn = rows.copy()
    smallest = rows["ratio"].min() / 4 if len(rows) else 0.1
    # an interval that reaches zero is cut at the edge of a logarithmic scale
    drawn["ratio_low"] = drawn["ratio_low"].where(drawn["ratio_low"].isna() | (drawn["ratio_low"] > smallest), smallest)
    horizontal_intervals(
        axes, drawn, "ratio", list(rows.index), FOCUS, "o", translator.text("specialisation.words.ratio")
    )
    axes.axvline(1, color=LINE, linewidth=1)
    _earlier(axes, rows, tables.get("comparators"), translator)
    axes.set_yticks(rows.index, [translator.term("drug_class", name) for name in rows["drug_class"]])
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    number_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text("specialisation.words.ratio"))
    return figure


def _earlier(axes, rows: pd.DataFrame, table, translator: Translator) -> None:
    if table is None:
        return
    values = table.rows.set_index("row")["ratio"]
    at = [(place, EARLIER[name]) for place, name in rows["drug_class"].items() if name in EARLIER]
    for place, name in at:
        if name in values:
            label = translator.text("specialisation.words.comparator")
            axes.plot(values[name], place - 0.18, "D", mfc="none", mec=COMPARATOR, markersize=6, label=label)
            axes.legend(handles=axes.lines[-1:], loc="lower right")


specialisation = figure_step(specialisation_figure, "specialisation")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, specialisation)
