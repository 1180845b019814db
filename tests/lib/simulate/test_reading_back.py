"""Pages of the invented markets, read by their market files, give exactly the truth."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cryptodrug.files import sha256_of
from cryptodrug.harmonise.destinations import policy_of, read_destination
from cryptodrug.harmonise.drugs import SOLD_BY_UNIT, class_of, is_drug, read_drug_rules
from cryptodrug.harmonise.origins import read_origin
from cryptodrug.harmonise.places import read_places
from cryptodrug.harmonise.quantities import read_quantity, read_units
from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.faults import KIND_AFTER
from cryptodrug.simulate.market.observed import observed
from cryptodrug.simulate.market.words import NOTICE
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.study import archive_name, write_archive
from observe.observe_archive import observe_archive

PROJECT = Path(__file__).resolve().parents[3]
SCENARIO = read_scenario(PROJECT / "data/demo/scenario.yaml")
WORLD = draw_world(SCENARIO)
TABLES = ("page", *COLUMNS_OF)
SNAPSHOTS = [pytest.param((market, month), id=f"{market.id}-{month + 1}") for market, month in WORLD.snapshots()]


@pytest.fixture(scope="module", params=[SNAPSHOTS[0], SNAPSHOTS[2], SNAPSHOTS[5], SNAPSHOTS[8]])
def both(request, tmp_path_factory):
    """Rows expected without any page, and rows read from the archive, by table, for one snapshot; its download."""
    market, month = request.param
    folder = tmp_path_factory.mktemp("read")
    path = folder / archive_name(market, month)
    write_archive(path, WORLD, market, month)
    made = {table: str(folder / f"{table}.parquet") for table in TABLES}
    adapter = str(PROJECT / f"workflow/markets/{market.design}.yaml")
    day = str(market.snapshots[month])
    observe_archive(str(path), adapter, market.id, day, sha256_of(path), kind="pages", **made)
    crawl = Crawl(WORLD, market, month)
    return observed(crawl), {table: pq.read_table(path).to_pylist() for table, path in made.items()}, crawl


@pytest.mark.parametrize("table", TABLES)
def test_the_archive_is_read_as_the_truth_field_by_field(both, table):
    expected, found = both[0][table], both[1][table]
    paths = {page["page_id"]: page["path"] for page in both[1]["page"]}
    found = [row | {"path": paths[row["page_id"]]} for row in found]
    assert len(found) == len(expected)
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, expected, strict=True)] == expected


def test_pages_by_kind_are_those_planned(both):
    rules = both[2].market.crawl
    planned = Counter(rules.offer_faults) + Counter(rules.browse_faults) + Counter(rules.seller_faults)
    found = Counter(page["kind"] for page in both[1]["page"])
    for kind in ("login", "captcha", "limit", "error", "empty", "cut"):
        assert found[kind] == sum(n for fault, n in planned.items() if KIND_AFTER[fault] == kind) > 0
    assert found["front"] == 1 + planned["front"]
    assert found["unknown"] == found["other"] == 0


def test_every_page_that_a_market_made_says_that_it_is_simulated():
    for market, month in WORLD.snapshots()[::4]:
        for page in Crawl(WORLD, market, month).arrived():
            if page.data.strip() and b"<body" in page.data:
                assert NOTICE.encode() in page.data, page.path


def test_judgement_files_give_the_true_class_quantity_origin_and_policy():
    folder = PROJECT / "workflow/judgements"
    places, units = read_places(folder / "places.csv"), read_units(folder / "quantities.csv")
    files = ("drug_classes.csv", "drug_words.csv", "category_names.csv")
    drugs = read_drug_rules(*(folder / name for name in files))
    for one in WORLD.listings:
        product, entity = SCENARIO.products[one.product], WORLD.entities[one.entity]
        printed = product.category[one.market]
        shelf = drugs.shelf(one.market, printed)
        assert is_drug(shelf) == (product.drug_class is not None)
        if product.drug_class is None:
            continue
        if one.market == "lantern":
            assert drugs.shelf("lantern", printed.split("/", 1)[1]) == shelf
        assert class_of(one.market, shelf, one.title, drugs) == product.drug_class
        quantity = read_quantity(one.title, units, product.drug_class in SOLD_BY_UNIT)
        assert (quantity.grams, quantity.units) == (one.size.grams, one.size.units), one.title
        for codes, origin, destination in zip(
            entity.origins, entity.origin_texts, entity.destination_texts, strict=True
        ):
            assert read_origin(origin, places).codes == tuple(sorted(codes))
            stated = read_destination(destination, places)
            assert policy_of(stated, codes, "BE", ["DE", "FR", "LU", "NL"]) == entity.policy
