"""How long vendors stay who came after the first snapshot of their markets."""

import pandas as pd
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import GROUPS, banded_line, share_over_months, shown
from cryptodrug.figures.style import new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def vendor_survival_figure(tables: dict, translator: Translator) -> Figure:
    """Share still there by months since first seen; at the beginning all are there."""
    rows = shown(tables["vendor-survival"], "share")
    figure = new_figure(3.0)
    axes = figure.subplots()
    for group, look in GROUPS.items():
        given = rows[rows["group"] == group]
        if len(given):
            begin = pd.DataFrame([{"months": 0, "share": 1.0, "share_low": 1.0, "share_high": 1.0}])
            given = pd.concat([begin, given[list(begin.columns)]], ignore_index=True)
            banded_line(axes, given, "months", "share", look, translator.term("group", group))
    axes.set_xlim(left=0)
    months, share = (translator.text(f"vendor-survival.column.{name}") for name in ("months", "share"))
    share_over_months(axes, translator, months, share)
    return figure


vendor_survival = figure_step(vendor_survival_figure, "vendor-survival")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_survival)
