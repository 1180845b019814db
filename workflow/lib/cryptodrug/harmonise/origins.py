"""The declared origin of a listing: ISO 3166 codes and how sure the text is."""

from typing import NamedTuple

from cryptodrug.harmonise.places import Places

# words that only a destination has; in the origin column they are a destination in the wrong place
DESTINATION_WORDS = frozenset({"only", "except", "domestic"})


class Origin(NamedTuple):
    """`codes`: alpha-2, sorted; `status`: country, several, region, none or unparsed."""

    codes: tuple[str, ...]
    status: str


def read_origin(text: str | None, places: Places) -> Origin:
    """Origin of a listing from the text of its page.

    A region gives no country ("EU" is none of its members). A text with a country and something that is no country
    ("NL / EU") is `several`: the country is one possibility among others. Declared origin is not place of posting.
    """
    if text is None:
        return Origin((), "none")
    tokens, understood = places.read(text)
    kinds = {token.kind for token in tokens}
    if kinds & DESTINATION_WORDS:
        return Origin((), "none" if understood else "unparsed")
    codes = {code for token in tokens if token.kind in ("country", "group") for code in token.codes}
    if codes:
        wider = bool(kinds & {"region", "world"})
        return Origin(tuple(sorted(codes)), "several" if len(codes) > 1 or wider or not understood else "country")
    if kinds & {"region", "world"}:
        return Origin((), "region")
    if "undeclared" in kinds:
        return Origin((), "none")
    return Origin((), "none" if understood and not tokens else "unparsed")
