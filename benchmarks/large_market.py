"""A market larger than any, written as tables of the database: what `analyses.py` measures the analyses of vendors on.

Nothing is read or judged: the columns that these analyses read are drawn and streamed to Parquet, month by month. The
simulator of the demo would make pages of all of it, which takes hours. Offers belong to vendors, some with many and
most with few, who come and go; what a vendor sells, from where and at what price hangs together. Everything is drawn
from one seed, so that two runs measure the same tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import typed
from cryptodrug.reading.tables import PAGE_KINDS

MARKET = "large"
FOCUS = "BE"
PER_VENDOR = 50  # offers of a vendor on average
ENTRANTS = 0.4  # share of the vendors who come or leave within the window
MOVERS = 0.03  # share of the vendors who declare another origin from the middle of the window on
MISSED = 0.03  # share of the offers whose page was missed in a month
SHOWN = 20  # feedbacks that a page shows at most
ON_LIST = 50  # offers on a page of a list
RECAPTURED = 50  # every so many-th page of a list was captured twice
ORIGINS = {"DE": 18, "GB": 14, "US": 22, "NL": 12, "FR": 6, "AU": 5, "CA": 4, "ES": 3, "PL": 3, "SE": 1, "BE": 1.5}
OTHERS = {"BE|NL": 0.2, "DE|NL": 2, None: 8.3}  # several origins, and none
CLASSES = {
    "cannabis": (0.3, 9), "mdma": (0.17, 12), "cocaine": (0.16, 70), "amphetamine": (0.12, 11), "heroin": (0.05, 50),
    "ketamine": (0.05, 25), "lsd": (0.05, None), "psychedelics-other": (0.04, 8), "prescription-other": (0.06, None),
}  # fmt: skip
LOTS = (0.5, 1.0, 2.0, 3.5, 5.0, 10.0, 28.0, 50.0, 100.0, 250.0, 1000.0)
POLICIES = {"worldwide": 0.5, "europe": 0.2, "domestic": 0.2, "neighbours": 0.03, "not-stated": 0.07}


@dataclass(frozen=True)
class World:
    """Vendors, one number each, and their offers: the vendor of each, and what stays the same over the months."""

    first: np.ndarray
    last: np.ndarray
    origin: np.ndarray
    moved: np.ndarray
    sells: np.ndarray
    vendor: np.ndarray
    drug: np.ndarray
    policy: np.ndarray
    lot: np.ndarray
    price: np.ndarray


def _draw(generator: np.random.Generator, law: dict, size: int) -> np.ndarray:
    """Places in the law, which need not add up to one."""
    chances = np.array(list(law.values()), dtype=float)
    return generator.choice(len(law), size, p=chances / chances.sum()).astype(np.int8)


def accounts(listings: int) -> int:
    """Vendors of a market with so many offers a month."""
    return max(listings // PER_VENDOR, 200)


def draw_world(listings: int, months: int, seed: int) -> World:
    """Vendors and offers of whom about `listings` are there in a month."""
    generator = np.random.Generator(np.random.PCG64(seed))
    vendors = accounts(listings)
    moves = generator.random(vendors) < ENTRANTS
    begin, end = np.sort(generator.integers(0, months, (2, vendors)), axis=0)
    first, last = np.where(moves, begin, 0), np.where(moves, end, months - 1)
    weights = generator.lognormal(0, 1.3, vendors)
    there = (weights * (last - first + 1)).sum() / weights.sum() / months * (1 - MISSED)
    vendor = generator.choice(vendors, round(listings / there), p=weights / weights.sum())
    main = _draw(generator, {name: share for name, (share, _) in CLASSES.items()}, vendors)
    other = _draw(generator, dict.fromkeys(CLASSES, 1), len(vendor))
    drug = np.where(generator.random(len(vendor)) < 0.7, main[vendor], other).astype(np.int8)
    grams = np.array([price is not None for _, price in CLASSES.values()])[drug]
    lot = np.array(LOTS)[generator.integers(0, len(LOTS), len(vendor))]
    level = np.array([price or 5 for _, price in CLASSES.values()])[drug]
    level = level * generator.lognormal(0, 0.25, vendors)[vendor]
    return World(
        first=first,
        last=last,
        origin=_draw(generator, ORIGINS | OTHERS, vendors),
        moved=np.where(generator.random(vendors) < MOVERS, months // 2, months),
        sells=generator.lognormal(0.3, 1.2, vendors),
        vendor=vendor,
        drug=drug,
        policy=_draw(generator, POLICIES, vendors)[vendor],
        lot=np.where(grams, lot, np.ceil(lot)),
        price=level * lot**0.85 * generator.lognormal(0, 0.1, len(vendor)),
    )


def _words(places: np.ndarray, words: list[str | None]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _numbered(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), "")


def _table(name: str, columns: dict, rows: int) -> pa.Table:
    """With the types of the database; a column that is not drawn is missing throughout."""
    kinds = {"integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    arrays, names = [], []
    for column in TABLES[name].columns:
        kind = kinds.get(column.type, pa.string())
        value = columns.get(column.name)
        if value is None:
            value = pa.nulls(rows, kind)
        if isinstance(value, str | int | float | bool):
            value = pa.repeat(pa.scalar(value, kind), rows)
        arrays.append(value if isinstance(value, pa.Array | pa.ChunkedArray) else pa.array(value, kind))
        names.append(column.name)
    # what pandas notes of its own types in a table of the database, so that it reads the same ones here
    empty = typed(pd.DataFrame(columns=TABLES[name].names()), TABLES[name])
    return pa.table(arrays, names, metadata=pa.Schema.from_pandas(empty, preserve_index=False).metadata)


def _month(world: World, number: int, day: str, seed: int) -> Iterator[tuple[str, pa.Table]]:
    """The tables of one snapshot."""
    generator = np.random.Generator(np.random.PCG64([seed, number]))
    there = (world.first[world.vendor] <= number) & (number <= world.last[world.vendor])
    offers = np.flatnonzero(there & (generator.random(len(there)) >= MISSED))
    of, rows = world.vendor[offers], len(offers)
    ids, vendors = _numbered(f"{MARKET}:", offers), _numbered("vendor", of)
    names = list(ORIGINS | OTHERS)
    # a vendor who moves declares the next origin of the list from then on
    origin = (world.origin[of] + (world.moved[of] <= number)) % len(names)
    statuses = ["none" if name is None else "several" if "|" in name else "country" for name in names]
    grams = np.array([price is not None for _, price in CLASSES.values()])[world.drug[offers]]
    lot, price = world.lot[offers], world.price[offers] * generator.lognormal(0, 0.02, rows)
    held = generator.random(rows) < 0.005
    price = np.round(np.where(held, price * 30, price), 2)
    sales = generator.poisson(world.sells[of] * (number + 1 - world.first[of]) / 2 + 0.1)
    pages = _numbered(f"{number}-o", offers)
    listing = {
        "listing_id": ids, "market": MARKET, "snapshot_date": day, "page_id": pages, "vendor": vendors,
        "entity_id": _numbered(f"{MARKET}:vendor", of), "series_id": ids, "numbered": True, "is_drug": True,
        "category_path": "Drugs", "drug_class": _words(world.drug[offers], list(CLASSES)), "price_eur": price,
        "usd_eur": 0.9, "quantity_g": pa.array(lot, mask=~grams), "quantity_units": pa.array(lot, mask=grams),
        "price_eur_per_g": pa.array(price / lot, mask=~grams), "price_eur_per_unit": pa.array(price / lot, mask=grams),
        "ships_from": _words(origin, names), "ships_from_status": _words(origin, statuses),
        "ships_to_policy": _words(world.policy[offers], list(POLICIES)),
        "sales_total": pa.array(sales, mask=generator.random(rows) < 0.02), "holding_own_history": held,
        "holding_class": False, "holding_cap": False,
    }  # fmt: skip
    yield "listing", _table("listing", listing, rows)
    yield "feedback", _feedback(world, offers, ids, pages, day, generator)
    traders = np.unique(of)
    keys = _numbered("key", traders)
    vendor = {
        "vendor": _numbered("vendor", traders), "entity_id": _numbered(f"{MARKET}:vendor", traders), "market": MARKET,
        "snapshot_date": day, "page_id": _numbered(f"{number}-v", traders), "registered_text": "2018-03-01",
        "sales_low": np.bincount(of, weights=sales, minlength=len(world.first))[traders].astype(np.int64),
        "pgp_fingerprint": pc.if_else(pa.array(traders % 10 > 0), keys, pa.scalar(None, pa.string())),
        "profile_sketch": pa.nulls(len(traders), pa.string()),
    }  # fmt: skip
    yield "vendor", _table("vendor", vendor, len(traders))
    lists = generator.permutation(rows) // ON_LIST
    again = lists % RECAPTURED == 0
    page_of = [pages, _numbered(f"{number}-l", lists), _numbered(f"{number}-s", lists[again])]
    seen = [ids, ids, ids.filter(pa.array(again))]
    kinds = ["listing", "list", "list"]
    places = pa.concat_arrays(page_of)
    link = {
        "listing_id": pa.concat_arrays(seen), "market": MARKET, "snapshot_date": day, "page_id": places, "position": 0,
        "page_kind": pa.concat_arrays([pa.repeat(kind, len(one)) for kind, one in zip(kinds, seen, strict=True)]),
    }  # fmt: skip
    yield "listing_page", _table("listing_page", link, len(places))
    own = [one.unique() for one in page_of]
    made = {
        "page_id": pa.concat_arrays(own), "market": MARKET, "snapshot_date": day,
        "kind": pa.concat_arrays([pa.repeat(kind, len(one)) for kind, one in zip(kinds, own, strict=True)]),
        "note": pa.concat_arrays([
            pa.nulls(len(own[0]) + len(own[1]), pa.string()), pa.repeat("duplicate-capture", len(own[2])),
        ]),
    }  # fmt: skip
    read = sum(map(len, own))
    yield "page", _table("page", made, read)
    of_kind = {f"pages_{kind}": 0 for kind in PAGE_KINDS}
    of_kind |= {"pages_listing": len(own[0]), "pages_list": len(own[1]) + len(own[2])}
    counts = {"archives": 1, "pages_read": read, "listings_found": rows, "vendors_found": len(traders)}
    snapshot = {"market": MARKET, "snapshot_date": day} | of_kind | counts | {"listings_printed": int(there.sum())}
    yield "snapshot", _table("snapshot", snapshot, 1)


def _feedback(
    world: World, offers: np.ndarray, ids: pa.Array, pages: pa.Array, day: str, generator: np.random.Generator
) -> pa.Table:
    """What the pages of one snapshot show: about as many an offer as in the demo, a few with twenty."""
    shown = np.minimum(generator.poisson(world.sells[world.vendor[offers]]), SHOWN)
    row = np.repeat(np.arange(len(offers)), shown)
    days = (np.datetime64(day) - generator.integers(0, 70, len(row))).astype("datetime64[D]")
    posted = pa.array(days).cast(pa.string())
    feedback = {
        "page_id": pages.take(row), "position": np.arange(len(row)) - np.repeat(np.cumsum(shown) - shown, shown),
        "market": MARKET, "snapshot_date": day, "listing_id": ids.take(row),
        "text_key": _numbered("t", generator.integers(0, 2**40, len(row))), "posted_low": posted, "posted_high": posted,
        "score": np.array([1.0, 0.5, 0.0])[generator.choice(3, len(row), p=[0.95, 0.02, 0.03])],
        "truncated": (shown == SHOWN)[row],
    }  # fmt: skip
    return _table("feedback", feedback, len(row))


def write_market(folder: Path, listings: int, months: int, seed: int) -> dict[str, int]:
    """Write the tables `<name>.parquet` into the folder, one month in memory at a time; rows by table."""
    world = draw_world(listings, months, seed)
    writers: dict[str, pq.ParquetWriter] = {}
    rows: dict[str, int] = {}
    for number in range(months):
        day = f"{2019 + number // 12}-{number % 12 + 1:02d}-05"
        for name, table in _month(world, number, day, seed):
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
            writers[name].write_table(table)
            rows[name] = rows.get(name, 0) + len(table)
    for writer in writers.values():
        writer.close()
    return rows
