"""Worth of the visible sales of a month, by market and snapshot, under both bounds."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import number_axis
from cryptodrug.figures.style import FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

SERIES = (("eur_low", "low", FOCUS, "^"), ("eur_high", "high", REST, "v"))


def revenue_bounds_figure(tables: dict, translator: Translator) -> Figure:
    """One panel a market; a mark points to where the truth lies: up from a lower bound, down from an upper one."""
    rows = tables["revenue-bounds"].rows
    rows = rows[rows["snapshot"].notna()]
    markets = sorted(rows["market"].unique())
    figure = new_figure(2.6 + 0.2 * len(markets))
    panels = figure.subplots(1, max(len(markets), 1), squeeze=False, sharey=True)[0]
    for axes, market in zip(panels, markets, strict=False):
        of_market = rows[rows["market"] == market].sort_values("snapshot", kind="stable").reset_index(drop=True)
        for name, word, colour, marker in SERIES:
            given = of_market.dropna(subset=[name])
            for place, row in given.dropna(subset=[f"{name}_low", f"{name}_high"]).iterrows():
                axes.plot([place, place], [row[f"{name}_low"], row[f"{name}_high"]], color=colour, linewidth=1.6)
            label = translator.text(f"revenue-bounds.words.{word}")
            axes.plot(given.index, given[name], marker, color=colour, markersize=7, label=label)
        days = [translator.formatter.short_date(day) for day in of_market["snapshot"]]
        axes.set_xticks(range(len(days)), days, rotation=30, ha="right")
        axes.set_xlim(-0.5, len(days) - 0.5)
        axes.set_ylim(bottom=0)
        number_axis(axes.yaxis, translator)
        if len(markets) > 1:
            axes.set_title(translator.term("market", market), loc="left")
    panels[0].set_ylabel(translator.text("revenue-bounds.words.euro"))
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper left", ncols=2)
    return figure


revenue_bounds = figure_step(revenue_bounds_figure, "revenue-bounds")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_bounds)
