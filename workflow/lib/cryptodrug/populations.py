"""Who counts as a vendor of the focus country: three definitions, all by *declared* origin (typology, section 1)."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from cryptodrug.database.query import tables_in_duckdb
from cryptodrug.errors import InputError

DEFINITIONS = ("strict", "inclusive", "ever")
OF_DRUGS = "is_drug and vendor is not null"  # rows that are counted, as DuckDB is asked


def drug_listings(path: str | Path, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Drug listings of all snapshots with the columns that every analysis needs and those asked for.

    The entity of each listing stands in `entity`.

    Raises
    ------
    InputError : there is no drug listing at all.
    """
    wanted = ["market", "snapshot_date", "listing_id", "vendor", "entity_id", "is_drug", "ships_from"]
    wanted.append("ships_from_status")
    return only_drugs(pd.read_parquet(path, columns=list(dict.fromkeys([*wanted, *columns]))), path)


def drug_offer(path: str | Path, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Drug listings of all snapshots, counted: of a large market, what a count needs is a small part of the rows.

    A row holds all listings of an entity in a snapshot with the same origin and the same values of the columns asked
    for; `listings` says how many they are. Rows are sorted.

    Raises
    ------
    InputError : there is no drug listing at all.
    """
    wanted = ["market", "snapshot_date", "entity_id", "ships_from", "ships_from_status", *columns]
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(wanted))
    query = (
        f"select {names}, count(*) as listings from read_parquet(?) where {OF_DRUGS} group by {names} order by {names}"
    )
    with tables_in_duckdb() as connection:
        table = connection.execute(query, [str(path)]).df()
    return _with_entity(table, path)


def number_of(listing: pd.DataFrame) -> pd.Series:
    """How many listings each row stands for: one, where they are not counted."""
    return listing["listings"] if "listings" in listing else pd.Series(1, index=listing.index)


def offers(listing: pd.DataFrame, part: pd.Series | None = None) -> int:
    """Number of listings, of all rows or of those in `part`."""
    number = number_of(listing)
    return int(number.sum() if part is None else number[part].sum())


def only_drugs(table: pd.DataFrame, where: str | Path) -> pd.DataFrame:
    """Rows of drugs with a vendor, the entity in `entity`; `where`: what the table is, for the error."""
    table = table[table["is_drug"].fillna(False).astype(bool) & table["vendor"].notna()].drop(columns="is_drug")
    return _with_entity(table, where)


def no_drugs(where: str | Path) -> InputError:
    """What to say where there is no drug listing at all."""
    return InputError(
        "no listing of any snapshot is filed under drugs with a vendor",
        where=str(where),
        not_done="no analysis of the offer was made",
        do="check that the categories of the market are known (`workflow/judgements/drug_classes.csv`)",
    )


def _with_entity(table: pd.DataFrame, where: str | Path) -> pd.DataFrame:
    table = table.rename(columns={"entity_id": "entity"})
    if table.empty:
        raise no_drugs(where)
    return table.reset_index(drop=True)


def origin_sets(listing: pd.DataFrame) -> pd.Series:
    """Declared origins of each listing as a set; empty when unknown."""
    known = {text: frozenset(text.split("|")) for text in listing["ships_from"].dropna().unique()}
    nothing: frozenset[str] = frozenset()
    return listing["ships_from"].map(lambda text: known.get(text, nothing))


def inclusive(listing: pd.DataFrame, focus: str) -> pd.Series:
    """The focus country is among the declared origins."""
    texts = [text for text in listing["ships_from"].dropna().unique() if focus in text.split("|")]
    return listing["ships_from"].isin(texts)


def strict(listing: pd.DataFrame, focus: str) -> pd.Series:
    """The focus country is the only declared origin, and nothing else stands beside it ("EU", "or NL")."""
    return (listing["ships_from"] == focus) & (listing["ships_from_status"] == "country")


def ever_vendors(listing: pd.DataFrame, focus: str) -> set[str]:
    """Entities with an inclusive drug listing in any snapshot. Uses the future: never for trends."""
    return set(listing.loc[inclusive(listing, focus), "entity"])


def strict_vendors(listing: pd.DataFrame, focus: str) -> set[str]:
    """Of the listings of one snapshot: entities all of whose listings with known origin are strict."""
    known = listing[listing["ships_from"].notna()]
    others = set(known.loc[~strict(known, focus), "entity"])
    return set(known["entity"]) - others


def focus_listings(listing: pd.DataFrame, focus: str, definition: str) -> pd.Series:
    """Which listings belong to the focus country under a definition."""
    if definition == "strict":
        return strict(listing, focus)
    if definition == "inclusive":
        return inclusive(listing, focus)
    if definition == "ever":
        return listing["entity"].isin(ever_vendors(listing, focus))
    raise ValueError(f"definition {definition!r} is none of {DEFINITIONS}")


def focus_vendors(listing: pd.DataFrame, focus: str, definition: str, window: pd.DataFrame | None = None) -> set[str]:
    """Entities of the focus country among `listing` (one snapshot); `window` holds all snapshots, for `ever`."""
    if definition == "strict":
        return strict_vendors(listing, focus)
    if definition == "inclusive":
        return set(listing.loc[inclusive(listing, focus), "entity"])
    return ever_vendors(listing if window is None else window, focus) & set(listing["entity"])
