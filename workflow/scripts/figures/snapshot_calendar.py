"""Coverage of each snapshot."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import horizontal_intervals, percent_axis
from cryptodrug.figures.style import FOCUS, LINE, REST, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

METHODS = (("two-passes", FOCUS, "o"), ("printed-count", REST, "^"))


def snapshot_calendar_figure(tables: dict, translator: Translator) -> Figure:
    """Coverage by snapshot, method by shape, with the coverage from which a snapshot counts as complete."""
    rows = tables["snapshot-coverage"].rows.iloc[::-1].reset_index(drop=True)
    complete = tables["study-facts"].rows["coverage_minimum"].iloc[0]
    figure = new_figure(1.3 + 0.32 * len(rows))
    axes = figure.subplots()
    for method, colour, marker in METHODS:
        given = rows[(rows["method"] == method) & rows["coverage"].notna()]
        if len(given):
            label = translator.text(f"snapshot-calendar.words.{method}")
            horizontal_intervals(axes, given, "coverage", list(given.index), colour, marker, label)
    axes.axvline(
        complete, color=LINE, linewidth=1, linestyle="--", label=translator.text("snapshot-calendar.words.complete")
    )
    several = rows["market"].nunique() > 1
    labels = [
        (f"{translator.term('market', row['market'])} " if several else "")
        + translator.formatter.short_date(row["snapshot"])
        for _, row in rows.iterrows()
    ]
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    low = min(0.75, rows["coverage"].min() - 0.05) if rows["coverage"].notna().any() else 0.0
    axes.set_xlim(low, 1.01)
    percent_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text("snapshot-calendar.words.coverage"))
    figure.legend(loc="outside lower center", ncols=1)
    return figure


snapshot_calendar = figure_step(snapshot_calendar_figure, "snapshot-calendar")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, snapshot_calendar)
