"""Which kinds of vendor there are, and which those of the focus country are (typology, V15)."""

import numpy as np
import pandas as pd
from cryptodrug.files import whole_file
from cryptodrug.offer import fewest
from cryptodrug.populations import focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import FEWEST
from cryptodrug.statistics.latent_classes import best_number
from cryptodrug.statistics.mixes import simulated
from cryptodrug.statistics.paired import class_of
from cryptodrug.statistics.partition import adjusted_rand
from cryptodrug.trajectories import month_of
from cryptodrug.vendor_features import FEATURES, counted_listings, counted_prices, vendor_features
from cryptodrug.vendor_sales import of_intervals, vendor_sales
from cryptodrug.vendor_typing import FEWEST_FITTED, MOST_TYPES, Types, find_types, refitted, region

SMALLEST_CLASS = 0.05
MARKED = 0.5  # standard deviations from the mean of all from which a feature marks a type
MARKS = 3


def _exact_p(here: np.ndarray, rest: np.ndarray, seed: int) -> str | None:
    """Class of the p-value of the exact test that two groups are mixed alike (Freeman & Halton 1951), by simulation."""
    table = np.stack([here, rest])[:, (here + rest) > 0]
    if here.sum() < FEWEST or rest.sum() < FEWEST or table.shape[1] < 2:
        return None
    return class_of(simulated(table, seed))


def dissimilarity(here: np.ndarray, rest: np.ndarray) -> float | None:
    """Share of one group that would have to be of another type to be mixed as the other (Duncan & Duncan 1955)."""
    if min(here.sum(), rest.sum()) < FEWEST:
        return None
    return float(np.abs(here / here.sum() - rest / rest.sum()).sum() / 2)


def _marks(types: Types, of_type: np.ndarray) -> str | None:
    """What tells a type from all: the features whose mean is furthest from that of all, in standard deviations."""
    known = np.isfinite(types.scaled)
    apart = {}
    for place, name in enumerate(FEATURES):
        values, mine = types.scaled[known[:, place], place], types.scaled[of_type & known[:, place], place]
        if len(mine) and values.std() > 0:
            apart[name] = (mine.mean() - values.mean()) / values.std()
    largest = sorted(apart, key=lambda name: -abs(apart[name]))[:MARKS]
    found = [f"{name}-{'high' if apart[name] > 0 else 'low'}" for name in largest if abs(apart[name]) >= MARKED]
    return "|".join(found) or None


def _type_rows(types: Types, in_focus: np.ndarray, seed: int) -> tuple[ResultTable, dict]:
    numbers = [*range(types.chosen.k), -1] if types.chosen else []
    rows, of_focus, of_rest = [], [], []
    for number in numbers:
        of_type = types.groups == number
        here, rest = int((of_type & in_focus).sum()), int((of_type & ~in_focus).sum())
        name = "between" if number < 0 else f"type-{number + 1}"
        of_focus.append(here)
        of_rest.append(rest)
        rows.append(
            {"row": name, "type": name, "vendors": here + rest, "vendors_focus": here, "support_vendors": here}
            | {"share_focus": here / in_focus.sum() if in_focus.sum() >= FEWEST else None}
            | {"share_rest": rest / (~in_focus).sum() if (~in_focus).sum() >= FEWEST else None}
            | {"stability": None if number < 0 else types.chosen.stability[number]}
            | {"marks": None if number < 0 else _marks(types, of_type)}
        )
    names = ["row", "type", "vendors", "vendors_focus", "support_vendors", "share_focus", "share_rest", "stability"]
    estimates = dict.fromkeys(("share_focus", "share_rest", "stability"), float)
    columns = [
        Column("type", "text", "vendor_type"),
        Column("marks", "list", "feature_mark"),
        Column("vendors", "count", "vendor"),
        Column("stability", "ratio", digits=2),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("share_focus", "share", digits=1, guard_vendors="support_vendors"),
        # with all vendors of the type beside it, the share of the rest gives back a hidden count of the country
        Column("share_rest", "share", digits=1, guard_vendors="support_vendors"),
    ]
    table = pd.DataFrame(rows, columns=[*names, "marks"]).astype(estimates)
    # the number of vendors is published: a hidden type could be subtracted from it
    parts = list(table["row"])
    sums = (
        [{"total": None, "value": int(in_focus.sum()), "parts": parts, "columns": ["vendors_focus"]}] if parts else []
    )
    mixes = np.array(of_focus), np.array(of_rest)
    apart = {"p": _exact_p(*mixes, seed), "dissimilarity": dissimilarity(*mixes)} if numbers else {}
    # what is said of the mix would give a hidden type back
    apart["support_mix"] = fewest(*of_focus)
    return ResultTable("vendor-types", "public", columns, table, row_sums=sums), apart


def _profile_table(types: Types) -> ResultTable:
    """Median of each feature in each type, and where it stands between the least and the most of all vendors."""
    rows = []
    for number in range(types.chosen.k) if types.chosen else []:
        of_type = types.groups == number
        for place, name in enumerate(FEATURES):
            values = types.features.loc[of_type, name].dropna()
            if values.empty:
                continue
            largest = values.nlargest(2).sum() / values.sum() if name == "sales_month" and values.sum() > 0 else 0.0
            rows.append(
                {"row": f"type-{number + 1}-{name.replace('_', '-')}", "type": f"type-{number + 1}", "feature": name}
                | {"median": float(values.median()), "place": float(np.nanmean(types.scaled[of_type, place]))}
                | {"support_vendors": len(values), "support_top2": float(largest)}
            )
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top2"}
    columns = [
        Column("type", "text", "vendor_type"),
        Column("feature", "text", "vendor_feature"),
        Column("median", "number", digits=2, **guards),
        Column("place", "ratio", digits=2, **guards),
    ]
    names = ["row", "type", "feature", "median", "place", "support_vendors", "support_top2"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(("median", "place", "support_top2"), float))
    return ResultTable("vendor-type-profile", "revenue", columns, table)


def _number_table(types: Types) -> ResultTable:
    """How well two, three, ... types fit, and how stable the least stable is."""
    rows = [
        {"row": f"types-{one.k}", "types": one.k, "silhouette": one.silhouette, "stability": one.stability.min()}
        | {"chosen": "yes" if types.chosen and one.k == types.chosen.k else "no"}
        for one in types.tried
    ]
    columns = [
        Column("types", "count", "type"),
        Column("silhouette", "ratio", digits=2),
        Column("stability", "ratio", digits=2),
        Column("chosen", "text", "yes_no"),
    ]
    names = [column.name for column in columns]
    table = pd.DataFrame(rows, columns=["row", *names]).astype(dict.fromkeys(("silhouette", "stability"), float))
    return ResultTable("vendor-type-numbers", "public", columns, table)


def _summary_table(types: Types, in_focus: np.ndarray, often: np.ndarray, apart: dict, seed: int) -> ResultTable:
    """How many vendors and types, and whether other ways to make types give the same."""
    row: dict = {"row": "all", "vendors": len(in_focus), "vendors_focus": int(in_focus.sum())}
    row |= {"types": types.chosen.k if types.chosen else 1, "support_vendors": int(in_focus.sum())}
    row |= dict.fromkeys(("silhouette", "stability", "classes", "rand_classes", "rand_often", "agreement"))
    row |= {"support_agreement": 0, "p": None, "dissimilarity": None} | apart
    if types.chosen:
        row["silhouette"], row["stability"] = types.chosen.silhouette, types.chosen.stability.min()
        fitted = types.scaled[types.sample]
        middle = np.nanmedian(np.where(np.isfinite(fitted).any(axis=0), fitted, 0.0), axis=0)
        yes = np.where(np.isfinite(fitted), fitted > middle, np.nan)
        latent = best_number(yes, MOST_TYPES, SMALLEST_CLASS, seed).classes
        row["classes"] = len(np.unique(latent))
        row["rand_classes"] = adjusted_rand(latent, types.chosen.groups)
        if often[types.sample].sum() >= FEWEST_FITTED:
            row["rand_often"] = adjusted_rand(refitted(types, often)[often], types.nearest_type[often])
        if in_focus.sum() >= FEWEST and (~in_focus)[types.sample].sum() >= FEWEST_FITTED:
            same = refitted(types, ~in_focus)[in_focus] == types.nearest_type[in_focus]
            row["agreement"] = float(same.mean())
            row["support_agreement"] = fewest(int(same.sum()), int((~same).sum()))
    columns = [
        Column("vendors", "count", "vendor"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("types", "count", "type"),
        Column("silhouette", "ratio", digits=2),
        Column("stability", "ratio", digits=2),
        Column("classes", "count", "type"),
        Column("rand_classes", "ratio", digits=2),
        Column("rand_often", "ratio", digits=2),
        Column("agreement", "share", digits=1, guard_vendors="support_agreement"),
        Column("dissimilarity", "share", digits=1, guard_vendors="support_mix"),
        Column("p", "text", "p_class", guard_vendors="support_mix"),
    ]
    estimates = dict.fromkeys(
        ("silhouette", "stability", "rand_classes", "rand_often", "agreement", "dissimilarity"), float
    )
    table = pd.DataFrame([row]).astype(estimates | {"classes": "Int64"})
    return ResultTable("vendor-type-summary", "public", columns, table)


def typed(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    vendor: pd.DataFrame,
    seed: int,
    sold: pd.DataFrame | None = None,
    prices: pd.Series | None = None,
) -> Types:
    """Types of the vendors of the region, or of all where these are few; what is known already as `vendor_features`."""
    listing = listing[listing["entity"].isin(region(listing))]
    return find_types(vendor_features(listing, feedback, vendor, sold, prices), seed)


def placement(types: Types) -> pd.DataFrame:
    """The nearest type of each vendor, also of those between types: entity, type; no row where there are no types."""
    if not types.chosen:
        return pd.DataFrame({"entity": [], "type": []}, dtype=object)
    names = [f"type-{number + 1}" for number in types.nearest_type]
    return pd.DataFrame({"entity": types.features.index, "type": names}, dtype=object)


def vendor_type_tables(
    listing: pd.DataFrame, types: Types, focus: str, definition: str, seed: int
) -> tuple[ResultTable, ResultTable, ResultTable, ResultTable]:
    """`vendor-types`, `vendor-type-profile`, `vendor-type-numbers` and `vendor-type-summary`."""
    ours = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    listing = listing[listing["entity"].isin(types.features.index)]
    in_focus = types.features.index.isin(ours)
    months = month_of(listing).groupby(listing["entity"]).nunique().reindex(types.features.index)
    table, apart = _type_rows(types, in_focus, seed)
    summary = _summary_table(types, in_focus, (months >= 3).to_numpy(), apart, seed)
    return table, _profile_table(types), _number_table(types), summary


def vendor_types(
    listing: str,
    counted_sales: str,
    vendor: str,
    vendor_types: str,
    vendor_types_description: str,
    vendor_type_profile: str,
    vendor_type_profile_description: str,
    vendor_type_numbers: str,
    vendor_type_numbers_description: str,
    vendor_type_summary: str,
    vendor_type_summary_description: str,
    placed: str,
    focus_country: str,
    definition: str,
    seed: int,
) -> None:
    """Types of vendors by what they offer, sell and say; the origin has no part in it.

    1. Types are made of all vendors with a European origin (fewer than 200: of all vendors), never of those of the
       focus country alone, who are too few; these are placed in them.
    2. Distances by Gower (1971), a feature that a market does not show left out; types around medoids (PAM, Kaufman &
       Rousseeuw 1990), two to six. Of more than 500 vendors types are made of
       500, drawn by the seed, and the others are placed at the nearest medoid, as in CLARA (ibid., chapter 3) with one
       sample: the distances of all pairs would not fit into memory.
    3. Their number is that of the largest mean silhouette among those whose types are all found again in bootstrap
       draws with a mean overlap of 0.75 (Hennig 2007). When there is none the vendors form one group.
    4. A vendor with a silhouette below 0.1 stands between types.
    5. Checks: latent classes of the features cut at their median; types of those seen in three months or more; types
       made without the vendors of the focus country, in which these are placed again.
    6. The country and the rest are compared by an exact test (Freeman & Halton 1951), from ten vendors.
    7. `placed` names the nearest type of each vendor. It stays in front of the gate: the codes of profiles are counted
       by it (`profile_types`).
    """
    of_entity = {"entity_id": "entity"}
    seen = pd.read_parquet(vendor, columns=["entity_id", "registered_text", "pgp_fingerprint"]).rename(
        columns=of_entity
    )
    offer, sold = counted_listings(listing), of_intervals(vendor_sales(counted_sales))
    types = typed(offer, None, seen, seed, sold, counted_prices(listing))
    tables = vendor_type_tables(offer, types, focus_country, definition, seed)
    paths = (
        (vendor_types, vendor_types_description),
        (vendor_type_profile, vendor_type_profile_description),
        (vendor_type_numbers, vendor_type_numbers_description),
        (vendor_type_summary, vendor_type_summary_description),
    )
    for table, (rows, description) in zip(tables, paths, strict=True):
        write_result(table, rows, description)
    with whole_file(placed) as temporary:
        placement(types).to_parquet(temporary, index=False)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_types)
