"""Reasons to buy on cryptomarkets, and the main one as a second mark."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import paired_shares
from cryptodrug.figures.style import FOCUS, REST
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("any", FOCUS, "o", 0.14), ("main", REST, "s", -0.14))


def motives_figure(tables: dict, translator: Translator) -> Figure:
    """A point and its interval per reason, in the order of the table; main reasons by group."""
    words = ("motive", "motive", "asked", "motive_question")
    return paired_shares(tables["motives"], words, SERIES, translator, translator.text("motives.words.share"))


motives = figure_step(motives_figure, "motives")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, motives)
