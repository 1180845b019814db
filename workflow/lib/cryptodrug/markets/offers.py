"""The fields of an offer in its row or on its page, each as the rule that reads most rows."""

import re
from collections import Counter
from collections.abc import Iterator

from cryptodrug.markets.blocks import Block
from cryptodrug.markets.labelled import field_of, pairs
from cryptodrug.markets.selectors import by_frequency, descendants, is_leaf_text, selectors_of, text_of
from cryptodrug.markets.trials import Row, Rule, Trial, best
from cryptodrug.markets.vocabulary import ACCOUNT, NUMBER, PRICE, SYMBOLS, label_of
from cryptodrug.reading.tables import COLUMNS_OF

LOOKED_AT = 60  # rows that proposals are taken from
PAGES_LOOKED_AT = 12  # the same, of offers that fill a page
TRIED_ON = 400  # rows that proposals are tried on
WORTH = 0.05  # share of the rows that a field must have to be written down
_ARROW = "→|»|->|=>|➔|➜"
_SAYS_NOTHING = {"div", "td", "span", "p", "li", "font", "center"}
_ID = "([^/?&#=]+)"


def spread(rows: list[Row], count: int) -> list[Row]:
    """So many rows, evenly over all."""
    step = max(len(rows) / count, 1)
    return [rows[int(index * step)] for index in range(min(count, len(rows)))]


def plain(text: str) -> bool:
    """Whether a text is some words and no whole block."""
    return 0 < len(text) <= 200


def _has_price(text: str) -> bool:
    return len(text) < 400 and PRICE.search(text) is not None


def _words(text: str) -> bool:
    return 3 <= len(text) <= 300 and any(sign.isalpha() for sign in text) and not PRICE.fullmatch(text)


def _name(text: str) -> bool:
    return 2 <= len(text) <= 40 and not PRICE.search(text) and label_of(text) not in ("vendor", "seller")


def labelled(rows: list[Row]) -> dict[str, list[Rule]]:
    """Rules by field for all labels that the rows show."""
    found: dict[str, Counter[str]] = {}
    rules: dict[str, Rule] = {}
    for row in rows:
        for pair in pairs(row.node):
            if (field := field_of(pair)) is not None:
                found.setdefault(field, Counter())[str(pair.rule)] += 1
                rules[str(pair.rule)] = pair.rule
    return {field: [rules[text] for text, _ in counts.most_common(20)] for field, counts in found.items()}


def prefix_of(address: str) -> str | None:
    """What stands in front of the changing part of a link: `./view?offer=17.5` -> `/view?offer=`; None: nothing."""
    inside = re.sub(r"^(?:https?:)?//[^/]+|#.*$", "", address).lstrip(".")
    found = re.match(r"(.*?\w[/=])[\w.%!~-]*\d[\w.%!~-]*(?:[/&?]|$)", inside) or re.match(
        r"(.*\w[/=])[^/=]{2,}/?$", inside
    )
    return found.group(1) if found else None


def _links(rows: list[Row]) -> dict[str, Counter[str]]:
    """How often each prefix of a link stands in the rows, for links to accounts and for others."""
    counts: dict[str, Counter[str]] = {"account": Counter(), "offer": Counter()}
    for row in rows:
        for link in row.node.css("a[href]"):
            prefix = prefix_of(link.attributes.get("href") or "")
            if prefix and text_of(link):
                counts["account" if ACCOUNT.search(prefix) else "offer"][prefix] += 1
    return counts


def _link_rules(prefixes: Counter[str]) -> Iterator[Rule]:
    for prefix, _ in prefixes.most_common(6):
        quoted = prefix.replace('"', '\\"')
        yield {"select": f'a[href*="{quoted}"]'}


def leaf_rules(rows: list[Row]) -> list[Rule]:
    """Rules for all elements whose text stands in one piece; a bare `div` would take whatever comes first."""
    names = by_frequency(
        selector
        for row in rows
        for element in descendants(row.node)
        if is_leaf_text(element)
        for selector in selectors_of(element, row.node)
        if selector not in _SAYS_NOTHING
    )
    return [{"select": name} for name in sorted(names, key=lambda name: name[0] not in ".#" or " " in name)]


def _cell_rules(rows: list[Row]) -> list[Rule]:
    """The cells of table rows, by their place."""
    cells = max((sum(1 for _ in row.node.iter()) for row in rows if row.node.tag == "tr"), default=0)
    return [{"cell": number} for number in range(1, min(cells, 12) + 1)]


def title_value(trial: Trial) -> float:
    """Titles are long, differ from each other, and are mostly links or headings."""
    select = trial.rule.get("select", "")
    marked = re.search(r"\b(a|h[1-4])$|title|name|href|lexbor-contains", select, re.IGNORECASE) is not None
    return trial.coverage**2 * trial.variety * min(trial.mean_length, 40) * (3 if marked else 1)


def vendor_value(trial: Trial) -> float:
    """Names of vendors come again from row to row, and are no titles."""
    return trial.coverage if len(set(trial.found)) > 1 or len(trial.values) < 4 else 0.0


def price_value(trial: Trial) -> float:
    """A place with one price is better than one with the same price in several currencies, and than a whole block."""
    single = sum(len(PRICE.findall(value)) == 1 for value in trial.found) / len(trial.found)
    # a balance or a rate in the head of the page is the same on all pages
    fixed = len(trial.values) > 3 and len(set(trial.found)) == 1
    return trial.coverage * (0.2 if fixed else 1 + single) / (1 + max(trial.mean_length - 60, 0) / 100)


def short_value(trial: Trial) -> float:
    """Of places that give as much, the one that holds least besides."""
    return trial.coverage / (1 + trial.mean_length / 100)


def _identities(prefixes: Counter[str]) -> Iterator[Rule]:
    """The market's own number of an offer, in a link to it."""
    for prefix, _ in prefixes.most_common(6):
        tail = re.search(r"[^/]*/?[^/]*$", prefix).group()
        rule = next(_link_rules(Counter([prefix])))
        yield rule | {"attribute": "href", "regex": re.sub(r"([.?+*()^$|\\[\]{}])", r"\\\1", tail) + _ID, "steps": []}


def _form(price: str) -> tuple[str, str]:
    """How a price is written: what its currency is and on which side it stands."""
    sign = next((sign for sign in price if sign in SYMBOLS), "code")
    return sign, "before" if not price[0].isdigit() else "behind"


def money(price: Trial) -> dict[str, Rule]:
    """Amount and currency of the place where a price stands, in the form that most prices there have."""
    forms = Counter(_form(PRICE.search(value).group()) for value in price.found)
    (sign, side), _ = forms.most_common(1)[0]
    currency = re.escape(sign) if sign in SYMBOLS else "[A-Z]{3,4}"
    amount = f"{currency}\\s?({NUMBER})" if side == "before" else f"({NUMBER})\\s?{currency}"
    named = r"([A-Z]{3,4})\s?\d" if side == "before" else r"\d\s?([A-Z]{3,4})"
    code = {"constant": SYMBOLS[sign]} if sign in SYMBOLS else price.rule | {"regex": named}
    return {"price_text": price.rule | {"regex": amount}, "price_currency": code}


def _journey(rows: list[Row], rules: list[Rule]) -> dict[str, Trial]:
    """Origin and destination that share one place: `Utopia → Atlantis`."""
    place = best(
        "title", rules, rows, lambda text: len(text) <= 300 and re.search(_ARROW, text) is not None, short_value
    )
    if place is None:
        return {}
    halves = {"ships_from_text": f"^(.*?)\\s*(?:{_ARROW})", "ships_to_text": f"(?:{_ARROW})\\s*(.*)$"}
    tried = {name: best(name, [place.rule | {"regex": regex}], rows, plain) for name, regex in halves.items()}
    return {name: trial for name, trial in tried.items() if trial is not None}


def _parted(trials: dict[str, Trial], rows: list[Row]) -> dict[str, Trial]:
    """The same where a label stands in front: `Ships from: Utopia → Atlantis`."""
    found = trials.get("ships_from_text")
    if found is None or "regex" in found.rule or not any(re.search(_ARROW, value) for value in found.found):
        return {}
    return _journey(rows, [found.rule])


def _place(text: str) -> bool:
    return plain(text) and not PRICE.search(text)


def _priced(labels: dict[str, list[Rule]], leaves: list[Rule], looked: list[Row], rows: list[Row]) -> dict[str, Trial]:
    """Amount and currency, each read again with the rule that takes only that."""
    places = [*labels.get("price_text", []), *leaves, *_cell_rules(looked)]
    price = best("price_text", places, rows, _has_price, price_value)
    tried = {} if price is None else {name: best(name, [rule], rows, plain) for name, rule in money(price).items()}
    return {name: trial for name, trial in tried.items() if trial is not None}


def offer_fields(all_rows: list[Row], titles: list[Rule] | None = None) -> dict[str, Trial]:
    """The fields of offers and the trials that speak for them.

    `titles`: rules for the title, where they are known from elsewhere (an offer's own page).
    """
    looked, rows = spread(all_rows, LOOKED_AT if titles is None else PAGES_LOOKED_AT), spread(all_rows, TRIED_ON)
    labels, links, leaves = labelled(looked), _links(looked), leaf_rules(looked)
    title_rules = titles or [*_link_rules(links["offer"]), *labels.get("title", []), *leaves]
    account = [rule for rule in leaves if ACCOUNT.search(rule["select"])]
    # in a row the link is shorter than what stands behind a label; on a page the first link is the reader's own account
    by_link, by_label = list(_link_rules(links["account"])), labels.get("vendor", [])
    vendors = [*by_link, *by_label, *account] if titles is None else [*by_label, *by_link, *account]
    vendor = best("vendor", vendors, rows, _name, vendor_value)
    names = set(vendor.found) if vendor is not None else set()
    title = best("title", title_rules, rows, lambda text: _words(text) and text not in names, title_value)
    found = {"title": title, "vendor": vendor}
    if not titles:
        number = best(
            "native_id", _identities(links["offer"]), rows, plain, lambda trial: trial.coverage * trial.variety
        )
        found["native_id"] = number
    for name in labels.keys() - {"title", "vendor", "price_text"}:
        found[name] = best(name, labels[name], rows, _place if name.startswith("ships_") else plain)
    trials = {name: trial for name, trial in found.items() if trial is not None}
    trials = _journey(rows, leaves) | trials | _parted(trials, rows) | _priced(labels, leaves, looked, rows)
    return {name: trials[name] for name in COLUMNS_OF["listing"] if name in trials and trials[name].coverage >= WORTH}


def richest(blocks: list[Block]) -> tuple[Block | None, dict[str, Trial]]:
    """Of several blocks that may be the rows of a list, the one that gives most fields, and these."""
    tried = [(block, offer_fields(list(block.rows))) for block in blocks]
    return max(
        tried,
        key=lambda one: sum(trial.coverage for trial in one[1].values()) * len(one[0].rows),
        default=(None, {}),
    )
