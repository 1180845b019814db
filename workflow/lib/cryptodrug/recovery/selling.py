"""What estimates of sales and of numbers of listings are estimates of: parameters of the vendors there might have been.

Amounts of a whole market, in euro or listings, are those of one vendor of the scenario.
"""

from collections.abc import Iterator

import pandas as pd

from cryptodrug.recovery.census import Census

Values = Iterator[tuple[str, float]]
BOUNDS = ("low", "high")
DAYS_A_MONTH = 30.44
# grams above which a listing is large; of other drugs 100
LARGE_G = {"cannabis": 500, "amphetamine": 200, "heroin": 50, "methamphetamine": 50}


def _days(rows: pd.DataFrame) -> float:
    """Days in which vendors stand on a market: each counts once in an interval."""
    return float(rows.drop_duplicates(["day", "entity"])["days"].sum())


def _a_month(rows: pd.DataFrame, name: str) -> float:
    return DAYS_A_MONTH * float(rows[name].sum()) / _days(rows)


def sales(census: Census) -> Values:
    """`sales-bounds`, `sales-summary`."""
    for name in BOUNDS:
        known = census.offer[census.offer[name].notna()]
        ours = known["entity"].isin(census.ever)
        above = below = 0.0
        for market, rows in known.groupby("market"):
            inside = ours[rows.index]
            for group, part in (("focus", rows[inside]), ("all", rows)):
                yield f"sales-bounds.{market}-{group}.mean_{name}", _a_month(part, name)
                silent = part.groupby("entity")[name].sum() == 0
                yield f"sales-bounds.{market}-{group}.share_silent", float(silent.mean())
            days, others = _days(rows[inside]), _days(rows[~inside])
            above += rows.loc[inside, name].sum() * others / (days + others)
            below += rows.loc[~inside, name].sum() * days / (days + others)
        yield f"sales-summary.{name}.mean_focus", _a_month(known[ours], name)
        yield f"sales-summary.{name}.mean_all", _a_month(known, name)
        yield f"sales-summary.{name}.ratio", float(above / below)


def opinions(census: Census) -> Values:
    """`feedback-scores`."""
    said = census.opinions.set_index("entity")
    for group, rows in (("focus", said[said.index.isin(census.ever)]), ("rest", said[~said.index.isin(census.ever)])):
        for name, count in rows.sum().items():
            yield f"feedback-scores.{group}.{name}", float(count / rows.to_numpy().sum())


def revenue(census: Census) -> Values:
    """`revenue-bounds`, `revenue-summary`, `revenue-by-class`; euro are those of one vendor of the scenario."""
    for name in BOUNDS:
        known = census.offer[census.offer[name].notna()]
        worth = known[name] * known["price"]
        interval = known.drop_duplicates("day").set_index("day")["days"]
        for day, rows in known.groupby("day"):
            yield from _row(f"revenue-bounds.{day}", name, rows, worth, float(interval[day]), census.vendors)
        a_month = 0.0
        ours = 0.0
        for market, rows in known.groupby("market"):
            days = float(interval[rows["day"].unique()].sum())
            yield from _row(f"revenue-bounds.{market}-mean", name, rows, worth, days, census.vendors)
            a_month += worth[rows.index].sum() / days * DAYS_A_MONTH
            ours += worth[rows.index][rows["focus"]].sum() / days * DAYS_A_MONTH
        yield f"revenue-summary.{name}.eur", float(a_month / census.vendors)
        yield f"revenue-summary.{name}.share", float(ours / a_month)
        yield f"revenue-summary.{name}.quotient", float(ours / a_month / known["focus"].mean())
        for group, part in (("focus", known["focus"]), ("rest", ~known["focus"])):
            sums = worth[part].groupby(known["drug_class"][part]).sum()
            for drug, share in (sums / sums.sum()).items():
                yield f"revenue-by-class.{drug}.share_{group}_{name}", float(share)


def _row(row: str, name: str, rows: pd.DataFrame, worth: pd.Series, days: float, vendors: int) -> Values:
    of_row = worth[rows.index]
    yield f"{row}.eur_{name}", float(of_row.sum() / days * DAYS_A_MONTH / vendors)
    yield f"{row}.share_{name}", float(of_row[rows["focus"]].sum() / of_row.sum())


def wholesale(census: Census) -> Values:
    """`quantity-bands`, `wholesale-share`."""
    offer = census.offer
    for measure, column, ends in (
        ("price", "dollars", {"under-100": (0, 100), "100-1000": (100, 1000), "over-1000": (1000, None)}),
        ("weight", "grams", {"under-10": (0, 10), "10-100": (10, 100), "over-100": (100, None)}),
        ("pieces", "pieces", {"under-100": (0, 100), "100-1000": (100, 1000), "over-1000": (1000, None)}),
    ):
        for name, (low, high) in ends.items():
            for group, rows in (("focus", offer[offer["focus"]]), ("rest", offer[~offer["focus"]])):
                known = rows[rows[column].notna()]
                inside = (known[column] > low) & ((known[column] <= high) if high else True)
                share = float(inside.groupby(known["day"]).mean().mean())
                yield f"quantity-bands.{measure}-{name}.share_{group}", share
    for name in BOUNDS:
        known = offer[offer[name].notna()]
        dear, worth = known["dollars"] > 1000, known[name] * known["price"]
        for group, part in (("focus", known["focus"]), ("rest", ~known["focus"])):
            for kind, amount in (("share", worth), ("sales", known[name])):
                share = float(amount[part & dear].sum() / amount[part].sum())
                for treatment in ("replace", "drop", "none"):
                    yield f"wholesale-share.{group}-{treatment}.{kind}_{name}", share


def large_listings(census: Census) -> Values:
    """`wholesale-summary`, `wholesale-rank`."""
    offer = census.offer
    least = offer["drug_class"].map(LARGE_G).fillna(100)
    measures = {
        "price": (offer["dollars"], offer["dollars"] > 1000),
        "price-eur": (offer["price"], offer["price"] > 1000),
        "weight": (offer["grams"], offer["grams"] > 100),
        "weight-by-drug": (offer["grams"], offer["grams"] > least),
    }
    strict = offer.loc[offer["strict"], "origin"]
    for measure, (amount, large) in measures.items():
        share = {
            name: large[part & amount.notna()].groupby(offer["day"]).mean().mean()
            for name, part in (("focus", offer["focus"]), ("rest", ~offer["focus"]))
        }
        if share["rest"] > 0:
            yield f"wholesale-summary.{measure}.ratio", float(share["focus"] / share["rest"])
        if measure in ("price", "weight-by-drug") and len(strict) and large.any():
            numbers = offer[large].groupby(["origin", "day"]).size().unstack("day", fill_value=0)
            shares = (numbers / numbers.sum()).mean(axis=1)
            mine = float(shares.get(strict.iloc[0], 0.0))
            countries = shares[[len(name) == 2 for name in shares.index]]
            yield f"wholesale-rank.{measure}.share", mine
            yield f"wholesale-rank.{measure}.rank", float(1 + (countries > mine).sum())


def offer_adjusted(census: Census) -> Values:
    """`offer-adjusted`: listings of the focus country of one vendor of the scenario."""
    numbers = census.offer.groupby(["market", "day"])["focus"].sum() / census.vendors
    for (_, day), number in numbers.items():
        yield f"offer-adjusted.{day}.adjusted", float(number)
    for market, number in numbers.groupby("market").mean().items():
        yield f"offer-adjusted.{market}-mean.adjusted", float(number)
