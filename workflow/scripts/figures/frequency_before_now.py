"""How often groups of drugs are used by those who use them, before the first purchase and now."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.style import FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

# classes from rare to often, each with its colour and hatch: a grey print says the same
CLASSES = {
    "less_than_monthly": ("white", ""),
    "monthly_or_weekly": ("#56B4E9", "///"),
    "up_to_weekly": ("#CCCCCC", "..."),
    "more_often": (FOCUS, ""),
    "used": ("white", "xxx"),
}


def frequency_before_now_figure(tables: dict, translator: Translator) -> Figure:
    """Two bars per group of drugs, of numbers of respondents; a class that is not shown leaves no gap."""
    rows = tables["frequency-before-now"].rows.reset_index(drop=True)
    places, names = [], []
    for number, (drug, period) in enumerate(zip(rows["drug"], rows["period"], strict=True)):
        first = number == 0 or rows["drug"][number - 1] != drug
        places.append((places[-1] if places else 0.0) - (1.5 if first and places else 1.0))
        when = translator.term("period", period)
        names.append(f"{translator.term('drug_group', drug)}: {when}" if first else when)
    figure = new_figure(1.6 + 0.24 * max(len(rows), 1))
    axes, begins = figure.subplots(), [0.0] * len(rows)
    for name, (colour, hatch) in CLASSES.items():
        numbers = rows[name].fillna(0).tolist()
        if any(numbers):
            label = translator.text(f"frequency-before-now.column.{name}")
            axes.barh(places, numbers, 0.8, begins, color=colour, hatch=hatch, ec=LINE, linewidth=0.6, label=label)
            begins = [begin + number for begin, number in zip(begins, numbers, strict=True)]
    axes.set_yticks(places, names)
    axes.set_xlim(0, max([1.0, *begins]) * 1.05)
    axes.set_xlabel(translator.text("frequency-before-now.words.respondents"))
    if axes.patches:
        figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=3)
    return figure


frequency_before_now = figure_step(frequency_before_now_figure, "frequency-before-now")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, frequency_before_now)
