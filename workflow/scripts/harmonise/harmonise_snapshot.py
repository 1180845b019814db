"""Make the observed rows of one snapshot typed and comparable."""

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from cryptodrug.files import whole_file, write_json
from cryptodrug.harmonise.corrections import Correction, apply_corrections, read_corrections
from cryptodrug.harmonise.dates import read_posted
from cryptodrug.harmonise.drugs import read_drug_rules
from cryptodrug.harmonise.listings import (
    Rules,
    add_drugs,
    add_places,
    add_prices,
    add_prices_per_quantity,
    listing_key,
    one_row_each,
    snapshot_day,
)
from cryptodrug.harmonise.money import euro_per_dollar, read_daily_rates, read_price
from cryptodrug.harmonise.places import read_places
from cryptodrug.harmonise.quantities import read_units
from cryptodrug.harmonise.vendors import read_band, read_rating


def _read(paths: list[str]) -> pd.DataFrame:
    """Observed rows of all files of the snapshot, in the order of the snapshot table; no NaN in text columns."""
    table = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    texts = [name for name in table.columns if table[name].dtype == object]
    table[texts] = table[texts].where(table[texts].notna(), None)
    return table


def _rules(judgements: list[str], focus_country: str, neighbours: list[str]) -> Rules:
    files = {Path(path).name: path for path in judgements}
    return Rules(
        places=read_places(files["places.csv"]),
        drugs=read_drug_rules(files["drug_classes.csv"], files["drug_words.csv"], files["category_names.csv"]),
        units=read_units(files["quantities.csv"]),
        focus_country=focus_country,
        neighbours=tuple(neighbours),
    )


def _page_rates(page: pd.DataFrame) -> dict[str, float]:
    rated = page[page["rate_text"].notna()]
    rates = {name: read_price(text) for name, text in zip(rated["page_id"], rated["rate_text"], strict=True)}
    return {name: rate for name, rate in rates.items() if rate}


def _printed(text: str | None, market: str, rules: Rules) -> str | None:
    """Totals of a front page under the names of the common tree of categories; the first of two with one name."""
    if text is None:
        return None
    totals: dict[str, str] = {}
    for name, number in json.loads(text).items():
        totals.setdefault(rules.drugs.shelf(market, name) or name, number)
    return json.dumps(totals, sort_keys=True, ensure_ascii=False)


def _accounts(vendor: pd.DataFrame) -> pd.DataFrame:
    """One row per account: the later page wins."""
    return vendor.drop_duplicates("vendor", keep="last").sort_values("vendor").reset_index(drop=True)


def _add_vendor_values(vendor: pd.DataFrame, listing: pd.DataFrame) -> None:
    """Rating and sales as numbers; origins are those of the listings of the account on that day."""
    bands = [read_band(text) for text in vendor["sales_text"]]
    vendor["rating"] = [read_rating(text) for text in vendor["rating_text"]]
    vendor["sales_low"] = pd.array([band.low for band in bands], dtype="Int64")
    vendor["sales_high"] = pd.array([band.high for band in bands], dtype="Int64")
    codes = (
        listing.dropna(subset=["ships_from"])
        .groupby("vendor")["ships_from"]
        .agg(lambda texts: "|".join(sorted({code for text in texts for code in text.split("|")})))
    )
    vendor["ships_from"] = vendor["vendor"].map(codes)


def _feedback(feedback: pd.DataFrame, market: str, date: str, maximum: int | None) -> pd.DataFrame:
    spans = {text: read_posted(text, snapshot_day(date)) for text in feedback["posted_text"].unique()}
    feedback["listing_id"] = [listing_key(market, native, None, None) for native in feedback["native_id"]]
    for end in ("low", "high"):
        dates = [getattr(spans[text], end) for text in feedback["posted_text"]]
        feedback[f"posted_{end}"] = [None if day is None else str(day) for day in dates]
    feedback["score"] = [read_rating(text) for text in feedback["score_text"]]
    shown = feedback.groupby("page_id")["position"].transform("size") if len(feedback) else []
    feedback["feedback_shown"] = pd.array(shown, dtype="Int64")
    feedback["truncated"] = pd.array([maximum is not None and count >= maximum for count in shown], dtype="boolean")
    feedback["amount"] = feedback["amount_text"]
    return feedback.drop(columns=["native_id", "score_text", "amount_text"])


def _counts(listing: pd.DataFrame, page: pd.DataFrame) -> dict[tuple[str, str], int]:
    """How many rows each rule met, for the annex: (rule, table) -> rows."""
    drugs = listing[listing["is_drug"].fillna(False)]
    counts = {("category-unknown", "listing"): int(listing["is_drug"].isna().sum())}
    for status in ("several", "region", "none", "unparsed"):
        counts[(f"origin-{status}", "listing")] = int((drugs["ships_from_status"] == status).sum())
    for policy in ("not-stated", "unparsed"):
        counts[(f"destination-{policy}", "listing")] = int((drugs["ships_to_policy"] == policy).sum())
    for status in ("ambiguous", "none"):
        counts[(f"quantity-{status}", "listing")] = int((drugs["quantity_status"] == status).sum())
    counts[("price-untyped", "listing")] = int(listing["price_amount"].isna().sum())
    counts[("price-no-rate", "listing")] = int((listing["price_amount"].notna() & listing["price_eur"].isna()).sum())
    notes = page["note"].dropna().str.split(";").explode()
    return counts | {(f"page-{note}", "page"): int(number) for note, number in notes.value_counts().items()}


class _Corrections:
    """The hand corrections of one snapshot, in two steps: columns of the page, then columns made from them."""

    def __init__(self, paths: list[str], snapshots: list[str], snapshot: str) -> None:
        self.path = paths[0] if paths else ""
        found = read_corrections(self.path, snapshots) if paths else []
        self.left: list[Correction] = [one for one in found if one.snapshot == snapshot]
        self.counts: dict[tuple[str, str], int] = {}

    def apply(self, name: str, table: pd.DataFrame, columns: Iterable[str] | None = None) -> None:
        """Apply those of one table, `columns` only (None: all that are left)."""
        wanted = None if columns is None else set(columns)
        now = [one for one in self.left if one.table == name and (wanted is None or one.column in wanted)]
        self.left = [one for one in self.left if one not in now]
        if changed := apply_corrections(table, now, self.path):
            self.counts[("correction", name)] = self.counts.get(("correction", name), 0) + changed


def _write(table: pd.DataFrame, path: str, market: str, date: str) -> None:
    table["market"], table["snapshot_date"] = market, date
    with whole_file(path) as temporary:
        table.to_parquet(temporary, index=False)


def harmonise_snapshot(
    page: list[str],
    listing: list[str],
    vendor: list[str],
    feedback: list[str],
    rates: list[str],
    corrections: list[str],
    judgements: list[str],
    market: str,
    snapshot_date: str,
    focus_country: str,
    neighbours: list[str],
    feedback_maximum: int | None,
    snapshots: list[str],
    snapshot_page: str,
    snapshot_listing: str,
    snapshot_vendor: str,
    snapshot_feedback: str,
    snapshot_listing_page: str,
    quality: str,
) -> None:
    """Type one snapshot of one market.

    1. A listing seen on several pages is one row: its own page wins over a list page, a list page over the page of its
       vendor, then the later page; all pages stay in a link table, differences are counted.
    2. Origin, destination, drug class and quantity follow the judgement files; the text stays beside each. Categories
       that a market names in its own way are first read as those of the common tree.
    3. Prices: bitcoin to dollar by the rate that the page prints, else by the day's rate; dollar to euro by the
       reference rate of the European Central Bank of that day or the last day before it. A price that is no number
       stays untyped; one without a rate stays without euro. Both are counted.
    4. Ages of feedback become a span of days against the date of the snapshot.
    5. Hand corrections: those of columns that the page fills are applied before 2 and 3, so that all that follows from
       the text follows from the corrected text (ids stay); those of typed columns after 3, and only the prices per gram
       and unit are made from them. One that no longer fits, or that speaks of a snapshot that the study does not have
       (`snapshots`: all of them, as `market/date`), stops the step.
    """
    hand = _Corrections(corrections, snapshots, f"{market}/{snapshot_date}")
    rules = _rules(judgements, focus_country, neighbours)
    pages, rows = _read(page), _read(listing)
    pages["printed"] = [_printed(text, market, rules) for text in pages["printed"]]
    best, links, counts = one_row_each(rows, market, rules.drugs.shelf)
    hand.apply("listing", best, rows.columns)
    add_places(best, rules)
    add_drugs(best, market, rules)
    day_rate = read_daily_rates(rates).get(snapshot_date) if rates else None
    add_prices(best, _page_rates(pages), day_rate, euro_per_dollar(snapshot_day(snapshot_date)))
    hand.apply("listing", best)
    add_prices_per_quantity(best)
    accounts = _accounts(_read(vendor))
    hand.apply("vendor", accounts, accounts.columns)
    _add_vendor_values(accounts, best)
    hand.apply("vendor", accounts)
    found = {(rule, "listing"): number for rule, number in counts.items()} | _counts(best, pages) | hand.counts
    _write(pages, snapshot_page, market, snapshot_date)
    _write(best.drop(columns=["native_id", "position", "page_kind"]), snapshot_listing, market, snapshot_date)
    _write(accounts.drop(columns=["position", "ships_from_text"]), snapshot_vendor, market, snapshot_date)
    shown = _feedback(_read(feedback), market, snapshot_date, feedback_maximum)
    _write(shown, snapshot_feedback, market, snapshot_date)
    _write(links, snapshot_listing_page, market, snapshot_date)
    write_json(quality, [{"rule": rule, "table": name, "rows": n} for (rule, name), n in sorted(found.items()) if n])


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, harmonise_snapshot)
