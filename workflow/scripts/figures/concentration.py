"""Lorenz curves of visible sales."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import percent_axis, shown
from cryptodrug.figures.style import COMPARATOR, FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("all", REST, "s--"), ("focus", FOCUS, "o-"))


def concentration_figure(tables: dict, translator: Translator) -> Figure:
    """Share of the total against share of vendors, smallest first, with the line of equality."""
    rows = shown(tables["concentration-curve"], "amount_share")
    figure = new_figure(3.4)
    axes = figure.subplots()
    label = translator.text("concentration.words.equality")
    axes.plot([0, 1], [0, 1], color=COMPARATOR, linestyle=":", label=label)
    for group, colour, style in SERIES:
        given = rows[rows["group"] == group].sort_values("vendors_share", kind="stable")
        if len(given):
            axes.plot(
                given["vendors_share"],
                given["amount_share"],
                style,
                color=colour,
                markersize=4,
                label=translator.term("group", group),
            )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    percent_axis(axes.xaxis, translator)
    percent_axis(axes.yaxis, translator)
    axes.set_xlabel(translator.text("concentration.words.vendors"))
    axes.set_ylabel(translator.text("concentration.words.amount"))
    axes.legend(loc="upper left")
    return figure


concentration = figure_step(concentration_figure, "concentration")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, concentration)
