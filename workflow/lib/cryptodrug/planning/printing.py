"""A plan in words, as tables for machines, and as a picture."""

import csv
import io
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from matplotlib.figure import Figure

from cryptodrug.figures.draw import save
from cryptodrug.figures.style import COMPARATOR, FOCUS, house_style, mark, new_figure
from cryptodrug.planning.widths import RATIO, Growth, Plan, Width

TITLE = "What a study of this size could tell"
ALL = 0.995  # printed share from which no remark is made
WIDE = 52


def _ends(one: Width) -> str:
    if not isfinite(one.value):
        return "none is printed"
    if one.kind == RATIO:
        return f"{one.value:7.2f}   {one.low:7.2f} to {one.high:.2f}   (factor {one.high / one.low:.2f})"
    return f"{one.value:7.1%}   {one.low:7.1%} to {one.high:.1%}   (± {(one.high - one.low) / 2:.1%})"


def _remark(one: Width) -> str:
    remarks = []
    if isfinite(one.value) and one.printed < ALL:
        remarks.append(f"printed in {one.printed:.0%} of the studies")
    if one.approximate >= 0.5:
        remarks.append("marked approximate")
    return f"   {', '.join(remarks)}" if remarks else ""


def _growth_line(one: Growth) -> str:
    months = f"  {one.months:>2} months"
    if not isfinite(one.factor):
        return f"{months}   no interval is printed"
    seen = f"growth of {one.seen - 1:.0%} a month or more"
    rare = f"   printed in {one.printed:.0%} of the studies" if one.printed < ALL else ""
    return f"{months}   {seen:<36}   factor {one.factor:.2f} between the ends{rare}"


def lines(plan: Plan) -> Iterator[str]:
    """The plan for the terminal."""
    design = plan.design
    yield (
        f"{design.months} months, {design.markets} markets, {design.coverage:.0%} of the pages, "
        f"{design.belgian_vendors} vendors of the country among {design.belgian_vendors + design.other_vendors}, "
        f"{design.respondents} respondents"
    )
    yield (
        f"Simulated {plan.replicates} times. Seen on average: {plan.of_country:.0f} vendors of the country among "
        f"{plan.vendors_seen:.0f}, {plan.listings:,.0f} drug listings a month."
    )
    yield ""
    yield f"Intervals ({plan.level:.0%}), median of the simulated studies:"
    for one in plan.widths:
        yield f"  {one.what:<{WIDE}} {_ends(one)}{_remark(one)}"
    yield ""
    yield "Growth against the rest of the offer: four of five studies would tell from none"
    yield from map(_growth_line, plan.growth)


def _csv(head: list[str], rows: list[list[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows])
    return stream.getvalue()


def widths_csv(plan: Plan) -> str:
    """One row per interval."""
    head = ["interval", "kind", "value", "low", "high", "printed", "approximate"]
    rows = [[one.what, one.kind, one.value, one.low, one.high, one.printed, one.approximate] for one in plan.widths]
    return _csv(head, rows)


def growth_csv(plan: Plan) -> str:
    """One row per number of monthly snapshots."""
    rows = [[one.months, one.factor, one.seen, one.printed] for one in plan.growth]
    return _csv(["months", "factor", "smallest_ratio_seen", "printed"], rows)


def growth_figure(plan: Plan) -> Figure:
    """Smallest growth that would be seen, by number of monthly snapshots; the planned number is marked."""
    figure = new_figure(3.0)
    axes = figure.subplots()
    shown = [one for one in plan.growth if isfinite(one.seen)]
    axes.plot([one.months for one in shown], [100 * (one.seen - 1) for one in shown], "o-", color=FOCUS)
    axes.axvline(plan.design.months, color=COMPARATOR, linestyle="--", linewidth=1)
    axes.annotate(
        "planned", (plan.design.months, 1), xycoords=("data", "axes fraction"), xytext=(3, -10),
        textcoords="offset points", fontsize=8, color=COMPARATOR,
    )  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Monthly snapshots")
    axes.set_ylabel("Growth against the rest that\nfour of five studies see (% a month)")
    axes.set_title(f"{plan.design.belgian_vendors} vendors of the country, {plan.design.markets} markets", loc="left")
    return figure


def draw_growth(plan: Plan, folder: Path) -> None:
    """Write the picture as `plan.svg` and `plan.png`."""
    with house_style():
        figure = growth_figure(plan)
        mark(figure, "simulated data")
        save(figure, folder / "plan.svg", folder / "plan.png", TITLE)
