"""How long ago each substance was last used, as parts of all who answered."""

from cryptodrug.figures.draw import figure_step
from cryptodrug.figures.marks import name_rows, share_below
from cryptodrug.figures.style import FOCUS, LINE, new_figure
from cryptodrug.words.context import Translator
from matplotlib.figure import Figure

# classes from never to the last day, each with its colour and hatch: a grey print says the same
CLASSES = {
    "never": ("white", ""),
    "decade_ago": ("#EEEEEE", "..."),
    "last_decade": ("#CCE5F5", ""),
    "last_year": ("#CCE5F5", "///"),
    "last_month": ("#56B4E9", ""),
    "last_week": ("#56B4E9", "\\\\\\"),
    "last_day": (FOCUS, ""),
}


def recency_by_drug_figure(tables: dict, translator: Translator) -> Figure:
    """A bar per substance, those used lately by most above; a class that is not shown leaves no gap."""
    rows = tables["recency-by-drug"].rows.dropna(subset=["base"])
    rows = rows[rows["base"] > 0].sort_values(["never", "drug"], ascending=[False, True]).reset_index(drop=True)
    figure = new_figure(1.5 + 0.27 * max(len(rows), 1))
    axes, begins = figure.subplots(), [0.0] * len(rows)
    for name, (colour, hatch) in CLASSES.items():
        shares = (rows[name].fillna(0) / rows["base"]).astype(float).tolist()
        label = translator.text(f"recency-by-drug.column.{name}")
        axes.barh(range(len(rows)), shares, 0.8, begins, color=colour, hatch=hatch, ec=LINE, linewidth=0.5, label=label)
        begins = [begin + share for begin, share in zip(begins, shares, strict=True)]
    name_rows(axes, [translator.term("item", drug) for drug in rows["drug"]])
    share_below(axes, translator, translator.text("recency-by-drug.words.share"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=4)
    return figure


recency_by_drug = figure_step(recency_by_drug_figure, "recency-by-drug")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, recency_by_drug)
