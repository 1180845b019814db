"""Codes of profiles: the difference between the country and the others matched to it."""

from textwrap import fill

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, percent_axis, shown
from cryptodrug.figures.style import FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

LABEL = 34  # letters in a line of a label


def profile_codes_figure(tables: dict, translator: Translator) -> Figure:
    """Dot and exact interval per code, the largest difference on top, line at none."""
    rows = shown(tables["profile-codes"], "difference").sort_values(["difference", "row"], kind="stable")
    rows = rows.reset_index(drop=True)
    figure = new_figure(1.0 + 0.32 * max(len(rows), 1))
    axes = figure.subplots()
    label = translator.text("profile-codes.words.difference")
    horizontal_intervals(axes, rows, "difference", list(rows.index), FOCUS, "o", label)
    axes.axvline(0, color=LINE, linewidth=1)
    axes.set_yticks(rows.index, [fill(translator.term("profile_code", code), LABEL) for code in rows["code"]])
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    percent_axis(axes.xaxis, translator)
    axes.set_xlabel(fill(label, 2 * LABEL))
    return figure


profile_codes = figure_step(profile_codes_figure, "profile-codes")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, profile_codes)
