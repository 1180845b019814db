"""Share of drug listings and vendors from the focus country, by snapshot."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import percent_axis
from cryptodrug.figures.style import COMPARATOR, FOCUS, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

SERIES = (("share_listings", "listings", FOCUS, "o-"), ("share_vendors", "vendors", REST, "s--"))


def belgian_share_figure(tables: dict, translator: Translator) -> Figure:
    """One panel a market, named where there are several; ribbon = interval; dotted line = earlier own computation."""
    size = tables["market-size"]
    markets = sorted(size.rows["market"].unique())
    figure = new_figure(2.6 + 0.2 * len(markets))
    panels = figure.subplots(1, len(markets), squeeze=False, sharey=True)[0]
    for axes, market in zip(panels, markets, strict=True):
        rows = size.rows[size.rows["market"] == market]
        days, places = rows["snapshot"], range(len(rows))
        for name, word, colour, style in SERIES:
            # a value that is not shown parts the line
            axes.plot(places, rows[name], style, color=colour, label=translator.text(f"belgian-share.words.{word}"))
            axes.fill_between(places, rows[f"{name}_low"], rows[f"{name}_high"], color=colour, alpha=0.15, linewidth=0)
        axes.set_xticks(places, [translator.formatter.short_date(day) for day in days], rotation=30, ha="right")
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
        percent_axis(axes.yaxis, translator, 1)
        _comparator(axes, tables, translator)
        if len(markets) > 1:
            axes.set_title(translator.term("market", market), loc="left")
    panels[0].set_ylabel(translator.text("belgian-share.words.share"))
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper left", ncols=3)
    return figure


def _comparator(axes, tables: dict, translator: Translator) -> None:
    """The share found earlier on another market, where the study is about the same country."""
    table = tables.get("comparators")
    rows = table.rows[table.rows["row"] == "agora-own-listings"] if table is not None else []
    if len(rows):
        label = translator.text("belgian-share.words.comparator")
        axes.axhline(rows["share"].iloc[0], color=COMPARATOR, linestyle=":", linewidth=1.2, label=label)


belgian_share = figure_step(belgian_share_figure, "belgian-share")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, belgian_share)
