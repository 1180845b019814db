"""Pages of the invented market, read by its market file, give exactly the truth."""

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
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.reader import Reader
from cryptodrug.simulate.crawl import Crawl
from cryptodrug.simulate.faults import KIND_AFTER
from cryptodrug.simulate.observed import observed
from cryptodrug.simulate.pages import NOTICE
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.study import archives
from cryptodrug.simulate.truth import draw_truth
from observe.observe_archive import observe_archive

PROJECT = Path(__file__).resolve().parents[3]
ADAPTER = PROJECT / "workflow/markets/cardboard.yaml"
TABLES = ("page", "listing", "vendor", "feedback")


@pytest.fixture(scope="module")
def truth():
    return draw_truth(read_scenario(PROJECT / "data/demo/scenario.yaml"))


@pytest.fixture(scope="module", params=[0, 1, 2])
def both(request, truth, tmp_path_factory):
    """Rows expected without any page, and rows read from the archive, by table, for one snapshot."""
    folder, snapshot = tmp_path_factory.mktemp("read"), request.param
    date = str(truth.scenario.snapshots[snapshot])
    name, data = list(archives(truth.scenario, truth).items())[snapshot]
    (folder / name).write_bytes(data)
    made = {table: str(folder / f"{table}.parquet") for table in TABLES}
    observe_archive(str(folder / name), str(ADAPTER), "cardboard", date, sha256_of(folder / name), kind="pages", **made)
    return observed(Crawl(truth, snapshot)), {table: pq.read_table(path).to_pylist() for table, path in made.items()}


@pytest.mark.parametrize("table", TABLES)
def test_the_archive_is_read_as_the_truth_field_by_field(both, table):
    expected, found = both[0][table], both[1][table]
    paths = {page["page_id"]: page["path"] for page in both[1]["page"]}
    found = [row | {"path": paths[row["page_id"]]} for row in found]
    assert len(found) == len(expected) > 30
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, expected, strict=True)] == expected


def test_pages_by_kind_are_those_planned(both, truth):
    rules = truth.scenario.crawl
    planned = Counter(rules.offer_faults) + Counter(rules.browse_faults) + Counter(rules.seller_faults)
    found = Counter(page["kind"] for page in both[1]["page"])
    for kind in ("login", "captcha", "limit", "error", "empty", "cut"):
        assert found[kind] == sum(n for fault, n in planned.items() if KIND_AFTER[fault] == kind) > 0
    assert found["front"] == 1 + planned["front"]
    assert found["unknown"] == found["other"] == 0


def test_every_sample_of_the_market_file_is_read_as_it_says():
    adapter = read_adapter(ADAPTER)
    reader = Reader(adapter)
    for sample in adapter.samples:
        read = reader.read(sample.path, sample.html.encode())
        assert read.kind == sample.kind, sample.name
        note = ";".join(sorted(read.notes)) or None
        page = {"note": note, "rate_text": read.rate_text, "rate_pair": read.rate_pair, "printed": read.printed}
        assert {key: page[key] for key in sample.page} == sample.page, sample.name
        for table, wanted in sample.rows.items():
            rows = [
                dict(zip(rows.names, row, strict=True))
                for rows, many in read.rows
                for row in many
                if rows.table == table
            ]
            assert [{key: row.get(key) for key in want} for row, want in zip(rows, wanted, strict=True)] == wanted


def test_every_page_that_the_market_made_says_that_it_is_simulated(truth):
    for path, data in Crawl(truth, 0).arrived():
        if data.strip() and b"<body" in data:
            assert NOTICE.encode() in data, path


def test_judgement_files_give_the_true_class_quantity_origin_and_policy(truth):
    folder = PROJECT / "workflow/judgements"
    places, units = read_places(folder / "places.csv"), read_units(folder / "quantities.csv")
    drugs = read_drug_rules(folder / "drug_classes.csv", folder / "drug_words.csv")
    for one in truth.listings:
        product, vendor = truth.scenario.products[one.product], truth.vendors[one.vendor]
        assert is_drug(product.category) == (product.drug_class is not None)
        if product.drug_class is None:
            continue
        assert class_of("cardboard", product.category, one.title, drugs) == product.drug_class
        quantity = read_quantity(one.title, units, product.drug_class in SOLD_BY_UNIT)
        assert (quantity.grams, quantity.units) == (one.size.grams, one.size.units), one.title
        for codes, origin, destination in zip(
            vendor.origins, vendor.origin_texts, vendor.destination_texts, strict=True
        ):
            assert read_origin(origin, places).codes == tuple(sorted(codes))
            stated = read_destination(destination, places)
            assert policy_of(stated, codes, "BE", ["DE", "FR", "LU", "NL"]) == vendor.policy
