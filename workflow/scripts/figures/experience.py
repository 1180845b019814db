"""Satisfaction with buying offline and on cryptomarkets."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import paired_shares
from cryptodrug.figures.style import FOCUS, REST
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("offline", REST, "s", 0.14), ("online", FOCUS, "o", -0.14))


def experience_figure(tables: dict, translator: Translator) -> Figure:
    """Two marks with intervals per aspect."""
    words = ("aspect", "experience_aspect", "place", "buying_place")
    return paired_shares(tables["experience"], words, SERIES, translator, translator.text("experience.words.share"))


experience = figure_step(experience_figure, "experience")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, experience)
