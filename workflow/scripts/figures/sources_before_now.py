"""Sources of drugs before the first purchase and now."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import paired_shares
from cryptodrug.figures.style import FOCUS, REST
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("before", REST, "s", 0.14), ("now", FOCUS, "o", -0.14))


def sources_before_now_figure(tables: dict, translator: Translator) -> Figure:
    """Two marks with intervals per group of sources."""
    words = ("source", "drug_source", "period", "period")
    label = translator.text("sources-before-now.words.share")
    return paired_shares(tables["sources-before-now"], words, SERIES, translator, label)


sources_before_now = figure_step(sources_before_now_figure, "sources-before-now")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, sources_before_now)
