"""A simulated market whose pages were downloaded three times: the coverage printed is that by Schnabel (1938)."""

import pandas as pd
import pytest
from analyse.offer_adjusted import offer_adjusted_table
from analyse.snapshot_coverage import snapshot_coverage_table
from cryptodrug.gate import judge, table_values
from cryptodrug.reading.tables import PAGE_KINDS
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.recovery.memory import as_downloaded, demo_method
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.statistics.coverage import schnabel
from offer_frames import many, offer
from tests_rules import RULES

MISSED = 400  # thousandths of the pages, in each download
CAPTURES = 3


def downloads(crawl, captures):
    """Pages of offers that arrived in each download, and what they show, as the database holds them."""
    page, link, met = [], [], []
    for capture in range(captures):
        arrived = [
            one.subject[0].native_id
            for one in crawl.with_missed(MISSED, capture).wanted
            if one.kind == "listing" and one.arrives_as
        ]
        met.append(set(arrived))
    first = set()
    for capture, there in enumerate(met):
        for name in sorted(there):
            page_id = f"{name}-{capture}"
            note = "duplicate-capture" if capture else None
            page.append({"page_id": page_id, "note": note, "captured_at": str(capture), "path": page_id})
            link.append({"listing_id": name, "page_id": page_id})
        first |= there
    whole = sum(one.kind == "listing" for one in crawl.wanted)
    frame = pd.DataFrame(page).assign(
        market=crawl.market.id, snapshot_date="2019-01-15", kind="listing", list_text=None, list_page_text=None
    )
    return frame, pd.DataFrame(link), met, whole


def snapshot_of(page, link):
    counts = {f"pages_{kind}": 0 for kind in PAGE_KINDS} | {"pages_listing": len(page), "pages_read": len(page)}
    found = {"listings_found": link["listing_id"].nunique(), "vendors_found": 1, "listings_printed": None}
    return pd.DataFrame([{"market": page["market"][0], "snapshot_date": "2019-01-15"} | counts | found])


@pytest.fixture(scope="module")
def crawl():
    study = as_downloaded(draw_world(read_scenario(SCENARIOS["scenario"])), demo_method())
    return study.crawls[0]


def test_three_downloads_print_a_coverage_by_schnabel_near_the_true_one(crawl):
    page, link, met, whole = downloads(crawl, CAPTURES)
    table = snapshot_coverage_table(snapshot_of(page, link), page, link, 0.95)
    values = {one["column"]: one for one in table_values(judge(table, RULES)).values()}
    assert values["method"]["value"] == "schnabel"
    # by the function itself: all are met in the first download or later
    everything = set().union(*met)
    true = len(everything) / whole
    assert values["coverage"]["value"] == pytest.approx(true, abs=0.05)
    ends = values["coverage"]["interval"]
    assert ends["low"] <= true <= ends["high"]
    assert ends["low"] < values["coverage"]["value"]
    assert schnabel(met) == pytest.approx(whole, rel=0.05)


def test_two_downloads_keep_to_chapman(crawl):
    page, link, _, _ = downloads(crawl, 2)
    row = snapshot_coverage_table(snapshot_of(page, link), page, link, 0.95).rows.iloc[0]
    assert row["method"] == "two-passes"


def test_the_adjusted_offer_takes_it_and_names_it(crawl):
    page, link, _, _ = downloads(crawl, CAPTURES)
    covered = snapshot_coverage_table(snapshot_of(page, link), page, link, 0.95).rows
    listing = offer(*many("b", 12, "BE"), *many("n", 12, "NL"))
    one = listing[listing["snapshot_date"].astype(str) == str(listing["snapshot_date"].max())]
    covered = covered.assign(market=one["market"].iloc[0], snapshot=str(one["snapshot_date"].iloc[0]))
    row = offer_adjusted_table(one, covered, "BE", "inclusive", 200, 1, 0.95, 0.5).rows.iloc[0]
    assert row["method"] == "schnabel"
    assert row["adjusted"] == pytest.approx(row["listings"] / covered["coverage"][0])
