"""Drug classes in the worth of visible sales, focus country and rest side by side, under both bounds."""

import numpy as np
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, percent_axis
from cryptodrug.figures.style import FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("focus", FOCUS, "o", 0.14), ("rest", REST, "s", -0.14))
BOUNDS = ("low", "high")


def revenue_by_class_figure(tables: dict, translator: Translator) -> Figure:
    """One panel a bound that is known; shares with intervals, classes in the order of the table."""
    rows = tables["revenue-by-class"].rows.iloc[::-1].reset_index(drop=True)
    known = [name for name in BOUNDS if rows[[f"share_focus_{name}", f"share_rest_{name}"]].notna().any(axis=None)]
    figure = new_figure(1.5 + 0.42 * len(rows))
    panels = figure.subplots(1, max(len(known), 1), squeeze=False, sharey=True)[0]
    for axes, bound in zip(panels, known, strict=False):
        for group, colour, marker, shift in SERIES:
            name = f"share_{group}_{bound}"
            given = rows.dropna(subset=[name])
            places = np.array(given.index, dtype=float) + shift
            label = translator.term("group", group)
            horizontal_intervals(axes, given, name, list(places), colour, marker, label)
        axes.set_title(translator.text(f"revenue-by-class.words.{bound}"), loc="left")
        axes.set_xlim(0, 1)
        percent_axis(axes.xaxis, translator)
    panels[0].set_yticks(range(len(rows)), [translator.term("drug_class", name) for name in rows["drug_class"]])
    panels[0].set_ylim(-0.6, len(rows) - 0.4)
    panels[0].set_xlabel(translator.text("revenue-by-class.words.share"))
    panels[-1].legend(loc="best")
    return figure


revenue_by_class = figure_step(revenue_by_class_figure, "revenue-by-class")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_by_class)
