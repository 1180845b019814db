"""Combinations of career variables, in the form of Lex et al. (2014): dots say which hold, bars how many people."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import name_rows
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

VARIABLES = ("escalation", "switching", "expansion", "substitution", "recovery")
FULL, EMPTY = LINE, "#DDDDDD"


def career_combinations_figure(tables: dict, translator: Translator) -> Figure:
    """A column per combination, most people first; all others together in the last one, which has no dots."""
    rows = tables["career-combinations"].rows.dropna(subset=["n"]).reset_index(drop=True)
    figure = new_figure(3.8)
    bars, dots = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    for place, row in rows.iterrows():
        others = (row[list(VARIABLES)] == "other").all()
        bars.bar(
            place, row["n"], 0.6, color="white" if others else FOCUS, ec=COMPARATOR if others else FOCUS,
            hatch="///" if others else "",
        )  # fmt: skip
        bars.annotate(
            translator.formatter.number(row["n"], 0), (place, row["n"]), (0, 2), textcoords="offset points", ha="center"
        )
        if others:
            label = translator.text("career-combinations.words.others").replace(" ", "\n")
            dots.text(place, (len(VARIABLES) - 1) / 2, label, ha="center", va="center", fontsize=8)
            continue
        held = [height for height, name in enumerate(VARIABLES[::-1]) if row[name] == "yes"]
        dots.plot([place] * len(VARIABLES), range(len(VARIABLES)), "o", color=EMPTY, markersize=8, zorder=1)
        dots.plot([place] * len(held), held, "o-", color=FULL, markersize=8, zorder=2)
    name_rows(dots, [translator.text(f"career-combinations.column.{name}") for name in VARIABLES[::-1]])
    dots.set_xlim(-0.6, max(len(rows), 1) - 0.4)
    dots.tick_params(bottom=False, labelbottom=False, left=False)
    dots.spines[["left", "bottom"]].set_visible(False)
    bars.tick_params(bottom=False, labelbottom=False)
    bars.set_ylabel(translator.text("career-combinations.words.respondents"))
    return figure


career_combinations = figure_step(career_combinations_figure, "career-combinations")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_combinations)
