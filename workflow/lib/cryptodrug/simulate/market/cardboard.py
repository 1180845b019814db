"""The first page design, in a markup of our own: origins in the lists, sales in bands, dated feedback.

Each function that writes a page has one beside it that says what must be read from it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape

from cryptodrug.shared_text import sketch
from cryptodrug.simulate.market.rows import Row, listing_row, price_row, vendor_row
from cryptodrug.simulate.market.shown import Offer, Opinion, Seller, band, tally
from cryptodrug.simulate.market.words import DESCRIPTIONS, NOTICE, ORIGINS

HEAD = "Drugs"
CUT_HEAD, CUT_TAIL = "<body", '<section id="opinions">'
AGAIN = ".again.html"
FRONT = "front.html"
SHUFFLED = False  # its lists keep their order


def offer_path(native_id: str) -> str:
    """Where the page of an offer stands."""
    return f"offer/{native_id}.html"


def seller_path(handle: str) -> str:
    """Where the page of a vendor stands."""
    return f"seller/{handle}.html"


def browse_path(category: str, number: int) -> str:
    """Where a page of the list of a category stands."""
    return f"browse/{category.lower().replace('/', '-').replace(' ', '-')}/{number}.html"


def list_named(path: str) -> tuple[str, str]:
    """Which list a page of it is of, and which page it is."""
    _, shelf, number = path.split("/")
    return shelf, number.split(".")[0]


def again_path(path: str) -> str:
    """Where the second capture of a list page stands."""
    return path.removesuffix(".html") + AGAIN


def printed_totals(totals: Mapping[str, int]) -> dict[str, str]:
    """What the front page prints of the numbers of offers: rounded down to tens."""
    return {name: tally(number) for name, number in totals.items()}


def rate_of(cents: int) -> str:
    """How the exchange rate is written."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def key_text(key: str | None) -> str:
    """A visibly false key, which no program takes for one."""
    return "No key" if key is None else f"SAMPLE KEY\nSIMULATED / NOT A KEY / GESIMULEERD / SIMULE\nFingerprint: {key}"


def _sheet(market: str, sheet: str, rate: str | None, body: str) -> str:
    """A whole page. The menu names every origin: text that must not be taken for the origin of an offer."""
    menu = "".join(f'<option value="{code}">{escape(names["en"])}</option>' for code, names in ORIGINS.items())
    price = "" if rate is None else f'<span class="rate">1 BTC = {rate} USD</span>'
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(market)}</title></head>\n'
        f'<body class="sheet-{sheet}">\n<p class="notice">{NOTICE}</p>\n'
        f"<header><b>{escape(market)}</b> {price}\n"
        f'<form><label>Origin <select name="origin">{menu}</select></label></form></header>\n'
        f"<main>\n{body}\n</main>\n</body></html>\n"
    )


def _title(offer: Offer) -> str:
    text = escape(offer.title, quote=False)
    return escape(text, quote=False) if offer.escaped_title else text


def _trail(category: str) -> str:
    return '<ol class="trail">' + "".join(f"<li>{escape(part)}</li>" for part in category.split("/")) + "</ol>"


def _fact(name: str, mark: str, text: str | None) -> str:
    """One line of the facts of an offer; no line at all when the market shows nothing."""
    return "" if text is None else f'<dt>{name}</dt><dd class="{mark}">{escape(text, quote=False)}</dd>\n'


def _opinion(opinion: Opinion) -> str:
    text = escape(opinion.text, quote=False)
    return f"<li><time>{opinion.day}</time> <b>{opinion.score}</b> <q>{text}</q></li>"


def _own(offer: Offer) -> str:
    return f"{offer.own_price} {offer.own_currency}"


def offer_page(market: str, rate: str, offer: Offer) -> str:
    """The page of one offer."""
    opinions = "\n".join(map(_opinion, offer.opinions)) or '<li class="none">No opinions yet</li>'
    body = (
        f"{_trail(offer.category)}\n"
        f'<h2 class="offer-name">{_title(offer)}</h2>\n<dl class="facts">\n'
        f'<dt>Offered by</dt><dd class="seller"><a href="/seller/{offer.vendor}.html">{offer.vendor}</a></dd>\n'
        f"{_fact('Price', 'price', offer.bitcoin + ' BTC')}{_fact('Asked', 'asked', _own(offer))}"
        f"{_fact('Origin', 'origin', offer.origin)}{_fact('Delivers to', 'delivers', offer.destination)}"
        f"{_fact('Sold', 'sold', band(offer.sold))}{_fact('In stock', 'stock', offer.stock)}</dl>\n"
        f'<div class="words">{escape(DESCRIPTIONS[offer.language], quote=False)}</div>\n'
        f'<section id="opinions"><h3>Newest opinions</h3><ul>\n{opinions}\n</ul></section>'
    )
    return _sheet(market, "offer", rate, body)


def _row(offer: Offer) -> str:
    origin = "" if offer.origin is None else f'<i class="origin">{escape(offer.origin, quote=False)}</i>'
    to = "" if offer.destination is None else f'<i class="delivers">{escape(offer.destination, quote=False)}</i>'
    return (
        f'<article class="card" data-ref="{offer.native_id}">'
        f'<a href="/offer/{offer.native_id}.html">{_title(offer)}</a> <span class="seller">{offer.vendor}</span> '
        f'<span class="price">{offer.bitcoin} BTC</span> {origin}{to}</article>'
    )


def browse_page(market: str, rate: str, category: str, offers: Iterable[Offer]) -> str:
    """One page of the list of a category."""
    cards = "\n".join(map(_row, offers))
    return _sheet(market, "browse", rate, f'{_trail(category)}\n<div class="cards">\n{cards}\n</div>')


def seller_page(market: str, rate: str, seller: Seller) -> str:
    """The page of one vendor."""
    rating = "" if seller.rating is None else f"{_fact('Rating', 'rating', seller.rating)}"
    body = (
        f'<h2 class="seller-name">{seller.vendor}</h2>\n<dl class="facts">\n{rating}'
        f"{_fact('Sales', 'sold', band(seller.sold))}{_fact('Member since', 'since', f'{seller.registered:%Y-%m}')}"
        f"{_fact('Last seen', 'seen', str(seller.last_seen))}{_fact('Origin', 'origin', seller.origin)}</dl>\n"
        f'<p class="about">{seller.about}</p>\n<pre class="key">{key_text(seller.key)}</pre>'
    )
    return _sheet(market, "seller", rate, body)


def front_page(market: str, rate: str, printed: Mapping[str, str]) -> str:
    """The front page: categories with the number of offers in each, as the market prints it."""
    rows = "\n".join(
        f'<li><a>{escape(name)}</a> <em class="tally">{tally}</em></li>' for name, tally in printed.items()
    )
    return _sheet(market, "front", rate, f'<h2>Shelves</h2>\n<ul class="shelves">\n{rows}\n</ul>')


def login_page(market: str) -> str:
    """The page that asks to sign in again."""
    return _sheet(market, "login", None, "<h2>Your session has ended</h2><form><input name='name'></form>")


def captcha_page(market: str) -> str:
    """The page that asks for a proof of being human."""
    return _sheet(market, "captcha", None, "<h2>Type what you see</h2><p>[simulated picture]</p>")


def error_page(market: str) -> str:
    """The page of an address that leads nowhere."""
    return _sheet(market, "lost", None, "<h2>Nothing here</h2><p>This offer does not exist (any more).</p>")


def limit_page() -> str:
    """What the server says when it is asked too fast; no page of the market."""
    return f"<html><body><p>{NOTICE}</p><p>503: too many questions in this minute.</p></body></html>\n"


def front_row(printed: Mapping[str, str]) -> str:
    """What is read from a front page."""
    return json.dumps(dict(printed), sort_keys=True)


def offer_row(offer: Offer, in_list: bool) -> Row:
    """What is read of an offer from its own page, or from a row of a list (which shows less)."""
    shown = {
        "title": offer.title,
        "vendor": offer.vendor,
        "price_text": offer.bitcoin,
        "price_currency": "BTC",
        "category_path": offer.category,
        "ships_from_text": offer.origin,
        "ships_to_text": offer.destination,
    }
    if not in_list:
        shown |= {"sold_text": band(offer.sold), "stock_text": offer.stock}
        shown |= {"description_length": len(DESCRIPTIONS[offer.language])}
    return listing_row("list" if in_list else "listing", offer.native_id, shown)


def feedback_rows(offer: Offer) -> Iterator[Row]:
    """What is read of the feedback of an offer."""
    for opinion in offer.opinions:
        yield {
            "native_id": offer.native_id,
            "vendor": offer.vendor,
            "score_text": opinion.score,
            "posted_text": opinion.day,
            "text_key": sha256(opinion.text.encode()).hexdigest()[:16],
            "text_length": len(opinion.text),
            "amount_text": None,
        }


def price_rows(offer: Offer) -> Iterator[Row]:
    """What is read of the price in the currency of the vendor."""
    own = {"price_text": offer.own_price, "price_currency": offer.own_currency, "basis_text": "converted"}
    yield price_row(offer.native_id, own)


def seller_row(seller: Seller) -> Row:
    """What is read of a vendor."""
    shown = {
        "rating_text": seller.rating,
        "sales_text": band(seller.sold),
        "registered_text": f"{seller.registered:%Y-%m}",
        "last_seen_text": str(seller.last_seen),
        "pgp_present": seller.key is not None,
        "pgp_fingerprint": seller.key,
        "ships_from_text": seller.origin,
        "profile_length": len(seller.about),
        "profile_sketch": sketch(seller.about),
    }
    return vendor_row(seller.vendor, shown)


def after_cut(row: Row) -> Row:
    """What is left of a row when the page breaks off at the feedback: everything."""
    return row
