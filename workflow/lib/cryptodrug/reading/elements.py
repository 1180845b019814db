"""The tree of a page, and its elements by selector."""

from selectolax.lexbor import LexborCSSSelector, LexborDocumentOptions, LexborHTMLParser

# The parser would show the chosen option of a list in every place that mirrors it, as new browsers do, and would look
# at all options of the list again for each of them; no page of a market asks for it.
_AS_IT_STANDS = int(LexborDocumentOptions.WO_EVENTS)
# the parser would make an engine for selectors with each page, which takes a fiftieth of the time of a page
_ENGINE = LexborCSSSelector()

all_of = _ENGINE.find
"""`all_of(select, node)`: the elements in a node that a selector matches, in the order of the page."""

first_of = _ENGINE.find_first
"""`first_of(select, node)`: a list of the first of them, or an empty list."""


def parse(page: bytes) -> LexborHTMLParser:
    """The tree of a page or a piece of it, in UTF-8."""
    return LexborHTMLParser(page, options=_AS_IT_STANDS)
