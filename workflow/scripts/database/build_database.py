"""Join the harmonised snapshots into the tables of the database."""

import json
import re

import pandas as pd
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import validate
from cryptodrug.entities import LinkBy, add_entity, link_accounts
from cryptodrug.files import read_json, whole_file, write_json
from cryptodrug.holding import add_holding_flags
from cryptodrug.reading.tables import PAGE_KINDS

_PRINTED = re.compile(r"(\d[\d,]*)(\+?)")
DRUGS = "Drugs"


def _all(paths: list[str]) -> pd.DataFrame:
    """All snapshots of one table; empty columns must not decide types."""
    tables = [table for table in map(pd.read_parquet, paths) if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else pd.read_parquet(paths[0])


def printed_total(texts: pd.Series) -> tuple[int | None, bool | None]:
    """Drug listings that the front pages of a snapshot print, and whether that is only a lower bound; the largest."""
    best: tuple[int | None, bool | None] = (None, None)
    for text in texts.dropna():
        found = _PRINTED.fullmatch(json.loads(text).get(DRUGS, ""))
        if found:
            number = int(found[1].replace(",", ""))
            if best[0] is None or number > best[0]:
                best = (number, found[2] == "+")
    return best


def snapshot_table(page: pd.DataFrame, listing: pd.DataFrame) -> pd.DataFrame:
    """One row per market and date: pages by kind, listings and vendors found, the printed number."""
    rows = []
    for (market, date), pages in page.groupby(["market", "snapshot_date"], sort=True):
        of_day = (listing["market"] == market) & (listing["snapshot_date"] == date)
        drugs = listing[of_day & listing["is_drug"].fillna(False)]
        kinds = pages["kind"].value_counts()
        number, at_least = printed_total(pages["printed"])
        rows.append(
            {"market": market, "snapshot_date": date, "pages_read": len(pages)}
            | {f"pages_{kind}": int(kinds.get(kind, 0)) for kind in PAGE_KINDS}
            | {"listings_found": len(drugs), "vendors_found": drugs["vendor"].nunique()}
            | {"listings_printed": number, "printed_at_least": at_least}
        )
    return pd.DataFrame(rows)


def _holding_counts(listing: pd.DataFrame) -> list[dict]:
    flags = {"holding-own": "holding_own_history", "holding-class": "holding_class", "holding-cap": "holding_cap"}
    counts = {rule: int(listing[column].sum()) for rule, column in flags.items()}
    return [{"rule": rule, "table": "listing", "rows": number} for rule, number in counts.items() if number]


def _join_quality(paths: list[str], holding: list[dict]) -> list[dict]:
    totals: dict[tuple[str, str], int] = {}
    for entry in [entry for path in paths for entry in read_json(path)] + holding:
        key = (entry["rule"], entry["table"])
        totals[key] = totals.get(key, 0) + entry["rows"]
    return [{"rule": rule, "table": table, "rows": rows} for (rule, table), rows in sorted(totals.items())]


def build_database(
    snapshot_page: list[str],
    snapshot_listing: list[str],
    snapshot_vendor: list[str],
    snapshot_feedback: list[str],
    snapshot_listing_page: list[str],
    snapshot_quality: list[str],
    holding_own: float,
    holding_by_class: float,
    holding_cap: float,
    link_by: LinkBy,
    snapshot: str,
    page: str,
    listing: str,
    listing_page: str,
    vendor: str,
    vendor_entity: str,
    feedback: str,
    quality: str,
) -> None:
    """Write one Parquet file per table, ordered by its key.

    1. Holding prices are flagged here, since they are judged against all snapshots; no row is removed.
    2. Accounts become entities by the evidence that `link_by` admits; every listing carries its entity.
    3. Every table is validated against its declaration; all failures are reported together.
    """
    tables = {
        "page": _all(snapshot_page),
        "listing": _all(snapshot_listing),
        "vendor": _all(snapshot_vendor),
        "feedback": _all(snapshot_feedback),
        "listing_page": _all(snapshot_listing_page),
    }
    add_holding_flags(tables["listing"], holding_own, holding_by_class, holding_cap)
    tables["snapshot"] = snapshot_table(tables["page"], tables["listing"])
    tables["vendor_entity"] = link_accounts(tables["listing"], tables["vendor"], link_by)
    for name in ("listing", "vendor"):
        add_entity(tables[name], tables["vendor_entity"])
    paths = {
        "snapshot": snapshot,
        "page": page,
        "listing": listing,
        "listing_page": listing_page,
        "vendor": vendor,
        "vendor_entity": vendor_entity,
        "feedback": feedback,
    }
    for name, path in paths.items():
        declared = TABLES[name]
        ordered = validate(tables[name], declared).sort_values(list(declared.key), kind="stable")
        with whole_file(path) as temporary:
            ordered.to_parquet(temporary, index=False)
    write_json(quality, _join_quality(snapshot_quality, _holding_counts(tables["listing"])))


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, build_database)
