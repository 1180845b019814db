"""Label and value pairs: `Ships from: Utopia`, however the page builds them, each with the rule that reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cryptodrug.markets.selectors import own_names, text_of
from cryptodrug.markets.trials import Rule
from cryptodrug.markets.vocabulary import FIELD_OF_LABEL, label_of

LONGEST_LABEL = 40
LONGEST_VALUE = 200
# what a person fills in is no value of the page
_TO_FILL_IN = {"select", "option", "input", "form", "button", "textarea", "script", "style"}


@dataclass(frozen=True)
class Pair:
    """A label, the value behind it as the page shows it, a rule that reads it, and which text of the tree it is."""

    label: str
    value: str
    rule: Rule
    text: int = 0


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _next_in_line(node: Any) -> Any:
    """What follows an element and is not blank: an element, a text, or None."""
    after = node.next
    while after is not None and (after.tag == "-comment" or (after.tag == "-text" and not after.text().strip())):
        after = after.next
    return after


def _as_far_as_alone(node: Any) -> Any:
    """The outermost element that holds nothing but this text: the cell of `<td><b>Label</b></td>`."""
    text = text_of(node)
    while _next_in_line(node) is None and node.parent is not None and text_of(node.parent) == text:
        node = node.parent
    return node


def _beside(element: Any, label: str) -> Pair | None:
    """The value in the next element, or in the text behind an element that holds the label alone."""
    mark = f"{element.tag}:lexbor-contains({_quoted(label)})"  # asks for the element's own text, not of those inside
    around = _as_far_as_alone(element)
    if around.mem_id != element.mem_id:
        element, mark = around, f"{around.tag}:has({mark})"
    after = _next_in_line(element)
    if after is None or after.tag in _TO_FILL_IN or after.tag == "br":
        return None
    if after.tag == "-text":
        rule: Rule = {"select": f"{element.parent.tag}:has(> {mark})", "label": label}
        return Pair(label, " ".join(after.text().split()).lstrip(": "), rule)
    return Pair(label, text_of(after), {"select": f"{mark} + {after.tag}"})


def _in_line(text: Any, head: str, rest: str) -> Iterator[Pair]:
    """A label that stands in the same text as its value, or in front of the element that holds it."""
    parent, after = text.parent, _next_in_line(text)
    value = rest.strip() or ("" if after is None or after.tag in _TO_FILL_IN else text_of(after))
    if value and parent is not None:
        for select in [*own_names(parent), f"{parent.tag}:lexbor-contains({_quoted(head)})"]:
            yield Pair(head, value, {"select": select, "label": head})


def _of_text(node: Any) -> Iterator[Pair]:
    """The pairs whose label begins in this text."""
    text = " ".join(node.text().split())
    head, colon, rest = text.partition(":")
    is_label = label_of(text) in FIELD_OF_LABEL or text.endswith(":")
    if is_label and len(text) <= LONGEST_LABEL and node.parent is not None and text_of(node.parent) == text:
        if (pair := _beside(node.parent, text)) is not None:
            yield pair
    elif colon and 0 < len(head) <= LONGEST_LABEL and not rest.startswith("//"):
        yield from _in_line(node, head + colon, rest)


def pairs(node: Any) -> Iterator[Pair]:
    """The label and value pairs below an element, in the order of the page."""
    for one in node.traverse(include_text=True):
        if one.tag == "-text" and one.parent is not None and one.parent.tag not in _TO_FILL_IN:
            found = _of_text(one)
            yield from (replace(pair, text=one.mem_id) for pair in found if 0 < len(pair.value) <= LONGEST_VALUE)


def field_of(pair: Pair) -> str | None:
    """The field whose name the label says, in one of several languages. Bare `from` and `to` need their colon."""
    word = label_of(pair.label)
    if word in ("from", "to") and not pair.label.rstrip().endswith(":"):
        return None
    return FIELD_OF_LABEL.get(word)
