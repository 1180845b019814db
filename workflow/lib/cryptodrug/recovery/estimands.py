"""What each estimate of the report is an estimate of: parameters of the vendors who might have been there.

Each is named by the value id of its estimate, `<table>.<row>.<column>`. Shares and ratios are those of expected
numbers: what a share tends to in a market with more and more vendors of the same kind.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from cryptodrug.recovery import selling
from cryptodrug.recovery.census import NEIGHBOURS, UNION, Census
from cryptodrug.recovery.price_estimands import price_models

Values = Iterator[tuple[str, float]]
LOTS_G = (1, 5, 10, 50, 100, 1000)
LOT_TOLERANCE = 0.1
# numbers of vendors for which the expected Herfindahl index is tabulated; between them it is interpolated in 1/n
SIZES = (5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 130, 160, 200, 250, 300, 400)
SAMPLES = 4000
COUNTRY_LENGTH = 2
# of the countries of the demo
DAYS_A_MONTH = 30.44


def _share(part: pd.Series, of: pd.Series) -> float:
    """Mean over snapshots of the share in each."""
    return float((part / of).mean())


def _counts(rows: pd.DataFrame, days: pd.Index, unit: str) -> pd.Series:
    """Listings or vendors in each snapshot."""
    by_day = rows.groupby("day")["entity"]
    return (by_day.size() if unit == "listings" else by_day.nunique()).reindex(days, fill_value=0)


def _focus_rows(offer: pd.DataFrame, ever: set[int], definition: str, unit: str) -> pd.DataFrame:
    """Rows of the focus country under a definition; for vendors those of the vendors that count on that day."""
    if definition == "ever":
        return offer[offer["entity"].isin(ever)]
    if definition == "inclusive" or unit == "listings":
        return offer[offer["focus" if definition == "inclusive" else "strict"]]
    # a strict vendor: every listing of that day whose origin is known names the focus country alone
    known = offer[~offer["origin"].isin(["region", "not-stated"])]
    return known[known.groupby(["day", "entity"])["strict"].transform("all")]


def shares_of_focus(census: Census) -> Values:
    """`market-size`, `key-figures`, `definition-sensitivity`."""
    offer, ever = census.offer, census.ever
    days = pd.Index(sorted(offer["day"].unique()))
    for unit in ("listings", "vendors"):
        whole = _counts(offer, days, unit)
        for definition in ("strict", "inclusive", "ever"):
            part = _counts(_focus_rows(offer, ever, definition, unit), days, unit)
            yield f"definition-sensitivity.{definition}.share_{unit}", _share(part, whole)
            if definition == "inclusive":
                yield f"key-figures.mean.share_{unit}", _share(part, whole)
                yield from ((f"market-size.{day}.share_{unit}", float(part[day] / whole[day])) for day in days)
    month = offer["date"].str[:7]
    for row, of_month in (("first", offer[month == month.min()]), ("last", offer[month == month.max()])):
        vendors = of_month.groupby("entity")["focus"].any()
        yield f"key-figures.{row}.share_listings", float(of_month["focus"].mean())
        yield f"key-figures.{row}.share_vendors", float(vendors.mean())


def _odds_slope(part: np.ndarray, whole: np.ndarray, months: np.ndarray, market: np.ndarray) -> float:
    """Slope of the log odds on time with a level per market: weighted least squares until they no longer move."""
    design = np.column_stack([months, (market[:, None] == np.unique(market)).astype(float)])
    fitted = np.zeros(design.shape[1])
    for _ in range(100):
        share = 1 / (1 + np.exp(-design @ fitted))
        weight = whole * share * (1 - share)
        wanted = design @ fitted + (part - whole * share) / weight
        moved = np.linalg.solve(design.T @ (design * weight[:, None]), design.T @ (weight * wanted))
        if np.abs(moved - fitted).max() < 1e-12:
            break
        fitted = moved
    return float(fitted[0])


def growth(census: Census) -> Values:
    """`growth-models`: ratio of the odds from one month to the next."""
    offer = census.offer
    days = offer[["day", "market", "date"]].drop_duplicates().sort_values("day")
    time = pd.to_datetime(days["date"])
    months = ((time - time.min()).dt.days / DAYS_A_MONTH).to_numpy()
    for unit in ("listings", "vendors"):
        part, whole = (_counts(rows, pd.Index(days["day"]), unit) for rows in (offer[offer["focus"]], offer))
        slope = _odds_slope(part.to_numpy(float), whole.to_numpy(float), months, days["market"].to_numpy())
        yield f"growth-models.{unit}.ratio", float(np.exp(slope))


def moves(census: Census) -> Values:
    """`origin-moves`: vendors who ever declared the focus country, by what they declared from month to month."""
    offer = census.offer[census.offer["entity"].isin(census.ever) & (census.offer["codes"] != "")]
    month = offer["date"].str[:7]
    declared = offer.groupby(["entity", month])["codes"].agg(lambda codes: "|".join(sorted(set(codes))))
    by_vendor = declared.groupby("entity").agg(["size", "nunique", "first"])
    followed = by_vendor[by_vendor["size"] > 1]
    same = followed["nunique"] == 1
    alone = followed["first"].isin(offer.loc[offer["strict"], "codes"].unique())
    yield "origin-moves.stays.share", float((same & alone).mean())
    yield "origin-moves.several.share", float((same & ~alone).mean())
    yield "origin-moves.moved.share", float((~same).mean())


def presence(census: Census) -> Values:
    """`vendor-presence`: in one month, in all months with a snapshot of a market of the vendor, or between.

    A vendor that offers nothing in one month, and something before and after, counts as present.
    """
    offer = census.offer.assign(month=census.offer["date"].str[:7])
    months = sorted(offer["month"].unique())
    there = offer.groupby(["entity", "month"]).size().unstack("month", fill_value=0)[months].to_numpy() > 0
    bridged = there.copy()
    bridged[:, 1:-1] |= there[:, :-2] & there[:, 2:]
    open_in = offer.groupby(["market", "month"]).size().unstack("month", fill_value=0)[months] > 0
    traded = offer.groupby(["entity", "market"]).size().unstack("market", fill_value=0)[open_in.index] > 0
    possible = (traded.to_numpy()[:, :, None] & open_in.to_numpy()[None]).any(axis=1).sum(axis=1)
    seen = bridged.sum(axis=1)
    once, every = seen == 1, (seen == possible) & (seen > 1)
    focus = traded.index.isin(census.ever)
    for name, found in (("once", once), ("several", ~once & ~every), ("every", every)):
        yield f"vendor-presence.{name}.share", float(found.mean())
        yield f"vendor-presence.{name}.share_focus", float(found[focus].mean())


def _spells(census: Census) -> pd.DataFrame:
    """Per vendor, in months from the first of the study: `first`, `last`, `start` and `end` (first and last month with
    a snapshot of a market of its own), `focus` (declares the focus country in its first month), `since` (month in which
    it registered).
    """
    offer = census.offer
    begin = pd.Period(offer["date"].min()[:7], "M").ordinal
    month = pd.PeriodIndex(offer["date"].str[:7], freq="M").map(lambda period: period.ordinal) - begin
    offer = offer.assign(month=month)
    spells = offer.groupby("entity")["month"].agg(first="min", last="max")
    of_market = offer.groupby("market")["month"].agg(start="min", end="max")
    own = offer[["entity", "market"]].drop_duplicates().join(of_market, on="market").groupby("entity")
    spells["start"], spells["end"] = own["start"].min(), own["end"].max()
    at_entry = offer[offer["month"] == offer["entity"].map(spells["first"])]
    since = offer.drop_duplicates("entity").set_index("entity")["registered"]
    since = pd.PeriodIndex(since, freq="M").map(lambda period: period.ordinal).to_series(index=since.index) - begin
    return spells.assign(focus=at_entry.groupby("entity")["focus"].any(), since=since)


def _kept(entrants: pd.DataFrame, months: int) -> float:
    """Product over the months of one less the share that leaves in each."""
    stayed = entrants["last"] - entrants["first"]
    leaves = entrants["end"] > entrants["last"]
    gone = np.array([(leaves & (stayed == month)).sum() for month in range(months)], dtype=float)
    kept = np.array([(stayed > month).sum() for month in range(months)], dtype=float)
    return float(np.prod(1 - gone / (gone + kept)))


def survival(census: Census) -> Values:
    """`vendor-cohort`, `vendor-survival`, `vendor-survival-summary`; no month of a market is without a snapshot."""
    spells = _spells(census)
    cohort = spells[spells["first"] == spells["start"]]
    for months in range(1, int(spells["end"].max()) + 1):
        followed = cohort[cohort["start"] + months <= cohort["end"]]
        still = followed["last"] - followed["first"] >= months
        yield f"vendor-cohort.after-{months}.share", float(still.mean())
        yield f"vendor-cohort.after-{months}.share_focus", float(still[followed["focus"]].mean())
    for ending, of in (("", cohort), ("_focus", cohort[cohort["focus"]])):
        yield f"vendor-survival-summary.all.stayed_share{ending}", float((of["last"] == of["end"]).mean())
    entrants = spells[spells["first"] > spells["start"]]
    groups = {"all": entrants, "focus": entrants[entrants["focus"]], "rest": entrants[~entrants["focus"]]}
    for group in ("all", "focus"):
        of = groups[group]
        for months in range(1, int((of["last"] - of["first"]).max()) + 1):
            yield f"vendor-survival.{group}-{months}.share", _kept(of, months)
    yield "vendor-survival-summary.all.difference", _kept(groups["focus"], 3) - _kept(groups["rest"], 3)
    above = below = 0.0
    for month in range(int(spells["end"].max())):
        at_risk = spells[(spells["first"] <= month) & (spells["last"] >= month) & (spells["end"] > month)]
        table = pd.crosstab(at_risk["focus"], at_risk["last"] == month).reindex(
            index=[True, False], columns=[True, False], fill_value=0
        )
        numbers = table.to_numpy(float)
        above += numbers[0, 0] * numbers[1, 1] / numbers.sum()
        below += numbers[0, 1] * numbers[1, 0] / numbers.sum()
    yield "vendor-survival-summary.all.ratio", above / below


def ages(census: Census) -> Values:
    """`vendor-age-survival`: those who are seen at an age are at risk from then on."""
    spells = _spells(census)
    first, last = spells["first"] - spells["since"], spells["last"] - spells["since"]
    gone_at = last.where(spells["end"] > spells["last"], -1)
    for group, part in (("all", spells["focus"] | True), ("focus", spells["focus"])):
        for low, high in ((0, 12), (12, 24), (24, 36), (36, 60)):
            gone = np.array([(part & (gone_at == age)).sum() for age in range(low, high)], dtype=float)
            kept = np.array([(part & (first <= age) & (age < last)).sum() for age in range(low, high)], dtype=float)
            if (gone + kept > 0).all():
                yield f"vendor-age-survival.{group}-{low}-{high}.share", float(np.prod(kept / (gone + kept)))


def classes(census: Census) -> Values:
    """`drug-classes`, `specialisation`."""
    offer = census.offer
    numbers = offer.groupby(["focus", "drug_class", "day"]).size().unstack("day", fill_value=0)
    here, rest = (numbers.loc[flag] for flag in (True, False))
    names = sorted(set(offer["drug_class"]))
    here, rest = here.reindex(names, fill_value=0), rest.reindex(names, fill_value=0)
    shares = {
        "focus": (here / here.sum()).mean(axis=1),
        "rest": (rest / rest.sum()).mean(axis=1),
        "all": ((here + rest) / (here + rest).sum()).mean(axis=1),
    }
    for name in names:
        for group, share in shares.items():
            yield f"drug-classes.{name}.share_{group}", float(share[name])
        for column, below in (("ratio", "rest"), ("quotient", "all")):
            if shares[below][name] > 0:
                yield f"specialisation.{name}.{column}", float(shares["focus"][name] / shares[below][name])


def origins(census: Census) -> Values:
    """`origin-countries`, `focus-rank`."""
    offer = census.offer
    numbers = offer.groupby(["origin", "day"]).size().unstack("day", fill_value=0)
    shares = (numbers / numbers.sum()).mean(axis=1)
    countries = shares[[len(name) == COUNTRY_LENGTH for name in shares.index]]
    ranks = countries.rank(ascending=False, method="min")
    for name, share in shares.items():
        yield f"origin-countries.{name.lower()}.share", float(share)
        if name in ranks.index:
            yield f"origin-countries.{name.lower()}.rank", float(ranks[name])
    strict = offer.loc[offer["strict"], "origin"]
    if len(strict):
        yield "focus-rank.all.rank", float(ranks[strict.iloc[0]])


def regions(census: Census) -> Values:
    """`region-comparison`: neighbours as configured for the demo, members of the Union of the years of the scenario."""
    offer = census.offer
    days = offer[["day", "market", "date"]].drop_duplicates().sort_values("day")
    time = pd.to_datetime(days["date"])
    months = ((time - time.min()).dt.days / DAYS_A_MONTH).to_numpy()
    countries = set(offer["origin"].unique()) - {"several", "region", "not-stated"}
    focus = set(offer.loc[offer["strict"], "origin"])
    groups = {
        "focus": focus,
        "neighbours": countries & NEIGHBOURS,
        "union": countries & UNION,
        "elsewhere": countries - focus - NEIGHBOURS - UNION,
    }
    groups |= {name: {name} for name in ("several", "region", "not-stated")}
    index = pd.Index(days["day"])
    whole = _counts(offer, index, "listings")
    counts = {name: _counts(offer[offer["origin"].isin(of)], index, "listings") for name, of in groups.items()}
    for name, count in counts.items():
        if count.sum():
            yield f"region-comparison.{name}.share", _share(count, whole)
    here = counts["focus"].to_numpy(float)
    for name in ("neighbours", "union", "elsewhere"):
        if here.sum() and counts[name].sum():
            slope = _odds_slope(here, here + counts[name].to_numpy(float), months, days["market"].to_numpy())
            yield f"region-comparison.{name}.growth", float(np.exp(slope))


def destinations(census: Census) -> Values:
    """`destination-policy`, `destination-summary`: listings of the last snapshots; vendors of the window."""
    offer = census.offer
    last = offer[offer["day"] == offer.groupby("market")["day"].transform("max")]
    for group, rows in (("focus", last[last["focus"]]), ("rest", last[~last["focus"]])):
        for name, share in rows["policy"].value_counts(normalize=True).items():
            yield f"destination-policy.{name}.share_{group}", float(share)
        stated = rows.loc[rows["policy"] != "not-stated", "policy"]
        yield f"destination-summary.all.share_domestic_{group}", float((stated == "domestic").mean())
    vendors = offer[offer["focus"]].drop_duplicates("entity")["policy"].value_counts(normalize=True)
    for name, share in vendors.items():
        yield f"destination-policy.{name}.share_vendors", float(share)
    silent = float(vendors.get("not-stated", 0.0))
    abroad = 1 - float(vendors.get("domestic", 0.0)) - silent
    yield "destination-summary.all.share_domestic_vendors", float(vendors.get("domestic", 0.0)) / (1 - silent)
    yield "destination-summary.all.share_abroad", abroad
    yield "destination-summary.all.share_abroad_upper", abroad + silent


def _lot(grams: pd.Series) -> pd.Series:
    lots = np.array(LOTS_G, dtype=float)
    apart = np.abs(grams.to_numpy()[:, None] - lots) <= LOT_TOLERANCE * lots
    return pd.Series(np.where(apart.any(axis=1), lots[apart.argmax(axis=1)], np.nan), index=grams.index)


def prices(census: Census) -> Values:
    """`price-per-gram`: median over vendors of the median of each, pooled over all snapshots."""
    known = census.offer[census.offer["grams"].notna()]
    known = known.assign(lot=_lot(known["grams"]), each=known["price"] / known["grams"]).dropna(subset=["lot"])
    by_vendor = known.groupby(["drug_class", "lot", "focus", "entity"])["each"].median()
    for (name, lot, focus), price in by_vendor.groupby(["drug_class", "lot", "focus"]).median().items():
        yield f"price-per-gram.{name}-{lot:g}-{'focus' if focus else 'rest'}.median", float(price)


def sizes(census: Census) -> Values:
    """`vendor-size-summary`: probability that a focus vendor has more listings than another of its market, ties half.

    Markets count by their numbers of pairs.
    """
    ever = census.ever
    size = census.offer.groupby(["market", "entity", "day"]).size().groupby(["market", "entity"]).mean()
    won = pairs = 0.0
    for market, of_market in size.groupby("market"):
        of_vendor = of_market[market]
        here, rest = (of_vendor[of_vendor.index.isin(ever) == flag].to_numpy() for flag in (True, False))
        ranks = pd.Series(np.concatenate([here, rest])).rank().to_numpy()[: len(here)]
        won += ranks.sum() - len(here) * (len(here) + 1) / 2
        pairs += len(here) * len(rest)
    yield "vendor-size-summary.all.superiority", float(won / pairs)


def _expected_herfindahl(amounts: np.ndarray, n: int) -> float:
    """Mean of the index over markets of `n` vendors drawn from these."""
    generator = np.random.Generator(np.random.PCG64(n))
    drawn = amounts[generator.integers(0, len(amounts), size=(SAMPLES, n))]
    totals = drawn.sum(axis=1)
    found = (drawn[totals > 0] ** 2).sum(axis=1) / totals[totals > 0] ** 2
    return float(found.mean())


def concentrations(census: Census) -> Values:
    """`concentration`: Gini coefficient and share of the top tenth; the Herfindahl index by number of vendors."""
    ever = census.ever
    for group, rows in (("focus", census.amounts[census.amounts["entity"].isin(ever)]), ("all", census.amounts)):
        ordered = np.sort(rows["amount"].to_numpy())
        n = len(ordered)
        places = np.arange(1, n + 1)
        yield f"concentration.{group}.gini", float(((2 * places - n - 1) * ordered).sum() / (n * ordered.sum()))
        yield f"concentration.{group}.top_tenth", float(ordered[-round(n / 10) :].sum() / ordered.sum())
        for size in SIZES:
            yield f"concentration.{group}.hhi.{size}", _expected_herfindahl(ordered, size)


PARAMETERS: tuple[Callable[[Census], Values], ...] = (
    shares_of_focus,
    growth,
    moves,
    presence,
    survival,
    ages,
    classes,
    origins,
    regions,
    destinations,
    prices,
    price_models,
    sizes,
    concentrations,
    selling.sales,
    selling.opinions,
    selling.revenue,
    selling.wholesale,
    selling.large_listings,
    selling.offer_adjusted,
)


def parameters(census: Census) -> dict[str, float]:
    """All estimands of a large census by value id."""
    return {name: value for family in PARAMETERS for name, value in family(census)}
