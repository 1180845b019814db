"""Single real pages beside what others read on them by hand: `expected/<folder>/<file>.json` for each page."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from compared import Outcome
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.reader import Reader, ReadPage
from cryptodrug.reading.tables import COLUMNS_OF
from real_data import MARKETS, shared_data

Values = Mapping[str, Any]
Row = dict[str, Any]


class Page:
    """One page as we read it."""

    def __init__(self, read: ReadPage) -> None:
        self.kind, self.layout, self.notes, self.values = read.kind, read.layout, read.notes, read.values
        self._rows: dict[str, list[Row]] = {}
        for rows, found in read.rows:
            absent = dict.fromkeys(COLUMNS_OF[rows.table])
            kept = (absent | dict(zip(rows.names, row, strict=True)) for row in found)
            self._rows.setdefault(rows.table, []).extend(kept)

    def rows(self, table: str) -> list[Row]:
        """All rows of an observed table, in the order of the page."""
        return self._rows.get(table, [])

    def get(self, table: str, column: str) -> Any:
        """A value of the only row of a table; None when there is no row or no such column."""
        return self.rows(table)[0].get(column) if self.rows(table) else None

    def numbers(self, name: str) -> dict[str, str]:
        """Named numbers that the page prints: `printed` or `rates`."""
        return json.loads(self.values.get(name) or "{}")


@dataclass
class Compared:
    """Number of equal values, and each other one by its name as (theirs, ours); keys that we have no rule for."""

    equal: int = 0
    different: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    not_compared: set[str] = field(default_factory=set)


def leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The single values inside a value, each with its name: `rows[0].title`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{name}.{key}")
    elif isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{name}[{place}]")
    else:
        yield name, value


def compare(theirs: Values, fields: Mapping[str, Callable[[Page], Any]], ours: Page) -> Compared:
    """Compare the values of a page one by one; a field without a rule in `fields` is not compared."""
    done = Compared(not_compared=set(theirs) - set(fields))
    for name in theirs.keys() & fields.keys():
        expected, found = dict(leaves(theirs[name], name)), dict(leaves(fields[name](ours), name))
        for key in expected.keys() | found.keys():
            pair = (expected.get(key), found.get(key))  # a key that is not there is a value that is not there
            if pair[0] == pair[1]:
                done.equal += 1
            else:
                done.different[key] = pair
    return done


Kinds = Mapping[str, tuple[str, Mapping[str, Callable[[Page], Any]]]]  # by their word: our kind, our fields


@dataclass
class Market:
    """All pages of a market with expected values, by file: as we read them, of what kind they are, how they compare."""

    pages: dict[str, Page] = field(default_factory=dict)
    expected_kinds: dict[str, str] = field(default_factory=dict)
    compared: dict[str, Compared] = field(default_factory=dict)
    fields: set[tuple[str, str]] = field(default_factory=set)  # compared ones: kind of page and name

    @property
    def kinds(self) -> dict[str, str]:
        """Our kind of each page."""
        return {name: page.kind for name, page in self.pages.items()}

    @property
    def different(self) -> dict[tuple[str, str], tuple[Any, Any]]:
        """(file, field) -> (theirs, ours) of all values that differ."""
        return {(name, key): pair for name, one in self.compared.items() for key, pair in one.different.items()}

    @property
    def not_compared(self) -> set[str]:
        """Fields that we do not keep."""
        return set().union(*(one.not_compared for one in self.compared.values()))

    @property
    def equal(self) -> int:
        """Number of equal values."""
        return sum(one.equal for one in self.compared.values())

    def outcome(self, market: str, reasons: Mapping[Any, str], left_out: Mapping[str, str]) -> Outcome:
        """What the comparison came to. `reasons`: why each of `different`; `left_out`: why each of `not_compared`."""
        return Outcome(
            market=market,
            what="pages read by hand",
            pages=len(self.pages),
            kinds=len(set(self.kinds.values())),
            fields=len(self.fields),
            equal=self.equal,
            reasons=Counter(reasons[which] for which in self.different),
            left_out=[f"{name} ({why})" for name, why in left_out.items()],
        )


def compare_market(market: str, kinds: Kinds) -> Market:
    """Read every page with expected values and compare; a kind of page that `kinds` does not name is an error."""
    done = Market()
    for name in expected_files(market):
        word, values = expected_page(market, name)
        kind, fields = kinds[word]
        page = read_page(market, name)
        done.pages[name], done.expected_kinds[name] = page, kind
        done.compared[name] = compare(values, fields, page)
        done.fields |= {(word, field) for field in values.keys() & fields.keys()}
    return done


def _without_words(value: Any) -> Any:
    """Texts of opinions as their code and length, which is all that we keep; buyers are left out."""
    if isinstance(value, list):
        return [_without_words(inner) for inner in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: _without_words(inner) for key, inner in value.items() if key != "buyer_masked"}
    if "text" in kept and ("listing_title" in kept or "age" in kept):
        kept["text"] = text_and_length(kept["text"])
    if "latest_feedback" in kept:
        kept["latest_feedback"] = [{"text": text_and_length(text)} for text in kept["latest_feedback"]]
    return kept


def text_and_length(text: str) -> list[Any] | None:
    """What we keep of a text, in their place: its code and its length."""
    return [text_code(text), len(text)] if text else None


def text_code(text: str) -> str:
    """The code that stands for the text of an opinion."""
    return sha256(text.encode()).hexdigest()[:16]


def opinion_text(row: Row) -> list[Any] | None:
    """What we keep of the text of an opinion, in the same form."""
    return None if row["text_key"] is None else [row["text_key"], row["text_length"]]


def number(text: str | None) -> float | None:
    """A printed number without its marks; None stays None."""
    return None if text is None else float(text.replace(",", ""))


def whole(text: str | None) -> int | None:
    """A printed count; None stays None."""
    return None if text is None else int(text.replace(",", ""))


def parts(text: str | None, separator: str) -> list[str] | None:
    """The parts of a text; None stays None."""
    return None if text is None else text.split(separator)


def folder_of(market: str) -> Path:
    """The folder with `html_files` and `expected`."""
    return shared_data() / "markets" / market


def expected_files(market: str) -> list[str]:
    """Files of the expected values, below `expected`."""
    folder = folder_of(market) / "expected"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))


def expected_page(market: str, name: str) -> tuple[str, dict[str, Any]]:
    """Kind of the page in their words, and the values that they found on it."""
    found = json.loads((folder_of(market) / "expected" / name).read_text(encoding="utf-8"))
    return found["page_kind"], _without_words(found["values"])


def read_page(market: str, name: str) -> Page:
    """Our reading of the page that a file of expected values belongs to."""
    folder = folder_of(market)
    file = json.loads((folder / "expected" / name).read_text(encoding="utf-8"))["file"]
    reader = Reader(read_adapter(MARKETS / f"{market}.yaml"))
    return Page(reader.read(file, (folder / file).read_bytes()))
