"""Make `markets.duckdb`, the database that people open, from the Parquet tables."""

from cryptodrug.database.build import build, content_hash


def build_duckdb(
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
    study: str,
    simulated: bool,
    duckdb: str,
) -> dict[str, str]:
    """Write the database with a comment on every table and column; the hash of its content.

    Nothing depends on its bytes: they differ from run to run. The Parquet files are the artefacts.
    """
    tables = {
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
    build(tables, duckdb, f"Study {study}. " + ("Simulated data: no study results." if simulated else "For the team."))
    return {duckdb: content_hash(duckdb)}


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, build_duckdb)
