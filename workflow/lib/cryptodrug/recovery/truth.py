"""The true value for each estimate of one replicate: a parameter of the scenario, or a number of that world itself."""

from collections.abc import Iterable, Mapping

import numpy as np

from cryptodrug.recovery.estimands import SIZES
from cryptodrug.recovery.estimators import Estimate
from cryptodrug.recovery.memory import Study
from cryptodrug.simulate.market.crawl import Crawl

# from narrow to wide, as the report prints them; a policy with few vendors joins the next wider one that is printed
POLICIES = ("domestic", "neighbours", "europe", "other-countries", "worldwide-except", "worldwide")
MERGED_CLASSES = "other-classes"


def coverage_of(crawl: Crawl) -> float:
    """Share of the listings of a market that a download met, second captures of lists left aside."""
    pages = [page for page in crawl.wanted if page.kind in ("list", "listing")]
    there = {one.native_id for page in pages for one in page.subject}
    met = {one.native_id for page in pages if page.arrives_as and not page.again for one in page.subject}
    return len(met) / len(there)


def listed_of(crawl: Crawl) -> float:
    """Share of the listings of a market that the first captures of its lists show."""
    pages = [page for page in crawl.wanted if page.kind == "list" and not page.again]
    there = {one.native_id for page in pages for one in page.subject}
    return len({one.native_id for page in pages if page.arrives_as for one in page.subject}) / len(there)


def _herfindahl(group: str, vendors: int, parameters: Mapping[str, float]) -> float:
    """Expected index of so many vendors; n times the index hardly changes with n, so it is interpolated in 1/n."""
    known = [size * parameters[f"concentration.{group}.hhi.{size}"] for size in SIZES]
    return float(np.interp(-1 / vendors, [-1 / size for size in SIZES], known)) / vendors


def _policies_in(row: str, printed: Mapping[str, float]) -> list[str]:
    """The policies that stand in a row: its own and those that were merged into it.

    `printed`: policies with a row, and their shares of the vendors. One without a row stands with the next wider one
    that has; when there is none, with the widest row that has vendors.
    """
    if row not in POLICIES:
        return [row]
    widest = next((name for name in reversed(POLICIES) if printed.get(name)), None)
    into = {
        name: next((one for one in POLICIES[place:] if one in printed), widest) for place, name in enumerate(POLICIES)
    }
    return [name for name in POLICIES if into[name] == row]


def _names_in(one: Estimate, rows: Mapping[str, float], parameters: Mapping[str, float]) -> list[str]:
    """Value ids whose parameters add up to that of an estimate."""
    if one.table in ("drug-classes", "revenue-by-class") and one.row == MERGED_CLASSES:
        parts = [name.split(".") for name in parameters if name.startswith(f"{one.table}.")]
        return [".".join(part) for part in parts if part[2] == one.column and part[1] not in rows]
    if one.table == "destination-policy":
        return [f"{one.table}.{name}.{one.column}" for name in _policies_in(one.row, rows)]
    return [one.id]


def truths(
    estimates: Iterable[Estimate], study: Study, parameters: Mapping[str, float]
) -> list[tuple[Estimate, float]]:
    """Each estimate with its true value.

    Raises
    ------
    KeyError : an estimate of the report has no estimand; nothing may be printed that is not held against the truth.
    """
    estimates = list(estimates)
    rows: dict[str, dict[str, float]] = {}
    for one in estimates:
        # of the columns of a table the share of vendors, which decides where a policy is merged, comes with the others
        of_table = rows.setdefault(one.table, {})
        of_table[one.row] = one.value if one.column == "share_vendors" else of_table.get(one.row, 0.0)
    crawls = {f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}": crawl for crawl in study.crawls}
    shares = {"snapshot-coverage": coverage_of, "list-pages": listed_of}
    found = []
    for one in estimates:
        if one.table in shares:
            true = shares[one.table](crawls[one.row])
        elif one.column in ("hhi", "hhi_normalised"):
            true = _herfindahl(one.row, one.vendors, parameters)
            if one.column == "hhi_normalised":
                true = (true - 1 / one.vendors) / (1 - 1 / one.vendors)
        elif one.column.startswith(("eur", "adjusted")):
            # of one vendor of the scenario
            true = parameters[one.id] * len(study.world.entities)
        elif one.column.startswith("share"):
            # a category that no vendor of the scenario belongs to has the share zero
            true = sum(parameters.get(name, 0.0) for name in _names_in(one, rows[one.table], parameters))
        else:
            true = parameters[one.id]
        found.append((one, true))
    return found
