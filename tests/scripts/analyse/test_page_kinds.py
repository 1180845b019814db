"""Pages by kind, and the faults of the demo counted by it."""

from pathlib import Path

import pandas as pd
import pytest
from analyse.page_kinds import page_kinds_table, page_variants_table
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.observed import observed
from cryptodrug.simulate.market.truth import page_table
from cryptodrug.simulate.scenario import read_scenario
from offer_frames import FIRST, LAST, assert_valid

SCENARIO = read_scenario(Path(__file__).resolve().parents[3] / "data/demo/scenario.yaml")
# fault of a page that was asked for -> the column in which it is counted
COUNTED = {"login": "login", "captcha": "captcha", "limit": "limit", "error": "error", "empty": "empty",
           "cut_head": "cut", "cut_tail": "broken_off"}  # fmt: skip


def test_pages_by_kind_by_hand(tmp_path):
    pages = pd.DataFrame(
        [("p1", FIRST, "list", None), ("p2", FIRST, "list", "double-escaped;duplicate-capture"),
         ("p3", FIRST, "listing", "cut"), ("p4", FIRST, "cut", "cut"), ("p5", LAST, "unknown", None)],
        columns=["page_id", "snapshot_date", "kind", "note"],
    ).assign(market="toy")  # fmt: skip
    links = pd.DataFrame([("a", "p1"), ("b", "p1"), ("b", "p2"), ("a", "p3")], columns=["listing_id", "page_id"])
    table = page_kinds_table(pages, links)
    assert_valid(table, tmp_path)
    first, last = table.rows.set_index("row").loc[[f"toy-{FIRST}", f"toy-{LAST}"]].to_dict("records")
    assert (first["pages"], first["list"], first["listing"], first["cut"], first["login"]) == (4, 2, 1, 1, 0)
    assert (first["second"], first["broken_off"], first["lists_only"]) == (1, 1, 1)
    assert (last["pages"], last["unknown"], last["lists_only"]) == (1, 1, 0)


def test_pages_by_template_by_hand(tmp_path):
    pages = pd.DataFrame(
        [(FIRST, "list", "table"), (LAST, "list", "table"), (LAST, "list", "tiles"), (LAST, "cut", None)],
        columns=["snapshot_date", "kind", "layout"],
    ).assign(market="toy")
    known = {"toy": [["listing", "main"], ["list", "tiles"], ["list", "table"], ["list", "table"], ["list", "empty"]]}
    table = page_variants_table(pages, known)
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert rows["pages"].to_dict() == {
        "toy-listing-1": 0, "toy-list-1": 1, "toy-list-2": 2, "toy-list-3": 0, "toy-cut-0": 1
    }  # fmt: skip
    assert (rows.loc["toy-list-2", "first"], rows.loc["toy-list-2", "last"]) == (FIRST, LAST)
    assert rows.loc["toy-list-1", "first"] == LAST and rows.loc["toy-listing-1", "first"] is None


def test_a_template_that_no_market_file_has_is_a_mistake():
    pages = pd.DataFrame([(FIRST, "list", "strange", "toy")], columns=["snapshot_date", "kind", "layout", "market"])
    with pytest.raises(ValueError, match="no market file"):
        page_variants_table(pages, {"toy": [["list", "table"]]})


@pytest.fixture(scope="module")
def demo():
    """The table of the demo, and the truth of its pages."""
    world = draw_world(SCENARIO)
    pages, links = [], []
    for market, month in world.snapshots():
        day, read = str(market.snapshots[month]), observed(Crawl(world, market, month))
        for row in read["page"]:
            pages.append(
                row | {"page_id": f"{market.id} {day} {row['path']}", "market": market.id, "snapshot_date": day}
            )
        for row in read["listing"]:
            links.append((f"{market.id}:{row['native_id']}", f"{market.id} {day} {row['path']}"))
    links = pd.DataFrame(links, columns=["listing_id", "page_id"])
    return page_kinds_table(pd.DataFrame(pages), links).rows.set_index("row"), page_table(world)


def test_faults_counted_are_those_of_the_truth_by_kind_and_month(demo):
    rows, truth = demo
    assert len(rows) == 9
    for (market, day), pages in truth.groupby(["market", "snapshot_date"]):
        counted = rows.loc[f"{market}-{day}"]
        for fault, column in COUNTED.items():
            assert counted[column] == (pages["fault"] == fault).sum() > 0, (market, day, fault)
        assert counted["front"] == 1 + (pages["fault"] == "front").sum()
        assert counted["second"] == pages["again"].sum()
        # what is not in the archive is missed, and nothing else
        assert counted["pages"] == len(pages) - pages["fault"].isin(["missed", "outage"]).sum()


def test_a_missed_page_shows_as_a_listing_that_only_lists_know(demo):
    rows, truth = demo
    for (market, day), pages in truth.groupby(["market", "snapshot_date"]):
        lost = pages[(pages["asked_for"] == "listing") & (pages["kind"] != "listing")]
        assert 0 < rows.loc[f"{market}-{day}", "lists_only"] <= len(lost)
    outage = rows.loc["cardboard-2019-03-15", "lists_only"]
    assert outage > 40 > rows["lists_only"].drop("cardboard-2019-03-15").max()
