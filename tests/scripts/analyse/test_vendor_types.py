"""Types of vendors: the features, the placing, the tables."""

import numpy as np
import pandas as pd
import pytest
from analyse import vendor_types
from analyse.vendor_types import placement, typed, vendor_type_tables
from cryptodrug import vendor_typing
from cryptodrug.disclosure.primary import primary_cells
from cryptodrug.statistics.partition import adjusted_rand
from cryptodrug.vendor_features import FEATURES, age_in_days, registered_on, sales_a_month, vendor_features
from cryptodrug.visible_sales import FEEDBACK as FEEDBACK_COLUMNS
from offer_frames import DEGENERATE, FIRST, LAST, assert_valid, offer
from tests_rules import RULES

NOBODY = pd.DataFrame({"entity": [], "registered_text": [], "pgp_fingerprint": []}, dtype=object)
FEEDBACK = pd.DataFrame(columns=FEEDBACK_COLUMNS)
CLASSES = ["mdma", "cannabis", "lsd", "cocaine"]


def as_read(listing):
    return listing.assign(usd_eur=0.8, sales_total=pd.array([pd.NA] * len(listing), dtype="Int64"))


def planted(small=30, large=30, focus_small=6, seed=1):
    """Two kinds of vendor: few listings of one class sent near, many of several sent far; which kind each is."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rows, kinds = [], {}
    for number in range(small + large):
        is_small = number < small
        name, origin = f"v{number:03d}", "BE" if number < focus_small or number >= small + large - 14 else "NL"
        kinds[f"toy:{name}"] = 0 if is_small else 1
        for day in (FIRST, LAST):
            for place in range(int(generator.integers(1, 4) if is_small else generator.integers(20, 40))):
                drug = CLASSES[number % 4] if is_small else CLASSES[place % 4]
                policy = "domestic" if is_small else "worldwide"
                price = float(np.round(100 * np.exp(generator.normal(scale=0.1)), 2))
                more = {"snapshot_date": day, "drug_class": drug, "ships_to_policy": policy, "price_eur": price}
                rows.append((name, origin, more))
    return as_read(offer(*rows)), pd.Series(kinds)


def tables(listing, feedback=FEEDBACK, vendor=NOBODY):
    return vendor_type_tables(listing, typed(listing, feedback, vendor, 82), "BE", "inclusive", 82)


def test_planted_types_are_found_and_the_vendors_of_the_country_placed():
    listing, _ = planted()
    types, profile, numbers, summary = (table.rows.set_index("row") for table in tables(listing))
    assert types["vendors"].to_dict() == {"type-1": 30, "type-2": 30, "between": 0}
    sizes = profile[profile["feature"] == "n_listings"].set_index("type")["median"]
    small = sizes.idxmin()
    assert set(types.loc[small, "marks"].split("|")) == {"diversity-low", "main_class_share-high", "reach-low"}
    assert types.loc[small, "vendors_focus"] == 6
    assert types["vendors_focus"].sum() == 20
    assert summary.loc["all", ["types", "agreement", "rand_classes"]].tolist() == [2, 1, 1]
    assert numbers.loc["types-2", "chosen"] == "yes" and (numbers["chosen"] == "yes").sum() == 1
    assert sizes[small] < 4


def test_the_typing_itself_agrees_with_what_was_planted():
    listing, kinds = planted()
    found = vendor_typing.find_types(vendor_features(listing, FEEDBACK, NOBODY), 82)
    assert adjusted_rand(found.nearest_type, kinds.reindex(found.features.index).to_numpy()) == 1


def test_every_vendor_is_placed_in_its_nearest_type_and_none_where_there_are_no_types():
    listing, kinds = planted()
    types = typed(listing, FEEDBACK, NOBODY, 82)
    placed = placement(types).set_index("entity")["type"]
    assert set(placed) == {"type-1", "type-2"} and len(placed) == 60
    assert adjusted_rand(pd.factorize(placed)[0], kinds.reindex(placed.index).to_numpy()) == 1
    few, _ = planted(small=10, large=10, focus_small=3)
    assert placement(typed(few, FEEDBACK, NOBODY, 82)).empty


def test_many_vendors_are_placed_in_types_made_of_some(monkeypatch):
    monkeypatch.setattr(vendor_typing, "LARGEST_FIT", 36)
    listing, kinds = planted()
    found = vendor_typing.find_types(vendor_features(listing, FEEDBACK, NOBODY), 82)
    assert len(found.sample) == 36
    assert adjusted_rand(found.nearest_type, kinds.reindex(found.features.index).to_numpy()) == 1


def test_an_uneven_mix_is_told_from_an_even_one():
    even, _ = planted(focus_small=14)
    uneven, _ = planted(small=40, focus_small=0)
    assert tables(even)[3].rows["p"].iloc[0] == "not-below-005"
    assert tables(uneven)[3].rows["p"].iloc[0] == "below-0001"


def test_the_exact_test_of_two_types_is_that_of_fisher():
    from scipy.stats import fisher_exact

    for table in ([[3, 9], [12, 4]], [[8, 7], [9, 10]], [[1, 12], [6, 9]], [[2, 14], [11, 6]]):
        p = fisher_exact(table).pvalue
        limits = ((0.001, "below-0001"), (0.01, "below-001"), (0.05, "below-005"), (2, "not-below-005"))
        wanted = next(name for limit, name in limits if p < limit)
        assert vendor_types._exact_p(*map(np.array, table), 1) == wanted


def test_the_region_is_european_only_where_it_is_large_enough(monkeypatch):
    listing = as_read(offer(("a", "US", {}), ("b", "BE", {}), ("c", "NL|US", {}), ("d", None, {})))
    assert len(vendor_typing.region(listing)) == 4
    monkeypatch.setattr(vendor_typing, "OF_REGION", 2)
    assert vendor_typing.region(listing) == ["toy:b", "toy:c"]


def test_too_few_vendors_form_one_group_and_that_is_all():
    listing, _ = planted(small=10, large=10, focus_small=3)
    types, profile, numbers, summary = tables(listing)
    assert [len(table.rows) for table in (types, profile, numbers)] == [0, 0, 0]
    assert summary.rows["types"].tolist() == [1]


@pytest.mark.parametrize("case", DEGENERATE)
def test_a_degenerate_offer_gives_valid_tables(case, tmp_path, monkeypatch):
    monkeypatch.setattr(vendor_typing, "FEWEST_FITTED", 3)
    for table in tables(as_read(DEGENERATE[case])):
        assert_valid(table, tmp_path)


def test_the_middle_of_the_bounds_of_sales_in_a_month():
    rows = [("a", "BE", {"snapshot_date": day, "listing_id": "toy:1"}) for day in ("2019-01-01", "2019-01-31")]
    rows += [("b", "BE", {"snapshot_date": "2019-01-31", "listing_id": "toy:2"})]
    listing = offer(*rows).assign(sales_total=pd.array([4, 10, None], dtype="Int64"))
    shown = pd.DataFrame(
        {"market": "toy", "snapshot_date": "2019-01-31", "page_id": "p", "listing_id": "toy:1", "text_key": list("abc"),
         "posted_high": ["2019-01-01", "2019-01-05", "2019-01-31"]}
    )  # fmt: skip
    shown = shown.assign(posted_low=shown["posted_high"], truncated=False)
    # 2 by feedback (the first lies on the day before), 6 by the counter, in 30 days
    assert sales_a_month(listing, shown).to_dict() == pytest.approx({"toy:a": 4 * 30.44 / 30, "toy:b": 0})
    assert sales_a_month(listing.assign(sales_total=pd.NA), shown.iloc[:0]).empty


@pytest.mark.parametrize(
    ("text", "day"),
    [("2017-03", "2017-03-01"), ("Sep 05, 2017", "2017-09-05"), ("2013-11-02", "2013-11-02"), ("long ago", "None"),
     ("2017-13", "None"), (None, "None")],
)  # fmt: skip
def test_registrations_as_printed(text, day):
    assert str(registered_on(text)) == day


def test_all_vendors_have_the_same_clock():
    listing = offer(*[(f"v{n}", "BE", {"snapshot_date": day}) for n in range(10) for day in (FIRST, LAST)])
    vendor = pd.DataFrame({"entity": [f"toy:v{n}" for n in range(9)], "registered_text": "2018-01-30"})
    assert age_in_days(listing, vendor)["toy:v0"] == 365
    assert set(age_in_days(listing, vendor.iloc[:8])) == {29}


def test_features_are_what_a_market_shows_and_nothing_else():
    found = vendor_features(
        as_read(offer(("a", "BE", {}), ("b", None, {"ships_to_policy": "not-stated"}))), FEEDBACK, NOBODY
    )
    assert list(found.columns) == list(FEATURES)
    assert found[["sales_month", "pgp"]].isna().all(axis=None)
    assert found["reach"].isna().tolist() == [False, True]
    assert found["origins"].tolist() == [1, 0]


def test_how_far_two_mixes_are_apart_by_hand():
    # 6 and 4 of ten, 15 and 5 of twenty: fifteen in a hundred would have to change
    assert vendor_types.dissimilarity(np.array([6, 4]), np.array([15, 5])) == pytest.approx(0.15)
    assert vendor_types.dissimilarity(np.array([6, 3]), np.array([15, 5])) is None


def test_nothing_is_said_of_the_mix_when_a_type_has_one_vendor_of_the_country():
    listing, _ = planted(focus_small=1)
    summary = tables(listing)[3]
    assert summary.rows["dissimilarity"].notna().all()
    assert {("all", "dissimilarity"), ("all", "p")} <= primary_cells(summary, RULES)


def test_the_share_of_the_rest_does_not_give_back_a_hidden_count_of_the_country():
    listing, _ = planted(focus_small=1)
    types = tables(listing)[0]
    (small,) = types.rows.loc[types.rows["vendors_focus"] == 1, "row"]
    hidden = primary_cells(types, RULES)
    assert {(small, "vendors_focus"), (small, "share_focus"), (small, "share_rest")} <= hidden
