"""One page in, its kind and its rows out."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.elements import parse
from cryptodrug.reading.encoding import as_utf8, without_broken_end
from cryptodrug.reading.fields import Field
from cryptodrug.reading.limits import simple_enough, small_enough
from cryptodrug.reading.lookup import Lookup
from cryptodrug.reading.numbers import Numbers
from cryptodrug.reading.plan import selects_of
from cryptodrug.reading.rows import Rows
from cryptodrug.reading.rules import PageRule, When

_INK = re.compile(rb"[^ \t\r\n\x00]")
KEPT_OUT = ("login", "captcha", "limit", "error")


@dataclass
class ReadPage:
    """What one page says. `rows`: compiled rule (its table, its names) and, for each row, the values by name."""

    kind: str
    layout: str | None = None
    notes: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)  # of the page itself, by column of the page table
    rows: list[tuple[Any, list[list[Any]]]] = field(default_factory=list)


class Condition:
    """A compiled `when`: byte tests only, so that the kind is known before anything is parsed."""

    def __init__(self, when: When) -> None:
        self._all = [text.encode() for text in when.contains]
        self._any = [text.encode() for text in when.contains_any]
        self._none = [text.encode() for text in when.lacks]
        self._path = re.compile(when.path) if when.path else None
        self._shorter = when.shorter_than

    def holds(self, path: str, page: bytes) -> bool:
        """Whether the page is of this kind."""
        if self._shorter is not None and len(page) >= self._shorter:
            return False
        # plain loops: this is asked for every rule and page; the texts mostly stand in their order
        at = 0
        for text in self._all:
            found = page.find(text, at)
            if found < 0 and (at == 0 or (found := page.find(text)) < 0):
                return False
            at = found
        for text in self._none:
            if text in page:
                return False
        if self._any and not any(text in page for text in self._any):
            return False
        return self._path is None or self._path.search(path) is not None


def _joint(looked_up: list[tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
    """Selectors of several readers of a page, and those of which only the first element counts for all of them."""
    every = {select for selects, firsts in looked_up for select in selects if select not in firsts}
    selects = [select for some, _ in looked_up for select in some]
    return selects, [select for select in selects if select not in every]


class PageKind:
    """A compiled page rule."""

    def __init__(self, rule: PageRule) -> None:
        self.kind, self.layout = rule.kind, rule.layout
        self.condition = Condition(rule.when)
        self.rows = [Rows(rows) for rows in rule.rows]
        self._regions = [(region.start.encode(), region.end and region.end.encode()) for region in rule.regions]
        self._texts = [Field(name, text) for name, text in rule.texts.items()]
        self._numbers = [(name, Numbers(rules)) for name, rules in rule.numbers.items()]
        self._pair = rule.rate_pair
        looked_up = [selects_of([one for one in self._texts if one.rule.cell is None])]
        looked_up += [one.selects_of_page() for one in self.rows]
        self._lookup = Lookup(*_joint(looked_up))
        in_tree = any(text.select is not None or text.cell is not None for text in rule.texts.values())
        self._parsed = bool(self.rows or self._numbers or in_tree)

    def spans(self, page: bytes) -> list[tuple[int, int]]:
        """Begin and end of the pieces that are parsed; a piece whose begin is absent is left out.

        A piece whose end is absent ends where the next one begins, so that nothing is read twice.
        """
        found, in_order, end = [], True, 0
        for start, stop in self._regions:
            first = page.find(start, end)  # pieces mostly stand in their order
            if first < 0 and end:
                first = page.find(start)
            if first >= 0:
                last = page.find(stop, first) if stop else -1
                in_order = in_order and first >= end
                end = last if last >= 0 else len(page)
                found.append((first, end))
        if in_order:
            return found
        begins = [first for first, _ in found]
        return [(first, min([last, *(begin for begin in begins if begin > first)])) for first, last in found]

    def _cut_out(self, page: bytes) -> bytes:
        """The pieces of the page that are parsed."""
        return b"".join(page[first:last] for first, last in self.spans(page)) if self._regions else page

    def tree(self, page: bytes, notes: set[str]) -> Any:
        """The root of the tree of the pieces; None when nothing is looked for there."""
        return parse(simple_enough(self._cut_out(page), notes)).root if self._parsed else None

    def read(self, path: str, page: bytes) -> ReadPage:
        """Read a page of this kind."""
        notes: set[str] = set()
        done = ReadPage(self.kind, self.layout, notes)
        tree = self.tree(page, notes)
        found = self._lookup.find(tree) if tree is not None else {}
        values = [(one.name, one.read(tree, path, page, notes, found)) for one in self._texts]
        values += [(name, numbers.read(tree, notes)) for name, numbers in self._numbers]
        done.values = {name: value for name, value in values if value is not None}
        if self._pair and "rate_text" in done.values:
            done.values["rate_pair"] = self._pair
        done.rows = [(rows, rows.read(tree, path, page, notes, found)) for rows in self.rows]
        if self.rows and not any(values for _, values in done.rows):
            notes.add("no-rows")
        return done


def _as_served(read: ReadPage, status: int) -> ReadPage:
    """A page that the server gave with an error; what kept the crawler out stays what it is."""
    kept = read if read.kind in KEPT_OUT else ReadPage("error", notes=read.notes)
    kept.notes.add(f"http-{status}")
    return kept


class Reader:
    """A compiled market file."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter
        self.kinds = [PageKind(rule) for rule in adapter.pages]
        self._whole = adapter.whole_page.encode() if adapter.whole_page else None
        self._path_notes = [(re.compile(rule.path), rule.note) for rule in adapter.path_notes]

    def kinds_that_fit(self, path: str, page: bytes) -> list[PageKind]:
        """All page rules whose condition holds; the first one reads the page."""
        return [kind for kind in self.kinds if kind.condition.holds(path, page)]

    def read(
        self, path: str, page: bytes, *, status: int | None = None, charset: str | None = None, cut: bool = False
    ) -> ReadPage:
        """Kind, notes and rows of a page. Never fails on the content of a page.

        `status` and `charset` are those of HTTP, where the archive knows them: what a server gave as an error is an
        error, whatever it shows; the encoding that it named goes before that of the market file. `cut`: the archive
        holds only the first part of the page.
        """
        notes: set[str] = set()
        page = as_utf8(small_enough(page, notes), charset or self.adapter.encoding, notes)
        whole = not cut and (self._whole is None or page.rfind(self._whole) >= 0)  # it stands near the end
        done = self._read(path, page, whole)
        if status is not None and status >= 400:
            done = _as_served(done, status)
        done.notes |= notes | {note for pattern, note in self._path_notes if pattern.search(path)}
        if not whole and done.kind not in ("empty", "limit"):
            done.notes.add("cut")
        return done

    def _read(self, path: str, page: bytes, whole: bool) -> ReadPage:
        if _INK.search(page) is None:
            return ReadPage("empty", notes={"empty"})
        for kind in self.kinds:
            if kind.condition.holds(path, page):
                return kind.read(path, page if whole else without_broken_end(page))
        return ReadPage("unknown", notes={"unrecognised"}) if whole else ReadPage("cut")


def page_id(market: str, date: str, path: str) -> str:
    """Name of a page that is the same on every machine and says nothing of what the page shows: 16 hex digits."""
    return sha256(f"{market}|{date}|{path}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
