"""Categories of money, merged until no cell rests on too few vendors: shares of one total give a hidden one back."""

from collections.abc import Iterable

import pandas as pd

from cryptodrug.visible_sales import dominance

MERGED = "other-classes"


def _safe(amounts: Iterable[pd.Series], smallest: int, largest_two: float) -> bool:
    """Whether each sum is nothing, or made up by vendors enough of whom two do not have nearly all."""
    found = [dominance(one) for one in amounts]
    return all(n == 0 or (n >= smallest and top <= largest_two) for n, top in found)


def merged_until_safe(amounts: pd.DataFrame, smallest: int, largest_two: float) -> dict[str, str] | None:
    """Under which name each category is printed, or None when nothing can be printed.

    Parameters
    ----------
    amounts : one row per vendor and category, columns `category`, `vendor` and any number of amounts; each is a cell
        of the table by itself.
    smallest, largest_two : rules of the release gate for money.

    Categories with an unsafe cell become one; while that one is unsafe, the smallest of the others joins it.
    """
    names = [name for name in amounts if name not in ("category", "vendor")]
    of = dict(iter(amounts.groupby("category", sort=True)))

    def safe(categories: list[str]) -> bool:
        rows = pd.concat([of[one] for one in categories]).groupby("vendor")[names].sum()
        return _safe((rows[name] for name in names), smallest, largest_two)

    order = sorted(of, key=lambda category: (of[category][names].sum().sum(), category))
    together = [category for category in order if not safe([category])]
    rest = [category for category in order if category not in together]
    while together and not safe(together):
        if not rest:
            return None
        together.append(rest.pop(0))
    return {category: MERGED if category in together else category for category in order}
