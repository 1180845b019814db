"""Pages of each snapshot: what they are, and what went wrong with those that show nothing."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import percent_axis
from cryptodrug.figures.style import COMPARATOR, FOCUS, LINE, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# groups of kinds, each with its colour and hatch: a grey print says the same
SHOWN = {
    "offers": (("listing",), FOCUS, ""),
    "lists": (("list",), "#56B4E9", "///"),
    "vendors": (("vendor", "feedback", "keys"), "white", "..."),
    "market": (("front", "index", "other"), "#CCCCCC", "\\\\\\"),
    "failed": (("login", "captcha", "limit", "error", "refresh", "cut", "empty", "unknown"), LINE, ""),
}
FAULTS = {
    "barred": (("login", "captcha"), REST, ""),
    "limit": (("limit",), "#E69F00", "///"),
    "error": (("error", "refresh"), "white", "xxx"),
    "broken": (("cut", "empty"), COMPARATOR, ""),
    "unknown": (("unknown",), LINE, "..."),
}
LEAST_SCALE, WHOLE_PERCENTS = 0.01, 0.03
Groups = dict[str, tuple[tuple[str, ...], str, str]]


def _stacked(axes: Axes, rows, groups: Groups, places: list[float], translator: Translator) -> None:
    """Shares of all pages, side by side in one bar per snapshot."""
    begins = [0.0] * len(rows)
    for group, (kinds, colour, hatch) in groups.items():
        shares = (rows[list(kinds)].sum(axis=1) / rows["pages"]).tolist()
        if not any(shares):
            continue
        label = translator.term("page_group", group)
        axes.barh(places, shares, 0.7, begins, color=colour, hatch=hatch, ec=LINE, linewidth=0.5, label=label)
        begins = [begin + share for begin, share in zip(begins, shares, strict=True)]


def snapshot_pages_figure(tables: dict, translator: Translator) -> Figure:
    """Left all pages by what they show, right those that failed by their fault, on a scale of its own."""
    rows = tables["page-kinds"].rows.reset_index(drop=True)
    places, names = [], []
    for number, (market, day, pages) in enumerate(zip(rows["market"], rows["snapshot"], rows["pages"], strict=True)):
        first = number == 0 or rows["market"][number - 1] != market
        places.append((places[-1] if places else 0.0) - (1.6 if first and places else 1.0))
        head = f"{translator.term('market', market)}\n" if first else ""
        names.append(f"{head}{translator.formatter.short_date(day)} ({translator.formatter.number(pages, 0)})")
    figure = new_figure(1.4 + 0.27 * len(rows))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[3, 2])
    for axes, groups, label in ((left, SHOWN, "all"), (right, FAULTS, "failed")):
        _stacked(axes, rows, groups, places, translator)
        axes.set_xlabel(translator.text(f"snapshot-pages.label.{label}"))
    left.set_yticks(places, names)
    left.set_xlim(0, 1)
    # never so fine that a few pages of thousands look like many
    failed = max(LEAST_SCALE, 1.05 * (rows[list(SHOWN["failed"][0])].sum(axis=1) / rows["pages"]).max())
    right.set_xlim(0, failed)
    right.locator_params(axis="x", nbins=4)  # percentages with decimals are wide
    percent_axis(left.xaxis, translator)
    percent_axis(right.xaxis, translator, 1 if failed < WHOLE_PERCENTS else 0)
    # above the bars: below them stands what the data are
    for axes, where in ((left, "outside upper left"), (right, "outside upper right")):
        if axes.patches:
            figure.legend(*axes.get_legend_handles_labels(), loc=where, ncols=2)
    return figure


snapshot_pages = figure_step(snapshot_pages_figure, "snapshot-pages")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, snapshot_pages)
