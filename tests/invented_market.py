"""Pages of an invented market, built in several of the ways in which markets build theirs."""

NAMES = ["Sample tea", "Sample honey", "Paper boat", "Sample cocoa", "Wooden spoon", "Box of chalk", "Blue ribbon"]
VENDORS = ["sample-one", "sample-two", "sample-three"]
PLACES = ["Utopia", "Atlantis", "Lilliput"]

HEAD = (
    '<html><head><title>{title}</title></head><body><div id="menu"><a href="/list">Offers</a> <a href="/help">Help</a> '
)
HEAD += '<select name="place"><option>Utopia</option><option>Atlantis</option></select> Balance: 0.00 USD</div>'
FOOT = '<div class="foot">Sample market</div></body></html>'

WORDS = {
    "en": {"from": "Ships from", "to": "Ships to", "vendor": "Sold by", "stock": "In stock", "since": "Member since"},
    "nl": {"from": "Verzonden vanuit", "to": "Naar", "vendor": "Verkoper", "stock": "Voorraad", "since": "Lid sinds"},
    "de": {
        "from": "Versand aus",
        "to": "Versand nach",
        "vendor": "Anbieter",
        "stock": "Bestand",
        "since": "Mitglied seit",
    },
    "fr": {
        "from": "Expédié de",
        "to": "Expédié vers",
        "vendor": "Vendeur",
        "stock": "En stock",
        "since": "Membre depuis",
    },
}


def offer(number):
    """Name, vendor, origin, price of one offer."""
    vendor, place = VENDORS[number % len(VENDORS)], PLACES[number % len(PLACES)]
    return f"{NAMES[number % len(NAMES)]} {number}", vendor, place, f"{5 + number}.50"


def list_page(page, words="en", rows=5):
    """A table of offers with a head."""
    lines = []
    for number in range(page * 10, page * 10 + rows):
        title, vendor, place, price = offer(number)
        lines.append(
            f'<tr class="{("odd", "even")[number % 2]}"><td><a href="/item/{1000 + number}"><img src="x.png"></a></td>'
            f'<td class="what"><a href="/item/{1000 + number}">{title}</a><br>{WORDS[words]["from"]}: {place}</td>'
            f'<td><a href="/user/{vendor}">{vendor}</a></td><td class="cost">{price} EUR</td></tr>'
        )
    table = (
        "<table class='offers'><tr><th></th><th>Offer</th><th>Vendor</th><th>Price</th></tr>"
        + "".join(lines)
        + "</table>"
    )
    return HEAD.format(title="Offers") + table + FOOT


def item_page(number, words="en"):
    """An offer with labels beside values."""
    title, vendor, place, price = offer(number)
    said, towards = WORDS[words], PLACES[number % 2]
    return (
        HEAD.format(title=title)
        + f'<h2 class="item-name">{title}</h2><dl class="facts"><dt>{said["vendor"]}:</dt><dd><a href="/user/{vendor}">'
        + f"{vendor}</a></dd><dt>{said['from']}:</dt><dd>{place}</dd><dt>{said['to']}:</dt><dd>{towards}</dd>"
        + f'<dt>{said["stock"]}:</dt><dd>{number + 3}</dd></dl><b class="item-cost">{price} EUR</b>'
        + f'<div class="words">{"Invented words. " * (number % 3 + 1)}</div>'
        + FOOT
    )


def user_page(vendor, words="en"):
    """An account with a key."""
    return (
        HEAD.format(title=vendor)
        + f'<h1>{vendor}</h1><p class="fact"><b>{WORDS[words]["since"]}:</b> 2019-0{len(vendor) % 9 + 1}-01</p>'
        + "<pre>-----BEGIN PGP PUBLIC KEY BLOCK----- SAMPLE</pre>"
        + FOOT
    )


def pages(words="en"):
    """Path and page of a small crawl."""
    found = {f"list/{number}.html": list_page(number, words) for number in range(3)}
    found |= {f"item/{1000 + number}.html": item_page(number, words) for number in range(6)}
    found |= {f"user/{vendor}.html": user_page(vendor, words) for vendor in VENDORS}
    found["item/1007.html"] = "<html><body><p>Too many requests, please wait.</p></body></html>"
    found["index.html"] = "<html><body><form><input name=n><input type=password name=p></form></body></html>"
    return found


def write(folder, words="en"):
    """The crawl as a folder."""
    for path, text in pages(words).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
