"""The stated destination policy of a listing."""

import re
from collections.abc import Collection
from typing import NamedTuple

from cryptodrug.harmonise.places import Places, Token

# from narrow to wide; `other-countries` (named countries outside Europe) has no place in this order
POLICIES = ("domestic", "neighbours", "europe", "worldwide-except", "worldwide")
ALL_POLICIES = (*POLICIES, "other-countries", "not-stated", "unparsed")

# Members of the Council of Europe's geography that vendors mean by Europe: EU, EFTA, the United Kingdom, the western
# Balkans and the small states. Russia, Turkey and the Caucasus are left out: parcels leave the customs area.
EUROPE = frozenset(
    "AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM UA VA XK".split()
)


_MINUS = re.compile(r"(?<=\s)-(?=[A-Za-z])")


class Destination(NamedTuple):
    """Countries, scope (`countries`, `europe`, `world`, `none`), exclusions, and whether all was understood."""

    codes: tuple[str, ...]
    scope: str
    excluded: tuple[str, ...]
    understood: bool


def _place_codes(tokens: Collection[Token]) -> set[str]:
    return {code for token in tokens if token.kind in ("country", "group") for code in token.codes}


def read_destination(text: str | None, places: Places) -> Destination:
    """Destination text to countries, scope and exclusions; relative to no origin yet."""
    if text is None:
        return Destination((), "none", (), True)
    # "worldwide -AUS" takes a country out; "EU - Asia" joins two places
    tokens, understood = places.read(_MINUS.sub("except ", text))
    cut = next((index for index, token in enumerate(tokens) if token.kind == "except"), len(tokens))
    inside, outside = tokens[:cut], tokens[cut:]
    codes, kinds = _place_codes(inside), {token.kind for token in inside}
    regions = {code for token in inside if token.kind == "region" for code in token.codes}
    excluded = _place_codes(outside) | {code for token in outside if token.kind == "region" for code in token.codes}
    if "world" in kinds or (cut < len(tokens) and not codes and not regions):
        scope = "world"
    elif "europe" in regions:
        scope = "europe"
    elif codes or regions:
        scope = "countries"
    elif "domestic" in kinds:
        scope = "domestic"
    else:
        scope = "none"
    if regions - {"europe"} and scope == "europe":
        scope = "countries"
        codes |= {"*"}
    return Destination(tuple(sorted(codes)), scope, tuple(sorted(excluded)), understood)


def policy_of(destination: Destination, origin: Collection[str], focus: str, neighbours: Collection[str]) -> str:
    """Policy of a listing (typology, V5), relative to its own origin.

    `domestic`: only its own origin; `neighbours`: within the focus country and its neighbours; `europe`; `worldwide`;
    `worldwide-except`. Named countries outside Europe without Europe as a whole ("USA, Canada") fit none of these and
    are `other-countries`.
    """
    codes = set(destination.codes)
    if not destination.understood and destination.scope in ("countries", "none"):
        return "unparsed"  # the part that was not understood may be a "not to"
    if destination.scope == "world":
        return "worldwide-except" if destination.excluded else "worldwide"
    if destination.scope == "domestic":
        return "domestic"
    if destination.scope == "europe":
        return "europe" if codes <= EUROPE else "other-countries"
    if destination.scope == "countries" and codes:
        if origin and codes <= set(origin):
            return "domestic"
        if codes <= {focus, *neighbours}:
            return "neighbours"
        return "europe" if codes <= EUROPE else "other-countries"
    if destination.scope == "countries":
        return "other-countries"
    return "not-stated"
