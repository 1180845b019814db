"""What would be right in place of a slip in a market file."""

import difflib
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

# what people bring along from other tools, and how it is said here; the first that fits
_BROUGHT_ALONG = (
    (r"^/|/[a-z*@]", "this is a path for XML (XPath); in CSS a child is `a > b`, anything inside is `a b`"),
    (r"::text|::attr|:text\b", "the text is taken without being asked; for an attribute write `attribute: NAME`"),
    (r":contains\(", 'write `:lexbor-contains("text")`'),
    (r":(first|eq)\b(?!-)", "the first match counts anyway; for another place write `:nth-of-type(2)`"),
    (r"@", 'for an attribute write `attribute: NAME`, or `[NAME="value"]` to ask for its value'),
    (r"\w\[\d+\]", "for a place write `:nth-of-type(1)`, or `cell: 1` for the n-th element of the row"),
    (r"=[^\"'\]]*[/ :#][^\]]*\]", 'put the value of an attribute in quotation marks: `[href^="/p/"]`'),
    (r"[.#]\d", 'a class or id that begins with a digit is asked for as `[class~="1a"]` or `[id="1a"]`'),
    (r"[,>+~.#:]\s*$", "it ends in the middle"),
    (r"\.\.|\.\s|#\s|[>+~]\s*[>+~]", "a name is missing between two marks"),
)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`" (did you mean 'title'?)"`, or nothing when no known word is near."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def is_selector(text: str) -> bool:
    """Whether the parser understands a CSS selector."""
    try:
        LexborHTMLParser("<p>").css_first(text)
    except SelectolaxError:
        return False
    return True


def _understood(text: str) -> str:
    """The longest beginning of a selector that is one by itself."""
    return next((text[:end].rstrip() for end in range(len(text) - 1, 0, -1) if is_selector(text[:end])), "")


def about_selector(text: str) -> str:
    """What is wrong with a selector that the parser refuses: a habit of another tool, or how far it is understood."""
    for pattern, words in _BROUGHT_ALONG:
        if re.search(pattern, text):
            return f"; {words}"
    begin = _understood(text)
    return f"; understood up to {begin!r}" if begin else ""
