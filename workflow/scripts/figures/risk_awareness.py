"""Risks of buying that respondents call moderate or great."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, name_rows, share_below, shown
from cryptodrug.figures.style import FOCUS, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def risk_awareness_figure(tables: dict, translator: Translator) -> Figure:
    """A point and its interval per risk, the one most often named on top."""
    rows = shown(tables["risk-awareness"], "share").sort_values("share", kind="stable").reset_index(drop=True)
    figure = new_figure(1.1 + 0.36 * max(len(rows), 1))
    axes = figure.subplots()
    horizontal_intervals(axes, rows, "share", list(rows.index), FOCUS, "o", "")
    name_rows(axes, [translator.term("buying_risk", name) for name in rows["risk"]])
    share_below(axes, translator, translator.text("risk-awareness.words.share"))
    return figure


risk_awareness = figure_step(risk_awareness_figure, "risk-awareness")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, risk_awareness)
