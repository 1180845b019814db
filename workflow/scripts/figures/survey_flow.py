"""The way of the records of the survey, from opened questionnaires to those that count."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import name_rows, number_axis, shown
from cryptodrug.figures.style import FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure


def survey_flow_figure(tables: dict, translator: Translator) -> Figure:
    """A bar per step from above: what remains, hatched behind it what the step left out, both with their numbers."""
    rows = shown(tables["survey-flow"], "remaining").iloc[::-1].reset_index(drop=True)
    figure = new_figure(1.2 + 0.42 * max(len(rows), 1))
    axes = figure.subplots()
    remaining = rows["remaining"].astype(float)
    left_out = rows["left_out"].fillna(0).astype(float)
    label = translator.text("survey-flow.column.remaining")
    axes.barh(rows.index, remaining, 0.6, color=FOCUS, ec=LINE, linewidth=0.6, label=label)
    if left_out.any():
        gone = translator.text("survey-flow.column.left_out")
        axes.barh(rows.index, left_out, 0.6, remaining, color="white", ec=LINE, linewidth=0.6, hatch="///", label=gone)
    longest = max([1.0, *(remaining + left_out)])
    for place, (kept, gone) in enumerate(zip(remaining, left_out, strict=True)):
        text = translator.formatter.number(int(kept), 0)
        if gone:
            text += f" (−{translator.formatter.number(int(gone), 0)})"
        axes.text(kept + gone + 0.01 * longest, place, text, va="center", fontsize=8)
    steps = [" + ".join(translator.term("exclusion", code) for code in step.split("|")) for step in rows["step"]]
    name_rows(axes, steps)
    axes.set_xlim(0, longest * 1.18)
    number_axis(axes.xaxis, translator)
    axes.set_xlabel(translator.text("survey-flow.words.records"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=2)
    return figure


survey_flow = figure_step(survey_flow_figure, "survey-flow")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, survey_flow)
