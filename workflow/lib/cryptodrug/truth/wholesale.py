"""True wholesale: large listings by price, weight and pieces, and their share of what is sold."""

import pandas as pd

from cryptodrug.truth.offers import Table
from cryptodrug.truth.selling import BOUNDS

TREATMENTS = ("replace", "drop", "none")
# (lower end, upper end] of each band, in dollars, grams and pieces
BANDS = {
    "price-under-100": ("usd", 0, 100), "price-100-1000": ("usd", 100, 1000), "price-over-1000": ("usd", 1000, 1e12),
    "weight-under-10": ("quantity_g", 0, 10), "weight-10-100": ("quantity_g", 10, 100),
    "weight-over-100": ("quantity_g", 100, 1e12), "pieces-under-100": ("quantity_units", 0, 100),
    "pieces-100-1000": ("quantity_units", 100, 1000), "pieces-over-1000": ("quantity_units", 1000, 1e12),
}  # fmt: skip
# column and threshold of each measure of a large listing; by drug: grams, of drugs that are not named 100
LARGE = {"price": ("usd_cents", 100_000), "price-eur": ("eur", 1000), "weight": ("quantity_g", 100)}
OF_DRUG = {"cannabis": 500, "amphetamine": 200, "heroin": 50, "methamphetamine": 50}


def _inside(offer: Table, band: str) -> tuple[pd.Series, pd.Series]:
    """Which listings are in a band, and of which it is known; a holding price hides the true one."""
    measure, low, high = BANDS[band]
    amount = offer["usd_cents"] / 100 if measure == "usd" else offer[measure]
    return (amount > low) & (amount <= high), amount.notna()


def _mean_share(part: pd.Series, of: pd.Series, day: pd.Series) -> float:
    return float((part.groupby(day).sum() / of.groupby(day).sum()).mean())


def quantity_bands(offer: Table) -> Table:
    """Listings of the last snapshots, and mean share over snapshots of those of which the amount is known."""
    rows = []
    for band in BANDS:
        inside, known = _inside(offer, band)
        row: dict = {"row": band}
        for name, group in (("focus", offer["inclusive"]), ("rest", ~offer["inclusive"])):
            row[f"listings_{name}"] = int((inside & group & offer["last"]).sum())
            row[f"share_{name}"] = _mean_share(inside & group, known & group, offer["day"])
        rows.append(row)
    return pd.DataFrame(rows)


def _large(offer: Table) -> dict[str, tuple[pd.Series, pd.Series]]:
    """By measure: which listings are large, and of which it is known."""
    found = {name: (offer[column] > least, offer[column].notna()) for name, (column, least) in LARGE.items()}
    least = offer["drug_class"].map(OF_DRUG).fillna(100)
    return found | {"weight-by-drug": (offer["quantity_g"] > least, offer["quantity_g"].notna())}


def wholesale_summary(offer: Table) -> Table:
    """Large listings of the focus country against others; countries that alone declare any listing, or a large one."""
    countries, focus = offer["country"].where(offer["country"].str.isupper()), offer["inclusive"]
    rows = []
    for measure, (inside, known) in _large(offer).items():
        row: dict = {"row": measure, "countries": countries.nunique(), "countries_large": countries[inside].nunique()}
        row["vendors"] = offer.loc[inside & focus, "entity"].nunique()
        ours, others = (_mean_share(inside & part, known & part, offer["day"]) for part in (focus, ~focus))
        rows.append(row | {"ratio": ours / others if others else None})
    return pd.DataFrame(rows)


def wholesale_rank(offer: Table, focus: str) -> Table:
    """Share of the focus country in all large listings, mean over snapshots, and its place among countries."""
    rows = []
    for measure in ("price", "weight-by-drug"):
        large = offer[_large(offer)[measure][0]]
        counts = large.groupby(["day", "country"]).size().unstack("country", fill_value=0)
        shares = counts.div(counts.sum(axis=1), axis=0).mean()
        if focus in shares.index:
            countries = shares[[name.isupper() for name in shares.index]]
            row = {"row": measure, "countries": len(countries), "share": shares[focus]}
            row["vendors"] = large.loc[large["country"] == focus, "entity"].nunique()
            rows.append(row | {"rank": countries.rank(ascending=False, method="min")[focus]})
    return pd.DataFrame(rows, columns=["row", "countries", "vendors", "share", "rank"])


def wholesale_share(offer: Table) -> Table:
    """Share of listings above a thousand dollars in the worth of sales and in sales, at true prices.

    The same whatever is done with holding prices.
    """
    known = offer[offer["days"].notna()]
    large, rows = known["usd_cents"] > 100_000, []
    for name, part in (("focus", known["inclusive"]), ("rest", ~known["inclusive"])):
        row: dict = {}
        for bound in BOUNDS:
            sold = known[bound].fillna(0)
            for column, amount in ((f"share_{bound}", sold * known["eur"]), (f"sales_{bound}", sold)):
                total = amount[part].sum()
                row[column] = amount[part & large].sum() / total if total else None
        rows += [{"row": f"{name}-{treatment}"} | row for treatment in TREATMENTS]
    return pd.DataFrame(rows)
