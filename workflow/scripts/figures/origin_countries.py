"""Largest declared origins of drug listings."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import percent_axis, shown
from cryptodrug.figures.style import FOCUS, LINE, REST, new_figure
from cryptodrug.regions import APART
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def origin_countries_figure(tables: dict, translator: Translator) -> Figure:
    """Bars with intervals, largest on top; the focus country hatched and in its own colour."""
    rows = shown(tables["origin-countries"], "share")
    rows = rows[~rows["origin"].isin(APART)].sort_values("share", kind="stable").reset_index(drop=True)
    focus = tables["study-facts"].rows["focus"].iloc[0]
    figure = new_figure(0.9 + 0.24 * max(len(rows), 2))
    axes = figure.subplots()
    for place, row in rows.iterrows():
        own = row["origin"] == focus
        axes.barh(
            place,
            row["share"],
            color=FOCUS if own else "#B0B0B0",
            edgecolor=LINE if own else "none",
            hatch="///" if own else None,
            height=0.7,
        )
    ends = rows.dropna(subset=["share_low", "share_high"])
    axes.hlines(ends.index, ends["share_low"], ends["share_high"], color=REST, linewidth=1.4)
    axes.set_yticks(rows.index, [translator.term("origin", code) for code in rows["origin"]])
    axes.set_xlim(left=0)
    percent_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text("origin-countries.words.share"))
    return figure


origin_countries = figure_step(origin_countries_figure, "origin-countries")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, origin_countries)
