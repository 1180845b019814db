"""Prevailing products: drug classes of the focus country against the rest (typology, V3)."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from cryptodrug.offer import (
    counts_by_vendor,
    ends,
    fewest,
    guard_of_last,
    last_seen,
    markets_of,
    mean_of_shares,
    share_column,
)
from cryptodrug.populations import drug_offer, focus_listings, number_of, offers
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD, draw_vendors, inverted_p
from cryptodrug.statistics.paired import NOT_SIGNIFICANT, class_of, holm
from cryptodrug.statistics.ratios import location_quotient, ratio_of_shares

FEWEST_VENDORS = 3
MERGED = "other-classes"
LISTS = ("over", "under", "alone", "single")


def merge_small_classes(listing: pd.DataFrame, part: pd.Series) -> pd.Series:
    """Classes with fewer than three focus vendors become `other-classes`, decided before anything is computed."""
    vendors = listing[part].groupby("drug_class")["entity"].nunique()
    kept = set(vendors.index[vendors >= FEWEST_VENDORS])
    return listing["drug_class"].where(listing["drug_class"].isin(kept), MERGED)


def rests_on(
    estimates: Callable[[np.ndarray], np.ndarray], counts: np.ndarray, of_class: np.ndarray, ratio_at: int
) -> str | None:
    """`one-vendor` when without the largest focus vendor of the class the ratio leaves its side of one, else `several`.

    Parameters
    ----------
    counts : (vendors, masks) as for the bootstrap; all rows of that vendor are left out.
    of_class : (vendors,) focus listings of the class. Of two equal vendors the first in order is left out.
    ratio_at : place of the ratio among the estimates; where it is undefined nothing is said.
    """
    total = counts.sum(axis=0).astype(float)
    both = estimates(np.stack([total, total - counts[of_class.argmax()]]))[:, ratio_at]
    if np.isnan(both[0]):
        return None
    sides = np.sign(both - 1)
    return "several" if sides[0] == sides[1] else "one-vendor"


def _shares(listing: pd.DataFrame, part: pd.Series, classes: pd.Series) -> tuple[list[str], list[pd.Series], int]:
    """Masks for the bootstrap: class x snapshot for focus and rest, then the bases per snapshot."""
    names = sorted(set(classes) - {MERGED}) + ([MERGED] if MERGED in set(classes) else [])
    days = listing["market"] + listing["snapshot_date"].astype(str)
    of_day = [days == day for day in sorted(days.unique())]
    of_class = [classes == name for name in names]
    masks = [
        mask & inside for group in (part, ~part) for inside in (one & group for one in of_class) for mask in of_day
    ]
    masks += [mask & group for group in (part, ~part) for mask in of_day]
    return names, masks, len(of_day)


def specialisation_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`drug-classes` (shares) and `specialisation` (ratios of shares)."""
    part = focus_listings(listing, focus, definition)
    classes = merge_small_classes(listing, part)
    names, masks, days = _shares(listing, part, classes)
    entities, counts = counts_by_vendor(listing, masks, number_of(listing))
    k = len(names)

    def estimates(sums: np.ndarray) -> np.ndarray:
        blocks = sums[:, : 2 * k * days].reshape(len(sums), 2, k, days)
        bases = sums[:, 2 * k * days :].reshape(len(sums), 2, 1, days)
        shares = mean_of_shares(blocks, bases)
        together = mean_of_shares(blocks.sum(axis=1), bases.sum(axis=1))
        totals = blocks.sum(axis=3), bases.sum(axis=3)
        ratios = ratio_of_shares(shares[:, 0], shares[:, 1], *totals)
        quotients = location_quotient(shares[:, 0], together)
        return np.concatenate([shares[:, 0], shares[:, 1], together, ratios, quotients], axis=1)

    in_focus = pd.Series(entities).isin(set(listing.loc[part, "entity"])).to_numpy()
    strata = np.char.add(markets_of(listing, entities), np.where(in_focus, "+", "-"))
    drawn = draw_vendors(counts, estimates, draws, seed, strata)
    window = int(in_focus.sum())
    last = last_seen(listing)
    rows = []
    for index, name in enumerate(names):
        of_class = classes == name
        vendors = listing.loc[part & of_class, "entity"].nunique()
        row = {
            "row": name,
            "drug_class": name,
            "listings_focus": offers(listing, part & of_class & last),
            "listings_all": offers(listing, of_class & last),
            "vendors_focus": vendors,
            "support_vendors": vendors,
            "support_last": listing.loc[part & of_class & last, "entity"].nunique(),
            "rests": rests_on(
                estimates, counts, counts[:, index * days : (index + 1) * days].sum(axis=1), 3 * k + index
            ),
        }
        for column, measure in enumerate(("share_focus", "share_rest", "share_all", "ratio", "quotient")):
            place = column * k + index
            row[measure] = drawn.point[place]
            row[f"{measure}_low"], row[f"{measure}_high"] = ends(drawn.interval(place, level, window))
        row["tested"] = None
        if not (~part & of_class).any():
            row["ratio_low"] = row["ratio_high"] = None  # nobody else offers it: there is nothing to compare with
        elif name != MERGED:
            row["tested"] = inverted_p(drawn, 3 * k + index, 1, window)
        rows.append(row)
    adjusted = holm({row["row"]: row["tested"] for row in rows})
    for row in rows:
        row |= {"p_alone": class_of(row["tested"]), "p": class_of(adjusted[row["row"]])}
    return _tables(
        pd.DataFrame(rows).drop(columns="tested"),
        level,
        METHOD if window >= EXACT else APPROXIMATE,
        guard_of_last(listing),
    )


def _tables(rows: pd.DataFrame, level: float, method: str, guard_last: str) -> tuple[ResultTable, ResultTable]:
    guard = "support_vendors"
    classes = [
        Column("drug_class", "text", "drug_class"),
        Column("listings_focus", "count", "listing", guard_vendors=guard_last),
        Column("vendors_focus", "count", "vendor", guard_vendors=guard),
        Column("listings_all", "count", "listing"),
        share_column("share_focus", None, level, method, guard, 1),
        share_column("share_rest", None, level, method, None, 1),
        share_column("share_all", None, level, method, None, 1),
    ]
    ratios = [
        Column("drug_class", "text", "drug_class"),
        Column("vendors_focus", "count", "vendor", guard_vendors=guard),
        Column(
            "ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", level=level, method=method,
            guard_vendors=guard,
        ),
        Column(
            "quotient", "ratio", digits=2, low="quotient_low", high="quotient_high", level=level, method=method,
            guard_vendors=guard,
        ),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
        Column("rests", "text", "rests"),
    ]  # fmt: skip
    # the number of listings is published: a hidden class could be subtracted from it
    total = int(rows["listings_focus"].sum())
    sums = [{"total": None, "value": total, "parts": list(rows["row"]), "columns": ["listings_focus"]}]
    by_ratio = rows.sort_values(["ratio", "row"], ascending=[False, True], kind="stable")
    return (
        ResultTable("drug-classes", "public", classes, rows, row_sums=sums),
        ResultTable("specialisation", "public", ratios, by_ratio[by_ratio["row"] != MERGED]),
    )


def summary_table(ratios: ResultTable) -> ResultTable:
    """`specialisation-summary`: which classes differ from elsewhere, so that the text names all of them.

    `over`, `under`: the interval leaves out one, and the test adjusted for all classes says so too. `alone`: by the
    interval only. `single`: as `over` or `under`, but the ratio is that of one vendor.
    """
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    for _, row in ratios.rows.dropna(subset=["ratio_low", "ratio_high"]).iterrows():
        side = "over" if row["ratio_low"] > 1 else "under" if row["ratio_high"] < 1 else None
        if side is None:
            continue
        if row["p"] in (None, NOT_SIGNIFICANT):
            side = "alone"
        elif row["rests"] == "one-vendor":
            side = "single"
        found[side].append(row["row"])
    vendors = ratios.rows.set_index("row")["vendors_focus"]
    line: dict = {"row": "all"}
    for name, classes in found.items():
        line[name] = "|".join(classes) or None
        line[f"support_{name}"] = fewest(*vendors[classes])
    columns = [Column(name, "list", "drug_class", guard_vendors=f"support_{name}") for name in LISTS]
    return ResultTable("specialisation-summary", "public", columns, pd.DataFrame([line]))


def specialisation(
    listing: str,
    drug_classes: str,
    drug_classes_description: str,
    specialisation: str,
    specialisation_description: str,
    specialisation_summary: str,
    specialisation_summary_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Drug classes offered from the focus country and from elsewhere.

    1. Classes with fewer than three focus vendors in the window are merged beforehand.
    2. Shares are means over snapshots; counts of listings are those of the last snapshot of each market.
    3. The ratio compares with the rest; where a count is zero, half a listing is added everywhere. The quotient
       (Florence 1939) compares with the whole market.
    4. `rests` says whether the ratio stays on its side of one without the largest focus vendor of the class.
    5. Intervals: vendors drawn within market and group; listings of one vendor are not independent.
    """
    table = drug_offer(listing, ["drug_class"])
    classes, ratios = specialisation_tables(table, focus_country, definition, draws, seed, level)
    write_result(classes, drug_classes, drug_classes_description)
    write_result(ratios, specialisation, specialisation_description)
    write_result(summary_table(ratios), specialisation_summary, specialisation_summary_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, specialisation)
