"""Groups of vendors who go alike over the months."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import LOOKS, number_axis, shown
from cryptodrug.figures.style import new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def vendor_trajectories_figure(tables: dict, translator: Translator) -> Figure:
    """A line a group, on a scale that has zero and grows by factors."""
    rows = shown(tables["vendor-trajectories"], "level")
    months = sorted(set(rows["month"]))
    figure = new_figure(3.2)
    axes = figure.subplots()
    for number, name in enumerate(dict.fromkeys(rows["group"])):
        marker, colour, full = LOOKS[number % len(LOOKS)]
        given = rows[rows["group"] == name]
        places = [months.index(month) for month in given["month"]]
        filling = colour if full else "white"
        label = translator.term("trajectory", name)
        axes.plot(places, given["level"], f"{marker}-", color=colour, markerfacecolor=filling, label=label)
    axes.set_xticks(range(len(months)), [translator.formatter.short_date(month) for month in months])
    axes.set_yscale("symlog", linthresh=1)
    axes.set_ylim(bottom=0)
    number_axis(axes.yaxis, translator)
    axes.set_ylabel(translator.text("vendor-trajectories.column.level"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=3)
    return figure


vendor_trajectories = figure_step(vendor_trajectories_figure, "vendor-trajectories")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_trajectories)
