"""`cryptodrug market dates` says the date of a folder of pages, with its evidence, and what speaks against it."""

import json

import pytest
from cryptodrug.cli import main

MARKET = """\
market: sample
description: An invented market
pages:
  - kind: list
    when: {contains: ["<main>"]}
    clock: {select: "time"}
    rates:
      select: "i"
      name: {select: "i", regex: '^(.*?) [\\d.]+$'}
      number: {select: "i", regex: '[\\d.]+$'}
    rows:
      - table: listing
        select: "p"
        fields:
          native_id: {select: "p", attribute: id}
          price_text: {select: "b", regex: '[\\d.]+'}
          price_currency: {constant: USD}
      - table: price
        within: "p"
        select: "s"
        fields:
          native_id: {select: "p", attribute: id, of_block: true}
          price_text: {select: "s"}
          price_currency: {constant: BTC}
      - table: feedback
        select: "q"
        fields:
          posted_text: {select: "q"}
"""
OFFER = '<p id="c232ab00-9414-11ec-b3c8-9f6bdeced846"><b>$900</b><s>0.02</s></p>'


@pytest.fixture
def dates(tmp_path, capsys):
    """A function that dates a folder of pages, given their texts; the exit status, and what is printed."""
    market = tmp_path / "sample.yaml"
    market.write_text(MARKET)

    def run(folder, *pages, options=()):
        (tmp_path / folder).mkdir()
        for number, page in enumerate(pages):
            (tmp_path / folder / f"{number}.html").write_text(f"<main>{page}")
        status = main(["market", "dates", str(market), str(tmp_path / folder), *options])
        return status, capsys.readouterr().out

    return run


def test_clocks_give_a_day_and_a_span(dates):
    clocks = [f"<time>2022-02-{day} 10:00 UTC</time>" for day in (24, 25, 25)]
    status, printed = dates("crawl-2022-02-25", *clocks)
    assert status == 0
    assert "clock      2022-02-24 to 2022-02-25 (clocks that the pages print; 3 in all)" in printed
    assert "snapshot date: 2022-02-25, a crawl from 2022-02-24 to 2022-02-25, by clock" in printed


def test_what_was_made_later_speaks_against_the_name(dates):
    status, printed = dates("crawl-2021-02-25", OFFER, "<q>2021-02-24</q>")
    assert status == 1
    assert "identifier 2022-02-22" in printed
    assert "printed    2021-02-24 (the latest date that a page prints: not before; 1 in all)" in printed
    assert "snapshot date: 2021-02-25, by name" in printed
    assert (
        "against it: the newest identifier, which holds the time at which it was made: not before 2022-02-22" in printed
    )


def test_nothing_gives_no_day(dates):
    status, printed = dates("pages", "<p></p>")
    assert (status, printed) == (1, "the evidence gives no day\n")


def test_rates_for_other_programs(dates, tmp_path):
    daily = tmp_path / "daily.csv"
    daily.write_text("date,price_usd\n2022-02-21,30000\n2022-02-22,45100\n2022-02-23,44000\n")
    pages = [OFFER, "<i>1 XMR = USD 150.0</i>", "<i>1 XMR = USD 160.0</i>"]
    status, printed = dates("pages", *pages, options=["--json", "--rates", str(daily)])
    found = json.loads(printed)
    assert found["rates"] == {"BTC/USD": [45000, 45000, 45000], "XMR/USD": [150, 155, 160]}
    assert found["evidence"]["rate"] == {"2022-02-22": 1, "2022-02-23": 1}
    assert (found["snapshot_date"], found["first_day"], found["last_day"], found["rests_on"]) == (
        None, "2022-02-22", "2022-02-23", "rate",
    )  # fmt: skip
    assert status == 1
