"""Our numbers beside those of earlier studies: how far the definitions go, and where our interval lies.

Made behind the release gate, of released values: a number that the gate withheld is not compared.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cryptodrug.comparators import Comparator
from cryptodrug.release import Value

TABLE = "comparison"
SAME_MARKET = "same-market"
BY_ROW = {"by_row": "number", "kind": "number", "unit": None, "digits": 2}
COLUMNS = [
    {"name": "what", "kind": "text", "unit": "comparator", "digits": None},
    {"name": "earlier", **BY_ROW},
    {"name": "ours", **BY_ROW, "low": "ours_low", "high": "ours_high"},
    {"name": "allows", "kind": "text", "unit": "allows", "digits": None},
    {"name": "relation", "kind": "text", "unit": "relation", "digits": None, "blank": True},
    {"name": "differs", "kind": "list", "unit": "difference", "digits": None},
]
# what such numbers say of the focus country; the others name their country themselves
OF_FOCUS = ("key-figures", "specialisation", "price-per-gram")
PER_GRAM = "EUR/g"


def relation(earlier: float, interval: Mapping[str, Any] | None) -> str:
    """Where our interval lies: it holds the earlier number (`inside`), lies `above` or `below` it, or there is none."""
    if interval is None:
        return "no-interval"
    if interval["low"] > earlier:
        return "above"
    return "below" if interval["high"] < earlier else "inside"


def comparison_rows(
    comparators: Iterable[Comparator], values: Mapping[str, Value], focus: str, markets: Collection[str]
) -> list[dict[str, Any]]:
    """One row per earlier number of which the study has one of the same kind, in the order of the file.

    `markets`: of this study. An earlier number from one of them checks the method and is no comparison.
    """
    rows = []
    for one in comparators:
        ours = values.get(one.ours)
        foreign = one.ours.split(".")[0] in OF_FOCUS and one.country != focus
        if ours is None or ours.hidden or ours.value is None or foreign:
            continue
        allows = SAME_MARKET if one.market in markets and one.allows == "comparison" else one.allows
        ends = ours.interval or {}
        rows.append(
            {
                "row": one.id,
                "what": one.id,
                "earlier": one.value,
                "ours": ours.value,
                "ours_low": ends.get("low"),
                "ours_high": ends.get("high"),
                "number_kind": ours.kind,
                "number_unit": ours.unit,
                "number_digits": ours.digits,
                "allows": allows,
                # an order of magnitude is not judged by an interval
                "relation": None if allows == "order" else relation(one.value, ours.interval),
                "differs": one.differs,
            }
        )
    return rows


def comparison_counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many allow what, and where our intervals lie in those that allow a comparison."""
    rows = list(rows)
    compared = [row["relation"] for row in rows if row["allows"] == "comparison"]
    checked = [row["relation"] for row in rows if row["allows"] == SAME_MARKET]
    return {
        "compared": len(compared),
        "judged": len(compared) - compared.count("no-interval"),
        "inside": compared.count("inside"),
        "above": compared.count("above"),
        "below": compared.count("below"),
        "order": sum(row["allows"] == "order" for row in rows),
        "prices": sum(row["number_unit"] == PER_GRAM for row in rows),
        "same_market": len(checked),
        "same_market_judged": len(checked) - checked.count("no-interval"),
        "same_market_inside": checked.count("inside"),
    }
