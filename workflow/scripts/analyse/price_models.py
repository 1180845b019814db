"""Quantity discount and prices by origin (typology, V13)."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from cryptodrug.holding import BANDS_G
from cryptodrug.numbered import numbered_listings
from cryptodrug.offer import slug
from cryptodrug.populations import focus_listings
from cryptodrug.priced import BANDS, MEASURES, Fits, fit, measured, origin_groups, snapshots_of, sums_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import FLAGS, TREATMENTS
from cryptodrug.statistics.bootstrap import EXACT
from cryptodrug.statistics.price_model import common_ratio, solve, tenfold_factor

FEWEST_VENDORS = 3
FEWEST_LISTINGS = 10
ALL = "all"
METHOD, APPROXIMATE = "jackknife-vendors", "jackknife-vendors-approximate"
RATIOS = ("rest", "neighbours")
SLOPES = ("slope", "tenfold")
WANTED = ("drug_class", "quantity_g", "quantity_units", "price_eur", *FLAGS)


def _vendors(rows: pd.DataFrame, group: str) -> int:
    return rows["entity"][rows["group"] == group].nunique()


def _enough(rows: pd.DataFrame, chosen: pd.Series | None = None) -> bool:
    """Three vendors and ten listings, of the rows or of those chosen."""
    entity, listing = (rows[name] if chosen is None else rows[name][chosen] for name in ("entity", "listing_id"))
    return entity.nunique() >= FEWEST_VENDORS and listing.nunique() >= FEWEST_LISTINGS


def _comparable(rows: pd.DataFrame, against: str) -> bool:
    """Three vendors and ten listings on each side."""
    here = rows["group"] == "focus"
    return _enough(rows, here) and _enough(rows, ~here if against == "rest" else rows["group"] == "neighbours")


def _ratio(fitted: Fits, place: int, name: str, level: float, vendors: int) -> dict:
    """A ratio of prices from its logarithm."""
    low, high = fitted.interval(place, level, vendors)
    number = float(np.exp(fitted.point[place]))
    return {
        name: number if np.isfinite(number) else None,
        f"{name}_low": None if low is None else float(np.exp(low)),
        f"{name}_high": None if high is None else float(np.exp(high)),
    }


def _by_kind(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Drug class, measure and their rows, one kind in memory at a time."""
    for name in sorted(table["drug_class"].dropna().unique()):
        rows = table[table["drug_class"] == name]
        for measure in MEASURES:
            of_kind = rows["measure"] == measure
            if of_kind.any():
                yield name, measure, rows[of_kind]


def _kinds(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Those with three vendors and ten listings of more than one quantity at least."""
    for name, measure, rows in _by_kind(table):
        if _enough(rows) and rows["quantity"].nunique() > 1:
            yield name, measure, rows


def _grouped(listing: pd.DataFrame, group: pd.Series, treatment: str = "drop") -> pd.DataFrame:
    table = measured(listing, treatment)
    table["group"] = group
    return table


def verdict(row: dict) -> str:
    """What an interval says of the price from the country: dearer, cheaper, uncertain; no interval: `few`."""
    low, high = row["ratio_rest_low"], row["ratio_rest_high"]
    if low is None:
        return "few"
    return "dearer" if low > 1 else "cheaper" if high < 1 else "uncertain"


def _class_rows(name: str, measure: str, rows: pd.DataFrame, level: float) -> list[dict]:
    """The row of all quantities, then those of the bands in which prices can be compared."""
    bands = [band for band in BANDS if _comparable(rows[rows["band"] == band], "rest")]
    # a part is a band of those from others or of those from the country and its neighbours: the former are even
    part = rows["band"].cat.codes.to_numpy() * 2 + (rows["group"] != "others").to_numpy()
    places = [list(range(len(BANDS))), *([BANDS.index(band)] for band in bands)]
    samples = [
        one for of_bands in places for one in ([2 * band + side for band in of_bands for side in (0, 1)],
                                               [2 * band + 1 for band in of_bands])
    ]  # fmt: skip
    fitted = fit(rows, part, samples, lambda sums: np.concatenate(solve(sums), axis=1))
    made = []
    for number, band in enumerate([ALL, *bands]):
        inside = rows if band == ALL else rows[rows["band"] == band]
        focus, neighbours = _vendors(inside, "focus"), _vendors(inside, "neighbours")
        row = {
            "row": f"{slug(name)}-{measure}" + ("" if band == ALL else f"-{band}"),
            "drug_class": name,
            "measure": measure,
            "band": band,
            "vendors": inside["entity"].nunique(),
            "listings": inside["listing_id"].nunique(),
            "vendors_focus": focus,
            "support_vendors": focus,
        }
        for place, against in enumerate(RATIOS):
            counted = focus if against == "rest" else min(focus, neighbours)
            known = _comparable(inside, against)
            at = len(samples) + 2 * number + place
            column = f"ratio_{against}"
            row |= _ratio(fitted, at, column, level, counted) if known else dict.fromkeys(_with_ends(column))
        if band == ALL:
            low, high = fitted.interval(0, level, row["vendors"])
            slope = dict(zip(_with_ends("slope"), (float(fitted.point[0]), low, high), strict=True))
            row |= slope | {
                name.replace("slope", "tenfold"): None if value is None else tenfold_factor(value)
                for name, value in slope.items()
            }
        made.append(row | {"verdict": verdict(row)})
    return made


def _with_ends(name: str) -> list[str]:
    return [name, f"{name}_low", f"{name}_high"]


def _estimate(name: str, level: float, method: str, guard: str | None = None) -> Column:
    return Column(
        name, "ratio", digits=2, low=f"{name}_low", high=f"{name}_high", level=level, method=method, guard_vendors=guard
    )


def _method(rows: pd.DataFrame, name: str, vendors: str) -> str:
    """Approximate as soon as one interval of the column rests on fewer than thirty vendors."""
    behind = rows.loc[rows[f"{name}_low"].notna(), vendors]
    return METHOD if len(behind) and behind.min() >= EXACT else APPROXIMATE


def _ratio_columns(rows: pd.DataFrame, level: float) -> list[Column]:
    guard = "support_vendors"
    return [
        Column("vendors_focus", "count", "vendor", guard_vendors=guard),
        *(
            _estimate(f"ratio_{against}", level, _method(rows, f"ratio_{against}", "vendors_focus"), guard)
            for against in RATIOS
        ),
        Column("verdict", "text", "price_verdict", guard_vendors=guard),
    ]


def _summary(table: pd.DataFrame, models: pd.DataFrame, level: float) -> ResultTable:
    """One row: the ratio of all classes together, and how many of them have a discount."""
    kind, k = pd.Series(-1, index=table.index, dtype=np.int16), 0
    for _, _, rows in _kinds(table):
        kind[rows.index] = k
        k += 1
    inside = kind >= 0
    row: dict = {"row": ALL} | {name: None for against in RATIOS for name in _with_ends(f"ratio_{against}")}
    of_focus, of_neighbours = (inside & (table["group"] == name) for name in ("focus", "neighbours"))
    focus, neighbours = (table["entity"][one].nunique() for one in (of_focus, of_neighbours))
    enough = _enough(table, of_focus)

    def estimates(sums: np.ndarray) -> np.ndarray:
        return np.stack([common_ratio(sums[:, :k]), common_ratio(sums[:, k:])], axis=1)

    if min(focus, k) and enough and _enough(table, inside & (table["group"] != "focus")):
        part = np.where(kind < 0, np.int16(-1), 2 * kind + (table["group"] != "others").astype(np.int16))
        samples = [*([2 * one, 2 * one + 1] for one in range(k)), *([2 * one + 1] for one in range(k))]
        fitted = fit(table, part, samples, estimates)
        row |= _ratio(fitted, 0, "ratio_rest", level, focus)
        if _enough(table, of_neighbours):
            row |= _ratio(fitted, 1, "ratio_neighbours", level, min(focus, neighbours))
    known = models["slope_low"].notna()
    row |= {
        "kinds": int(known.sum()),
        "discounts": int((models.loc[known, "slope_high"] < 1).sum()),
        "surcharges": int((models.loc[known, "slope_low"] > 1).sum()),
        "vendors_focus": focus,
        "support_vendors": focus,
        "verdict": verdict(row),
    }
    numbers = [name for against in RATIOS for name in _with_ends(f"ratio_{against}")]
    counts = [Column(name, "count", "drug_class") for name in ("kinds", "discounts", "surcharges")]
    frame = pd.DataFrame([row]).astype(dict.fromkeys(numbers, float))
    return ResultTable("price-summary", "public", [*counts, *_ratio_columns(frame, level)], frame)


def _frame(rows: list[dict], estimates: list[str]) -> pd.DataFrame:
    names = ["row", "drug_class", "measure", "band", "vendors", "listings", "vendors_focus", "support_vendors"]
    numbers = [one for name in estimates for one in _with_ends(name)]
    table = pd.DataFrame(rows, columns=[*names, *numbers, "verdict"])
    return table.astype(dict.fromkeys(numbers, float) | dict.fromkeys(names[4:], int))


def price_model_tables(
    listing: pd.DataFrame, focus: str, definition: str, neighbours: list[str], level: float
) -> tuple[ResultTable, ResultTable, ResultTable]:
    """`price-models` (a row a class and measure), `price-bands` (within bands of quantity), `price-summary`."""
    table = _grouped(listing, origin_groups(listing, focus_listings(listing, focus, definition), neighbours))
    del listing  # of a large market it takes as much memory as all that follows
    made = [row for kind in _kinds(table) for row in _class_rows(*kind, level)]
    models = _frame([row for row in made if row["band"] == ALL], [*SLOPES, *(f"ratio_{one}" for one in RATIOS)])
    bands = _frame([row for row in made if row["band"] != ALL], [f"ratio_{one}" for one in RATIOS])
    limits = dict(zip(BANDS, pairwise(BANDS_G), strict=True))
    for place, name in enumerate(("above", "up_to")):
        bands[name] = bands["band"].map({band: limits[band][place] for band in BANDS}).astype(float)
    bands["up_to"] = bands["up_to"].where(np.isfinite(bands["up_to"]))
    what = [Column("drug_class", "text", "drug_class"), Column("measure", "text", "measure")]
    counts = [Column("vendors", "count", "vendor"), Column("listings", "count", "listing")]
    sizes = [Column(name, "number", digits=0) for name in ("above", "up_to")]
    slopes = [_estimate(name, level, _method(models, name, "vendors")) for name in SLOPES]
    advertised = {"notes": ["advertised"]}
    return (
        ResultTable(
            "price-models", "public", [*what, *counts, *slopes, *_ratio_columns(models, level)], models, **advertised
        ),
        ResultTable("price-bands", "public", [*what, *sizes, *_ratio_columns(bands, level)], bands, **advertised),
        _summary(table, models, level),
    )


def price_sensitivity_table(
    listing: pd.DataFrame, focus: str, definition: str, neighbours: list[str], printed: set[str]
) -> ResultTable:
    """`price-sensitivity`: slopes and ratios under each treatment of holding prices, and slopes within vendors.

    `printed`: rows of `price-models`.
    """
    group = origin_groups(listing, focus_listings(listing, focus, definition), neighbours)
    found: dict[str, dict] = {}
    for treatment in ("drop", *(name for name in TREATMENTS if name != "drop")):  # the core one decides on the rows
        for name, measure, rows in _by_kind(_grouped(listing, group, treatment)):
            key = f"{slug(name)}-{measure}"
            if key not in printed or (treatment != "drop" and key not in found):
                continue
            slope, ratio = _whole(rows)
            row = found.setdefault(key, {"row": key, "drug_class": name, "measure": measure})
            row[f"slope_{treatment}"] = slope
            row[f"ratio_{treatment}"] = float(np.exp(ratio)) if _comparable(rows, "rest") else None
            if treatment == "drop":
                row["slope_within"], _ = _whole(rows, within=True)
                row["support_vendors"] = _vendors(rows, "focus")
    slopes = [f"slope_{name}" for name in (*TREATMENTS, "within")]
    ratios = [f"ratio_{name}" for name in TREATMENTS]
    names = ["row", "drug_class", "measure", *slopes, *ratios, "support_vendors"]
    table = pd.DataFrame(list(found.values()), columns=names).astype(dict.fromkeys([*slopes, *ratios], float))
    columns = [
        Column("drug_class", "text", "drug_class"),
        Column("measure", "text", "measure"),
        *(Column(name, "ratio", digits=3) for name in slopes),
        *(Column(name, "ratio", digits=3, guard_vendors="support_vendors") for name in ratios),
    ]
    return ResultTable("price-sensitivity", "public", columns, table.astype({"support_vendors": int}))


def _whole(rows: pd.DataFrame, within: bool = False) -> tuple[float, float]:
    """Slope and log ratio of all rows; `within`: each vendor has a price level of its own in each snapshot."""
    level, levels = snapshots_of(rows)
    if within:
        entity, _ = pd.factorize(rows["entity"], sort=True)
        there, level = np.unique(level * (entity.max() + 1) + entity, return_inverse=True)
        levels = len(there)
    slope, ratio = solve(sums_of(rows, level, levels)[None])
    return float(slope[0]), float(ratio[0])


def price_models(
    listing: str,
    price_models: str,
    price_models_description: str,
    price_bands: str,
    price_bands_description: str,
    price_summary: str,
    price_summary_description: str,
    price_sensitivity: str,
    price_sensitivity_description: str,
    focus_country: str,
    neighbours: list[str],
    definition: str,
    level: float,
) -> None:
    """How prices fall with the quantity, and what the same quantity costs from the country and from elsewhere.

    1. Drug listings with a price and a quantity in grams, else in units, apart for each; holding prices are left out
       (`drop`). `price-sensitivity` shows what taking the nearest price without a flag (`replace`) or leaving them in
       (`none`) changes, and the slope within vendors.
    2. Log price on log quantity and on origin, with a level for each snapshot of each market. A row needs three
       vendors and ten listings of more than one quantity; a ratio as many from the country and from whom it is set
       against: all other listings, and those of the neighbours alone.
    3. Within bands of quantity (up to 1, 10, 100, 1,000, above) the same ratio, with a slope of the band.
    4. `price-summary`: the ratio that all classes have in common, each with a slope and levels of its own.
    5. Intervals: vendors fitted within their group (country, neighbours, others), each with all its listings; from ten
       vendors. Advertised prices, not paid ones, for whatever a class holds; never corrected for purity.
    """
    # read twice, so that the first table need not stay in memory beside the sums of all vendors
    models, bands, summary = price_model_tables(
        numbered_listings(listing, WANTED), focus_country, definition, neighbours, level
    )
    write_result(models, price_models, price_models_description)
    write_result(bands, price_bands, price_bands_description)
    write_result(summary, price_summary, price_summary_description)
    printed = set(models.rows["row"])
    sensitivity = price_sensitivity_table(
        numbered_listings(listing, WANTED), focus_country, definition, neighbours, printed
    )
    write_result(sensitivity, price_sensitivity, price_sensitivity_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, price_models)
