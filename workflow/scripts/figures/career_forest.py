"""Shares of the career variables with their intervals, and published ones beside them."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, name_rows, share_below, shown
from cryptodrug.figures.style import COMPARATOR, FOCUS, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

# statement -> comparator row
PUBLISHED = {"onset": "gds-onset"}


def career_forest_figure(tables: dict, translator: Translator) -> Figure:
    """A point and its interval per statement, in the order of the table; published shares as open marks."""
    rows = shown(tables["career-summary"], "share").iloc[::-1].reset_index(drop=True)
    figure = new_figure(1.3 + 0.4 * max(len(rows), 1))
    axes = figure.subplots()
    horizontal_intervals(axes, rows, "share", list(rows.index), FOCUS, "o", translator.text("career-forest.words.here"))
    if "comparators" in tables:
        values = tables["comparators"].rows.set_index("row")["share"]
        at = [(place, PUBLISHED[name]) for place, name in rows["statement"].items() if name in PUBLISHED]
        for place, name in [(place, name) for place, name in at if name in values]:
            label = translator.text("career-forest.words.published")
            axes.plot(values[name], place - 0.18, "D", mfc="none", mec=COMPARATOR, markersize=6, label=label)
        axes.legend(loc="best")
    name_rows(axes, [translator.term("career_statement", name) for name in rows["statement"]])
    share_below(axes, translator, translator.text("career-forest.words.share"))
    return figure


career_forest = figure_step(career_forest_figure, "career-forest")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_forest)
