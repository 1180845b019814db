"""Every estimate of the report that has an interval, from a study in memory: made by the scripts of the workflow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from types import ModuleType

from cryptodrug.recovery.census import NEIGHBOURS, UNION
from cryptodrug.recovery.memory import Study
from cryptodrug.recovery.scripts import script
from cryptodrug.results import ResultTable


def analysis(name: str) -> ModuleType:
    """The script of an analysis: there is no second implementation of any estimator."""
    return script(f"analyse/{name}")


@dataclass(frozen=True)
class Drawing:
    """How intervals are drawn: fewer draws than in a report."""

    draws: int = 500
    seed: int = 82
    level: float = 0.95


@dataclass(frozen=True)
class Estimate:
    """One number of the report, named by its value id `<table>.<row>.<column>`; no ends: no interval is printed.

    `vendors`: behind the number, where its row says so.
    """

    table: str
    row: str
    column: str
    value: float
    low: float | None
    high: float | None
    method: str | None
    vendors: int | None = None

    @property
    def id(self) -> str:
        """Its value id."""
        return f"{self.table}.{self.row}.{self.column}"


Analysis = Callable[[Study, str, str, Drawing], Sequence[ResultTable]]


def _tables(result: ResultTable | Sequence[ResultTable]) -> Sequence[ResultTable]:
    return [result] if isinstance(result, ResultTable) else result


def _of_offer(script: str, function: str, *arguments: str) -> Analysis:
    """An analysis of the drug listings: `arguments` of its function behind the listings, by their names."""

    def run(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
        given = {"focus": focus, "definition": definition, "draws": how.draws, "seed": how.seed, "level": how.level}
        return _tables(getattr(analysis(script), function)(study.offer, *(given[name] for name in arguments)))

    return run


def _concentration(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made = analysis("concentration").concentration_tables
    return made(study.offer, study.table("feedback"), focus, definition, how.level)


def _sales(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made, given = analysis("sales_bounds"), (focus, definition, how.draws, how.seed, how.level)
    shown = study.table("feedback")
    return [
        *made.sales_bounds_tables(study.offer, shown, *given),
        made.feedback_scores_table(study.offer, shown, *given),
    ]


def _revenue(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made, given = analysis("revenue_bounds"), (focus, definition, how.draws, how.seed, how.level)
    shown = study.table("feedback")
    return [
        made.revenue_bounds_table(study.offer, shown, *given),
        made.revenue_summary_table(study.offer, shown, *given),
        made.revenue_by_class_table(study.offer, shown, *given, SMALLEST, LARGEST_TWO),
    ]


def _coverage(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made = analysis("snapshot_coverage").snapshot_coverage_table
    return [made(study.table("snapshot"), study.table("page"), study.table("listing_page"), how.level)]


def _regions(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made = analysis("region_comparison").region_comparison_table
    return [made(study.offer, focus, NEIGHBOURS, UNION, how.draws, how.seed, how.level)]


def _lists(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    return [analysis("list_pages").list_pages_table(study.table("page"), study.table("listing_page"), how.level)]


def _prices(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made = analysis("price_models").price_model_tables
    return made(study.offer, focus, definition, sorted(NEIGHBOURS), how.level)


def _wholesale(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made, given = analysis("wholesale_share"), (focus, definition, how.draws, how.seed, how.level)
    of_sales = made.wholesale_share_table(study.offer, study.table("feedback"), *given)
    rank = made.wholesale_rank_table(study.offer, focus, how.draws, how.seed, how.level)
    return [of_sales, *made.quantity_bands_tables(study.offer, *given), rank]


def _adjusted(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    (coverage,) = _coverage(study, focus, definition, how)
    made = analysis("offer_adjusted").offer_adjusted_table
    return [made(study.offer, coverage.rows, focus, definition, how.draws, how.seed, how.level, COMPLETE)]


def _ages(study: Study, focus: str, definition: str, how: Drawing) -> Sequence[ResultTable]:
    made, vendor = analysis("vendor_age_survival").vendor_age_survival_table, study.table("vendor")
    vendor = vendor.rename(columns={"entity_id": "entity"})
    return [made(study.offer, vendor, focus, definition, how.draws, how.seed, how.level)]


COMPLETE = 0.9  # coverage from which a snapshot of the demo counts as complete
SMALLEST, LARGEST_TWO = 3, 0.85  # disclosure rules of the demo for money
DRAWN = ("draws", "seed", "level")
PART = ("focus", "definition")

# in the order of the report
REGISTRY: dict[str, Analysis] = {
    "snapshot_coverage": _coverage,
    "list_pages": _lists,
    "market_size": _of_offer("market_size", "market_size_tables", *PART, *DRAWN),
    "growth": _of_offer("growth", "growth_table", *PART, *DRAWN),
    "definition_sensitivity": _of_offer("definition_sensitivity", "definition_sensitivity_table", *PART, *DRAWN),
    "specialisation": _of_offer("specialisation", "specialisation_tables", *PART, *DRAWN),
    "origin_countries": _of_offer("origin_countries", "origin_countries_tables", "focus", *DRAWN),
    "region_comparison": _regions,
    "origin_moves": _of_offer("origin_moves", "origin_moves_table", "focus", "level"),
    "destination_policy": _of_offer("destination_policy", "destination_tables", *PART, *DRAWN),
    "price_per_gram": _of_offer("price_per_gram", "price_per_gram_table", *PART, "level"),
    "price_models": _prices,
    "vendor_size": _of_offer("vendor_size", "vendor_size_tables", *PART, *DRAWN),
    "vendor_survival": _of_offer("vendor_survival", "vendor_survival_tables", *PART, *DRAWN),
    "vendor_age_survival": _ages,
    "vendor_presence": _of_offer("vendor_presence", "vendor_presence_tables", *PART, "level"),
    "concentration": _concentration,
    "sales_bounds": _sales,
    "revenue_bounds": _revenue,
    "wholesale_share": _wholesale,
    "offer_adjusted": _adjusted,
}


def _number(value: object) -> float | None:
    """A finite number, or None for all that says "nothing" in a result table."""
    if value is None:
        return None
    number = float(value) if value == value else float("nan")
    return number if isfinite(number) else None


def estimates_of(table: ResultTable) -> Iterator[Estimate]:
    """Every cell of a result table for which the report could print an interval."""
    for column in table.columns:
        if column.low is None:
            continue
        for row in table.rows.to_dict("records"):
            value = _number(row[column.name])
            if value is not None:
                low, high = _number(row[column.low]), _number(row[column.high])
                vendors = _number(row.get("vendors"))
                behind = None if vendors is None else int(vendors)
                yield Estimate(table.table, row["row"], column.name, value, low, high, column.method, behind)


def estimate_all(
    study: Study, focus: str, definition: str, how: Drawing, only: Sequence[str] | None = None
) -> Iterator[Estimate]:
    """All estimates of a study; `only`: names of the registry."""
    for name, run in REGISTRY.items():
        if only is None or name in only:
            for table in run(study, focus, definition, how):
                yield from estimates_of(table)
