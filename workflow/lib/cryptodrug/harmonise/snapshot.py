"""The observed rows of one snapshot of one market, made typed and comparable: tables in, tables out."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cryptodrug.harmonise.best_page import with_listing
from cryptodrug.harmonise.corrections import HandCorrections
from cryptodrug.harmonise.dates import read_day, read_posted
from cryptodrug.harmonise.drugs import read_drug_rules
from cryptodrug.harmonise.listings import (
    Rules,
    add_drugs,
    add_places,
    add_prices,
    add_prices_per_quantity,
    add_sales,
    listing_key,
    one_row_each,
    snapshot_day,
)
from cryptodrug.harmonise.market_names import read_market_names
from cryptodrug.harmonise.places import read_places
from cryptodrug.harmonise.price_tiers import type_prices
from cryptodrug.harmonise.quantities import read_units
from cryptodrug.harmonise.rates import RATE_COLUMNS, DailyRates, Quotes, Rates, page_quotes
from cryptodrug.harmonise.reputation import type_references, type_scores
from cryptodrug.harmonise.shipping import type_shipping
from cryptodrug.harmonise.shipping_words import read_shipping_words
from cryptodrug.harmonise.vendors import read_band, read_rating
from cryptodrug.reading.tables import COLUMNS_OF

OBSERVED = ("page", *COLUMNS_OF)


@dataclass(frozen=True)
class Harmonised:
    """Tables of one snapshot, as `database.join.HARMONISED` names them, and how many rows each rule met."""

    tables: dict[str, pd.DataFrame]
    counts: dict[tuple[str, str], int] = field(default_factory=dict)


def texts_or_none(table: pd.DataFrame) -> pd.DataFrame:
    """The table with None, never NaN, where a text is missing."""
    texts = [name for name in table.columns if table[name].dtype == object]
    table[texts] = table[texts].where(table[texts].notna(), None)
    return table


def read_rules(judgements: list[str], focus_country: str, neighbours: list[str]) -> Rules:
    """All judgement files, by their names."""
    files = {Path(path).name: path for path in judgements}
    return Rules(
        places=read_places(files["places.csv"]),
        drugs=read_drug_rules(files["drug_classes.csv"], files["drug_words.csv"], files["category_names.csv"]),
        units=read_units(files["quantities.csv"]),
        focus_country=focus_country,
        neighbours=tuple(neighbours),
        shipping=read_shipping_words(files["shipping_words.csv"]),
        markets=read_market_names(files["market_names.csv"]),
    )


def _page_rates(page: pd.DataFrame) -> dict[str, Quotes]:
    columns = (page.get(name, [None] * len(page)) for name in ("rate_text", "rate_pair", "rates"))
    quotes = zip(page["page_id"], (page_quotes(*printed) for printed in zip(*columns, strict=True)), strict=True)
    return {name: found for name, found in quotes if found}


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
    vendor["rating"] = pd.Series([read_rating(text) for text in vendor["rating_text"]], index=vendor.index, dtype=float)
    vendor["sales_low"] = pd.array([band.low for band in bands], dtype="Int64")
    vendor["sales_high"] = pd.array([band.high for band in bands], dtype="Int64")
    codes = (
        listing.dropna(subset=["ships_from"])
        .groupby("vendor")["ships_from"]
        .agg(lambda texts: "|".join(sorted({code for text in texts for code in text.split("|")})))
    )
    vendor["ships_from"] = vendor["vendor"].map(codes)


def _add_days(page: pd.DataFrame) -> None:
    """The day on which a page was captured, in universal time: as the archive says, else as its own clock says."""
    known = [page.get(name, pd.Series([None] * len(page))) for name in ("captured_at", "clock_text")]
    days = [read_day(captured) or read_day(clock) for captured, clock in zip(*known, strict=True)]
    page["day"] = [None if day is None else str(day) for day in days]


def _known_days(page: pd.DataFrame) -> dict[str, str]:
    dated = page[page["day"].notna()]
    return dict(zip(dated["page_id"], dated["day"], strict=True))


def _feedback(
    feedback: pd.DataFrame, days: Mapping[str, str], market: str, date: str, maximum: int | None
) -> pd.DataFrame:
    """Typed feedback; an age counts from the day of its page, where that is known, else from that of the snapshot."""
    if "part_text" in feedback:  # a summary of the latest opinions repeats what the full list has
        feedback = feedback[feedback["part_text"].isna()].drop(columns="part_text").reset_index(drop=True)
    seen = [days.get(page) or date for page in feedback["page_id"]]
    stated = list(zip(feedback["posted_text"], seen, strict=True))
    spans = {(text, day): read_posted(text, snapshot_day(day)) for text, day in set(stated)}
    # some markets print opinions on a vendor without saying which offer they are of
    of_offer = {native: native and listing_key(market, native, None, None) for native in feedback["native_id"].unique()}
    feedback["listing_id"] = [of_offer[native] for native in feedback["native_id"]]
    for end in ("low", "high"):
        texts = {place: None if (day := getattr(span, end)) is None else str(day) for place, span in spans.items()}
        feedback[f"posted_{end}"] = [texts[place] for place in stated]
    scores = {text: read_rating(text) for text in feedback["score_text"].unique()}
    feedback["score"] = [scores[text] for text in feedback["score_text"]]
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
    for rule, column in (("origin", "ships_from"), ("destination", "ships_to")):
        counts[(f"{rule}-of-vendor", "listing")] = int(drugs[f"{column}_of_vendor"].sum())
    for status in ("ambiguous", "none"):
        counts[(f"quantity-{status}", "listing")] = int((drugs["quantity_status"] == status).sum())
    counts[("price-untyped", "listing")] = int(listing["price_amount"].isna().sum())
    counts[("price-no-rate", "listing")] = int((listing["price_amount"].notna() & listing["price_eur"].isna()).sum())
    for source in ("snapshot", "interpolated"):
        counts[(f"price-rate-{source}", "listing")] = int((listing["eur_rate_source"] == source).sum())
    notes = page["note"].dropna().str.split(";").explode()
    return counts | {(f"page-{note}", "page"): int(number) for note, number in notes.value_counts().items()}


def _more(
    observed: Mapping[str, pd.DataFrame],
    market: str,
    listing: pd.DataFrame,
    links: pd.DataFrame,
    rules: Rules,
    rates: Rates,
) -> dict[str, pd.DataFrame]:
    """What pages say beside offers and accounts: further prices, ways of sending, records elsewhere, opinions."""
    page = observed["page"]
    price, shipping = (with_listing(observed[name], market, links, page) for name in ("price", "shipping"))
    return {
        "price": type_prices(price, listing, rules, rates),
        "shipping": type_shipping(shipping, listing, rules, rates),
        "reference": type_references(observed["reference"], page, rules.markets),
        "score": type_scores(observed["score"], page),
    }


def _counts_of_more(made: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
    """How many of these rows no rule could read."""
    price, shipping, reference, score = (made[name] for name in ("price", "shipping", "reference", "score"))
    counts = {("piece-unknown", "price"): int((price["piece_from"] == "none").sum())}
    for name in ("price", "shipping"):
        typed = made[name]["price_amount"].notna()
        counts[("price-untyped", name)] = int((~typed & made[name]["price_text"].notna()).sum())
        counts[("price-no-rate", name)] = int((typed & made[name]["price_eur"].isna()).sum())
    for policy in ("not-stated", "unparsed"):
        counts[(f"destination-{policy}", "shipping")] = int((shipping["ships_to_policy"] == policy).sum())
    counts[("market-unknown", "reference")] = int(reference["other_market"].isna().sum())
    counts[("score-unread", "score")] = int(score["score_scale"].isna().sum())
    return counts


def harmonise(
    observed: Mapping[str, pd.DataFrame],
    market: str,
    date: str,
    rules: Rules,
    daily: DailyRates | None = None,
    feedback_maximum: int | None = None,
    shown: Mapping[str, Collection[str]] | None = None,
    hand: HandCorrections | None = None,
) -> Harmonised:
    """Type one snapshot of one market; what is decided stands in `scripts/harmonise/harmonise_snapshot.py`.

    Parameters
    ----------
    observed : the observed tables (`OBSERVED`), missing texts as None; they are changed.
    daily : daily rates of the study, for pages that print no rate.
    feedback_maximum : how many feedbacks a page shows at most.
    shown : kinds of page that show an origin and a destination, as in `add_places`.
    hand : hand corrections of this snapshot.
    """
    hand = hand or HandCorrections((), (), "")
    pages, rows = observed["page"], observed["listing"]
    _add_days(pages)
    pages["printed"] = [_printed(text, market, rules) for text in pages["printed"]]
    best, links, counts = one_row_each(rows, market, rules.drugs.shelf)
    hand.apply("listing", best, rows.columns)
    add_places(best, rules, shown)
    add_drugs(best, market, rules)
    rates = Rates(_page_rates(pages), daily or DailyRates({}), snapshot_day(date))
    add_prices(best, rates)
    add_sales(best)
    hand.apply("listing", best)
    add_prices_per_quantity(best)
    accounts = _accounts(observed["vendor"])
    hand.apply("vendor", accounts, accounts.columns)
    _add_vendor_values(accounts, best)
    hand.apply("vendor", accounts)
    more = _more(observed, market, best, links, rules, rates)
    found = {(rule, "listing"): number for rule, number in counts.items()} | _counts(best, pages) | hand.counts
    found[("category-unmapped", "listing")] = sum(
        int(number)
        for path, number in best["category_path"].value_counts().items()
        if not rules.drugs.decided(market, path)
    )
    found |= _counts_of_more(more)
    tables = more | {
        "page": pages,
        "listing": best.assign(numbered=best["native_id"].notna()).drop(columns=["native_id", "position", "page_kind"]),
        "vendor": accounts.drop(columns=["position", "ships_from_text"]),
        "feedback": _feedback(observed["feedback"], _known_days(pages), market, date, feedback_maximum),
        "listing_page": links,
        "rate": pd.DataFrame(rates.table(), columns=RATE_COLUMNS),
    }
    for table in tables.values():
        table["market"], table["snapshot_date"] = market, date
    return Harmonised(tables, {key: number for key, number in sorted(found.items()) if number})
