"""Selectors that will break: they match more than one thing where one is expected, or say only a place."""

import re

from cryptodrug.markets.matches import Match
from cryptodrug.markets.selectors import text_of
from cryptodrug.reading.rules import FieldRule, PageRule

_PLACE = re.compile(r":(?:nth|first|last|only)-[a-z-]+(?:\([^)]*\))?")
_BARE = {
    "div",
    "span",
    "p",
    "td",
    "tr",
    "table",
    "tbody",
    "a",
    "b",
    "i",
    "li",
    "ul",
    "font",
    "center",
    "strong",
    "small",
}


def by_place(select: str) -> str | None:
    """Why a selector depends on the place of an element, or None: `div div`, `td:nth-child(3)`."""
    if place := _PLACE.search(select):
        return f"`{place.group()}` counts elements"
    for alternative in select.split(","):
        steps = re.split(r"\s*[>+~]\s*|\s+", alternative.strip())
        if len(steps) > 1 and all(step in _BARE for step in steps):
            return f"`{alternative.strip()}` names nothing but tags"
    return None


def _by_place_rule(rule: FieldRule) -> str | None:
    if rule.select is not None and (why := by_place(rule.select)) is not None:
        return why
    return f"`cell: {rule.cell}` counts elements" if rule.cell is not None else None


def placed(rule: PageRule) -> dict[tuple[str, str], str]:
    """Fields (table, field) that depend on a place, with the reason; a row's own selector stands under `select`."""
    reasons: dict[tuple[str, str], str | None] = {
        ("page", name): _by_place_rule(text) for name, text in rule.texts.items()
    }
    for rows in rule.rows:
        reasons[rows.table, "select"] = by_place(rows.select) if rows.select is not None else None
        reasons |= {(rows.table, name): _by_place_rule(one) for name, one in rows.fields.items()}
    return {name: why for name, why in reasons.items() if why is not None}


def is_ambiguous(match: Match) -> bool:
    """Whether another element that the selector matches would give another text; joined ones are all meant."""
    rule = match.rule
    all_are_meant = rule.join is not None or rule.label is not None or rule.count or match.name in ("printed", "rates")
    if all_are_meant or len(match.nodes) < 2:
        return False
    if match.rule.attribute is not None:
        return len({node.attributes.get(match.rule.attribute) for node in match.nodes}) > 1
    return len({text_of(node) for node in match.nodes}) > 1
