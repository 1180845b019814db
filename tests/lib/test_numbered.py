"""Offers in numbers and categories give the same prices as offers by name; second captures the same coverage."""

import pandas as pd
import pytest
from analyse.price_models import price_model_tables, price_sensitivity_table
from analyse.price_per_gram import price_per_gram_table
from analyse.snapshot_coverage import PAGE, snapshot_coverage_table
from cryptodrug.errors import InputError
from cryptodrug.numbered import numbered_listings
from cryptodrug.populations import DEFINITIONS, drug_listings
from cryptodrug.reading.tables import PAGE_KINDS
from cryptodrug.recaptured import recaptured
from cryptodrug.revenue import FLAGS
from offer_frames import both_days, many, offer
from pandas.testing import assert_frame_equal

WANTED = ["drug_class", "quantity_g", "quantity_units", "price_eur", "price_eur_per_g", *FLAGS]
SIZES = ((1.0, 12.0), (5.0, 45.0), (10.0, 80.0), (100.0, 500.0))
FIRST, LAST = "2019-01-01", "2019-01-30"


def sold(prefix, vendors, origin, times=1.0, **more):
    return [
        row for size, price in SIZES for row in many(prefix, vendors, origin, quantity_g=size, price_eur=price * times,
                                                     **more)
    ]  # fmt: skip


@pytest.fixture
def database(tmp_path):
    """An offer with held prices, and rows that are no offer of drugs; accounts on two markets whose names overlap."""
    table = offer(
        *both_days(*sold("b", 11, "BE", 1.3), *sold("b", 5, "BE|NL"), *sold("n", 12, "NL", 0.9), *sold("u", 9, None)),
        *sold("b", 11, "BE", 1.1, drug_class="o'clock"),
        *sold("u", 12, "US", drug_class="o'clock", market="toy-b"),
    ).assign(is_drug=True)
    table["listing_id"] = (
        table["vendor"] + table["drug_class"] + (table.groupby("snapshot_date").cumcount() % 97).map(str)
    )
    table[FLAGS[0]] = pd.Series([n % 9 == 4 for n in range(len(table))], dtype="boolean").where(table.index % 7 > 0)
    table["price_eur_per_g"] = table["price_eur"] / table["quantity_g"]
    table["entity_id"] = table.pop("entity")
    others = [table.assign(is_drug=False), table.assign(is_drug=pd.NA), table.assign(vendor=None)]
    path = tmp_path / "listing.parquet"
    pd.concat([table, *others]).astype({"is_drug": "boolean"}).to_parquet(path)
    return path


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_prices_are_the_same(database, definition):
    tables = []
    for listing in (numbered_listings(database, WANTED), drug_listings(database, WANTED)):
        models = price_model_tables(listing, "BE", definition, ["NL"], 0.95)
        printed = set(models[0].rows["row"])
        assert len(printed) == 2 and models[0].rows["slope_low"].notna().all()
        last = price_sensitivity_table(listing, "BE", definition, ["NL"], printed)
        tables.append([*models, last, price_per_gram_table(listing, "BE", definition, 0.95)])
    for one, other in zip(*tables, strict=True):
        assert len(one.rows)
        assert_frame_equal(one.rows, other.rows, check_exact=True)


def test_nothing_filed_under_drugs(tmp_path):
    path = tmp_path / "listing.parquet"
    offer(*many("b", 3, "BE")).rename(columns={"entity": "entity_id"}).assign(is_drug=False).to_parquet(path)
    with pytest.raises(InputError, match="no listing of any snapshot is filed under drugs"):
        numbered_listings(path)


@pytest.mark.parametrize(("captures", "method"), [(1, "printed-count"), (2, "two-passes"), (3, "schnabel")])
def test_coverage_is_the_same(tmp_path, captures, method):
    page, link = [], []
    for day in (FIRST, LAST):
        for number in range(12):
            for capture in range(captures if number < 5 else 1):
                name = f"{day}-{number:02d}-{capture}"
                page.append({"snapshot_date": day, "page_id": name, "path": name, "list_page_text": str(number),
                             "note": "x;duplicate-capture" if capture else None, "captured_at": None})  # fmt: skip
                shown = range(4 * number + capture, 4 * number + 5 + capture)
                link += [{"snapshot_date": day, "page_id": name, "listing_id": f"l{one}"} for one in shown]
    page = pd.DataFrame(page).assign(market="toy", kind="list", list_text="all")
    link = pd.DataFrame(link).assign(market="toy")
    page.to_parquet(tmp_path / "page.parquet")
    link.to_parquet(tmp_path / "link.parquet")
    counts = {f"pages_{kind}": 0 for kind in PAGE_KINDS} | {"pages_read": 12, "listings_found": 50, "vendors_found": 3}
    days = [{"market": "toy", "snapshot_date": day, "listings_printed": 60} | counts for day in (FIRST, LAST)]
    again = recaptured(tmp_path / "page.parquet", tmp_path / "link.parquet", PAGE)
    assert len(again.link) < len(link) and (captures == 1 or min(again.others.values()) > 0)
    picked = snapshot_coverage_table(pd.DataFrame(days), again.page, again.link, 0.95, again.others)
    whole = snapshot_coverage_table(pd.DataFrame(days), page, link, 0.95)
    assert set(whole.rows["method"]) == {method}
    assert_frame_equal(picked.rows, whole.rows, check_exact=True)
