"""Coverage of every interval of the report in the simulations, as a picture."""

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from cryptodrug.figures.draw import save
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, REST, house_style, mark, new_figure

TITLE = "How often the 95 per cent intervals of the report hold the true value, in simulated studies"
NORMAL = 1.96  # standard errors of the Monte Carlo error drawn around a coverage
LEAST = 0.5
# case and share of missed pages: label, colour, mark; grey scale tells them apart by the mark
SERIES = {
    ("half", 100): ("half the vendors, 90 % of pages", COMPARATOR, "v"),
    ("demo", 20): ("demo, 98 %", FOCUS, "o"),
    ("demo", 100): ("demo, 90 %", FOCUS, "s"),
    ("demo", 250): ("demo, 75 %", FOCUS, "^"),
    ("triple", 100): ("three times the vendors, 90 %", REST, "D"),
}


def coverage_figure(scores: pd.DataFrame, names: dict[str, str]) -> Figure:
    """One row per estimator that has an interval; the band is the target, the dashed line that of few vendors."""
    has = scores[scores["intervals"] > 0]
    known = [name for name in names if (has["estimator"] == name).any()]
    figure = new_figure(0.24 * len(known) + 1.2)
    axes = figure.subplots()
    axes.axvspan(0.93, 0.97, color=LINE, alpha=0.12, linewidth=0)
    axes.axvline(0.88, color=LINE, linewidth=0.8, linestyle="--")
    for shift, ((case, missed), (label, colour, shape)) in enumerate(SERIES.items()):
        rows = has[(has["case"] == case) & (has["missed"] == missed)].set_index("estimator")
        rows = rows.reindex([name for name in known if name in rows.index])
        places = [-known.index(name) + 0.3 - 0.15 * shift for name in rows.index]
        low = (rows["coverage"] - NORMAL * rows["coverage_error"]).clip(lower=LEAST)
        high = (rows["coverage"] + NORMAL * rows["coverage_error"]).clip(upper=1)
        axes.hlines(places, low, high, color=colour, linewidth=0.8)
        axes.plot(rows["coverage"].clip(lower=LEAST), places, shape, color=colour, markersize=3.5, label=label)
    axes.set_yticks([-place for place in range(len(known))], [names[name] for name in known])
    axes.set_ylim(-len(known) + 0.4, 0.6)
    axes.set_xlim(LEAST, 1.005)
    axes.set_xlabel("Share of replicates whose interval holds the true value", loc="right")
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def draw_coverage(scores: pd.DataFrame, names: dict[str, str], svg: Path, png: Path) -> None:
    """Write the picture in both forms."""
    with house_style():
        figure = coverage_figure(scores, names)
        mark(figure, "simulated data")
        save(figure, svg, png, TITLE)
