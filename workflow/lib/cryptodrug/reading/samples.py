"""The samples of a market file: invented pages with what must be read from them."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptodrug.reading.adapter import Adapter, Sample
from cryptodrug.reading.reader import Reader, ReadPage
from cryptodrug.reading.table_file import read_table
from cryptodrug.reading.tables import VALUES_OF_PAGE

Place = tuple[str, str, str, str]  # kind, layout, table, field


@dataclass
class Outcome:
    """What the samples showed: faults to mend, remarks to know, and how many values each field gave."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    filled: dict[Place, int] = field(default_factory=dict)


def _page_values(read: ReadPage) -> dict[str, Any]:
    values: dict[str, Any] = {name: read.values.get(name) for name in VALUES_OF_PAGE}
    for name in ("printed", "rates"):
        values[name] = None if values[name] is None else json.loads(values[name])
    return values | {"note": ";".join(sorted(read.notes)) or None}


def _rows_of(read: ReadPage) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, each as field and value."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for rows, values in read.rows:
        tables.setdefault(rows.table, []).extend(dict(zip(rows.names, row, strict=True)) for row in values)
    return tables


def _differences(what: str, expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """One fault per key that is not as expected; keys that the sample does not name are free."""
    return [
        f"{what}.{name}: expected {value!r}, found {found.get(name)!r}"
        for name, value in expected.items()
        if found.get(name) != value
    ]


def _check_rows(sample: Sample, found: dict[str, list[dict[str, Any]]]) -> list[str]:
    faults = []
    for table in sorted(set(sample.rows) | set(found)):
        expected, rows = sample.rows.get(table, []), found.get(table, [])
        if len(expected) != len(rows):
            faults.append(f"{table}: expected {len(expected)} rows, found {len(rows)}")
            continue
        for number, (one, row) in enumerate(zip(expected, rows, strict=True)):
            faults += _differences(f"{table}[{number}]", one, row)
    return faults


def _check_sample(sample: Sample, read: ReadPage) -> list[str]:
    if read.kind != sample.kind:
        return [f"expected kind {sample.kind!r}, found {read.kind!r}"]
    if sample.layout is not None and read.layout != sample.layout:
        return [f"expected layout {sample.layout!r}, found {read.layout!r}"]
    expected = {
        name: json.loads(value) if name in ("printed", "rates") and isinstance(value, str) else value
        for name, value in sample.page.items()
    }
    return _differences("page", expected, _page_values(read)) + _check_rows(sample, _rows_of(read))


def _places(adapter: Adapter) -> dict[Place, int]:
    """Every field that a page rule can fill, with nought."""
    places: dict[Place, int] = {}
    for rule in adapter.tables:
        places |= {(rule.kind, rule.layout, rows.table, name): 0 for rows in rule.rows for name in rows.fields}
    for rule in adapter.pages:
        places |= {(rule.kind, rule.layout, "page", name): 0 for name in (*rule.texts, *rule.numbers)}
        places |= {(rule.kind, rule.layout, rows.table, name): 0 for rows in rule.rows for name in rows.fields}
    return places


def _count(filled: dict[Place, int], read: ReadPage) -> None:
    """Count the values of a page. A flag that says no is none: its rule has matched nothing."""
    tables = _rows_of(read) | {"page": [_page_values(read)]}
    for kind, layout, table, name in filled:
        if (kind, layout) == (read.kind, read.layout):
            rows = tables.get(table, [])
            filled[kind, layout, table, name] += sum(row.get(name) not in (None, False) for row in rows)


def run_all(adapter: Adapter) -> Outcome:
    """Read every sample and compare; count what each field gave over all samples."""
    reader, outcome, seen = Reader(adapter), Outcome(filled=_places(adapter)), set()
    for sample in adapter.samples:
        page = (sample.html or sample.table or "").encode()
        read = reader.read(sample.path, page) if sample.table is None else read_table(adapter, sample.path, page)
        seen.add((read.kind, read.layout))
        outcome.faults += [f"sample {sample.name!r}: {fault}" for fault in _check_sample(sample, read)]
        _count(outcome.filled, read)
        fits = sorted({kind.kind for kind in reader.kinds_that_fit(sample.path, page)})
        if sample.table is None and len(fits) > 1:
            outcome.remarks.append(f"sample {sample.name!r} fits {', '.join(fits)}; {read.kind}, named first, reads it")
    for rule in (*adapter.pages, *adapter.tables):
        if (rule.kind, rule.layout) not in seen:
            outcome.faults.append(f"{rule.kind}/{rule.layout}: no sample is of this kind and layout")
    for (kind, layout, table, name), count in outcome.filled.items():
        if count == 0 and (kind, layout) in seen:
            outcome.faults.append(f"{kind}/{layout}: {table}.{name} matches nothing on its samples")
    return outcome


def run_samples(adapter: Adapter) -> list[str]:
    """Faults of a market file on its own samples, none when all is well.

    A sample must be of its kind and layout, give the named page values and exactly the named rows (in rows, only the
    named fields are compared). Every page rule needs a sample, and every field of it a value on at least one.
    """
    return run_all(adapter).faults
