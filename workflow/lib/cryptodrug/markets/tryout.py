"""A market file tried on pages: what each field gave, what was not read, what will break."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptodrug.archive import Page
from cryptodrug.markets.brittle import is_ambiguous, placed
from cryptodrug.markets.draft import proposals
from cryptodrug.markets.labelled import pairs
from cryptodrug.markets.matches import Match, Recogniser, matches, parsed
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.vocabulary import label_of
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.rules import PageRule

EXAMPLES = 3
CUT = 32  # characters of an example; the screen of a colleague is no place for whole texts
LABELS = 12  # labels that nobody reads, shown for a kind,
COMMON = 0.2  # if so many of its pages have them
GROUPED = 60  # unknown pages that are looked at for what they may be
PAIRS_ON = 50  # pages of a kind on which labels are looked for

FieldName = tuple[str, str]  # table, field


@dataclass
class FieldCount:
    """What one field gave on all pages of a kind."""

    rows: int = 0
    with_value: int = 0
    pages: set[str] = field(default_factory=set)
    ambiguous: int = 0
    most_matches: int = 0
    examples: dict[str, None] = field(default_factory=dict)


@dataclass
class KindCount:
    """What one page rule read."""

    rule: PageRule
    pages: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    fields: dict[FieldName, FieldCount] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)


@dataclass
class Tryout:
    """What a market file read from some pages."""

    pages: int = 0
    kinds: dict[str, KindCount] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)  # unknown, cut, empty -> paths
    unknown: list[SampledPage] = field(default_factory=list)


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= CUT else text[: CUT - 3] + "..."


def _add_field(kind: KindCount, path: str, one: Match) -> None:
    count = kind.fields.setdefault((one.table, one.name), FieldCount())
    count.rows += 1
    count.most_matches = max(count.most_matches, len(one.nodes))
    count.ambiguous += is_ambiguous(one)
    if one.value is None or one.value is False:
        return
    count.with_value += 1
    count.pages.add(path)
    if len(count.examples) < EXAMPLES:
        count.examples.setdefault(_shown(one.value))


def _add_labels(kind: KindCount, tree: Any, found: list[Match]) -> None:
    """Labels of the page whose values no field has read."""
    values = {str(one.value) for one in found if one.value is not None}
    seen = {
        pair.label.strip()
        for pair in (pairs(tree.body) if tree.body is not None else ())
        if not any(value in pair.value or pair.value in value for value in values)
    }
    kind.labels.update(sorted(seen))


def _add_page(tried: Tryout, name: str, rule: PageRule, path: str, page: bytes, tree: Any) -> None:
    kind = tried.kinds.setdefault(name, KindCount(rule))
    found = matches(rule, path, page, tree)
    kind.pages += 1
    kind.rows.update({table: 1 + max(one.row for one in found if one.table == table) for table in _tables(found)})
    for one in found:
        _add_field(kind, path, one)
    if kind.pages <= PAIRS_ON:
        _add_labels(kind, tree, found)


def _tables(found: Iterable[Match]) -> set[str]:
    return {one.table for one in found if one.table != "page"}


def try_on(adapter: Adapter, pages: Iterable[Page]) -> Tryout:
    """Read pages and count. A page that the server gave as an error is none of the kind that it looks like."""
    tried, reader, recogniser = Tryout(), Reader(adapter), Recogniser(adapter)
    for one in pages:
        path, data = one
        read = reader.read(path, data, status=one.status, charset=one.charset)
        tried.pages += 1
        tried.notes.update(read.notes)
        rule, kind, page = recogniser.find(path, data, one.charset)
        if rule is None or kind is None or (rule.kind, rule.layout) != (read.kind, read.layout):
            tried.unread.setdefault(read.kind, []).append(path)
            if read.kind == "unknown" and len(tried.unknown) < GROUPED:
                tried.unknown.append(SampledPage(path, data))
        else:
            _add_page(tried, f"{rule.kind}/{rule.layout}", rule, path, page, parsed(kind, rule, page))
    return tried


def _field_line(name: FieldName, count: FieldCount, pages: int) -> str:
    head = (
        f"  {'.'.join(name):<28}{count.with_value:>6} of {count.rows:<6} rows, {len(count.pages):>5} of {pages} pages"
    )
    return f"{head}   {', '.join(map(repr, count.examples))}" if count.examples else f"{head}   NEVER"


def _brittle_lines(kind: KindCount) -> Iterator[str]:
    for (table, name), why in placed(kind.rule).items():
        yield f"  brittle: {table}.{name}: {why}"
    for (table, name), count in kind.fields.items():
        if count.ambiguous:
            yield (
                f"  brittle: {table}.{name} matches up to {count.most_matches} elements with other texts in "
                f"{count.ambiguous} of {count.rows} rows; the first one counts"
            )


def _label_line(kind: KindCount) -> Iterator[str]:
    least = COMMON * min(kind.pages, PAIRS_ON)
    common = [(label_of(label), count) for label, count in kind.labels.most_common(LABELS) if count >= least]
    if left := [f"{label!r} ({count})" for label, count in common if any(sign.isalpha() for sign in label)]:
        yield f"  not read: labels {', '.join(left)}"


def report(adapter: Adapter, tried: Tryout) -> Iterator[str]:
    """The tryout as lines for the eye: kinds and fields, what will break, what was not read."""
    yield f"{tried.pages} pages"
    for rule in adapter.pages:
        name = f"{rule.kind}/{rule.layout}"
        kind = tried.kinds.get(name)
        if kind is None:
            yield f"{name}: NO PAGE"
            continue
        rows = ", ".join(f"{count} {table} rows" for table, count in sorted(kind.rows.items()))
        yield f"{name}: {kind.pages} {'page' if kind.pages == 1 else 'pages'}{', ' + rows if rows else ''}"
        yield from (_field_line(field_name, count, kind.pages) for field_name, count in kind.fields.items())
        yield from _brittle_lines(kind)
        yield from _label_line(kind)
    if tried.notes:
        yield "notes: " + ", ".join(f"{note} ({count})" for note, count in sorted(tried.notes.items()))
    for kind_name, paths in sorted(tried.unread.items()):
        yield f"{kind_name}: {len(paths)} pages, such as {', '.join(map(_shown, sorted(paths)[:EXAMPLES]))}"
    for one in proposals(tried.unknown):
        looks = "no kind that is known" if one.kind == "other" else f"{one.kind} ({one.why})"
        yield f"  {len(one.pages)} of them, such as {_shown(one.pages[0].path)}, look like {looks}"
