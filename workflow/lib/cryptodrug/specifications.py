"""Every combination of judgements that makes sense, and the counts behind each (Simonsohn, Simmons & Nelson 2020).

A headline rests on judgements that could have been made otherwise. Each has a level that the report uses and others; a
level that changes nothing in the data at hand is left out, so that no combination stands twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from cryptodrug.entities import link_accounts
from cryptodrug.populations import DEFINITIONS, inclusive, number_of, strict
from cryptodrug.shared_text import SharedText

JUDGEMENTS = ("definition", "holding", "window", "coverage", "link")
VOCABULARY = {"definition": "definition"} | {name: f"specification_{name}" for name in JUDGEMENTS[1:]}
OUTCOMES = ("listings", "vendors", "growth")
HOLDING = ("counted", "left-out")
WINDOWS = ("whole", "without-first", "without-last")
LINKS = ("account", "key", "key-or-name")
FLAGS = ("holding_own_history", "holding_class", "holding_cap")
NEAR = 0.8  # share of the coverage that a snapshot needs at least under the weaker threshold


@dataclass(frozen=True)
class Specification:
    """One combination of judgements for one outcome; `days`: places of the snapshots that it uses."""

    outcome: str
    definition: str
    holding: str
    window: str
    coverage: str
    link: str
    days: tuple[int, ...]

    @property
    def row(self) -> str:
        """Its key in the table."""
        return "-".join([self.outcome, *(getattr(self, name) for name in JUDGEMENTS)])


def days_used(snapshots: pd.DataFrame, minimum: float) -> dict[tuple[str, str], tuple[int, ...]]:
    """Places of the snapshots under each (window, coverage) that differs from those before it.

    Parameters
    ----------
    snapshots : snapshot_date, coverage (may be missing), in the order of the places.
    minimum : coverage from which a snapshot counts as complete. One whose coverage is not known is used only where all
        are.
    """
    months = snapshots["snapshot_date"].astype(str).str[:7]
    windows = {"whole": months.notna(), "without-first": months > months.min(), "without-last": months < months.max()}
    coverages = {"all": months.notna(), "nearly-complete": snapshots["coverage"] >= NEAR}
    coverages["complete"] = snapshots["coverage"] >= minimum
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for coverage, window in product(coverages, windows):
        kept = (windows[window] & coverages[coverage]).to_numpy().nonzero()[0]
        days = tuple(int(place) for place in kept)
        if days and days not in found.values():
            found[(window, coverage)] = days
    return found


def links_used(
    listing: pd.DataFrame, vendor: pd.DataFrame, configured: str, shared: SharedText | None = None
) -> dict[str, pd.Series]:
    """Entity of each listing by link, the configured one first; a link that joins the same accounts is left out."""
    found: dict[str, pd.Series] = {}
    for link in (configured, *(name for name in LINKS if name != configured)):
        table = link_accounts(listing, vendor, link, shared).drop_duplicates(["market", "vendor"])
        entities = table.set_index(["market", "vendor"])["entity_id"]
        of_listing = pd.Series(
            entities.reindex(pd.MultiIndex.from_frame(listing[["market", "vendor"]])).to_numpy(), index=listing.index
        )
        if not any(of_listing.equals(other) for other in found.values()):
            found[link] = of_listing
    return found


def specifications(
    days: Mapping[tuple[str, str], tuple[int, ...]], links: list[str], holding: tuple[str, ...]
) -> Iterator[Specification]:
    """All combinations that make sense; the first of each outcome has the levels of the report but the definition.

    `ever` uses the future, so it says nothing of growth. How accounts are linked changes the number of vendors, of
    listings under `ever` alone, and no growth of listings.
    """
    for outcome, definition, one_holding in product(OUTCOMES, DEFINITIONS, holding):
        if outcome == "growth" and definition == "ever":
            continue
        linked = outcome == "vendors" or definition == "ever"
        for (window, coverage), places in days.items():
            for link in links if linked else links[:1]:
                yield Specification(outcome, definition, one_holding, window, coverage, link, places)


def flagged(listing: pd.DataFrame) -> pd.Series:
    """Listings with a holding price by any rule: shown, and not meant to be bought."""
    return listing[list(FLAGS)].eq(True).any(axis=1)


def vendor_days(listing: pd.DataFrame, entity: pd.Series, place: pd.Series, focus: str) -> pd.DataFrame:
    """Counts by entity and snapshot: all, strict, inclusive listings, those of known origin.

    One row per pair of entity and `place` (of the snapshot), which is the index of the result.
    """
    number = number_of(listing)
    columns = {
        "all": number,
        "strict": strict(listing, focus) * number,
        "inclusive": inclusive(listing, focus) * number,
        "known": listing["ships_from"].notna() * number,
    }
    return pd.DataFrame(columns).groupby([entity.rename("entity"), place.rename("place")], sort=True).sum()
