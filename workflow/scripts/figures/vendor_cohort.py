"""Of the vendors of the first snapshots, who is still there."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import GROUPS, banded_line, percent_axis
from cryptodrug.figures.style import new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator


def vendor_cohort_figure(tables: dict, translator: Translator) -> Figure:
    """Share still there by months, all vendors and those from the country of the study."""
    figure = new_figure(3.0)
    axes = figure.subplots()
    for group, name in (("all", "share"), ("focus", "share_focus")):
        banded_line(axes, tables["vendor-cohort"].rows, "months", name, GROUPS[group], translator.term("group", group))
    axes.set_xlabel(translator.text("vendor-cohort.column.months"))
    axes.set_ylabel(translator.text("vendor-cohort.column.still"))
    axes.set_ylim(0, 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    percent_axis(axes.yaxis, translator)
    axes.legend(loc="lower left")
    return figure


vendor_cohort = figure_step(vendor_cohort_figure, "vendor-cohort")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_cohort)
