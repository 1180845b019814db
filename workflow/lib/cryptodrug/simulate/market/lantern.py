"""The second page design, in a markup of our own: origins on the offer page only, counters, bulk prices.

The lists lack the top category; the price is in dollars; no feedback is shown. Each function that writes a page has
one beside it that says what must be read from it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from cryptodrug.shared_text import sketch
from cryptodrug.simulate.market.rows import Row, listing_row, price_row, vendor_row
from cryptodrug.simulate.market.shown import Offer, Seller, day_in_words
from cryptodrug.simulate.market.words import DESCRIPTIONS, NOTICE, ORIGINS

HEAD = "Drugs & Chemicals"
CUT_HEAD, CUT_TAIL = '<div id="hall">', '<p class="w2">'
FRONT = "/home"
SHUFFLED = True  # a search for everything has another order on each of its pages


def offer_path(native_id: str) -> str:
    """Where the page of an offer stands."""
    return f"/product/{native_id}"


def seller_path(handle: str) -> str:
    """Where the page of a vendor stands."""
    return f"/u/{handle}"


def browse_path(category: str, number: int) -> str:
    """Where a page of the list of a category stands."""
    shelf = category.lower().replace(" & ", "-").replace("/", "-").replace(" ", "-")
    return f"/search?shelf={shelf}&page={number}"


def list_named(path: str) -> tuple[str, str]:
    """Which list a page of it is of, and which page it is."""
    shelf, number = path.removeprefix("/search?shelf=").split("&page=")
    return shelf, number


def again_path(path: str) -> str:
    """A download that meets an address twice keeps it twice."""
    return path


def printed_totals(totals: Mapping[str, int]) -> dict[str, str]:
    """What the front page prints of the numbers of offers: all of them."""
    return {name: f"{number:,}" for name, number in totals.items()}


def rate_of(cents: int) -> str:
    """How the exchange rate is written."""
    return f"{cents // 100}.{cents % 100:02d}"


def _hall(market: str, room: str, rate: str | None, body: str) -> str:
    """A whole page. The search form names every country: text that must not be taken for the origin of an offer."""
    countries = "".join(f"<option>{escape(names['en'])}</option>" for names in ORIGINS.values())
    price = "" if rate is None else f'<td id="xr">BTC/USD {rate}</td>'
    return (
        f"<html><head><meta charset=utf-8><title>{escape(market)} :: {room}</title></head><body bgcolor=#fffbe6>\n"
        f'<table id="top"><tr><td>{escape(market)}</td>{price}<td>Ships from: <select>{countries}</select></td>'
        f'</tr></table>\n<p><small>{NOTICE}</small></p>\n<div id="hall">\n<!-- room:{room} -->\n{body}\n</div>'
        f'<p id="foot">{escape(market)}</p></body></html>\n'
    )


def _line(mark: str, label: str, text: str | None) -> str:
    """One line of the table of facts; no line at all when the market shows nothing."""
    return "" if text is None else f'<tr class="{mark}"><th>{label}</th><td>{escape(text, quote=False)}</td></tr>\n'


def _title(offer: Offer) -> str:
    text = escape(offer.title, quote=False)
    return escape(text, quote=False) if offer.escaped_title else text


def _tiers(offer: Offer) -> str:
    if not offer.tiers:
        return ""
    rows = "\n".join(
        f"<tr><td>From qty {tier.low} to {tier.high}</td><td>USD {tier.price}</td></tr>" for tier in offer.tiers
    )
    return f'<table id="bulk">\n<tr><th>Quantity</th><th>Each</th></tr>\n{rows}\n</table>\n'


def offer_page(market: str, rate: str, offer: Offer) -> str:
    """The page of one offer."""
    left = "Unlimited" if offer.stock is None else offer.stock
    steps = " &raquo; ".join(f"<a>{escape(part)}</a>" for part in offer.category.split("/"))
    body = (
        f'<p class="w1">{steps}</p>\n<h3>{_title(offer)}</h3>\n<p>by <a href="/u/{offer.vendor}">{offer.vendor}</a>, '
        f"<span>{offer.sold:,} sold since {day_in_words(offer.opened)}</span></p>\n"
        f'<table id="facts">\n{_line("f1", "Quantity left", left)}{_line("f2", "Origin country", offer.origin)}'
        f"{_line('f3', 'Ships to', offer.destination)}</table>\n{_tiers(offer)}"
        f'<p id="price">Purchase price: <b>USD {offer.dollars}</b><br>({offer.bitcoin} BTC)</p>\n'
        f'<p class="w2">{escape(DESCRIPTIONS[offer.language], quote=False)}</p>'
    )
    return _hall(market, "offer", rate, body)


def _without_top(category: str) -> str:
    return category.split("/", 1)[1] if "/" in category else category


def _item(offer: Offer) -> str:
    shelf = escape(_without_top(offer.category).replace("/", " / "))
    return (
        f'<tr class="it"><td><a href="/product/{offer.native_id}">{_title(offer)}</a><br>\n'
        f'Item # {offer.native_id} - {shelf} -\n<a href="/u/{offer.vendor}">{offer.vendor}</a> ({offer.sold})</td>'
        f"<td>USD {offer.dollars}</td></tr>"
    )


def browse_page(market: str, rate: str, category: str, offers: Iterable[Offer]) -> str:
    """One page of a search."""
    items = "\n".join(map(_item, offers))
    return _hall(market, "search", rate, f'<table id="found">\n{items}\n</table>')


def seller_page(market: str, rate: str, seller: Seller) -> str:
    """The page of one vendor."""
    good, so_so, bad = seller.scores
    key = (
        "has no key" if seller.key is None else f"SAMPLE KEY / SIMULATED / NOT A KEY, fingerprint <tt>{seller.key}</tt>"
    )
    body = (
        f"<h3>{seller.vendor}</h3>\n<table id=facts>\n{_line('v1', 'Orders', f'{seller.sold:,}')}"
        f"{_line('v2', 'Feedback', f'{good} | {so_so} | {bad}')}"
        f"{_line('v3', 'Since', day_in_words(seller.registered))}</table>\n"
        f"<p class=v4>{seller.about}</p><p id=key>{key}</p>"
    )
    return _hall(market, "vendor", rate, body)


def front_page(market: str, rate: str, printed: Mapping[str, str]) -> str:
    """The front page: categories with the number of offers in each."""
    rows = "\n".join(f"<li><a>{escape(name)}</a><i>{number}</i></li>" for name, number in printed.items())
    return _hall(market, "home", rate, f'<ul id="tree">\n{rows}\n</ul>')


def login_page(market: str) -> str:
    """The page that asks to sign in again."""
    return _hall(market, "login", None, "<h3>Please sign in</h3><form><input type=password></form>")


def captcha_page(market: str) -> str:
    """The page that asks for a proof of being human."""
    return _hall(market, "riddle", None, "<h3>Solve this</h3><p>[simulated picture]</p>")


def error_page(market: str) -> str:
    """The page of an address that leads nowhere."""
    return _hall(market, "gone", None, "<h3>Gone</h3><p>There is no such product.</p>")


def limit_page() -> str:
    """What the server says when it is asked too fast; no page of the market."""
    return f"<html><body><h1>Slow down</h1><p>{NOTICE}</p></body></html>\n"


def front_row(printed: Mapping[str, str]) -> str:
    """What is read from a front page."""
    return json.dumps(dict(printed), sort_keys=True)


def offer_row(offer: Offer, in_list: bool) -> Row:
    """What is read of an offer from its own page, or from a row of a list (which shows less)."""
    shown = {
        "title": offer.title,
        "vendor": offer.vendor,
        "price_text": offer.dollars,
        "price_currency": "USD",
        "category_path": _without_top(offer.category) if in_list else offer.category,
    }
    if not in_list:
        shown |= {"ships_from_text": offer.origin, "ships_to_text": offer.destination}
        shown |= {"sold_text": f"{offer.sold:,}", "stock_text": offer.stock or "Unlimited"}
        shown |= {"description_length": len(DESCRIPTIONS[offer.language])}
    return listing_row("list" if in_list else "listing", offer.native_id, shown)


def feedback_rows(offer: Offer) -> Iterator[Row]:
    """This design shows no feedback."""
    return iter(())


def price_rows(offer: Offer) -> Iterator[Row]:
    """What is read of the prices for several pieces."""
    for tier in offer.tiers:
        shown = {"quantity_low_text": tier.low, "quantity_high_text": tier.high, "price_text": tier.price}
        yield price_row(offer.native_id, shown | {"price_currency": "USD"})


def seller_row(seller: Seller) -> Row:
    """What is read of a vendor."""
    good, so_so, bad = seller.scores
    shown = {
        "sales_text": f"{seller.sold:,}",
        "positive_text": str(good),
        "neutral_text": str(so_so),
        "negative_text": str(bad),
        "registered_text": day_in_words(seller.registered),
        "pgp_present": seller.key is not None,
        "pgp_fingerprint": seller.key,
        "profile_length": len(seller.about),
        "profile_sketch": sketch(seller.about),
    }
    return vendor_row(seller.vendor, shown)


def after_cut(row: Row) -> Row:
    """What is left of a row when the page breaks off at the description."""
    return row | {"description_length": None}
