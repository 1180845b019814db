"""Page rules that can never read a page, because a rule in front of them fits all their pages."""

from typing import Any

from pydantic import BaseModel


def _all_stand_in(texts: list[str], others: list[str]) -> bool:
    """Whether a page that holds all `others` holds all `texts`."""
    return all(any(text in other for other in others) for text in texts)


def _one_stands_in(texts: list[str], all_of: list[str], any_of: list[str]) -> bool:
    """Whether a page that holds all of `all_of` and one of `any_of` holds one of `texts`."""
    if any(text in other for text in texts for other in all_of):
        return True
    return bool(any_of) and all(any(text in other for text in texts) for other in any_of)


def _covers(wide: BaseModel, narrow: BaseModel) -> bool:
    """Whether every page for which `narrow` holds is one for which `wide` holds; False when that cannot be told."""
    one, other = wide.model_dump(), narrow.model_dump()
    if not _all_stand_in(one.pop("contains"), other["contains"]):
        return False
    if (texts := one.pop("contains_any")) and not _one_stands_in(texts, other["contains"], other["contains_any"]):
        return False
    if any(not any(lacked in text for lacked in other["lacks"]) for text in one.pop("lacks")):
        return False
    shorter = one.pop("shorter_than")
    if shorter is not None and (other["shorter_than"] is None or other["shorter_than"] > shorter):
        return False
    return all(not value or value == other[name] for name, value in one.items())


def never_reached(rules: list[Any]) -> list[tuple[int, int]]:
    """Pairs (rule, rule in front of it that takes all its pages), as positions in the file."""
    pairs = []
    for index, rule in enumerate(rules):
        front = next((before for before in range(index) if _covers(rules[before].when, rule.when)), None)
        if front is not None:
            pairs.append((index, front))
    return pairs
