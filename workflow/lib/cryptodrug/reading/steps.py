"""What the last steps of a CSS selector say of an element: enough to tell which selectors cannot match it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Attributes = dict[str, str | None]

# one piece of a selector
_PIECE = re.compile(
    r"""(?P<between>\s*[>+~]\s*|\s+)
    |(?P<tag>\*|[a-zA-Z][\w-]*)
    |(?P<kind>[.#])(?P<word>[a-zA-Z_-][\w-]*)
    |\[\s*(?P<name>[a-zA-Z_][\w-]*)\s*(?:(?P<sign>[~^$*]?=)\s*(?P<quote>["']?)(?P<value>[^"'\\\]]*)(?P=quote)\s*)?\]""",
    re.VERBOSE,
)

_FITS: dict[str, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "~=": lambda value, word: word in value.split(),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}


class Mark(NamedTuple):
    """What an attribute of an element must be."""

    name: str
    fits: Callable[[str, str], bool] | None
    value: str


class Step(NamedTuple):
    """A name and marks of an element, and how it stands to that of the step before."""

    between: str
    tag: str | None
    marks: tuple[Mark, ...]

    def can_be_named(self, tag: str, of_class: str) -> bool:
        """Whether an element has the name and the classes."""
        if self.tag is not None and self.tag != tag:
            return False
        return all(fits(of_class, value) for name, fits, value in self.marks if name == "class" and fits is not None)

    def can_be(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element has the name and the marks. Upper and lower case are the same, as on an old page."""
        if self.tag is not None and self.tag != tag:
            return False
        for name, fits, value in self.marks:
            if name not in attributes or (fits is not None and not fits((attributes[name] or "").casefold(), value)):
                return False
        return True


def _pieces(select: str) -> Iterator[re.Match[str] | None]:
    """The pieces of a selector; None for what is not understood, such as a list."""
    at = 0
    while at < len(select):
        found = _PIECE.match(select, at)
        yield found
        if found is None:
            return
        at = found.end()


def _mark(piece: re.Match[str]) -> Mark:
    """The mark that a piece asks for."""
    if piece["kind"]:
        of_class = piece["kind"] == "."
        return Mark("class" if of_class else "id", _FITS["~=" if of_class else "="], piece["word"].casefold())
    return Mark(piece["name"].lower(), _FITS.get(piece["sign"]), (piece["value"] or "").casefold())


def steps_of(select: str) -> list[Step] | None:
    """Its steps, the last one first; None for a selector that only the parser can tell (lists, pseudo-classes)."""
    steps: list[Step] = []
    between, tag, marks = "", None, []
    for piece in _pieces(select.strip()):
        if piece is None:
            return None
        if piece["between"]:
            steps.append(Step(between, tag, tuple(marks)))
            between, tag, marks = piece["between"].strip() or " ", None, []
        elif piece["tag"]:
            tag = None if piece["tag"] == "*" else piece["tag"].lower()
        else:
            marks.append(_mark(piece))
    return [*steps, Step(between, tag, tuple(marks))][::-1]


def _before(node: Any, between: str) -> Any:
    """The element that the step before is about, where there is only one."""
    if between == ">":
        return node.parent
    node = node.prev
    while node is not None and not node.is_element_node:
        node = node.prev
    return node


def can_match(steps: list[Step], node: Any, tag: str, attributes: Attributes) -> bool:
    """Whether an element can be that of a selector, from its last step, and the one before where that stands beside it
    or around it.
    """
    last = steps[0]
    if not last.can_be(tag, attributes):
        return False
    if last.between not in (">", "+"):
        return True
    before = _before(node, last.between)
    return before is not None and steps[1].can_be(before.tag.lower(), before.attributes)
