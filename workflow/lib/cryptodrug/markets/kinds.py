"""What kind the pages of a group are, as a proposal with its reasons."""

import re
from dataclasses import dataclass, field

from cryptodrug.markets.blocks import FEWEST, Block, find_blocks, is_offer, is_opinion
from cryptodrug.markets.labelled import field_of, pairs
from cryptodrug.markets.offers import richest
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.selectors import text_of
from cryptodrug.markets.trials import Trial
from cryptodrug.markets.vocabulary import NOTICES, PRICE

MOST = 0.5  # share of the pages of a group that must have what speaks for a kind
SHORT = 1500  # characters of visible text; a notice says no more
KEY = b"BEGIN PGP PUBLIC KEY BLOCK"
_OF_OFFER = {"price_text", "ships_from_text", "ships_to_text", "vendor", "stock_text", "category_path"}
_ONLY_OF_OFFER = {"price_text", "ships_to_text", "stock_text"}
_OF_ACCOUNT = {"registered_text", "last_seen_text", "rating_text", "sales_text"}


@dataclass(frozen=True)
class Proposal:
    """A group of pages, the kind that they seem to be, why, and the repeated blocks that they hold."""

    pages: list[SampledPage]
    kind: str
    why: str
    offers: Block | None = None
    fields: dict[str, Trial] = field(default_factory=dict)
    opinions: Block | None = None


def _share(pages: list[SampledPage], holds: list[bool]) -> float:
    return sum(holds) / len(pages)


def page_title(data: bytes) -> str:
    """What the window of the browser is called."""
    title = re.search(rb"<title[^>]*>(.*?)</title", data, re.DOTALL | re.IGNORECASE)
    return " ".join(title.group(1).decode("utf-8", "replace").split()) if title else ""


def visible_text(page: SampledPage) -> str:
    """What a person reads on the page."""
    body = page.tree.body
    if body is None:
        return ""
    copy = body.clone()
    copy.strip_tags(["script", "style"])
    return text_of(copy)


def _notice(pages: list[SampledPage]) -> tuple[str, str] | None:
    """The kind of pages that say why they show nothing: most of them are short and have the words."""
    if _share(pages, [b'type="password"' in page.data or b"type=password" in page.data for page in pages]) > MOST:
        return "login", "a password is asked for"
    texts = [f"{page_title(page.data)} {visible_text(page)}" for page in pages]
    if _share(pages, [len(text) <= SHORT for text in texts]) < MOST:
        return None
    for kind, words in NOTICES:
        found = [match.group() for text in texts if (match := words.search(text))]
        if len(found) > MOST * len(pages):
            return kind, f"short pages with the words {found[0].lower()!r}"
    return None


def _labels_outside(pages: list[SampledPage], block: Block | None) -> set[str]:
    """Fields whose labels stand on at least half of the pages, outside of the repeated rows."""
    counts: dict[str, int] = {}
    for page in pages:
        inside = {id_ for node in (page.tree.css(block.select) if block else []) for id_ in _texts(node)}
        found = {
            name
            for pair in (pairs(page.tree.body) if page.tree.body is not None else ())
            if (name := field_of(pair)) is not None and pair.text not in inside
        }
        for name in found:
            counts[name] = counts.get(name, 0) + 1
    return {name for name, count in counts.items() if count >= len(pages) / 2}


def _texts(node: object) -> list[int]:
    return [one.mem_id for one in node.traverse(include_text=True) if one.tag == "-text"]


def _why_account(pages: list[SampledPage], labels: set[str]) -> str | None:
    """What speaks for pages of an account; None: nothing."""
    keys = _share(pages, [KEY in page.data for page in pages])
    if keys >= 0.5 and not {"price_text", "ships_to_text"} <= labels:
        return f"{keys:.0%} of the pages show a public key"
    if labels & {"registered_text", "last_seen_text"} and not labels & _ONLY_OF_OFFER:
        return f"labels of an account: {', '.join(sorted(labels & _OF_ACCOUNT))}"
    return None


def propose(pages: list[SampledPage]) -> Proposal:
    """The kind of a group: accounts first, then offers, lists, notices, opinions; `other` when nothing speaks."""
    offers, fields = richest(find_blocks(pages, is_offer))
    opinions = next(iter(find_blocks(pages, is_opinion)), None)
    labels = _labels_outside(pages, offers)
    found = {"offers": offers, "fields": fields, "opinions": opinions}
    if (why := _why_account(pages, labels)) is not None:
        return Proposal(pages, "vendor", why, **found)
    of_offer = labels & _OF_OFFER
    many = offers is not None and len(offers.rows) >= FEWEST * len(pages)
    if len(of_offer) >= 2 and (not many or len(of_offer) >= 4):
        return Proposal(pages, "listing", f"labels of one offer: {', '.join(sorted(of_offer))}", **found)
    if offers is not None:
        why = f"`{offers.select}` comes {len(offers.rows) / len(pages):.0f} times a page, with a price and a link"
        return Proposal(pages, "list", why, **found)
    priced = _share(pages, [PRICE.search(visible_text(page)) is not None for page in pages])
    headed = _share(pages, [bool(re.search(rb"<h[12]\b", page.data)) for page in pages])
    if of_offer and priced > 0.8 and headed > 0.8:
        return Proposal(pages, "listing", "a heading, a price and the label of one offer", **found)
    if (notice := _notice(pages)) is not None:
        return Proposal(pages, *notice)
    if opinions is not None:
        why = f"`{opinions.select}` comes {len(opinions.rows) / len(pages):.0f} times a page, with a date"
        return Proposal(pages, "feedback", why, **found)
    return Proposal(pages, "other", "no price list, no offer, no account was seen", **found)
