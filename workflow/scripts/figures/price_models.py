"""Price by quantity, and by origin, of each drug class."""

import numpy as np
from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, number_axis, shown
from cryptodrug.figures.style import FOCUS, LINE, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

AGAINST = (("ratio_rest", "rest", FOCUS, "o", 0.14), ("ratio_neighbours", "neighbours", REST, "s", -0.14))


def price_models_figure(tables: dict, translator: Translator) -> Figure:
    """Two panels with a row a class and measure: ten times the quantity; the country against others and neighbours."""
    rows = shown(tables["price-models"], "tenfold").iloc[::-1].reset_index(drop=True)
    figure = new_figure(1.9 + 0.36 * max(len(rows), 1))
    left, right = figure.subplots(1, 2, sharey=True)
    words = translator.text
    places = np.arange(len(rows))
    horizontal_intervals(left, rows, "tenfold", places, LINE, "D", words("price-models.words.discount"))
    for name, word, colour, marker, shift in AGAINST:
        given = rows[rows[name].notna()]
        label = words(f"price-models.words.{word}")
        horizontal_intervals(right, given, name, given.index + shift, colour, marker, label)
    names = [
        f"{translator.term('drug_class', one.drug_class)} ({translator.term('measure', one.measure)})"
        for one in rows.itertuples()
    ]
    left.set_yticks(places, names)
    for axes, title in ((left, "discount"), (right, "origin")):
        axes.axvline(1, color=LINE, linewidth=1)
        axes.set_title(words(f"price-models.words.{title}"), loc="left")
        axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        number_axis(axes.xaxis, translator)
    figure.legend(*right.get_legend_handles_labels(), loc="outside upper left")
    figure.supxlabel(words("price-models.words.ratio"), fontsize=9)
    return figure


price_models = figure_step(price_models_figure, "price-models")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, price_models)
