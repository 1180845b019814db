"""What a profile says, for the eyes of the team: the visible words of its page, without name, keys, addresses."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from cryptodrug.archive import pages
from cryptodrug.reading.encoding import as_utf8
from cryptodrug.reading.reader import page_id

LONGEST = 8000  # letters: a longer profile is cut, and says so
CUT = "[...]"
_KEY = re.compile(r"-----BEGIN PGP.*?(?:-----END PGP[^-]*-----|$)", re.DOTALL)
_FINGERPRINT = re.compile(r"\b(?:[0-9A-F]{4}\s?){10}\b", re.IGNORECASE)
_ONION = re.compile(r"\S*(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion\S*", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+")
_UNSEEN = ("script", "style", "head", "nav", "header", "footer", "form")


def visible_words(page: bytes, encoding: str = "utf-8") -> str:
    """The text of a page as it is read, a block a line; menus, forms and scripts left out."""
    tree = LexborHTMLParser(as_utf8(page, encoding, set()))
    tree.strip_tags(list(_UNSEEN))
    if tree.body is None:
        return ""
    lines = (" ".join(line.split()) for line in tree.body.text(separator="\n").splitlines())
    return "\n".join(line for line in lines if line)


def without_names(text: str, names: Iterable[str]) -> str:
    """A text without keys, hidden services, mail addresses and the names of its vendor."""
    text = _MAIL.sub("[address]", _ONION.sub("[address]", _FINGERPRINT.sub("[key]", _KEY.sub("[key]", text))))
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(re.escape(name), "[vendor]", text, flags=re.IGNORECASE)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n{CUT}"


def page_texts(
    archives: Iterable[tuple[str | Path, str, str]], wanted: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """Words of the pages wanted, by page id.

    Parameters
    ----------
    archives : (path, market, date) of each archive; one without a page that is wanted is read all the same, since only
        the pages in it tell.
    wanted : names to take out, by page id.
    """
    found = {}
    for path, market, date in archives:
        for page in pages(path):
            identity = page_id(market, date, page.place)
            if identity in wanted and identity not in found:
                words = visible_words(page[1], page.charset or "utf-8")
                found[identity] = without_names(words, wanted[identity])
    return found
