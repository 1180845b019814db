"""Make the observed rows of one snapshot typed and comparable."""

import pandas as pd
from cryptodrug.files import whole_file, write_json
from cryptodrug.harmonise.corrections import HandCorrections
from cryptodrug.harmonise.rates import read_daily_rates
from cryptodrug.harmonise.snapshot import harmonise, read_rules, texts_or_none


def _read(paths: list[str]) -> pd.DataFrame:
    """Observed rows of all files of the snapshot, in the order of the snapshot table."""
    return texts_or_none(pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True))


def harmonise_snapshot(
    page: list[str],
    listing: list[str],
    vendor: list[str],
    feedback: list[str],
    price: list[str],
    shipping: list[str],
    reference: list[str],
    score: list[str],
    rates: list[str],
    corrections: list[str],
    judgements: list[str],
    market: str,
    snapshot_date: str,
    focus_country: str,
    neighbours: list[str],
    widest_gap: int,
    feedback_maximum: int | None,
    shown: dict[str, list[str]],
    snapshots: list[str],
    snapshot_page: str,
    snapshot_listing: str,
    snapshot_vendor: str,
    snapshot_feedback: str,
    snapshot_listing_page: str,
    snapshot_rate: str,
    snapshot_price: str,
    snapshot_shipping: str,
    snapshot_reference: str,
    snapshot_score: str,
    quality: str,
) -> None:
    """Type one snapshot of one market.

    1. A listing seen on several pages is one row: its own page wins over a list page, a list page over the page of its
       vendor, then the later page; all pages stay in a link table, differences are counted.
    2. Origin, destination, drug class and quantity follow the judgement files; the text stays beside each. Categories
       that a market names in its own way are first read as those of the common tree. A listing that was met only on
       pages that never show an origin or destination takes over that of its vendor's other listings, if they agree:
       what a page does not show is no statement.
    3. Prices: state currencies by the euro reference rate of the European Central Bank of that day or the last day
       before it; coins by the rates that the page prints, else the middle of those on the other pages, else the daily
       files of the study, else a day between two of their days, `widest_gap` apart at most. Where there is no rate to
       euro, the shortest way over other currencies is taken. Each price keeps the source of its rate. A price that is
       no number stays untyped; one without a rate stays without euro. Both are counted.
    4. Ages of feedback become a span of days against the date of the snapshot.
    5. Further prices, ways of sending, records on other markets and counts of opinions: those of the best page of each
       listing or account, as in 1. A piece holds what the unit of its price says, else what the title says. Of another
       market only the name is read, by a table; what a page does not show is missing, never zero.
    6. Hand corrections: those of columns that the page fills are applied before 2 and 3, so that all that follows from
       the text follows from the corrected text (ids stay); those of typed columns after 3, and only the prices per gram
       and unit are made from them. One that no longer fits, or that speaks of a snapshot that the study does not have
       (`snapshots`: all of them, as `market/date`), stops the step.
    """
    rules = read_rules(judgements, focus_country, neighbours)
    observed = {
        "page": page,
        "listing": listing,
        "vendor": vendor,
        "feedback": feedback,
        "price": price,
        "shipping": shipping,
        "reference": reference,
        "score": score,
    }
    made = harmonise(
        {name: _read(paths) for name, paths in observed.items()},
        market,
        snapshot_date,
        rules,
        daily=read_daily_rates(rates, widest_gap),
        feedback_maximum=feedback_maximum,
        shown=shown,
        hand=HandCorrections(corrections, snapshots, f"{market}/{snapshot_date}"),
    )
    paths = {
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
    for name, path in paths.items():
        with whole_file(path) as temporary:
            made.tables[name].to_parquet(temporary, index=False)
    write_json(quality, [{"rule": rule, "table": name, "rows": n} for (rule, name), n in made.counts.items()])


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, harmonise_snapshot)
