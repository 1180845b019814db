"""Stated destinations of the focus country's offer and of the rest (typology, V5)."""

import pandas as pd
from cryptodrug.offer import ends, fewest, last_seen, share_column, share_interval
from cryptodrug.populations import drug_offer, focus_listings, number_of, offers
from cryptodrug.reach import NOT_STATED, ORDER, stated_policy, widest_policy
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD
from cryptodrug.statistics.intervals import wilson

FEWEST_VENDORS = 3


def merge_small_policies(vendors: pd.Series) -> dict[str, str]:
    """Where each policy is printed: one with fewer than three vendors joins the next wider one.

    `not-stated` is never merged. The widest has no wider one: when it is small, with all that was carried to it, all
    of it joins the last policy that is printed, if there is one.
    """
    counts = vendors.value_counts()
    target, carried, shown, carried_vendors = {}, [], [], 0
    for name in ORDER:
        number = int(counts.get(name, 0)) + carried_vendors
        if 0 < number < FEWEST_VENDORS and name != ORDER[-1]:
            carried, carried_vendors = [*carried, name], number
            continue
        for small in (*carried, name):
            target[small] = name
        if number:
            shown.append(name)
        carried, carried_vendors = [], 0
    if shown and shown[-1] == ORDER[-1] and number < FEWEST_VENDORS and len(shown) > 1:
        target = {name: shown[-2] if into == ORDER[-1] else into for name, into in target.items()}
    return target | {NOT_STATED: NOT_STATED}


def destination_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`destination-policy` and `destination-summary`."""
    last = last_seen(listing)
    part = focus_listings(listing, focus, definition)
    stated = stated_policy(listing)
    vendors = widest_policy(stated[part], listing.loc[part, "entity"])
    target = merge_small_policies(vendors)
    merged, merged_vendors = stated.map(target), vendors.map(target)
    here, rest = listing[part & last], listing[~part & last]
    window = vendors.size
    rows = []
    for name in (*ORDER, NOT_STATED):
        if target.get(name) != name:
            continue
        in_focus, in_rest = merged[here.index] == name, merged[rest.index] == name
        count = int((merged_vendors == name).sum())
        row = {
            "row": name,
            "policy": name,
            "listings_focus": offers(here, in_focus),
            "share_focus": offers(here, in_focus) / offers(here) if len(here) else None,
            "vendors_focus": count,
            "share_vendors": count / window if window else None,
            "listings_rest": offers(rest, in_rest),
            "share_rest": offers(rest, in_rest) / offers(rest) if len(rest) else None,
            "support_vendors": count,
            # listings of a policy come from other vendors too than those whose widest it is
            "support_listings": here.loc[in_focus, "entity"].nunique(),
        }
        row["share_focus_low"], row["share_focus_high"] = ends(
            share_interval(here, in_focus, draws, seed, level, window, number_of(here))
        )
        row["share_rest_low"], row["share_rest_high"] = ends(
            share_interval(rest, in_rest, draws, seed, level, rest["entity"].nunique(), number_of(rest))
        )
        row["share_vendors_low"], row["share_vendors_high"] = wilson(count, window, level) if window else (None, None)
        rows.append(row)
    method = METHOD if window >= EXACT else APPROXIMATE
    with_policy = listing.assign(stated=stated)
    orientation = _orientation(with_policy.loc[here.index], with_policy.loc[rest.index], vendors, draws, seed, level)
    return _policy_table(pd.DataFrame(rows), level, method), _summary(vendors, orientation, level, method)


def _policy_table(rows: pd.DataFrame, level: float, method: str) -> ResultTable:
    guard, of_listings = "support_vendors", "support_listings"
    columns = [
        Column("policy", "text", "policy"),
        Column("listings_focus", "count", "listing", guard_vendors=of_listings),
        share_column("share_focus", None, level, method, of_listings, 1),
        Column("vendors_focus", "count", "vendor", guard_vendors=guard),
        share_column("share_vendors", None, level, "wilson", guard, 1),
        Column("listings_rest", "count", "listing"),
        share_column("share_rest", None, level, METHOD, None, 1),
    ]
    # the numbers of vendors and listings are published: a hidden policy could be subtracted from them
    sums = [
        {"total": None, "value": int(rows[column].sum()), "parts": list(rows["row"]), "columns": [column]}
        for column in ("vendors_focus", "listings_focus")
    ]
    # so are those who send abroad, in the summary: the others together are known
    of_row = rows.set_index("row")["vendors_focus"]
    if {"domestic", NOT_STATED} <= set(of_row.index):
        others = ["domestic", NOT_STATED]
        sums.append({"total": None, "value": int(of_row[others].sum()), "parts": others, "columns": ["vendors_focus"]})
    return ResultTable("destination-policy", "public", columns, rows, row_sums=sums)


def _orientation(
    here: pd.DataFrame, rest: pd.DataFrame, vendors: pd.Series, draws: int, seed: int, level: float
) -> dict:
    """Share that sends to its own country only, of those that state a destination: listings, and vendors.

    `here`, `rest` : listings of the country and of the others with their policy in `stated`.
    """
    silent = offers(here, here["stated"] == NOT_STATED)
    row: dict = {"listings": offers(here), "listings_not_stated": silent}
    row["support_not_stated"] = fewest(
        *(here.loc[mask, "entity"].nunique() for mask in (here["stated"] == NOT_STATED, here["stated"] != NOT_STATED))
    )
    for name, rows, window in (("focus", here, vendors.size), ("rest", rest, rest["entity"].nunique())):
        known = rows[rows["stated"] != NOT_STATED]
        domestic = known["stated"] == "domestic"
        row[f"share_domestic_{name}"] = offers(known, domestic) / offers(known) if len(known) else None
        interval = share_interval(known, domestic, draws, seed, level, window, number_of(known))
        row[f"share_domestic_{name}_low"], row[f"share_domestic_{name}_high"] = ends(interval)
        if name == "focus":
            row["support_domestic_listings"] = fewest(
                known.loc[domestic, "entity"].nunique(), known.loc[~domestic, "entity"].nunique()
            )
    stated = vendors[vendors != NOT_STATED]
    count = int((stated == "domestic").sum())
    # the numbers of vendors, and of those who send abroad, are published: what is left of them are these two
    row |= {"vendors_domestic": count, "vendors_stated": stated.size}
    row["support_domestic"] = fewest(count, vendors.size - stated.size)
    row["share_domestic_vendors"] = count / stated.size if stated.size else None
    low, high = wilson(count, stated.size, level) if stated.size else (None, None)
    return row | {"share_domestic_vendors_low": low, "share_domestic_vendors_high": high}


def _summary(vendors: pd.Series, orientation: dict, level: float, method: str) -> ResultTable:
    """Vendors that state a destination beyond their own country; once with "not stated" as not, once as beyond.

    The second share is for the gate to hide where one or two vendors state nothing: it would count them.
    Beside them the domestic orientation of listings and of vendors.
    """
    base = vendors.size
    abroad = int((~vendors.isin(["domestic", NOT_STATED])).sum())
    silent = int((vendors == NOT_STATED).sum())
    upper, domestic = abroad + silent, base - abroad - silent
    row = {"row": "all", "vendors": base, "vendors_abroad": abroad, "support_vendors": base}
    # what is left of the vendors is those who state nothing and those who stay in the country: together, and the latter
    # also alone, since the former have a row among the policies
    row["support_abroad"] = fewest(abroad, silent + domestic, domestic)
    row["support_upper"] = fewest(row["support_abroad"], silent)  # the two shares differ by those who state nothing
    for name, count in (("share_abroad", abroad), ("share_abroad_upper", upper)):
        row[name] = count / base if base else None
        row[f"{name}_low"], row[f"{name}_high"] = wilson(count, base, level) if base else (None, None)
    shares = ("share_domestic_focus", "share_domestic_rest", "share_domestic_vendors")
    columns = [
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column("vendors_abroad", "count", "vendor", guard_vendors="support_abroad"),
        share_column("share_abroad", "vendors", level, "wilson", "support_abroad", 1),
        share_column("share_abroad_upper", "vendors", level, "wilson", "support_upper", 1),
        Column("listings", "count", "listing", guard_vendors="support_vendors"),
        Column("listings_not_stated", "count", "listing", guard_vendors="support_not_stated"),
        share_column("share_domestic_focus", None, level, method, "support_domestic_listings", 1),
        share_column("share_domestic_rest", None, level, METHOD, None, 1),
        Column("vendors_stated", "count", "vendor", guard_vendors="support_domestic"),
        Column("vendors_domestic", "count", "vendor", guard_vendors="support_domestic"),
        share_column("share_domestic_vendors", "vendors_stated", level, "wilson", "support_domestic", 1),
    ]
    numbers = [f"{name}{end}" for name in shares for end in ("", "_low", "_high")]
    table = pd.DataFrame([row | orientation]).astype(dict.fromkeys(numbers, float))
    return ResultTable("destination-summary", "public", columns, table)


def destination_policy(
    listing: str,
    destination_policy: str,
    destination_policy_description: str,
    destination_summary: str,
    destination_summary_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Where vendors say they send to. Stated reach is not trade.

    1. Listings are those of the last snapshot of each market; vendors (widest stated policy) those of all snapshots.
    2. "Not stated" is a row, never dropped; a text that could not be read counts there.
    3. Policies with fewer than three focus vendors join the next wider one, before anything is computed.
    4. Domestic orientation: the share that sends to its own country only, of those that state a destination;
       also of the listings of other origins.
    """
    table = drug_offer(listing, ["ships_to_policy"])
    policies, summary = destination_tables(table, focus_country, definition, draws, seed, level)
    write_result(policies, destination_policy, destination_policy_description)
    write_result(summary, destination_summary, destination_summary_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, destination_policy)
