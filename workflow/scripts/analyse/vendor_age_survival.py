"""How long accounts last by their age, where markets print since when they exist (typology, V11)."""

import numpy as np
import pandas as pd
from cryptodrug.offer import ends, fewest, markets_of
from cryptodrug.populations import drug_offer
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, draw_vendors
from cryptodrug.trajectories import Presence, focus_at_entry, month_numbers, presence
from cryptodrug.vendor_features import registered_on

SPANS = ((0, 12), (12, 24), (24, 36), (36, 60))  # months of age: from, until
FEWEST_EXITS = 5
OTHERS = 10**6  # vendors of all origins need no guard


def registration_months(vendor: pd.DataFrame) -> pd.Series:
    """Month of the first registration of each entity as a number (as `month_numbers`), where any account states it."""
    days = {text: registered_on(text) for text in vendor["registered_text"].dropna().unique()}
    months = {text: day.year * 12 + day.month for text, day in days.items() if day is not None}
    return vendor["registered_text"].map(months).dropna().groupby(vendor["entity"]).min().astype(int)


def ages_lived(there: Presence, registered: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Per vendor and month of age, whether it did not last it, and whether it did: two (vendors, ages).

    A vendor is at risk from the age at which it is first seen (left truncation), to that at which it is last seen: it
    leaves in the month after, or nobody could see it leave (right censoring). Who is seen before it is registered, or
    states nothing, is in no month.
    """
    number, first, last = month_numbers(there.months), there.first(), there.last()
    since = registered.reindex(there.entities).to_numpy(float)
    known = number[first] >= since
    since = np.where(known, since, 0).astype(int)
    entry, end = number[first] - since, number[last] - since
    ages = np.arange(SPANS[-1][1])
    stays_on = known[:, None] & (entry[:, None] <= ages) & (ages < end[:, None])
    leaves = known[:, None] & there.left()[:, None] & (ages == end[:, None])
    return leaves, stays_on


def lasting(leaves: np.ndarray, stays_on: np.ndarray) -> np.ndarray:
    """Share of those at the beginning of each span who last to its end: product over its months (Kaplan & Meier 1958).

    With late entry only those who are there at an age are at risk in it (Tsai, Jewell & Wang 1987).

    Parameters
    ----------
    leaves, stays_on : (draws, ages) numbers of vendors.

    Returns
    -------
    (draws, spans); NaN where nobody is at risk in a month of the span.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        each = stays_on / (leaves + stays_on)
    return np.stack([each[..., low:high].prod(axis=-1) for low, high in SPANS], axis=-1)


def vendor_age_survival_table(
    listing: pd.DataFrame, vendor: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> ResultTable:
    """`vendor-age-survival`: by span of age, who was seen in it, who left in it, and the share that lasts it.

    A share needs ten vendors and five who left, and is never given without its interval.
    """
    there = presence(listing)
    in_focus = focus_at_entry(listing, there, focus, definition)
    leaves, stays_on = ages_lived(there, registration_months(vendor))
    groups = {"all": np.ones(len(in_focus), dtype=bool), "focus": in_focus}
    ages = leaves.shape[1]
    counts = np.concatenate([mask & group[:, None] for group in groups.values() for mask in (leaves, stays_on)], axis=1)

    def estimates(sums: np.ndarray) -> np.ndarray:
        blocks = sums.reshape(len(sums), len(groups), 2, ages)
        return lasting(blocks[:, :, 0], blocks[:, :, 1]).reshape(len(sums), -1)

    strata = np.char.add(markets_of(listing, there.entities), np.where(in_focus, "+", "-"))
    drawn = draw_vendors(counts.astype(np.int64), estimates, draws, seed, strata)
    rows = []
    for place, (name, group) in enumerate(groups.items()):
        for span, (low, high) in enumerate(SPANS):
            here = group & (leaves | stays_on)[:, low:high].any(axis=1)
            n, gone = int(here.sum()), int((leaves[:, low:high].any(axis=1) & group).sum())
            if n == 0:
                continue
            row: dict = {"row": f"{name}-{low}-{high}", "group": name, "months": low, "until": high}
            row |= {"vendors": n, "exits": gone}
            row |= {"support_vendors": OTHERS, "support_exits": OTHERS}
            if name == "focus":
                row |= {"support_vendors": n, "support_exits": fewest(gone, n - gone)}
            interval = None
            if n >= FEWEST and gone >= FEWEST_EXITS:
                interval = drawn.interval(place * len(SPANS) + span, level, n)
            row["share"] = drawn.point[place * len(SPANS) + span] if interval else None
            row["share_low"], row["share_high"] = ends(interval)
            # a share that was not estimated is missing, not hidden
            row["support_share"] = row["support_exits"] if interval else OTHERS
            rows.append(row)
    few = min((row["vendors"] for row in rows if row["share"] is not None), default=0)
    columns = [
        Column("group", "text", "group"),
        Column("months", "count", "month"),
        Column("until", "count", "month"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column("exits", "count", "vendor", guard_vendors="support_exits"),
        Column("share", "share", digits=1, low="share_low", high="share_high", level=level,
               method=METHOD if few >= EXACT else APPROXIMATE, guard_vendors="support_share"),
    ]  # fmt: skip
    counts_of = ["months", "until", "vendors", "exits", "support_vendors", "support_exits", "support_share"]
    names = ["row", "group", *counts_of[:4], "share", "share_low", "share_high", *counts_of[4:]]
    types = dict.fromkeys(counts_of, int) | dict.fromkeys(("share", "share_low", "share_high"), float)
    table = pd.DataFrame(rows, columns=names).astype(types)
    return ResultTable("vendor-age-survival", "public", columns, table, notes=["late"])


def registration_shown_table(listing: pd.DataFrame, vendor: pd.DataFrame) -> ResultTable:
    """`registration-shown`: of the drug vendors of each market, how many have an account there that states its age."""
    stated = vendor[vendor["registered_text"].map(lambda text: registered_on(text) is not None).astype(bool)]
    rows = []
    for market, of_market in listing.groupby("market", sort=True):
        selling = set(of_market["entity"])
        known = len(selling & set(stated.loc[stated["market"] == market, "entity"]))
        rows.append(
            {"row": market, "market": market, "vendors": len(selling), "known": known, "share": known / len(selling)}
        )
    columns = [
        Column("market", "text", "market"),
        Column("vendors", "count", "vendor"),
        Column("known", "count", "vendor"),
        Column("share", "share", digits=1, base="vendors"),
    ]
    return ResultTable("registration-shown", "public", columns, pd.DataFrame(rows).astype({"share": float}))


def vendor_age_survival(
    listing: str,
    vendor: str,
    vendor_age_survival: str,
    vendor_age_survival_description: str,
    registration_shown: str,
    registration_shown_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """How long accounts last on the clock of their age, beside the months since they were first seen.

    1. The age is counted from the month that the page of an account states; of a vendor with several, the first.
    2. Who is first seen at an age is at risk from then on: those of the first snapshots count too.
    3. Shares are those of one span of age to its end. Vendors are drawn within market and group.
    4. A market whose pages state no age has none of its vendors in the table; a second table says so.
    """
    offer = drug_offer(listing)
    profiles = pd.read_parquet(vendor, columns=["market", "entity_id", "registered_text"])
    profiles = profiles.rename(columns={"entity_id": "entity"})
    table = vendor_age_survival_table(offer, profiles, focus_country, definition, draws, seed, level)
    write_result(table, vendor_age_survival, vendor_age_survival_description)
    write_result(registration_shown_table(offer, profiles), registration_shown, registration_shown_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_age_survival)
