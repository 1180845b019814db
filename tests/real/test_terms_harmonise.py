"""Tiers, ways of sending, records elsewhere and opinions of real pages, against what others read on them by hand.

Each page is harmonised alone, so that every page with expected values counts. And every category on the pages has a
class, or stands in the table as something else.
"""

import json
from pathlib import Path

import pandas as pd
import pytest
from cryptodrug.harmonise.drugs import UNDECIDED, class_of, is_drug
from cryptodrug.harmonise.snapshot import OBSERVED, harmonise, read_rules, texts_or_none
from cryptodrug.reading.schemas import SCHEMAS
from real_data import read_with, shared_data

JUDGEMENTS = sorted(map(str, (Path(__file__).parents[2] / "workflow" / "judgements").glob("*.csv")))
RULES = read_rules(JUDGEMENTS, "BE", ["DE", "FR", "LU", "NL"])
DATES = {"dream": "2018-11-19", "empire": "2019-10-02", "cryptonia": "2019-10-27", "apollon": "2020-02-01"}
LISTS = {"white-house": ["2020-04-04", "2020-09-17"], "cypher": ["2020-04-16", "2020-09-17"],
         "yellow-brick": ["2020-04-04", "2020-09-17"]}  # fmt: skip
SCORED = {"dream": 3, "empire": 5, "cryptonia": 0, "apollon": 0}  # pages of vendors with a table of opinions


@pytest.fixture(scope="module", params=sorted(DATES))
def market(request):
    """A market, with the observed rows of all its pages."""
    return request.param, read_with(request.param, shared_data() / "markets" / request.param / "html_files")


def typed_pages(name, read):
    """Expected values of each page, and its tables after harmonising it alone."""
    folder = shared_data() / "markets" / name / "expected"
    for page in read["page"]:
        hand = folder / f"{page['path']}.json"
        values = json.loads(hand.read_text(encoding="utf-8")).get("values", {}) if hand.is_file() else {}
        frames = {
            table: texts_or_none(
                pd.DataFrame(
                    [
                        {c: row.get(c) for c in SCHEMAS[table].names}
                        for row in read[table]
                        if row["path"] == page["path"]
                    ],
                    columns=SCHEMAS[table].names,
                    dtype=object,
                )
            )
            for table in OBSERVED
        }
        yield values, harmonise(frames, name, DATES[name], RULES).tables


def numbers(values):
    return [None if pd.isna(value) else float(value) for value in values]


def test_ways_of_sending_have_the_prices_that_others_read(market):
    name, read = market
    seen = 0
    for values, made in typed_pages(name, read):
        expected, found = values.get("shipping_options") or [], made["shipping"]
        assert len(found) == len(expected)
        assert numbers(found["price_amount"]) == [option["price"] for option in expected]
        assert found["price_currency"].tolist() == [option["currency"] for option in expected]
        assert found["price_eur"].notna().all()
        if expected and "days" in expected[0]:
            assert numbers(found["days_low"]) == [option["days"] for option in expected]
        if expected and "per" in expected[0]:
            assert found["per"].tolist() == [option["per"] for option in expected]
        seen += len(expected)
    assert seen == len(read["shipping"]) > 0


def test_tiers_have_the_quantities_and_prices_that_others_read(market):
    name, read = market
    seen = 0
    for values, made in typed_pages(name, read):
        expected = values.get("bulk_prices") or []
        price = made["price"][made["price"]["pieces_low"].notna()]
        found = price[price["basis"] == "quantity"]
        assert numbers(found["pieces_low"]) == [tier["from_qty"] for tier in expected]
        assert numbers(found["pieces_high"]) == [tier.get("to_qty") for tier in expected]
        assert numbers(found["price_amount"]) == [tier["price"] for tier in expected]
        assert numbers(found["discount_percent"]) == [tier.get("percent_off") for tier in expected]
        assert numbers(price[price["basis"] == "converted"]["price_amount"]) == [tier["btc"] for tier in expected]
        seen += len(expected)
    assert seen == {"cryptonia": 10, "empire": 3}.get(name, 0)


def test_a_converted_price_is_worth_what_its_offer_costs(market):
    """The market converts by its own rate, a little beside that of the pages; small prices are rounded to nothing."""
    name, read = market
    compared = 0
    for _, made in typed_pages(name, read):
        own = made["listing"].set_index("listing_id")["price_eur"]
        price = made["price"][(made["price"]["basis"] == "converted") & made["price"]["pieces_low"].isna()]
        both = price.assign(own=[own.get(key) for key in price["listing_id"]]).dropna(subset=["own", "price_eur"])
        large = both[(both["own"] > 20) & (both["price_currency"] == "BTC")]
        assert ((large["price_eur"] / large["own"] - 1).abs() < 0.06).all()
        compared += len(large)
    assert compared == 0 if name == "dream" else compared > 5


def record(row):
    """A record elsewhere as others write it down: sales, rating as a share, opinions."""
    return [
        None if pd.isna(row[column]) else round(float(row[column]), 4) for column in ("sales_low", "rating", *KINDS)
    ]


KINDS = ("positive", "neutral", "negative")


def test_records_elsewhere_are_those_that_others_read_and_each_names_a_known_market(market):
    name, read = market
    seen = 0
    for values, made in typed_pages(name, read):
        found = made["reference"]
        assert found["other_market"].notna().all() and "claim_text" not in found
        expected = values.get("other_markets") or []
        if expected and any({"deals", "sales"} & set(one) for one in expected):
            stated = [one for one in expected if len(one) > 2 or one.get("text")]
            rows = [row for _, row in found.iterrows() if any(value is not None for value in record(row))]
            assert [record(row) for row in rows] == [theirs(one) for one in stated]
            seen += len(stated)
    assert seen > 0 or name == "dream"  # of Dream only the printed texts were kept


def theirs(one):
    """The same as others wrote it down: of a band of sales its lower end; the best rating is five or a hundred."""
    sales = one.get("deals", one.get("sales"))
    if sales is None and "~" in one.get("text", ""):
        sales = float(one["text"].partition("~")[0])
    rating = one.get("rating")
    if rating is not None:
        rating = round(rating / one.get("out_of", 5 if rating <= 5 else 100), 4)
    return [sales, rating, *(one.get(kind) for kind in KINDS)]


def test_counts_of_opinions_are_those_that_others_read(market):
    name, read = market
    seen = 0
    for values, made in typed_pages(name, read):
        score = made["score"]
        counts = numbers(score[score["score_scale"] != "mean"]["count"])
        if table := values.get("ratings_table"):
            assert counts == [count for row in table for count in row["stars_1_to_5"]]
            assert numbers(score["mean"].dropna() * 5) == pytest.approx([row["rating"] for row in table])
            assert score["score"].dropna().tolist() == [0.2, 0.4, 0.6, 0.8, 1.0] * len(table)
            seen += 1
        elif table := values.get("positive_1_6_12_months"):
            assert counts[:3] == table and score["score"].tolist()[:3] == [1.0] * 3
            assert score["period_months"].tolist()[:3] == [1, 6, 12]
            seen += 1
    assert seen == SCORED[name]


def test_a_printed_mean_is_that_of_its_counts(market):
    """Nobody typed this: the scale is right when the stars give the mean beside them, which the market cuts off."""
    name, read = market
    for _, made in typed_pages(name, read):
        for _, rows in made["score"].groupby("period_text"):
            stars = rows[rows["score_scale"] == "stars"]
            if len(stars):
                mean = (stars["score"] * stars["count"].astype(float)).sum() / stars["count"].sum()
                assert rows["mean"].dropna().item() == pytest.approx(mean, abs=0.002)


def categories(name, read):
    """Every category of a market that its pages name: of an offer, and in the tree with its totals."""
    offers = {row.get("category_path") for row in read["listing"]} - {None}
    trees = {path for page in read["page"] if page.get("printed") for path in json.loads(page["printed"])}
    return offers, {path for path in trees if name != "yellow-brick" and path not in NO_CATEGORY}


NO_CATEGORY = {"pages", "found", "more feedback", "positive feedback", "Positive Feedback", "Negative Feedback"}


def test_every_category_has_a_class_or_is_none_by_a_written_judgement(market):
    name, read = market
    offers, trees = categories(name, read)
    assert {path for path in offers | trees if not RULES.drugs.decided(name, path)} == set()
    shelves = {path: RULES.drugs.shelf(name, path) for path in offers | trees}
    classes = {path: class_of(name, shelf, "", RULES.drugs) for path, shelf in shelves.items() if is_drug(shelf)}
    # only what has no class by its name is left to the words of the title
    assert {path for path, found in classes.items() if found == "other"} <= TITLES_DECIDE
    assert {path for path, shelf in shelves.items() if shelf is None} <= {"Other"}


TITLES_DECIDE = {
    "Drugs", "Drugs/Other", "Drugs/Other/Other", "Drugs/Stimulants", "Drugs/Stimulants/Other",
    "Drugs/Stimulants/Pressed Pills", "Other Narcotics", "Drugs & Chemicals", "Drugs & Chemicals/Other",
    "Drugs & Chemicals/Other/Other", "Drugs & Chemicals/Stimulants", "Drugs & Chemicals/Stimulants/Other",
    "Drugs & Chemicals/Stimulants/Pressed Pills",
}  # fmt: skip


@pytest.mark.parametrize(("name", "date"), [(name, date) for name, dates in LISTS.items() for date in dates])
def test_every_category_of_an_offer_in_a_list_is_decided(name, date):
    offers, _ = categories(name, read_with(name, shared_data() / "markets" / name / date))
    assert offers and {path for path in offers if not RULES.drugs.decided(name, path)} == set()
    assert UNDECIDED not in {RULES.drugs.shelf(name, path) for path in offers}
