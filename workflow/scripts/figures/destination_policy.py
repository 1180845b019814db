"""Stated destinations, focus country and rest side by side."""

import numpy as np
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, percent_axis
from cryptodrug.figures.style import FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("share_focus", "focus", FOCUS, "o", 0.14), ("share_rest", "rest", REST, "s", -0.14))


def destination_policy_figure(tables: dict, translator: Translator) -> Figure:
    """Share of listings by policy with intervals; the narrowest policy on top."""
    rows = tables["destination-policy"].rows.iloc[::-1].reset_index(drop=True)
    figure = new_figure(1.3 + 0.42 * len(rows))
    axes = figure.subplots()
    for name, group, colour, marker, shift in SERIES:
        given = rows.dropna(subset=[name])
        places = np.array(given.index, dtype=float) + shift
        label = translator.term("group", group)
        horizontal_intervals(axes, given, name, list(places), colour, marker, label)
    axes.set_yticks(range(len(rows)), [translator.term("policy", name) for name in rows["policy"]])
    axes.set_xlim(left=0)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    percent_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text("destination-policy.words.share"))
    axes.legend(loc="best")
    return figure


destination_policy = figure_step(destination_policy_figure, "destination-policy")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, destination_policy)
