"""What tells the types of vendors apart: where each stands on each feature."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import LOOKS, shown
from cryptodrug.figures.style import COMPARATOR, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def vendor_type_profile_figure(tables: dict, translator: Translator) -> Figure:
    """A row a feature, a mark a type: its mean between the least and the most of all vendors."""
    rows = shown(tables["vendor-type-profile"], "place")
    features = list(dict.fromkeys(rows["feature"]))[::-1]
    figure = new_figure(1.2 + 0.3 * max(len(features), 1))
    axes = figure.subplots()
    for number, name in enumerate(dict.fromkeys(rows["type"])):
        marker, colour, full = LOOKS[number % len(LOOKS)]
        given = rows[rows["type"] == name]
        axes.plot(
            given["place"],
            [features.index(feature) for feature in given["feature"]],
            marker,
            color=colour,
            markerfacecolor=colour if full else "white",
            markersize=7,
            label=translator.term("vendor_type", name),
        )
    axes.set_yticks(range(len(features)), [translator.term("vendor_feature", name) for name in features])
    axes.grid(axis="y", color=COMPARATOR, alpha=0.3, linewidth=0.5)
    axes.set_xlim(-0.03, 1.03)
    words = (translator.text(f"vendor-type-profile.words.{word}") for word in ("least", "middle", "most"))
    axes.set_xticks([0, 0.5, 1], list(words))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=3)
    return figure


vendor_type_profile = figure_step(vendor_type_profile_figure, "vendor-type-profile")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_type_profile)
