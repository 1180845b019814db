"""Join the harmonised snapshots into the tables of the database."""

from collections.abc import Mapping, Sequence

import pandas as pd
from cryptodrug.database.join import HoldingRules, join_snapshots
from cryptodrug.database.parquet import write_table
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import validate
from cryptodrug.files import read_json, write_json
from cryptodrug.link_by import LinkBy
from cryptodrug.series import TrackingRules
from cryptodrug.shared_text import SharedText


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


def _by_key(paths: Sequence[str]) -> dict[str, str]:
    """Languages by the code of the text; a text has one language, whichever market shows it."""
    tables = [pd.read_parquet(path) for path in paths]
    return {key: code for table in tables for key, code in zip(table["text_key"], table["language"], strict=True)}


def build_database(
    snapshot_page: list[str],
    snapshot_listing: list[str],
    snapshot_vendor: list[str],
    snapshot_feedback: list[str],
    snapshot_listing_page: list[str],
    snapshot_rate: list[str],
    snapshot_price: list[str],
    snapshot_shipping: list[str],
    snapshot_reference: list[str],
    snapshot_score: list[str],
    snapshot_quality: list[str],
    holding_own: float,
    holding_by_class: float,
    holding_cap: float,
    link_by: LinkBy,
    title_similarity: float,
    snapshot_gap: int,
    snapshot: str,
    page: str,
    listing: str,
    listing_page: str,
    vendor: str,
    vendor_entity: str,
    listing_series: str,
    feedback: str,
    rate: str,
    price: str,
    shipping: str,
    reference: str,
    score: str,
    quality: str,
    study: str,
    shared_text: Mapping[str, float] | None = None,
    languages: Sequence[str] = (),
) -> None:
    """Write one Parquet file per table, ordered by its key.

    1. Holding prices are flagged here, since they are judged against all snapshots; no row is removed.
    2. Accounts become entities by the evidence that `link_by` admits; every listing carries its entity. `shared_text`
       says from when on two profiles have the same words.
    3. Where the market gives an offer no number, the same vendor, class, quantity and nearly the same title in
       snapshots that follow each other make one offer; holding prices are judged against its whole history.
    4. Feedback has the language of its text, where `languages` (one file per market) knows it.
    5. Every table is validated against its declaration; all failures are reported together.
    """
    harmonised = {
        "page": snapshot_page,
        "listing": snapshot_listing,
        "vendor": snapshot_vendor,
        "feedback": snapshot_feedback,
        "listing_page": snapshot_listing_page,
        "rate": snapshot_rate,
        "price": snapshot_price,
        "shipping": snapshot_shipping,
        "reference": snapshot_reference,
        "score": snapshot_score,
    }
    read = {name: [pd.read_parquet(path) for path in paths] for name, paths in harmonised.items()}
    shared = SharedText(**shared_text) if shared_text else None
    holding = HoldingRules(holding_own, holding_by_class, holding_cap)
    tracking = TrackingRules(title_similarity, snapshot_gap)
    tables = join_snapshots(read, holding, link_by, tracking, shared, _by_key(languages))
    paths = {
        "snapshot": snapshot,
        "page": page,
        "listing": listing,
        "listing_page": listing_page,
        "vendor": vendor,
        "vendor_entity": vendor_entity,
        "listing_series": listing_series,
        "feedback": feedback,
        "rate": rate,
        "price": price,
        "shipping": shipping,
        "reference": reference,
        "score": score,
    }
    for name, path in paths.items():
        declared = TABLES[name]
        ordered = validate(tables[name], declared).sort_values(list(declared.key), kind="stable")
        write_table(ordered, path, study)
    write_json(quality, _join_quality(snapshot_quality, _holding_counts(tables["listing"])))


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, build_database)
