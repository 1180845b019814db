"""The fields of pages about one thing, an offer or an account, and of the opinions on them."""

import re
from typing import Any

from cryptodrug.markets.blocks import Block
from cryptodrug.markets.kinds import page_title
from cryptodrug.markets.offers import PAGES_LOOKED_AT, labelled, leaf_rules, offer_fields, plain, spread
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.selectors import by_frequency, descendants, selectors_of, text_of
from cryptodrug.markets.trials import Row, Rule, Trial, best
from cryptodrug.markets.vocabulary import DATE, PRICE
from cryptodrug.reading.tables import COLUMNS_OF

FEWEST_WORDS = 12  # of a profile; a line on the account has fewer, and numbers in it
_HEADINGS = ("h1", "h2", "h3", "h4")
_NAMED = re.compile(r"title|name|head|vendor|user|seller|profile", re.IGNORECASE)
_SCORE = re.compile(
    r"^\s*(?:[1-5](?:\.\d+)?\s*/\s*(?:5|10)|[+-]?\d(?:\.\d+)?|positive|negative|neutral|★+|\d+\s?%)\s*$", re.I
)


def whole_pages(pages: list[SampledPage]) -> list[Row]:
    """Each page as one row."""
    return [Row(page.tree.body, page.path, page.data) for page in pages if page.tree.body is not None]


def heading_rules(rows: list[Row]) -> list[Rule]:
    """Rules for headings and for elements that are called a title or a name."""
    named = [rule for rule in leaf_rules(spread(rows, PAGES_LOOKED_AT)) if _NAMED.search(rule["select"])]
    return [*({"select": tag} for tag in _HEADINGS), *named]


def _heading(name: str, rows: list[Row], longest: int) -> Trial | None:
    """What the page is about: a text that its title holds too, or that differs from page to page."""
    titles = [page_title(row.page) for row in rows]

    def value(trial: Trial) -> float:
        held = sum(found is not None and found in title for found, title in zip(trial.values, titles, strict=True))
        different = len(rows) > 2 and trial.variety > 0.5
        return trial.coverage * (0.1 + 2 * held / len(rows) + trial.variety * different)

    return best(
        name, heading_rules(rows), rows, lambda text: 2 <= len(text) <= longest and not PRICE.fullmatch(text), value
    )


def _path_id(rows: list[Row], known: set[str]) -> Trial | None:
    """The number of the offer in the path of its page, where lists link to the same numbers."""
    rules: list[Rule] = [{"path": "([^/]+)$"}, {"path": "([^/.]+)\\.html?$"}, {"path": "[=_]([^/=_.]+)(?:\\.html?)?$"}]
    return best("native_id", rules, rows, lambda text: text in known)


def listing_page(pages: list[SampledPage], known: set[str]) -> dict[str, Trial]:
    """The fields of offers that have a page of their own; `known`: the numbers that lists show."""
    rows = whole_pages(pages)
    title = _heading("title", rows, 300)
    found = offer_fields(rows, [title.rule] if title is not None else [{"select": "h1"}])
    number = _path_id(rows, known)
    return ({"native_id": number} if number is not None else {}) | found


def _is_profile(text: str) -> bool:
    return sum(map(str.isalpha, text.split())) >= FEWEST_WORDS and "BEGIN PGP" not in text


def _in_its_own_words(element: Any) -> bool:
    """Whether most of the text of an element stands in it, and not in elements inside it, line breaks apart."""
    pieces = (one for one in element.iter(include_text=True) if one.tag == "-text")
    own = sum(len(" ".join(one.text().split())) for one in pieces)
    return own >= max(len(text_of(element)) / 2, 1)


def _profile(rows: list[Row]) -> Trial | None:
    """What vendors write about themselves: the longest words that stand in one element and differ by account."""
    names = by_frequency(
        selector
        for row in spread(rows, PAGES_LOOKED_AT)
        for element in descendants(row.node)
        if element.tag not in ("script", "style", "a") and _in_its_own_words(element) and _is_profile(text_of(element))
        for selector in selectors_of(element, row.node)
        if selector not in ("div", "td", "span")
    )
    # what comes again and again on a page are opinions or offers
    rules: list[Rule] = [
        {"select": name} for name in names if sum(len(row.node.css(name)) for row in rows) <= len(rows)
    ]

    def value(trial: Trial) -> float:
        # words that all accounts share are the market's own
        return trial.coverage * trial.variety * min(trial.mean_length, 1000) if len(set(trial.found)) > 1 else 0.0

    return best("title", rules, rows, _is_profile, value)


def vendor_page(pages: list[SampledPage]) -> dict[str, Trial]:
    """The fields of accounts."""
    rows = whole_pages(pages)
    labels = labelled(spread(rows, PAGES_LOOKED_AT))
    names = best("vendor", labels.get("vendor", []), rows, lambda text: 2 <= len(text) <= 40)
    found = {"vendor": _heading("vendor", rows, 40) or names}
    for name in COLUMNS_OF["vendor"]:
        if name in labels and name != "vendor":
            found[name] = best(name, labels[name], rows, plain)
    words = _profile(rows)
    if words is not None:
        found["profile_length"] = Trial(words.rule | {"length": True}, words.values)
        found["profile_sketch"] = words
    key = tuple("key" if b"BEGIN PGP PUBLIC KEY" in row.page else None for row in rows)
    if any(key):
        found["pgp_present"] = Trial({"page": "BEGIN PGP PUBLIC (KEY) BLOCK"}, key)
    return {name: found[name] for name in COLUMNS_OF["vendor"] if found.get(name) is not None}


def opinion_fields(block: Block) -> dict[str, Trial]:
    """Day, score and length of the opinions; empty when no place for a day is found."""
    rows = spread(list(block.rows), 200)
    cells: list[Rule] = [{"cell": number} for number in range(1, 9)] if rows and rows[0].node.tag == "tr" else []
    rules = [*leaf_rules(rows[:60]), *cells]
    posted = best("posted_text", rules, rows, lambda text: len(text) <= 40 and DATE.search(text) is not None)
    if posted is None or posted.coverage < 0.5:
        return {}
    others = [rule for rule in rules if rule != posted.rule]
    score = best("score_text", others, rows, lambda text: _SCORE.match(text) is not None)
    words = best("title", others, rows, lambda text: len(text) > 1, lambda trial: trial.coverage * trial.mean_length)
    found: dict[str, Trial] = {}
    if score is not None and score.coverage > 0.3:
        found["score_text"] = score
    found["posted_text"] = posted
    if words is not None:
        found["text_key"] = Trial(words.rule, words.values)
        found["text_length"] = Trial(words.rule | {"length": True}, words.values)
    return found
