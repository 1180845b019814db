"""Size of vendors and sales bands."""

import numpy as np
import pandas as pd
import pytest
from analyse import sales_bands
from analyse.vendor_size import (
    band_of,
    mean_listings,
    pairs_of_vendors,
    superiority,
    superiority_drawn,
    vendor_size_tables,
)
from offer_frames import DRAWING, FIRST, LAST, both_days, many, offer


def tables(*rows):
    bands, summary = vendor_size_tables(offer(*rows), "BE", "inclusive", **DRAWING)
    return bands.rows.set_index("row"), summary.rows.iloc[0]


def test_size_is_the_mean_while_present():
    sizes = mean_listings(
        offer(("a", "BE", {"times": 3}), ("a", "BE", {"snapshot_date": FIRST}), ("b", "BE", {"times": 9})), ["entity"]
    )
    assert sizes.to_dict() == {"toy:a": 2, "toy:b": 9}


@pytest.mark.parametrize(
    ("size", "band"), [(1, "1-4"), (4.9, "1-4"), (5, "5-9"), (49.5, "25-49"), (50, "50-more"), (900, "50-more")]
)
def test_bands(size, band):
    assert band_of(size) == band


def chance(ours, others):
    """`ours`, `others`: (vendor, market, size)."""
    rows = [(name, market, size) for name, market, size in (*ours, *others)]
    sizes = pd.Series({(name, market): size for name, market, size in rows}, dtype=float)
    sizes.index.names = ["entity", "market"]
    return superiority(pairs_of_vendors(sizes, {name for name, *_ in ours}))


def test_chance_of_being_larger_by_hand():
    # pairs: 1 < 2, 1 < 3; 2 = 2 (half), 2 < 3; 5 > both
    ours = [(f"b{size}", "toy", size) for size in (1, 2, 5)]
    assert chance(ours, [("n2", "toy", 2), ("n3", "toy", 3)]) == pytest.approx((0.5 + 2) / 6)
    assert chance([("b1", "toy", 4), ("b2", "toy", 4)], [("n1", "toy", 4)]) == 0.5


def test_vendors_are_compared_within_their_market_and_markets_by_their_pairs():
    # on the large market ours are smaller (6 pairs lost), on the other one larger (1 pair won)
    ours = [("b1", "large", 10), ("b2", "large", 10), ("b2", "small", 2)]
    others = [("n1", "large", 20), ("n2", "large", 20), ("n3", "large", 20), ("n3", "small", 1)]
    assert chance(ours, others) == pytest.approx(1 / 7)
    assert np.isnan(chance([("b1", "large", 10)], [("n1", "small", 1)]))
    rows = [*many("b", 10, "BE", times=2), *many("n", 5, "NL"), ("x", "NL", {"market": "other", "times": 30})]
    assert tables(*rows)[1]["superiority"] == 1


def test_bands_by_hand_and_their_guard():
    rows, summary = tables(*many("b", 3, "BE", times=2), *many("c", 1, "BE", times=7), *many("n", 4, "NL", times=60))
    assert list(rows.loc["1-4", ["vendors_focus", "vendors_rest", "support_vendors"]]) == [3, 0, 3]
    assert list(rows.loc["5-9", ["vendors_focus", "support_vendors"]]) == [1, 1]
    assert rows.loc["1-4", "share_focus"] == 0.75
    assert rows.loc["50-more", "share_rest"] == 1
    assert list(summary[["vendors_focus", "vendors_rest", "support_vendors"]]) == [4, 4, 4]


def test_nothing_but_numbers_of_vendors_under_ten_focus_vendors():
    _, nine = tables(*many("b", 9, "BE"), *many("n", 4, "NL", times=3))
    _, ten = tables(*many("b", 10, "BE"), *many("n", 4, "NL", times=3))
    assert nine[["median_focus", "superiority", "superiority_low"]].isna().all()
    assert (ten["median_focus"], ten["median_rest"], ten["superiority"]) == (1, 3, 0)
    # each vendor of the country is smaller than any other: no draw differs, and how sure that is cannot be said
    assert ten[["superiority_low", "superiority_high"]].isna().all()


def banded(*sales, date=LAST):
    return pd.DataFrame(
        {
            "market": "toy",
            "snapshot_date": date,
            "entity": [f"toy:{name.casefold()}" for name, _ in sales],
            "sales_low": [n for _, n in sales],
        }
    )


def bands(listing, vendor):
    return sales_bands.sales_bands_table(listing, vendor, "BE", "inclusive").rows.set_index("row")


def test_sales_bands_by_hand():
    listing = offer(*many("b", 2, "BE"), *many("n", 3, "NL"))
    rows = bands(listing, banded(("b00", 5), ("b01", 700), ("n00", 0), ("N01", 10), ("n02", None), ("gone", 10)))
    # n02 prints no band; the last one sells nothing; handles are compared without case
    assert dict(rows["vendors"]) == {"0-9": 2, "10-49": 1, "50-99": 0, "100-499": 0, "500-more": 1}
    assert dict(rows["vendors_focus"]) == {"0-9": 1, "10-49": 0, "50-99": 0, "100-499": 0, "500-more": 1}
    assert list(rows["support_vendors"]) == list(rows["vendors_focus"])
    assert list(rows["support_all"]) == list(rows["vendors"])
    assert (rows.loc["0-9", "share"], rows.loc["0-9", "share_focus"]) == (0.5, 0.5)


def test_sales_bands_are_those_of_the_last_snapshot_that_prints_any():
    listing = offer(*both_days(*many("b", 2, "BE")))
    early = banded(("b00", 5), ("b01", 5), date=FIRST)
    late = banded(("b00", None), ("b01", 60))
    assert bands(listing, pd.concat([early, late]))["vendors"].sum() == 1
    assert bands(listing, early)["vendors"].sum() == 2


def test_totals_influences_and_draws_are_those_of_all_pairs():
    generator = np.random.default_rng(5)
    sizes = pd.Series(
        {(f"v{number:02d}", market): float(generator.integers(1, 5)) for number in range(30) for market in "xyz"
         if generator.random() < 0.5}
    ).rename_axis(["entity", "market"])  # fmt: skip
    focus = {f"v{number:02d}" for number in range(12)}
    table = sizes.unstack("market")
    here = table.index.isin(focus)
    ours, others = table[here].to_numpy()[:, None, :], table[~here].to_numpy()[None, :, :]
    met = (np.isfinite(ours) & np.isfinite(others)).astype(float)
    won = ((ours > others) + (ours == others) / 2) * met
    won, met = won.sum(axis=2), met.sum(axis=2)
    pairs = pairs_of_vendors(sizes, focus)
    for group, axis in ((0, 1), (1, 0)):
        assert all(map(np.array_equal, pairs.of_each(group), (won.sum(axis=axis), met.sum(axis=axis))))
    rows, columns = generator.integers(0, 4, met.shape[0]), generator.integers(0, 4, met.shape[1])
    assert pairs.totals(rows, columns) == (rows @ won @ columns, rows @ met @ columns)
    drawn = superiority_drawn(pairs, 40, 7)
    assert drawn.point[0] == superiority(pairs) == won.sum() / met.sum()
    assert 0.05 < drawn.draws.std() < 0.2 and len(drawn.influence) == len(table)
