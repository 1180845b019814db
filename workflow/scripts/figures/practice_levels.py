"""Precautions and risks that are a habit, before the first purchase and now."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import paired_shares
from cryptodrug.figures.style import FOCUS, REST
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("before", REST, "s", 0.14), ("now", FOCUS, "o", -0.14))


def practice_levels_figure(tables: dict, translator: Translator) -> Figure:
    """Two marks with intervals per practice."""
    words = ("practice", "practice", "period", "period")
    return paired_shares(
        tables["practice-levels"], words, SERIES, translator, translator.text("practice-levels.words.share")
    )


practice_levels = figure_step(practice_levels_figure, "practice-levels")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, practice_levels)
