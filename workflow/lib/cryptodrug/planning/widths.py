"""Expected widths of the main intervals of a planned study, from simulated replicates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
import pandas as pd

from cryptodrug.planning.design import Design, rules_for, scenario_of
from cryptodrug.populations import inclusive
from cryptodrug.recovery.estimators import Drawing, Estimate, analysis, estimate_all, estimates_of
from cryptodrug.recovery.memory import Method, study_of, whole_snapshots
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.world import World
from cryptodrug.statistics.intervals import wilson

TRIED = (4, 5, 6, 8, 10, 12)  # months for which growth is tried
POWER = 0.8
# table, row (None: all), column: label, whether a ratio (width as the factor between the ends)
MAIN: tuple[tuple[str, str | None, str, str, bool], ...] = (
    ("snapshot-coverage", None, "coverage", "Coverage of a snapshot, by second captures", False),
    ("market-size", None, "share_listings", "Share of listings, one market and month", False),
    ("key-figures", "mean", "share_listings", "Share of listings, mean over snapshots", False),
    ("key-figures", "mean", "share_vendors", "Share of vendors, mean over snapshots", False),
    ("drug-classes", None, "share_focus", "Share of a drug class in the country's offer", False),
    ("specialisation", None, "ratio", "Specialisation: ratio of a class to the rest", True),
    ("destination-summary", "all", "share_abroad", "Vendors who send abroad", False),
    ("vendor-size-summary", "all", "superiority", "Probability of more listings than others", False),
    ("price-per-gram", None, "median", "Median price per gram, one class, lot and group", True),
    ("concentration", "focus", "gini", "Concentration among the country's vendors (Gini)", False),
)
ANALYSES = (
    "snapshot_coverage", "market_size", "specialisation", "destination_policy", "vendor_size", "price_per_gram",
    "concentration",
)  # fmt: skip
ANSWERS = (0.5, 0.2, 0.05)  # shares of respondents for which the width is given
SHARE, RATIO = "share", "ratio"
Told = Callable[[], None]


@dataclass(frozen=True)
class Width:
    """One line of the plan.

    Attributes
    ----------
    what : name of the interval.
    kind : `share` or `ratio`.
    value : median of the estimates.
    low, high : medians of the ends.
    printed : share of the replicates in which an interval is printed at all.
    approximate : share of the printed ones that are marked approximate.
    """

    what: str
    kind: str
    value: float
    low: float
    high: float
    printed: float
    approximate: float


@dataclass(frozen=True)
class Growth:
    """What so many monthly snapshots tell of growth.

    `factor`: median factor between the ends of the interval of the monthly ratio; `seen`: the smallest ratio above one
    that four of five studies would tell from one. NaN where no interval is printed.
    """

    months: int
    factor: float
    seen: float
    printed: float


@dataclass(frozen=True)
class Plan:
    """All that is said of a design."""

    design: Design
    replicates: int
    level: float
    vendors_seen: float
    of_country: float
    listings: float
    widths: tuple[Width, ...]
    growth: tuple[Growth, ...]


def met_offer(world: World, replicate: int, missed: int) -> pd.DataFrame:
    """Drug listings that a download meets, on their own page or in a list, with their true vendor and origins.

    For growth alone, which is tried for many lengths of a study: nothing is read from texts.
    """
    rows = []
    for market, month in world.snapshots():
        crawl = Crawl(world, market, month, missed, replicate=replicate)
        pages = [page for page in crawl.wanted if page.kind in ("list", "listing") and page.arrives_as]
        met = {one.listing_id: one for page in pages for one in page.subject}
        for name, one in met.items():
            if world.scenario.products[one.product].drug_class is not None:
                origins = world.entities[one.entity].origins[month]
                day = str(market.snapshots[month])
                rows.append((market.id, day, name, f"vendor-{one.entity:04d}", "|".join(sorted(origins)) or None))
    return pd.DataFrame(rows, columns=["market", "snapshot_date", "listing_id", "entity", "ships_from"])


def _growth(offer: pd.DataFrame, method: Method, how: Drawing) -> Estimate | None:
    """The growth of listings, if an interval is printed."""
    focus, definition = method.settings.focus_country, method.settings.population.definition
    table = analysis("growth").growth_table(offer, focus, definition, how.draws, how.seed, how.level)
    return next((one for one in estimates_of(table) if one.row == "listings" and one.low is not None), None)


def growth_by_months(
    design: Design, method: Method, replicates: int, how: Drawing, told: Told = lambda: None
) -> Iterator[Growth]:
    """The interval of growth for studies of different length and otherwise the same size."""
    for months in tried_months(design):
        scenario, found = scenario_of(design, months, method.settings.focus_country), []
        for number in range(replicates):
            world = draw_world(scenario, replicate=number, exact=True)
            found.append(_growth(met_offer(world, number, design.missed), method, how))
            told()
        has = [one for one in found if one is not None]
        factor = _median([one.high / one.low for one in has])
        yield Growth(months, factor, smallest_seen(factor, how.level), len(has) / replicates)


def smallest_seen(factor: float, level: float) -> float:
    """Smallest ratio that an interval with this factor between its ends tells from one with a power of 80 per cent."""
    normal = NormalDist()
    half = normal.inv_cdf((1 + level) / 2)
    return float(np.exp(np.log(factor) / 2 * (half + normal.inv_cdf(POWER)) / half))


def tried_months(design: Design) -> list[int]:
    """Numbers of monthly snapshots for which growth is tried: from the fewest for which it is judged."""
    return sorted({*TRIED, max(design.months, TRIED[0])})


def _median(values: list[float]) -> float:
    return float(np.median(values)) if values else float("nan")


def _width(found: list[tuple[int, Estimate]], count: int, what: str, ratio: bool) -> Width:
    """One line from all estimates of that kind, each with its replicate."""
    printed = {number for number, one in found if one.low is not None}
    has = [one for _, one in found if one.low is not None and one.high is not None]
    marked = [one.method is not None and one.method.endswith("approximate") for one in has]
    return Width(
        what,
        RATIO if ratio else SHARE,
        _median([one.value for one in has]),
        _median([one.low for one in has]),
        _median([one.high for one in has]),
        len(printed) / count,
        float(np.mean(marked)) if marked else 0.0,
    )


def respondent_widths(respondents: int, level: float) -> Iterator[Width]:
    """Wilson's interval of an answer that so many give, all respondents answering."""
    for share in ANSWERS:
        low, high = wilson(round(share * respondents), respondents, level)
        yield Width(f"Answer that {share:.0%} of the respondents give", SHARE, share, low, high, 1.0, 0.0)


def simulate(design: Design, method: Method, replicates: int, how: Drawing, told: Told = lambda: None) -> Plan:
    """Widths of all intervals of a design; `told` hears of each world that is done."""
    focus, definition = method.settings.focus_country, method.settings.population.definition
    scenario = scenario_of(design, design.months, focus)
    method = replace(method, rules=rules_for(method.rules, scenario))
    found: list[tuple[int, Estimate]] = []
    seen: list[tuple[int, int, float]] = []
    for number in range(replicates):
        world = draw_world(scenario, replicate=number, exact=True)
        study = study_of(world, whole_snapshots(world, number), design.missed, method)
        found += [(number, one) for one in estimate_all(study, focus, definition, how, ANALYSES)]
        of_focus = study.offer.loc[inclusive(study.offer, focus), "entity"]
        seen.append((study.offer["entity"].nunique(), of_focus.nunique(), len(study.offer) / design.months))
        told()
    widths = []
    for table, row, column, what, ratio in MAIN:
        of = [(n, one) for n, one in found if (one.table, one.column) == (table, column) and row in (None, one.row)]
        widths.append(_width(of, replicates, what, ratio))
    widths += respondent_widths(design.respondents, how.level)
    growth = tuple(growth_by_months(design, method, replicates, how, told))
    vendors, of_country, listings = np.mean(seen, axis=0)
    return Plan(design, replicates, how.level, vendors, of_country, listings, tuple(widths), growth)
