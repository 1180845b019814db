"""Of the vendors of the first snapshots, who is still there."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import GROUPS, banded_line, share_over_months
from cryptodrug.figures.style import new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def vendor_cohort_figure(tables: dict, translator: Translator) -> Figure:
    """Share still there by months, all vendors and those from the country of the study."""
    figure = new_figure(3.0)
    axes = figure.subplots()
    for group, name in (("all", "share"), ("focus", "share_focus")):
        banded_line(axes, tables["vendor-cohort"].rows, "months", name, GROUPS[group], translator.term("group", group))
    months, still = (translator.text(f"vendor-cohort.column.{name}") for name in ("months", "still"))
    share_over_months(axes, translator, months, still)
    return figure


vendor_cohort = figure_step(vendor_cohort_figure, "vendor-cohort")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_cohort)
