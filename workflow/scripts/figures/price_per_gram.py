"""Advertised price per gram by class and lot."""

import numpy as np
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, number_axis, shown
from cryptodrug.figures.style import FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("focus", FOCUS, "o", 0.16), ("rest", REST, "s", -0.16))
MOST = 8


def price_per_gram_figure(tables: dict, translator: Translator) -> Figure:
    """One panel a class with most price points; lots from small to large."""
    rows = shown(tables["price-per-gram"], "median")
    order = rows.groupby("drug_class")["vendors"].sum().sort_values(ascending=False, kind="stable")
    classes = list(order.index[:MOST])
    down = max(1, int(np.ceil(len(classes) / 2)))
    figure = new_figure(0.8 + 1.55 * down)
    panels = figure.subplots(down, 2, squeeze=False).ravel()
    for axes in panels[len(classes) :]:
        axes.set_visible(False)
    for axes, name in zip(panels, classes, strict=False):
        of_class = rows[rows["drug_class"] == name]
        lots = sorted(of_class["lot"].unique())
        for group, colour, marker, shift in SERIES:
            given = of_class[of_class["group"] == group].sort_values("lot", kind="stable")
            places = [lots.index(lot) + shift for lot in given["lot"]]
            horizontal_intervals(axes, given, "median", places, colour, marker, translator.term("group", group))
        axes.set_yticks(range(len(lots)), [f"{translator.formatter.number(lot)}\u00a0g" for lot in lots])
        axes.set_ylim(-0.6, len(lots) - 0.4)
        axes.set_xlim(left=0)
        axes.set_title(translator.term("drug_class", name), loc="left")
        number_axis(axes.xaxis, translator)
    if classes:
        panels[0].legend(loc="best")
        figure.supxlabel(translator.text("price-per-gram.words.price"), fontsize=9)
    return figure


price_per_gram = figure_step(price_per_gram_figure, "price-per-gram")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, price_per_gram)
