"""Named clean-up steps of market files: each takes the text of a field and gives a text, or None for "not there".

They trim and split what a page says; they interpret nothing (that is the work of the next room).
"""

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

_NUMBER = re.compile(r"\d[\d\s.,' ]*\d|\d")


def collapse(text: str) -> str | None:
    """Runs of blanks become one blank; `"  a \\n b "` -> `"a b"`; nothing left -> None."""
    return " ".join(text.split()) or None


def unescape_again(text: str) -> str | None:
    """Undo a second HTML escaping: `"Coca&iuml;ne"` -> `"Cocaïne"`. Text without an entity stays as it is."""
    return html.unescape(text) if "&" in text else text


def first_word(text: str) -> str | None:
    """`"1.6198 BTC"` -> `"1.6198"`."""
    words = text.split()
    return words[0] if words else None


def last_word(text: str) -> str | None:
    """`"1.6198 BTC"` -> `"BTC"`; a single word is no last word: None."""
    words = text.split()
    return words[-1] if len(words) > 1 else None


def number_text(text: str) -> str | None:
    """The first number as it stands, separators included: `"about 1,200 deals"` -> `"1,200"`."""
    found = _NUMBER.search(text)
    return found.group().strip() if found else None


def url_unquote(text: str) -> str | None:
    """`"Some%21Name"` -> `"Some!Name"`."""
    return unquote(text)


def before_comma(text: str) -> str | None:
    """`"4.98/5, 55~70 deals"` -> `"4.98/5"`; without a comma: None."""
    head, comma, _ = text.partition(",")
    return (head.strip() or None) if comma else None


def after_comma(text: str) -> str | None:
    """`"4.98/5, 55~70 deals"` -> `"55~70 deals"`; without a comma: None."""
    return text.partition(",")[2].strip() or None


def tight_slashes(text: str) -> str | None:
    """`"Ecstasy / Pills"` -> `"Ecstasy/Pills"`, the form of a category path."""
    return "/".join(part.strip() for part in text.split("/")).strip("/") or None


def without_brackets(text: str) -> str | None:
    """`"[0 deals]"` -> `"0 deals"`."""
    return text.strip().strip("[]()").strip() or None


TRANSFORMS: dict[str, Callable[[str], str | None]] = {
    function.__name__: function
    for function in (
        collapse,
        unescape_again,
        first_word,
        last_word,
        number_text,
        url_unquote,
        before_comma,
        after_comma,
        tight_slashes,
        without_brackets,
    )
}

# steps whose effect is worth a note on the page
NOTES = {"unescape_again": "double-escaped"}
