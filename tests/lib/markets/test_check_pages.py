"""A market file tried on pages: what each field gave, what will break, what was not read."""

import pytest
from cryptodrug.archive import Page
from cryptodrug.cli import main
from cryptodrug.markets.brittle import by_place
from cryptodrug.markets.tryout import try_on
from cryptodrug.reading.adapter import read_adapter
from invented_market import list_page, write

ADAPTER = """\
market: sample
description: An invented market
pages:
  - kind: list
    when: {contains: ["class='offers'"]}
    rows:
      - table: listing
        select: .offers tr
        required: title
        fields:
          title: {select: ".what a"}
          vendor: {cell: 3}
          price_text: {select: "td:nth-child(4)"}
          category_path: {select: ".category"}
          ships_to_text: {select: "td a", attribute: href}
"""


@pytest.fixture
def said(tmp_path, capsys):
    """What `check` prints about an adapter that reads lists only."""
    (tmp_path / "sample.yaml").write_text(ADAPTER)
    crawl = write(tmp_path / "crawl")
    assert main(["market", "check", str(tmp_path / "sample.yaml"), "--pages", str(crawl)]) == 0
    return capsys.readouterr().out


def line(said, begin):
    return next(" ".join(one.split()) for one in said.splitlines() if one.strip().startswith(begin))


def test_each_field_is_counted_by_rows_and_pages_with_examples(said):
    assert line(said, "list/main:") == "list/main: 3 pages, 15 listing rows"
    assert line(said, "listing.title") == (
        "listing.title 15 of 15 rows, 3 of 3 pages 'Sample tea 0', 'Sample honey 1', 'Paper boat 2'"
    )


def test_a_field_that_gives_nothing_is_called_out(said):
    assert line(said, "listing.category_path") == "listing.category_path 0 of 15 rows, 0 of 3 pages NEVER"


def test_rules_that_say_only_a_place_are_brittle(said):
    assert line(said, "brittle: listing.vendor") == "brittle: listing.vendor: `cell: 3` counts elements"
    assert "brittle: listing.price_text: `:nth-child(4)` counts elements" in said


def test_a_selector_that_matches_different_things_is_brittle(said):
    assert "listing.ships_to_text matches up to 3 elements with other texts in 15 of 15 rows" in said
    assert "listing.title matches" not in said


def test_labels_that_no_field_reads_and_pages_of_no_kind_are_named(said):
    assert line(said, "not read: labels") == "not read: labels 'balance' (3), 'ships from' (3), 'vendor' (3)"
    assert line(said, "unknown:").startswith("unknown: 11 pages, such as index.html, item/1000.html")
    assert "6 of them, such as item/1000.html, look like listing (labels of one offer:" in said
    assert "3 of them, such as user/sample-one.html, look like vendor" in said


def test_a_long_example_is_cut_short(tmp_path, capsys):
    (tmp_path / "page.html").write_text(f"<h1>{'long ' * 30}</h1>")
    rule = "{kind: listing, when: {contains: [<h1>]}, rows: [{table: listing, fields: {title: {select: h1}}}]}"
    (tmp_path / "a.yaml").write_text(f"market: a\ndescription: b\npages: [{rule}]\n")
    assert main(["market", "check", str(tmp_path / "a.yaml"), "--pages", str(tmp_path / "page.html")]) == 0
    assert "'long long long long long long ...'" not in (said := capsys.readouterr().out)
    assert "'long long long long long long..." in said


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("div div", "`div div` names nothing but tags"),
        (".a, table > tr td", "`table > tr td` names nothing but tags"),
        ("li:first-of-type", "`:first-of-type` counts elements"),
        (".row td", None),
        ("h1", None),
        ('a[href*="/p/"]', None),
        ('dt:lexbor-contains("From:") + dd', None),
    ],
)
def test_what_depends_on_a_place(select, why):
    assert by_place(select) == why


def test_a_page_that_the_server_gave_as_an_error_is_none_of_the_kind_it_looks_like(tmp_path):
    (tmp_path / "sample.yaml").write_text(ADAPTER)
    pages = [Page("list/0", list_page(0).encode()), Page("list/1", list_page(1).encode(), status=500)]
    tried = try_on(read_adapter(tmp_path / "sample.yaml"), pages)
    assert tried.kinds["list/main"].pages == 1
    assert tried.unread == {"error": ["list/1"]}


WITHIN = """\
market: sample
description: Prices of two forms in each offer
pages:
  - kind: list
    when: {contains: ["class='offer'"]}
    rows:
      - {table: listing, select: .offer, fields: {title: {select: h3}}}
      - {table: price, within: .offer, select: .tier, fields: {price_text: {select: b}}}
      - table: price
        within: .offer
        select: p
        matches: '([\\d.]+) ([A-Z]{3})'
        fields: {price_text: {match: 1}, price_currency: {match: 2}}
"""


def test_rows_inside_an_offer_and_in_its_text_are_all_counted(tmp_path, capsys):
    (tmp_path / "sample.yaml").write_text(WITHIN)
    tier, text = "<div class=tier><b>{}</b></div>", "<p>{} EUR or {} USD</p>"
    first = tier.format(9) + tier.format(8) + tier.format(7) + text.format(10, 11)
    offers = [f"<div class='offer'><h3>Tea</h3>{inside}</div>" for inside in (first, text.format(20, 22))]
    (tmp_path / "page.html").write_text("".join(offers))
    assert main(["market", "check", str(tmp_path / "sample.yaml"), "--pages", str(tmp_path / "page.html")]) == 0
    said = capsys.readouterr().out
    assert line(said, "list/main:") == "list/main: 1 page, 2 listing rows, 7 price rows"
    assert line(said, "price.price_text").startswith("price.price_text 7 of 7 rows")
    assert line(said, "price.price_currency").startswith("price.price_currency 4 of 4 rows")
