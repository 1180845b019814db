"""Months and markets: where there is a snapshot, how complete it is, which market had closed."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# shape and fill differ as well as colour: a grey print says the same
MARKS = {
    "complete": {"marker": "o", "mfc": FOCUS, "mec": FOCUS},
    "partial": {"marker": "^", "mfc": REST, "mec": REST},
    "unknown": {"marker": "o", "mfc": "white", "mec": LINE},
    "none": {"marker": "_", "mfc": COMPARATOR, "mec": COMPARATOR},
    "closed": {"marker": "x", "mfc": LINE, "mec": LINE},
}


def snapshot_calendar_figure(tables: dict, translator: Translator) -> Figure:
    """A mark per market and month, with the coverage below it; months in which a market had closed are hatched."""
    rows = tables["market-calendar"].rows
    markets, months = list(rows["market"].unique())[::-1], sorted(rows["month"].unique())
    figure = new_figure(1.1 + 0.6 * len(markets))
    axes = figure.subplots()
    for state, mark in MARKS.items():
        given = rows[rows["state"] == state]
        across = [months.index(month) for month in given["month"]]
        down = [markets.index(market) for market in given["market"]]
        if len(given):
            axes.plot(across, down, linestyle="", markersize=9, label=translator.term("month_state", state), **mark)
        for x, y, share in zip(across, down, given["coverage"], strict=True):
            if share == share:
                text = translator.formatter.percent(share, 1)
                axes.annotate(text, (x, y), (0, -9), textcoords="offset points", ha="center", va="top", fontsize=7)
            if state == "closed":
                cell = Rectangle((x - 0.5, y - 0.45), 1, 0.9, hatch="////", fc="none", ec="#B0B0B0", linewidth=0)
                axes.add_patch(cell)
    axes.set_xticks(range(len(months)), [translator.formatter.short_date(month) for month in months])
    axes.set_yticks(range(len(markets)), [translator.term("market", market) for market in markets])
    axes.set_xlim(-0.6, len(months) - 0.4)
    axes.set_ylim(-0.6, len(markets) - 0.4)
    figure.legend(loc="outside lower center", ncols=3)
    return figure


snapshot_calendar = figure_step(snapshot_calendar_figure, "snapshot-calendar")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, snapshot_calendar)
