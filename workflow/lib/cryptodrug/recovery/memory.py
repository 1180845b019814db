"""A simulated study in memory: from a drawn world to the tables of the database, without any page or file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd

from cryptodrug.database.join import HARMONISED, HoldingRules, join_snapshots
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import typed
from cryptodrug.harmonise.listings import COMPARED, Rules
from cryptodrug.harmonise.snapshot import OBSERVED, harmonise, read_rules
from cryptodrug.plan import JUDGEMENTS, SHOWN, adapter_path
from cryptodrug.populations import only_drugs
from cryptodrug.provenance.records import PROJECT
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import page_id
from cryptodrug.reading.schemas import SCHEMAS
from cryptodrug.reading.tables import FLAGS, NUMBERS
from cryptodrug.series import TrackingRules
from cryptodrug.settings.load import load_settings
from cryptodrug.settings.models import Settings
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.observed import captured_at, observed
from cryptodrug.simulate.market.rows import Row
from cryptodrug.simulate.market.world import World

Frames = dict[str, pd.DataFrame]
READ_OF_LISTING = frozenset({"native_id", "position", "page_kind", "category_path", *COMPARED})


@dataclass(frozen=True)
class Method:
    """How a study is read and analysed: the settings of the demo study, and its judgement files."""

    settings: Settings
    rules: Rules

    @property
    def holding(self) -> HoldingRules:
        """From when a price is a holding price."""
        limits = self.settings.holding_price
        return HoldingRules(limits.own, limits.by_class, limits.cap)

    @property
    def tracking(self) -> TrackingRules:
        """When two offers in two snapshots are one."""
        return TrackingRules(self.settings.tracking.title_similarity, self.settings.tracking.snapshot_gap)


@lru_cache(maxsize=1)
def demo_method() -> Method:
    """The method of `config.yaml`."""
    settings = load_settings("config.yaml", PROJECT)
    files = [str(PROJECT / settings.judgements.folder / name) for name in JUDGEMENTS]
    return Method(settings, read_rules(files, settings.focus_country, settings.neighbours))


def _column(name: str, rows: list[Row]) -> object:
    values = [row.get(name) for row in rows]
    return values if name in NUMBERS | FLAGS and rows else pd.Series(values, dtype=object)


def observed_frames(rows: Mapping[str, list[Row]], market: str, date: str) -> Frames:
    """Observed rows as the tables that a reader writes.

    Columns that no row fills are left out where harmonising does not ask for them.
    """
    ids = {row["path"]: page_id(market, date, row["path"]) for row in rows["page"]}
    tables = {}
    for name in OBSERVED:
        made = rows[name]
        page = {"page_id": pd.Series([ids[row["path"]] for row in made], dtype=object)}
        wanted = [column for column in SCHEMAS[name].names if column not in page]
        if name == "listing":
            filled = {column for row in made for column, value in row.items() if value is not None}
            wanted = [column for column in wanted if column in READ_OF_LISTING or column in filled]
        tables[name] = pd.DataFrame(page | {column: _column(column, made) for column in wanted})
    tables["page"]["market"], tables["page"]["snapshot_date"] = market, date
    return tables


@dataclass(frozen=True)
class Snapshot:
    """Everything that one market shows in one month, as if no page were ever missed."""

    crawl: Crawl
    frames: Frames = field(repr=False)

    @property
    def market(self) -> str:
        """Id of the market."""
        return self.crawl.market.id

    @property
    def date(self) -> str:
        """Day of the snapshot, ISO 8601."""
        return str(self.crawl.market.snapshots[self.crawl.month])

    def arrived(self, crawl: Crawl) -> Frames:
        """Observed tables of a download of the same plan: rows of missed pages are not there."""
        missed = {page_id(self.market, self.date, page.path) for page in crawl.wanted if page.arrives_as is None}
        there = {
            name: table[~table["page_id"].isin(missed)].reset_index(drop=True) for name, table in self.frames.items()
        }
        # where pages are missed, the later ones are fetched earlier
        there["page"]["captured_at"] = [captured_at(crawl, number) for number in range(len(there["page"]))]
        return there


def whole_snapshots(world: World, replicate: int) -> list[Snapshot]:
    """All snapshots of a world, every page there."""
    made = []
    for market, month in world.snapshots():
        crawl = Crawl(world, market, month, missed=0, replicate=replicate)
        if len({page.path for page in crawl.wanted}) < len(crawl.wanted):
            raise ValueError(f"{market.id}: two pages of one download have the same path")
        rows = observed(crawl)
        made.append(Snapshot(crawl, observed_frames(rows, market.id, str(market.snapshots[month]))))
    return made


@dataclass(frozen=True)
class Study:
    """What the analyses read of one download of all snapshots."""

    joined: Frames = field(repr=False)
    world: World = field(repr=False)
    crawls: tuple[Crawl, ...] = field(repr=False)
    _typed: Frames = field(default_factory=dict, repr=False)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the database: typed, and ordered by its key."""
        if name not in self._typed:
            made = typed(self.joined[name], TABLES[name]).sort_values(list(TABLES[name].key), kind="stable")
            self._typed[name] = made.reset_index(drop=True)
        return self._typed[name]

    @cached_property
    def offer(self) -> pd.DataFrame:
        """Drug listings with every column, as `populations.drug_listings` gives them."""
        return only_drugs(self.table("listing"), "simulated study")


@lru_cache(maxsize=8)
def _adapter(design: str) -> Adapter:
    return read_adapter(PROJECT / adapter_path(design))


def _database(snapshots: Iterator[tuple[Snapshot, Frames]], method: Method) -> Frames:
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in HARMONISED}
    for snapshot, frames in snapshots:
        adapter = _adapter(snapshot.crawl.market.design)
        done = harmonise(
            frames,
            snapshot.market,
            snapshot.date,
            method.rules,
            feedback_maximum=adapter.feedback_maximum,
            shown={field: adapter.kinds_showing(field) for field in SHOWN},
        )
        for name in HARMONISED:
            parts[name].append(done.tables[name])
    return join_snapshots(parts, method.holding, method.settings.population.link_by, method.tracking)


def study_of(world: World, snapshots: list[Snapshot], missed: int, method: Method) -> Study:
    """The study of one download: `missed` thousandths of all pages are not there."""
    crawls = tuple(one.crawl.with_missed(missed) for one in snapshots)
    arrived = ((one, one.arrived(crawl)) for one, crawl in zip(snapshots, crawls, strict=True))
    return Study(_database(arrived, method), world, crawls)


def as_downloaded(world: World, method: Method) -> Study:
    """The study itself: with the faults that its scenario names, in exact numbers."""
    crawls = tuple(Crawl(world, market, month) for market, month in world.snapshots())
    arrived = []
    for crawl in crawls:
        frames = observed_frames(observed(crawl), crawl.market.id, str(crawl.market.snapshots[crawl.month]))
        arrived.append((Snapshot(crawl, frames), frames))
    return Study(_database(iter(arrived), method), world, crawls)
