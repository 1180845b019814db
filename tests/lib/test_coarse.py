"""Categories of money are merged until no cell rests on too few vendors."""

import pandas as pd
import pytest
from cryptodrug.coarse import MERGED, merged_until_safe
from cryptodrug.visible_sales import dominance
from hypothesis import given
from hypothesis import strategies as st


def amounts(**by_category):
    rows = [
        {"category": name, "vendor": f"v{place}", "eur": eur}
        for name, cells in by_category.items()
        for place, eur in enumerate(cells)
    ]
    return pd.DataFrame(rows)


def test_what_two_vendors_make_up_is_merged_with_the_smallest_other_one():
    table = amounts(a=[10, 10, 10], b=[5, 5], c=[9, 9, 9])
    assert merged_until_safe(table, 3, 0.85) == {"a": "a", "b": MERGED, "c": MERGED}


def test_unsafe_categories_that_are_safe_together_are_enough():
    table = pd.concat([amounts(a=[10, 10, 10]), amounts(b=[5]), amounts(c=[0, 5]), amounts(d=[0, 0, 5])])
    assert merged_until_safe(table, 3, 0.85) == {"a": "a", "b": MERGED, "c": MERGED, "d": MERGED}


def test_two_who_have_nearly_all_are_too_few():
    assert merged_until_safe(amounts(a=[50, 40, 10]), 3, 0.85) is None
    assert merged_until_safe(amounts(a=[45, 40, 15]), 3, 0.85) == {"a": "a"}


def test_nothing_may_be_said():
    assert merged_until_safe(amounts(a=[0, 0], b=[3, 3, 3]), 3, 0.85) == {"a": "a", "b": "b"}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.integers(0, 100), min_size=1, max_size=6), min_size=1),
    st.integers(2, 4),
)
def test_no_printed_cell_is_unsafe(cells, smallest):
    table = amounts(**cells)
    printed = merged_until_safe(table, smallest, 0.85)
    if printed is not None:
        for _, rows in table.groupby(table["category"].map(printed)):
            n, top = dominance(rows.groupby("vendor")["eur"].sum())
            assert n == 0 or (n >= smallest and top <= 0.85)


@pytest.mark.parametrize("column", ["eur", "other"])
def test_every_amount_of_a_category_must_be_safe(column):
    table = amounts(a=[10, 10, 10], b=[10, 10, 10]).assign(other=[1, 1, 1, 1, 1, 1])
    table.loc[0, column] = 1000
    assert merged_until_safe(table, 3, 0.85) in (None, {"a": MERGED, "b": MERGED})
