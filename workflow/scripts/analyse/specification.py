"""The headlines under every combination of judgements that makes sense (Simonsohn, Simmons & Nelson 2020)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from cryptodrug.offer import ends, fewest, markets_of, mean_of_shares, share_column, snapshot_times
from cryptodrug.populations import drug_offer
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.shared_text import SharedText
from cryptodrug.specifications import (
    FLAGS,
    HOLDING,
    JUDGEMENTS,
    VOCABULARY,
    Specification,
    days_used,
    flagged,
    links_used,
    specifications,
    vendor_days,
)
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, draw_vendors
from cryptodrug.statistics.growth import FEWEST_MONTHS, odds_slope

NUMBERS = ("share", "share_low", "share_high", "ratio", "ratio_low", "ratio_high")


class Counts:
    """Counts of the listings under one link: arrays (entities, snapshots), with and without holding prices."""

    def __init__(self, listing: pd.DataFrame, entity: pd.Series, place: pd.Series, days: int, focus: str) -> None:
        held = flagged(listing)
        self.entities = pd.Index(sorted(entity.unique()))
        self.strata = markets_of(listing.assign(entity=entity), self.entities)
        self._arrays = {}
        for holding, rows in (("counted", held | ~held), ("left-out", ~held)):
            found = vendor_days(listing[rows], entity[rows], place[rows], focus)
            for name in found.columns:
                wide = found[name].unstack("place", fill_value=0)
                wide = wide.reindex(index=self.entities, columns=range(days), fill_value=0)
                self._arrays[holding, name] = wide.to_numpy(dtype=np.int64)

    def of(self, one: Specification) -> tuple[np.ndarray, np.ndarray]:
        """Listings or vendors of the part and of all: (entities, snapshots used) each."""
        days = list(one.days)
        everything, known, exact, among = (
            self._arrays[one.holding, name][:, days] for name in ("all", "known", "strict", "inclusive")
        )
        if one.definition == "ever":
            part = everything * among.any(axis=1)[:, None]
        else:
            part = exact if one.definition == "strict" else among
        if one.outcome != "vendors":
            return part, everything
        if one.definition == "strict":
            # every listing of that day whose origin is known names the focus country alone
            part = (known > 0) & (known == exact)
        return (part > 0).astype(np.int64), (everything > 0).astype(np.int64)


def _estimates(counts: Counts, chosen: list[Specification], months: np.ndarray, market: np.ndarray):
    """Counts of all specifications side by side, and the function that makes their estimates of sums of vendors."""
    blocks, spans, begin = [], [], 0
    for one in chosen:
        part, whole = counts.of(one)
        blocks += [part, whole]
        spans.append((begin, begin + len(one.days)))
        begin += 2 * len(one.days)

    def estimates(sums: np.ndarray) -> np.ndarray:
        found = []
        for one, (first, middle) in zip(chosen, spans, strict=True):
            part, whole = sums[:, first:middle], sums[:, middle : middle + len(one.days)]
            if one.outcome == "growth":
                days = list(one.days)
                found.append(np.exp(odds_slope(part, whole, months[days], pd.factorize(market[days])[0])))
            else:
                found.append(mean_of_shares(part, whole))
        return np.column_stack(found)

    return np.concatenate(blocks, axis=1), estimates


def _supports(counts: Counts, one: Specification, all_days: int) -> tuple[int, int]:
    """Vendors of the focus country behind a number, and the fewest behind it or behind the snapshots left out."""
    part, _ = counts.of(one)
    window = int((part > 0).any(axis=1).sum())
    left = [day for day in range(all_days) if day not in one.days]
    alone = [int((counts.of(_only(one, day))[0] > 0).any(axis=1).sum()) for day in left]
    return window, fewest(window, *alone)


def _only(one: Specification, day: int) -> Specification:
    return Specification(**vars(one) | {"days": (day,)})


def specification_table(
    listing: pd.DataFrame,
    vendor: pd.DataFrame,
    coverage: pd.DataFrame,
    focus: str,
    definition: str,
    link_by: str,
    coverage_minimum: float,
    draws: int,
    seed: int,
    level: float,
    shared: SharedText | None = None,
) -> ResultTable:
    """`specification`. `coverage`: market, snapshot, coverage of each snapshot."""
    of_day, months, market = snapshot_times(listing)
    place = pd.Series(0, index=listing.index)
    for number, mask in enumerate(of_day):
        place[mask] = number
    snapshots = listing.assign(place=place).drop_duplicates("place").sort_values("place")
    known = coverage.set_index(["market", "snapshot"])["coverage"].astype(float)
    keys = pd.MultiIndex.from_arrays([snapshots["market"], snapshots["snapshot_date"].astype(str)])
    snapshots = snapshots.assign(coverage=known.reindex(keys).to_numpy())
    days = days_used(snapshots, coverage_minimum)
    dates = snapshots["snapshot_date"].astype(str).str[:7].to_numpy()
    links = links_used(listing, vendor, link_by, shared)
    holding = HOLDING if flagged(listing).any() else HOLDING[:1]
    chosen = [
        one
        for one in specifications(days, list(links), holding)
        if one.outcome != "growth" or len({dates[day] for day in one.days}) >= FEWEST_MONTHS
    ]
    rows = {}
    for link, entity in links.items():
        linked = [one for one in chosen if one.link == link]
        counts = Counts(listing, entity, place, len(of_day), focus)
        values, estimates = _estimates(counts, linked, months, market)
        drawn = draw_vendors(values, estimates, draws, seed, counts.strata)
        for number, one in enumerate(linked):
            window, support = _supports(counts, one, len(of_day))
            column = "ratio" if one.outcome == "growth" else "share"
            row = {"row": one.row, **{name: getattr(one, name) for name in ("outcome", *JUDGEMENTS)}}
            row |= dict.fromkeys(NUMBERS) | {"support_vendors": support, "behind": window}
            if one.outcome != "growth" or window >= FEWEST:
                row[column] = drawn.point[number]
                row[f"{column}_low"], row[f"{column}_high"] = ends(drawn.interval(number, level, window))
            own = (one.definition, one.holding, one.window, one.coverage, one.link)
            row["default"] = "yes" if own == (definition, "counted", "whole", "all", link_by) else "no"
            rows[one.row] = row
    return _table([rows[one.row] for one in chosen], level)


def _table(rows: list[dict], level: float) -> ResultTable:
    names = ["row", "outcome", *JUDGEMENTS, "default", *NUMBERS, "support_vendors", "behind"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(NUMBERS, float))
    method = METHOD if len(table) and table["behind"].min() >= EXACT else APPROXIMATE
    columns = [
        Column("outcome", "text", "specification_outcome"),
        *(Column(name, "text", VOCABULARY[name]) for name in JUDGEMENTS),
        Column("default", "text", "yes_no"),
        share_column("share", None, level, method, "support_vendors"),
        Column(
            "ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", level=level, method=method,
            guard_vendors="support_vendors",
        ),
    ]  # fmt: skip
    return ResultTable("specification", "public", columns, table.drop(columns="behind"))


def specification(
    listing: str,
    vendor: str,
    coverage: str,
    specification: str,
    specification_description: str,
    focus_country: str,
    definition: str,
    link_by: str,
    coverage_minimum: float,
    draws: int,
    seed: int,
    level: float,
    shared_text: Mapping[str, float] | None = None,
) -> None:
    """Share of listings, share of vendors and growth under all combinations of five judgements.

    1. Definition of the focus population; listings with a holding price counted or left out; the whole window, without
       its first or without its last month; all snapshots, nearly complete or complete ones; what links accounts.
    2. A level that changes nothing in these data is left out; `ever` says nothing of growth; links touch vendors only,
       and listings under `ever`, which is judged within the snapshots used.
    3. One combination is that of the report: its numbers are those of the chapters.
    4. Growth from four months and ten vendors, as in its chapter. Intervals by bootstrap over vendors.
    5. Where a combination leaves out snapshots, its difference from another speaks of these alone: it is guarded by the
       vendors behind each of them.
    """
    offer = drug_offer(listing, ["vendor", *FLAGS])
    accounts = pd.read_parquet(
        vendor, columns=["market", "vendor", "snapshot_date", "pgp_fingerprint", "profile_sketch"]
    )
    shared = SharedText(**shared_text) if shared_text else None
    covered = pd.read_parquet(coverage, columns=["market", "snapshot", "coverage"])
    table = specification_table(
        offer, accounts, covered, focus_country, definition, link_by, coverage_minimum, draws, seed, level, shared
    )
    write_result(table, specification, specification_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, specification)
