"""The toy market: figures written as a calculation by hand, reached with the functions of the compendium.

Traps inside: a default text twice on one page (two sales), one feedback on two pages (one sale), one dated exactly at
the first snapshot (outside), an edited one, a counter that falls, a new listing, a holding price, a listing that is no
drug and sells most.
"""

import sys

import numpy as np
import pandas as pd
import pytest
from analyse import concentration, price_per_gram, specialisation, vendor_size
from analyse.destination_policy import destination_tables
from cryptodrug import populations, sales, trajectories, vendor_features
from cryptodrug.offer import DAYS_A_MONTH
from cryptodrug.reach import ORDER, stated_policy, widest_policy
from cryptodrug.revenue import holding, interval_prices, monthly, revenue
from cryptodrug.statistics import concentration as measures
from cryptodrug.statistics import coverage, growth, intervals, price_model, ratios
from cryptodrug.trajectories import entry_and_exit, presence
from toy_market import DAYS, SHOWN, T1, T2, TOY, expected, toy_feedback, toy_listing

FOCUS = "BE"


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    return toy_listing(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def feedback():
    return toy_feedback()


def at(listing, date):
    return listing[listing["snapshot_date"] == date]


def bounds(listing, feedback):
    """Both bounds of the sales of each listing of the second snapshot, and how many counters fell."""
    now, before = (at(listing, date).set_index("listing_id")["sales_total"] for date in (T2, T1))
    shown = feedback[(feedback["snapshot_date"] == T2) & feedback["listing_id"].isin(now.index)]
    low = sales.feedback_in(shown, T1, T2).reindex(now.index).fillna(0)
    high, fell = sales.counter_increase(before, now)
    return low, sales.at_least_lower(high, low), fell


def by_vendor(listing, amounts):
    vendors = at(listing, T2).set_index("listing_id")["vendor"]
    return amounts.groupby(vendors.reindex(amounts.index)).sum()


def coverage_figures(listing, feedback):
    whole = pd.read_csv(TOY / "toy-market-listings.csv")
    size, variance = coverage.chapman(10, 9, 8)
    return {
        "drug_t1": len(at(listing, T1)),
        "drug_t2": len(at(listing, T2)),
        "nondrug_rows": len(whole) - len(listing),
        "chapman_n": size,
        "chapman_var": variance,
        "coverage_t1": len(at(listing, T1)) / size,
        "be_strict_t1_adjusted": populations.strict(at(listing, T1), FOCUS).sum() * size / len(at(listing, T1)),
    }


def growth_figures(listing, feedback):
    found, months = {}, np.array([0, DAYS / DAYS_A_MONTH])
    total = np.array([[len(at(listing, date)) for date in (T1, T2)]])
    for definition in ("inclusive", "strict"):
        ours = populations.focus_listings(listing, FOCUS, definition)
        part = np.array([[ours[at(listing, date).index].sum() for date in (T1, T2)]])
        (slope,) = growth.odds_slope(part, total, months, np.zeros(2, dtype=int))
        found[f"interaction_{definition}"] = np.exp(slope * months[1])
        if definition == "inclusive":
            found["interaction_per_month"] = np.exp(slope)
    return found


def class_figures(listing, feedback):
    last = at(listing, T2).reset_index(drop=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(specialisation, "FEWEST_VENDORS", 1)
        _, table = specialisation.specialisation_tables(last, FOCUS, "inclusive", 20, 1, 0.95)
    rows = table.rows.set_index("row")
    found = {f"lq_all_{name}": rows.loc[name, "quotient"] for name in ("mdma", "cannabis", "amphetamine")}
    found |= {f"ratio_rest_corrected_{name}": rows.loc[name, "ratio"] for name in ("mdma", "cannabis")}
    ours = populations.inclusive(last, FOCUS)
    cocaine = last["drug_class"] == "cocaine"
    found["lq_all_cocaine"] = float(ratios.location_quotient(cocaine[ours].mean(), cocaine.mean()))
    mdma = last[ours & (last["drug_class"] == "mdma")].groupby("vendor").size()
    return found | {"largest_vendor_share_mdma": measures.top_share(mdma.to_numpy(), 0)}


def origin_figures(listing, feedback):
    found = {}
    for definition in populations.DEFINITIONS:
        part = populations.focus_listings(listing, FOCUS, definition)
        for name, date in (("t1", T1), ("t2", T2)):
            day = at(listing, date)
            found[f"listings_{definition}_{name}"] = part[day.index].sum()
            found[f"vendors_{definition}_{name}"] = len(populations.focus_vendors(day, FOCUS, definition, listing))
    return found


def destination_figures(listing, feedback):
    last = at(listing, T2)
    policies = stated_policy(last)
    ours = populations.inclusive(last, FOCUS)
    counts = policies[ours].value_counts()
    widest = widest_policy(policies[ours], last.loc[ours, "vendor"])
    _, summary = destination_tables(last, FOCUS, "inclusive", 20, 1, 0.95)
    # section 5 of the typology: one of the six, none without a statement
    assert summary.rows["share_domestic_focus"].tolist() == [1 / 6] and summary.rows[
        "listings_not_stated"
    ].tolist() == [0]
    return {f"be_listings_{name}": counts.get(name, 0) for name in (*ORDER, "not-stated")} | {
        "all_not_stated_t2": (policies == "not-stated").sum(),
        **{f"widest_{name}": value for name, value in widest.items()},
    }


def size_figures(listing, feedback):
    return {f"size_{name[4:]}": size for name, size in vendor_size.mean_listings(listing, ["entity"]).items()}


def sales_figures(listing, feedback):
    low, high, fell = bounds(listing, feedback)
    before, now = (feedback[feedback["snapshot_date"] == date] for date in (T1, T2))
    texts = sales.at_least_lower(sales.new_texts(before, now), low)
    flagged = sorted(sales.truncated(now, SHOWN, T1))
    found = {
        "sales_low": low.sum(),
        "sales_high_counter": high.sum(),
        "sales_high_texts": texts.sum(),
        "negative_counters": fell,
        "share_low_in_flagged": low[flagged].sum() / low.sum(),
        "flagged": "|".join(name.removeprefix("toy:") for name in flagged),
    }
    for bound, amounts in (("low", low), ("high", high)):
        found |= {f"{bound}_month_{name}": monthly(sold, DAYS) for name, sold in by_vendor(listing, amounts).items()}
    return found


def revenue_figures(listing, feedback):
    low, high, _ = bounds(listing, feedback)
    last = at(listing, T2)
    ours = set(last.loc[populations.inclusive(last, FOCUS), "listing_id"])
    found = {}
    for bound, amounts in (("low", low), ("high", high)):
        for treatment in ("replace", "drop", "none"):
            worth = revenue(interval_prices(listing, T1, T2, treatment), amounts)
            found[f"revenue_{bound}_{treatment}"] = worth.sum()
        worth = revenue(interval_prices(listing, T1, T2, "replace"), amounts)
        belgian = worth[worth.index.isin(ours)].sum()
        found |= {f"be_{bound}": belgian, f"be_share_{bound}": belgian / worth.sum()}
        found[f"revenue_{bound}_month"] = monthly(worth.sum(), DAYS)
    flagged = listing[holding(listing)]
    names = flagged["listing_id"].str.removeprefix("toy:") + "@" + flagged["snapshot_date"]
    # Christin's window of 29 days is here the interval between the snapshots
    return found | {"christin_day": found["revenue_low_replace"] / sales.WINDOW_DAYS, "holding": "|".join(names)}


def concentration_figures(listing, feedback):
    dated = feedback.rename(columns={"posted_date": "posted_high"})
    low, unit, _ = concentration.amounts_of_vendors(listing, dated)
    assert unit == "sales"
    _, sold, _ = bounds(listing, feedback)
    high = by_vendor(listing, revenue(interval_prices(listing, T1, T2, "replace"), sold))
    ours = low[low.index.isin(populations.focus_vendors(at(listing, T2), FOCUS, "inclusive"))]
    row = concentration._group_row("focus", ours, 0.95)
    return {
        "hhi_low": measures.herfindahl(low),
        "hhi_normalised_low": measures.herfindahl_normalised(low),
        "gini_low": measures.gini(low),
        "gini_corrected_low": measures.gini(low, corrected=True),
        "top1_low": measures.top_share(low, 0.01),
        "hhi_high": measures.herfindahl(high),
        "gini_high": measures.gini(high),
        "dominance_be_two_largest": row["support_top2"],
    }


def flows(listing, unit):
    """Who came and went between the two snapshots, which stand in one month."""
    return entry_and_exit(presence(listing.assign(entity=listing[unit]), period=listing["snapshot_date"])).iloc[-1]


def presence_figures(listing, feedback):
    listings, vendors = flows(listing, "listing_id"), flows(listing, "vendor")
    return {
        "vendors_both": vendors["present"] - vendors["entered"],
        "listings_kept": listings["present"] - listings["entered"],
        "listings_left": listings["left"],
        "listings_entered": listings["entered"],
    }


def survival_figures(listing, feedback):
    found = flows(listing, "listing_id")
    kept = found["present"] - found["entered"]
    base = kept + found["left"]
    low, high = intervals.wilson(kept, base, 0.95)
    return {"listing_survival_29d": kept / base, "wilson_low": low, "wilson_high": high}


def move_figures(listing, feedback):
    # both snapshots stand in one month, and vendors are followed from month to month: the second one as of February
    apart = listing.assign(entity=listing["vendor"], snapshot_date=listing["snapshot_date"].replace(T2, "2019-02-01"))
    ever = populations.ever_vendors(apart, FOCUS)
    moves = trajectories.moves_of(apart, ever, FOCUS)
    moved = ~moves.isin([trajectories.STAYS, trajectories.SEVERAL, trajectories.UNKNOWN])
    return {
        f"origins_{vendor}": " -> ".join("|".join(sorted(origins)) for origins in months)
        for vendor, months in trajectories.origins_by_month(apart).items()
    } | {"moving_of_be_ever": f"{moved.sum()} of {len(ever)}"}


def price_figures(listing, feedback):
    unflagged = listing[~holding(listing)]
    per_gram = unflagged.groupby("listing_id")["price_eur_per_g"].last()
    found = {f"eur_per_g_{name}": per_gram[f"toy:{name}"] for name in ("L01", "L04", "L08")}
    last = unflagged[unflagged["snapshot_date"] == T2]
    for name, vendor in (("cocaine", "vc"), ("mdma", "va")):
        rows = last[(last["drug_class"] == name) & (last["vendor"] == vendor)]
        sums = price_model.moments(rows["quantity_g"], rows["price_eur"], np.zeros(len(rows)), 10**7).sum(axis=0)
        (found[f"discount_slope_{name}_{vendor}"],), _ = price_model.solve(sums[None, None])
    found["tenfold_price_factor_mdma_va"] = price_model.tenfold_factor(found["discount_slope_mdma_va"])
    point = last[(last["drug_class"] == "mdma") & (price_per_gram.lot_of(last["quantity_g"]) == 10)]
    medians = price_per_gram.vendor_medians(point)
    return found | {"ratio_mdma_10g_va_vb": medians["toy:va"] / medians["toy:vb"]}


def feature_figures(listing, feedback):
    last = at(listing, T2).assign(entity=lambda rows: rows["vendor"], usd_eur=1 / 1.25)
    found = {}
    for name, values in (
        ("shannon", vendor_features.shannon(last)),
        ("main_class_share", vendor_features.main_class_share(last)),
        ("wholesale_listings", vendor_features.wholesale_share(last)),
    ):
        found |= {f"{name}_{vendor}": value for vendor, value in values.items()}
    return found


ANALYSES = {
    "v1": coverage_figures,
    "v2": growth_figures,
    "v3": class_figures,
    "v4": origin_figures,
    "v5": destination_figures,
    "v6": size_figures,
    "v7": sales_figures,
    "v8": revenue_figures,
    "v9": concentration_figures,
    "v10": presence_figures,
    "v11": survival_figures,
    "v12": move_figures,
    "v13": price_figures,
    "v15": feature_figures,
}
# theirs holds for one vendor a listing; ours is drawn by vendor, and is compared in the simulated studies
NOT_OURS = ("v2.interaction_se_log_poisson",)
FIGURES = [name for name in expected() if name.split(".")[0] in ANALYSES and name not in NOT_OURS]


@pytest.fixture(scope="module")
def computed(listing, feedback):
    return {
        f"{analysis}.{name}": value
        for analysis, compute in ANALYSES.items()
        for name, value in compute(listing, feedback).items()
    }


def equal(figure, value):
    row = expected()[figure]
    if row["tolerance"] == "text":
        return value == row["value"]
    return float(value) == pytest.approx(float(row["value"]), abs=max(float(row["tolerance"]), 1e-9))


@pytest.mark.parametrize("figure", FIGURES)
def test_figure_equals_the_calculation_by_hand(figure, computed):
    assert equal(figure, computed[figure])


def test_no_figure_is_left_out():
    """Those of large listings (V14) stand in test_toy_sales."""
    assert {name for name in expected() if not name.startswith("v14.")} == {*FIGURES, *NOT_OURS}


def wald(part, base, level):
    share, width = part / base, 1.959964 * (part / base * (1 - part / base) / base) ** 0.5
    return share - width, share + width


def texts_once(feedback, after, until):
    """Equal feedbacks of a page taken for one."""
    return right_feedback(feedback.drop_duplicates(["listing_id", "text_key", "posted_date"]), after, until)


def narrowest(policies, entities):
    return policies[policies != "not-stated"].map(ORDER.index).groupby(entities).min().map(ORDER.__getitem__)


def all_rows(listing, by):
    """Listings of all snapshots together in place of a mean over snapshots."""
    return listing.groupby(by).size()


def odds(share, share_of_all):
    """A ratio of odds in place of one of shares."""
    return share * (1 - share_of_all) / np.maximum((1 - share) * share_of_all, 1e-9)


def last_listing(listing):
    """Origins of the last listing of a month in place of those of all."""
    last = listing.groupby(["entity", "snapshot_date"], as_index=False).last()
    return {name: [frozenset(text.split("|")) for text in rows["ships_from"]] for name, rows in last.groupby("entity")}


right_feedback, right_moments, right_slope = sales.feedback_in, price_model.moments, growth.odds_slope
right_flows, right_prices, right_shannon = entry_and_exit, interval_prices, vendor_features.shannon
# analysis -> where one of its functions stands (a name: one of those above), its name, and a wrong one in its place
BROKEN = {
    "v1": (
        coverage,
        "chapman",
        lambda first, second, both: (first * second / both, 0.0),
    ),  # too large with few seen twice
    "v2": (growth, "odds_slope", lambda part, total, *more: right_slope(total - part, total, *more)),
    "v3": (specialisation, "location_quotient", odds),
    "v4": (populations, "inclusive", lambda listing, focus: populations.strict(listing, focus)),
    "v5": (None, "widest_policy", narrowest),
    "v6": (vendor_size, "mean_listings", all_rows),
    "v7": (sales, "feedback_in", texts_once),
    "v8": (None, "interval_prices", lambda listing, before, now, _: right_prices(listing, before, now, "none")),
    "v9": (measures, "_ordered", lambda amounts: np.asarray(amounts, dtype=float)),  # in the order in which they come
    "v10": (None, "entry_and_exit", lambda there: right_flows(there).assign(entered=0.0)),
    "v11": (intervals, "wilson", wald),
    "v12": (trajectories, "origins_by_month", last_listing),
    "v13": (price_model, "moments", lambda quantity, price, *more: right_moments(price, quantity, *more)),
    "v15": (vendor_features, "shannon", lambda listing: right_shannon(listing) / np.log(2)),  # in bits
}


@pytest.mark.parametrize("analysis", ANALYSES)
def test_a_broken_variant_of_each_analysis_is_caught(analysis, listing, feedback, monkeypatch):
    place, name, wrong = BROKEN[analysis]
    monkeypatch.setattr(place or sys.modules[__name__], name, wrong)
    found = {f"{analysis}.{figure}": value for figure, value in ANALYSES[analysis](listing, feedback).items()}
    assert found.keys() & set(FIGURES)
    assert not all(equal(figure, value) for figure, value in found.items() if figure in FIGURES)


def test_revenue_of_a_listing_without_any_unflagged_price_is_left_out(listing):
    blocked = listing.assign(holding_own_history=True)
    assert interval_prices(blocked, T1, T2, "replace").isna().all()
    assert revenue(interval_prices(blocked, T1, T2, "replace"), pd.Series({"toy:L01": 3})).sum() == 0


def test_a_price_blocked_at_both_ends_is_replaced_by_the_one_nearest_in_time():
    days = ["2019-01-01", "2019-01-20", "2019-02-20", "2019-03-30"]
    rows = pd.DataFrame({"listing_id": "toy:L1", "snapshot_date": days, "price_eur": [10.0, 999.0, 999.0, 14.0]})
    rows = rows.assign(holding_own_history=[False, True, True, False], holding_class=False, holding_cap=False)
    # the first price lies 50 days before the end of the interval, the last one 38 days behind it
    assert interval_prices(rows, days[1], days[2], "replace")["toy:L1"] == 14.0
    assert interval_prices(rows, days[0], days[1], "replace")["toy:L1"] == 10.0
    assert interval_prices(rows, None, days[0], "drop")["toy:L1"] == 10.0
    assert np.isnan(interval_prices(rows, days[0], days[1], "drop")["toy:L1"])
    assert interval_prices(rows, days[0], days[1], "none")["toy:L1"] == 504.5
