"""A list that the market orders anew for each of its pages."""

from pathlib import Path

import pytest
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario

SCENARIO = read_scenario(Path(__file__).resolve().parents[3] / "data/demo/scenario.yaml")


@pytest.fixture(scope="module")
def crawl():
    world = draw_world(SCENARIO)
    return Crawl(world, SCENARIO.market("lantern"), 0)


def test_it_has_as_many_pages_as_the_offer_fills_and_shows_some_twice_and_others_never(crawl):
    pages, standing = crawl.shuffled(0), crawl.world.standing(crawl.market, crawl.month)
    assert len(pages) == -(-len(standing) // crawl.market.rows_a_page)
    assert [crawl.design.list_named(page.path)[1] for page in pages] == [str(n + 1) for n in range(len(pages))]
    shown = [one.listing_id for page in pages for one in page.subject]
    assert all(len(set(page.subject)) == len(page.subject) for page in pages)
    # by chance a share of 1 - 1/e
    assert 0.58 < len(set(shown)) / len(standing) < 0.69


def test_what_is_missed_does_not_change_the_order(crawl):
    whole, poor = crawl.shuffled(0), crawl.shuffled(400)
    assert [page.subject for page in whole] == [page.subject for page in poor]
    assert not any(page.fault for page in whole)
    assert 0 < sum(page.fault == "missed" for page in poor) < len(poor)


def test_the_rest_of_the_download_is_what_it_is_without_it(crawl, monkeypatch):
    monkeypatch.setattr(crawl.design, "SHUFFLED", False)
    without = Crawl(crawl.world, crawl.market, 0)
    assert crawl.wanted[: len(without.wanted)] == without.wanted
    assert len(crawl.wanted) > len(without.wanted)


def test_a_simulation_of_many_downloads_reads_it_only_when_asked(crawl):
    assert all("shelf=all&" not in page.path for page in crawl.with_missed(100).wanted)
