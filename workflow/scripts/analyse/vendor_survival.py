"""How long vendors stay (typology, V11)."""

import numpy as np
import pandas as pd
from cryptodrug.offer import ends, fewest, markets_of, share_column
from cryptodrug.populations import drug_offer
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, Drawn, draw_vendors
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.survival import interval_survival, pooled_odds_ratio
from cryptodrug.trajectories import Presence, Stays, cohort, focus_at_entry, presence, stays

HORIZON = 3  # months at which the groups are compared, fixed beforehand
FEWEST_EXITS = 5
COHORT = ("followed", "still")
NUMBERS = ("cohort", "stayed", "entrants", "exits")


def _share(count: int, base: int, level: float, name: str) -> dict:
    """A share of vendors with its interval, from ten vendors."""
    if base < FEWEST:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    low, high = wilson(count, base, level)
    return {name: count / base, f"{name}_low": low, f"{name}_high": high}


def _cohort_table(there: Presence, in_focus: np.ndarray, level: float) -> ResultTable:
    every = cohort(there, np.ones(len(in_focus), dtype=bool))
    here = cohort(there, in_focus).set_index("months").reindex(every["months"], fill_value=0)
    rows = []
    for months, followed, still in every.itertuples(index=False):
        of, kept = (int(here.loc[months, name]) for name in COHORT)
        rows.append(
            {"row": f"after-{months}", "months": months, "followed": followed, "still": still}
            | {"followed_focus": of, "still_focus": kept, "support_followed": of}
            | {"support_still": fewest(kept, of - kept)}
            | _share(still, followed, level, "share")
            | _share(kept, of, level, "share_focus")
        )
    numbers = ["months", *COHORT, "followed_focus", "still_focus", "support_followed", "support_still"]
    shares = [f"{name}{end}" for name in ("share", "share_focus") for end in ("", "_low", "_high")]
    table = pd.DataFrame(rows, columns=["row", *numbers, *shares]).astype(
        dict.fromkeys(numbers, int) | dict.fromkeys(shares, float)
    )
    given = {"kind": "share", "digits": 1, "level": level, "method": "wilson"}
    columns = [
        Column("months", "count", "month"),
        Column("followed", "count", "vendor"),
        Column("still", "count", "vendor"),
        Column("share", base="followed", low="share_low", high="share_high", **given),
        Column("followed_focus", "count", "vendor", guard_vendors="support_followed"),
        Column("still_focus", "count", "vendor", guard_vendors="support_still"),
        Column(
            "share_focus", base="followed_focus", low="share_focus_low", high="share_focus_high",
            guard_vendors="support_still", **given,
        ),
    ]  # fmt: skip
    return ResultTable("vendor-cohort", "public", columns, table)


def _kinds(stay: Stays, groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distinct (low, high] of the entrants, and which vendor of which group has which: (vendors, groups x kinds)."""
    pairs = sorted(set(zip(stay.low[stay.entered], stay.high[stay.entered], strict=True)))
    low, high = (np.array([pair[place] for pair in pairs], dtype=float) for place in (0, 1))
    has = stay.entered[:, None] & (stay.low[:, None] == low) & (stay.high[:, None] == high)
    return low, high, np.concatenate([has & group[:, None] for group in groups], axis=1).astype(np.int64)


def _at_risk(there: Presence, groups: list[np.ndarray]) -> np.ndarray:
    """Per vendor, whether it leaves, or stays, after each month: (vendors, groups x 2 x months).

    At risk are all who are there in the month and whose markets were looked at later, whenever they came.
    """
    places = np.arange(len(there.months))
    here = (there.first()[:, None] <= places) & (places <= there.last()[:, None])
    leaves = (there.last()[:, None] == places) & there.left()[:, None]
    stays_on = here & (there.last()[:, None] > places)
    return np.concatenate([mask & group[:, None] for group in groups for mask in (leaves, stays_on)], axis=1).astype(
        np.int64
    )


def _sizes(stay: Stays, groups: dict[str, np.ndarray]) -> dict[str, dict[str, int]]:
    """Per group: who was there at the first look, and to the last; who came later, and left; how many left of all."""
    gone = np.isfinite(stay.high)
    return {
        name: {
            "cohort": int((~stay.entered & group).sum()),
            "stayed": int((~stay.entered & ~gone & group).sum()),
            "entrants": int((stay.entered & group).sum()),
            "exits": int((stay.entered & gone & group).sum()),
            "left": int((gone & group).sum()),
        }
        for name, group in groups.items()
    }


def _enough(of_group: dict[str, int]) -> bool:
    return of_group["entrants"] >= FEWEST and of_group["exits"] >= FEWEST_EXITS


def _smallest_step(stay: Stays, group: np.ndarray) -> int:
    """The smallest number of vendors behind a step of the curve of a group: a step is a number of exits."""
    mine = group & stay.entered & np.isfinite(stay.high)
    _, counts = np.unique(np.stack([stay.low[mine], stay.high[mine]]), axis=1, return_counts=True)
    return fewest(*counts.tolist())


def vendor_survival_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable, ResultTable]:
    """`vendor-cohort`, `vendor-survival` and `vendor-survival-summary`."""
    there = presence(listing)
    stay = stays(there)
    in_focus = focus_at_entry(listing, there, focus, definition)
    low, high, kinds = _kinds(stay, [in_focus, ~in_focus])
    times = np.arange(1, int(max(low, default=0)) + 1)
    k, m, places = len(low), len(times), len(there.months)

    def estimates(sums: np.ndarray) -> np.ndarray:
        here, rest = sums[:, :k], sums[:, k : 2 * k]
        curves = [interval_survival(low, high, weights, times) for weights in (here + rest, here, rest)]
        apart = np.full((len(sums), 1), np.nan)
        if m >= HORIZON:
            apart[:, 0] = curves[1][:, HORIZON - 1] - curves[2][:, HORIZON - 1]
        cells = sums[:, 2 * k :].reshape(len(sums), 4, places)
        ratio = pooled_odds_ratio(*(cells[:, place] for place in range(4)))
        return np.concatenate([curves[0], curves[1], apart, ratio[:, None]], axis=1)

    counts = np.concatenate([kinds, _at_risk(there, [in_focus, ~in_focus])], axis=1)
    strata = np.char.add(markets_of(listing, there.entities), np.where(in_focus, "+", "-"))
    drawn = draw_vendors(counts, estimates, draws, seed, strata)
    sizes = _sizes(stay, {"all": in_focus | True, "focus": in_focus, "rest": ~in_focus})
    rows = []
    for first, name in ((0, "all"), (m, "focus")):
        if not _enough(sizes[name]):
            continue
        entrants = sizes[name]["entrants"]
        support = _smallest_step(stay, in_focus) if name == "focus" else entrants
        for place, months in enumerate(times.tolist(), start=first):
            row = {"row": f"{name}-{months}", "group": name, "months": months, "support_vendors": support}
            row |= {"entrants": entrants, "share": drawn.point[place]}
            row["share_low"], row["share_high"] = ends(drawn.interval(place, level, entrants))
            rows.append(row)
    return (
        _cohort_table(there, in_focus, level),
        _curve_table(rows, level, min((row["entrants"] for row in rows), default=0)),
        _summary_table(drawn, 2 * m, sizes, level, int(in_focus.sum())),
    )


def _method(vendors: int) -> str:
    return METHOD if vendors >= EXACT else APPROXIMATE


def _curve_table(rows: list[dict], level: float, entrants: int) -> ResultTable:
    names = ["row", "group", "months", "share", "share_low", "share_high", "support_vendors"]
    types = {"months": int, "support_vendors": int} | dict.fromkeys(("share", "share_low", "share_high"), float)
    columns = [
        Column("group", "text", "group"),
        Column("months", "count", "month"),
        share_column("share", None, level, _method(entrants), "support_vendors", 1),
    ]
    return ResultTable("vendor-survival", "public", columns, pd.DataFrame(rows, columns=names).astype(types))


def _summary_table(drawn: Drawn, first: int, sizes: dict, level: float, focus_vendors: int) -> ResultTable:
    """Numbers behind cohort and curves; the two groups compared: at a horizon, and over all months."""
    every, here, rest = (sizes[name] for name in ("all", "focus", "rest"))
    row = {"row": "all", "months": HORIZON}
    for ending, of in (("", every), ("_focus", here)):
        row |= {f"{name}{ending}": of[name] for name in NUMBERS}
        row |= _share(of["stayed"], of["cohort"], level, f"stayed_share{ending}")
    row |= {"support_cohort": here["cohort"], "support_stayed": fewest(here["stayed"], here["cohort"] - here["stayed"])}
    row |= {"support_entrants": here["entrants"], "support_left": here["left"]}
    row["support_exits"] = fewest(here["exits"], here["entrants"] - here["exits"])
    enough = {
        "difference": _enough(here) and _enough(rest),
        "ratio": focus_vendors >= FEWEST and min(here["left"], rest["left"]) >= FEWEST_EXITS,
    }
    for place, name in enumerate(enough, start=first):
        low, high = ends(drawn.interval(place, level, focus_vendors)) if enough[name] else (None, None)
        row |= {name: drawn.point[place] if enough[name] else None, f"{name}_low": low, f"{name}_high": high}
    estimates = [*enough, "stayed_share", "stayed_share_focus"]
    numbers = [f"{name}{end}" for name in estimates for end in ("", "_low", "_high")]
    given = {"level": level, "method": _method(focus_vendors)}
    columns = [
        Column("months", "count", "month"),
        *(Column(name, "count", "vendor") for name in NUMBERS),
        *(Column(f"{name}_focus", "count", "vendor", guard_vendors=f"support_{name}") for name in NUMBERS),
        share_column("stayed_share", "cohort", level, "wilson", None, 1),
        share_column("stayed_share_focus", "cohort_focus", level, "wilson", "support_stayed", 1),
        Column(
            "difference", "share", digits=1, low="difference_low", high="difference_high",
            guard_vendors="support_exits", **given,
        ),
        Column("ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", guard_vendors="support_left", **given),
    ]  # fmt: skip
    table = pd.DataFrame([row]).astype(dict.fromkeys(numbers, float))
    return ResultTable("vendor-survival-summary", "public", columns, table)


def vendor_survival(
    listing: str,
    vendor_cohort: str,
    vendor_cohort_description: str,
    vendor_survival: str,
    vendor_survival_description: str,
    vendor_survival_summary: str,
    vendor_survival_summary_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """How long vendors stay, by calendar month over all markets.

    1. Who was there when its market was first looked at came at an unknown time (left truncation). These are a cohort:
       the share still there so many months later, with Wilson's interval. They are in no survival curve.
    2. The others count from the month in which they were first seen. A vendor came up to a month earlier than that, so
       the share that stays longer than t months lies between the curve at t and the curve at t - 1. The length from the
       true entry has two unknown ends: taken as one interval (Turnbull 1976), its curve goes up and down around the
       true one by a tenth where vendors leave fast, so it is not given (De Gruttola & Lagakos 1989).
    3. Who was last seen before the last look at its markets left before the next look (interval censoring); who was
       seen to the last, or whose market closed, was not seen leaving (right censoring).
    4. A curve needs ten who came and five who left. Vendors are drawn within market and group.
    5. The focus country is compared with the others in two ways: by the difference of the shares that stay longer than
       three months, and by the odds of leaving after a month (Mantel & Haenszel 1959), in which all count who are there
       in a month, whenever they came. A vendor belongs to the country that it declares in its first month.
    """
    tables = vendor_survival_tables(drug_offer(listing), focus_country, definition, draws, seed, level)
    paths = (
        (vendor_cohort, vendor_cohort_description),
        (vendor_survival, vendor_survival_description),
        (vendor_survival_summary, vendor_survival_summary_description),
    )
    for table, (rows, description) in zip(tables, paths, strict=True):
        write_result(table, rows, description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_survival)
