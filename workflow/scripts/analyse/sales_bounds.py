"""How much do vendors sell, as far as it is seen? (typology, V7)"""

import numpy as np
import pandas as pd
from cryptodrug.offer import ends, fewest
from cryptodrug.populations import focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import MONTH_DAYS
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, draw_vendors
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.ratios import stratified_rate_ratio
from cryptodrug.vendor_sales import of_intervals, rows_of, vendor_sales
from cryptodrug.visible_sales import account_months, dominance, sales_between_snapshots

BOUNDS = ("low", "high")
TENTH_FROM = 20  # below this a tenth is one vendor
NEUTRAL = (0.5, 0.6)  # three of five stars, or the middle one of three words
OPINIONS = ("positive", "neutral", "negative")


def by_vendor(months: pd.DataFrame) -> pd.DataFrame:
    """Sums of each vendor on each market: low, low_days, high, high_days; days count where the bound is known."""
    for name in BOUNDS:
        months = months.assign(**{f"{name}_days": months["days"].where(months[name].notna(), 0)})
    wanted = [column for name in BOUNDS for column in (name, f"{name}_days")]
    sums = months.groupby(["market", "entity"], sort=True)[wanted].sum().astype(int).reset_index()
    # who stands on a market only in months of which no bound is known is not seen to sell nothing
    return sums[sums[[f"{name}_days" for name in BOUNDS]].any(axis=1)].reset_index(drop=True)


def successful(of_market: pd.DataFrame) -> set[str]:
    """Vendors in the top tenth of their market by every known bound, by sales a day; ties on the border are in."""
    if len(of_market) < TENTH_FROM:
        return set()
    found = set(of_market["entity"])
    for name in BOUNDS:
        days = of_market[f"{name}_days"]
        if days.any():
            rate = of_market[name] / days.where(days > 0)
            found &= set(of_market.loc[(rate >= rate.quantile(0.9)) & (rate > 0), "entity"])
    return found


def _mean_sales(sums: np.ndarray) -> np.ndarray:
    """Sales of an account a month under both bounds, from (draws, low, low_days, high, high_days)."""
    return np.stack([MONTH_DAYS * sums[:, 0] / sums[:, 1], MONTH_DAYS * sums[:, 2] / sums[:, 3]], axis=1)


def _row(rows: pd.DataFrame, best: set[str], sold: pd.DataFrame, draws: int, seed: int, level: float) -> dict:
    """One group of vendors of one market; its listings are `sold`."""
    n = len(rows)
    row: dict = {"vendors": n, "support_vendors": n, "best": int(rows["entity"].isin(best).sum())}
    row["support_best"] = row["best"]
    supports = []
    for name in BOUNDS:
        known = bool(rows[f"{name}_days"].any())
        row[name] = int(rows[name].sum()) if known else None
        supports.append(dominance(rows[name]) if known else (0, 0.0))
    row |= {"support_low": supports[0][0], "support_top_low": supports[0][1]}
    row |= {"support_high": supports[1][0], "support_top_high": supports[1][1]}
    shown = "low" if rows["low_days"].any() else "high"
    row["silent"] = int((rows[shown] == 0).sum()) if rows[f"{shown}_days"].any() else None
    row["support_silent"] = row["silent"] or 0
    if row["silent"] is not None:
        row["share_silent"] = row["silent"] / n
        row["share_silent_low"], row["share_silent_high"] = wilson(row["silent"], n, level)
    if row["low"]:
        row["share_cut"] = sold.loc[sold["cut"], "low"].sum() / row["low"]
    if n >= FEWEST:
        drawn = draw_vendors(rows[["low", "low_days", "high", "high_days"]].to_numpy(), _mean_sales, draws, seed)
        for place, name in enumerate(BOUNDS):
            if row[name] is not None:
                row[f"mean_{name}"] = drawn.point[place]
                row[f"mean_{name}_low"], row[f"mean_{name}_high"] = ends(drawn.interval(place, level, n))
    return row


def _mean(name: str, level: float, method: str) -> Column:
    column = f"mean_{name}"
    guards = {"guard_vendors": f"support_{name}", "guard_top2": f"support_top_{name}"}
    interval = {"low": f"{column}_low", "high": f"{column}_high", "level": level, "method": method}
    return Column(column, "number", "sale", digits=1, **interval, **guards)


def _columns(level: float, method: str) -> list[Column]:
    low = {"guard_vendors": "support_low", "guard_top2": "support_top_low"}
    high = {"guard_vendors": "support_high", "guard_top2": "support_top_high"}
    return [
        Column("market", "text", "market"),
        Column("group", "text", "group"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column("low", "count", "sale", **low),
        Column("high", "count", "sale", **high),
        _mean("low", level, method),
        _mean("high", level, method),
        Column("share_cut", "share", digits=0, **low),
        Column("silent", "count", "vendor", guard_vendors="support_silent"),
        Column(
            "share_silent", "share", digits=0, base="vendors", low="share_silent_low", high="share_silent_high",
            level=level, method="wilson", guard_vendors="support_silent",
        ),
        Column("best", "count", "vendor", guard_vendors="support_best"),
    ]  # fmt: skip


def _rates(k: int):
    """Ratio, mean of the focus country and of all, from sums of `k` markets: sales and days of ours, of the others."""

    def statistic(sums: np.ndarray) -> np.ndarray:
        ours, days, others, their_days = (sums[:, place * k : (place + 1) * k] for place in range(4))
        ratio = stratified_rate_ratio(ours, days, others, their_days)
        every = (ours + others).sum(axis=1) / (days + their_days).sum(axis=1)
        return np.stack([ratio, MONTH_DAYS * ours.sum(axis=1) / days.sum(axis=1), MONTH_DAYS * every], axis=1)

    return statistic


def _summary_row(known: pd.DataFrame, name: str, here: set[str], draws: int, seed: int, level: float) -> dict:
    """All markets together on which a bound is known."""
    markets, entities = sorted(known["market"].unique()), sorted(known["entity"].unique())
    ours = np.array([entity in here for entity in entities], dtype=bool)
    row: dict = {"row": name, "bound": name, "market": "|".join(markets) or None, "vendors": int(ours.sum())}
    of_market = [rows for _, rows in known.groupby("market", sort=True)]
    focus = [dominance(rows.loc[rows["entity"].isin(here), name]) for rows in of_market]
    every = [dominance(rows[name]) for rows in of_market]
    # the weakest market guards all of them together: the others could be subtracted
    row |= {"support_focus": fewest(*(n for n, _ in focus)), "top_focus": max((top for _, top in focus), default=0.0)}
    row |= {"support_all": fewest(*(n for n, _ in every)), "top_all": max((top for _, top in every), default=0.0)}
    k, rows = len(markets), pd.Index(entities).get_indexer(known["entity"])
    values = np.zeros((len(entities), 4 * k), dtype=np.int64)
    shift = np.where(ours[rows], 0, 2 * k) + pd.Index(markets).get_indexer(known["market"])
    values[rows, shift], values[rows, shift + k] = known[name], known[f"{name}_days"]
    drawn = draw_vendors(values, _rates(k), draws, seed, np.where(ours, "focus", "rest"))
    few = min(int(ours.sum()), int((~ours).sum()))
    for place, (column, n) in enumerate((("ratio", few), ("mean_focus", ours.sum()), ("mean_all", len(entities)))):
        if n >= FEWEST and np.isfinite(drawn.point[place]):
            row[column] = drawn.point[place]
            row[f"{column}_low"], row[f"{column}_high"] = ends(drawn.interval(place, level, int(n)))
    return row


def sales_summary_table(months: pd.DataFrame, here: set[str], draws: int, seed: int, level: float) -> ResultTable:
    """`sales-summary`: mean sales of a vendor a month, and the ratio of the focus country to others of its market."""
    sums, made = by_vendor(months), []
    for name in BOUNDS:
        known = sums[sums[f"{name}_days"] > 0]
        if len(known):
            made.append(_summary_row(known, name, here, draws, seed, level))
    few = min((row["vendors"] for row in made), default=0)
    kept = {"level": level, "method": METHOD if few >= EXACT else APPROXIMATE}
    focus = {"guard_vendors": "support_focus", "guard_top2": "top_focus"}
    columns = [
        Column("bound", "text", "sales_bound"),
        Column("market", "list", "market"),
        Column("vendors", "count", "vendor", guard_vendors="support_focus"),
        Column("mean_focus", "number", "sale", digits=1, low="mean_focus_low", high="mean_focus_high", **kept, **focus),
        Column("mean_all", "number", "sale", digits=1, low="mean_all_low", high="mean_all_high", **kept,
               guard_vendors="support_all", guard_top2="top_all"),
        Column("ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", **kept, **focus),
    ]  # fmt: skip
    numbers = [f"{name}{end}" for name in ("mean_focus", "mean_all", "ratio") for end in ("", "_low", "_high")]
    supports = ["support_focus", "top_focus", "support_all", "top_all"]
    table = pd.DataFrame(made, columns=["row", "bound", "market", "vendors", *numbers, *supports])
    return ResultTable("sales-summary", "revenue", columns, table.astype(dict.fromkeys(numbers, float)))


def sales_bounds_tables(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    sold: pd.DataFrame | None = None,
) -> tuple[ResultTable, ResultTable]:
    """`sales-bounds` (a row per market for the focus country and for all vendors) and `sales-summary`.

    `sold`: what `sales_between_snapshots` gives of both, also added up by vendor, where it is known.
    """
    sold = sales_between_snapshots(listing, feedback) if sold is None else sold
    months = account_months(sold)
    here = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    made = []
    for market, rows in by_vendor(months).groupby("market", sort=True):
        if not rows[["low_days", "high_days"]].any(axis=None):
            continue  # neither feedback nor counters
        best, of_market = successful(rows), sold[sold["market"] == market]
        for group, members in (("focus", here), ("all", set(rows["entity"]))):
            part = rows[rows["entity"].isin(members)]
            if len(part):
                of_group = of_market[of_market["entity"].isin(members)]
                row = _row(part, best, of_group, draws, seed, level)
                made.append({"row": f"{market}-{group}", "market": market, "group": group} | row)
    names = [column for one in _columns(level, METHOD) for column in (one.name, one.low, one.high) if column]
    supports = ["support_vendors", "support_best", "support_silent"]
    supports += [f"support_{top}{name}" for name in BOUNDS for top in ("", "top_")]
    table = pd.DataFrame(made, columns=["row", *names, *supports])
    counts = ["vendors", "low", "high", "silent", "best"]
    numbers = [name for name in names if name not in (*counts, "market", "group")]
    table = table.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(numbers, float))
    fewest = table.loc[table["group"] == "focus", "vendors"].min() if (table["group"] == "focus").any() else 0
    columns = _columns(level, METHOD if fewest >= EXACT else APPROXIMATE)
    bounds = ResultTable("sales-bounds", "revenue", columns, table, notes=["bounds", "best"])
    return bounds, sales_summary_table(months, here, draws, seed, level)


def opinion_of(score: pd.Series) -> pd.Series:
    """Scores of nought to one as positive, neutral (three of five stars, the middle of three words) or negative."""
    return pd.Series(
        np.select([score > NEUTRAL[1] + 1e-9, score >= NEUTRAL[0] - 1e-9], OPINIONS[:2], OPINIONS[2]), index=score.index
    )


def scores_of_vendors(listing: pd.DataFrame, feedback: pd.DataFrame) -> pd.DataFrame:
    """Scores that the last snapshot of each market shows: entity, score, n; a score may stand in several rows."""
    entity = listing.drop_duplicates("listing_id").set_index("listing_id")["entity"]
    shown = feedback[feedback["score"].notna() & feedback["listing_id"].isin(entity.index)]
    shown = shown[shown["snapshot_date"] == shown.groupby("market")["snapshot_date"].transform("max")]
    # an opinion that stands on two pages of an offer is one
    by = ["listing_id", "posted_high", "text_key", "score"]
    pages = (
        shown.groupby([*by, "page_id"], dropna=False).size().groupby(by, dropna=False).max().rename("n").reset_index()
    )
    return pages.assign(entity=pages["listing_id"].map(entity))


# as `scores_of_vendors`; of a listing with a single page no feedback can stand on two
SCORED = """
with shown as (
    select listing_id, page_id, posted_high, text_key, score
    from read_parquet($feedback) where market = $market and snapshot_date = $now and score is not null
), owner as (
    select listing_id, arg_min(entity_id, snapshot_date) as entity from read_parquet($counted)
    where market = $market and listing_id in (select listing_id from shown) group by listing_id
), pages as (
    select listing_id, min(page_id) <> max(page_id) as several from shown group by listing_id
), single as (
    select listing_id, score, count(*) as n from shown
    where listing_id in (select listing_id from pages where not several) group by listing_id, score
), texts as (
    select listing_id, posted_high, text_key, score, count(*) as n from shown
    where listing_id in (select listing_id from pages where several)
    group by listing_id, posted_high, text_key, score, page_id
), most as (
    select listing_id, score, max(n) as n from texts group by listing_id, posted_high, text_key, score
)
select entity, score, sum(n)::bigint as n from (select * from single union all select * from most)
join owner using (listing_id) group by entity, score order by entity, score
"""


def counted_scores(counted: str, feedback: str) -> pd.DataFrame:
    """The same from the files, a row per vendor and score."""
    days = rows_of(
        "select distinct market, snapshot_date from read_parquet(?) where score is not null order by all", feedback
    )
    parts = [pd.DataFrame({"entity": [], "score": [], "n": []}).astype({"entity": object, "n": int})]
    for market, rows in days.groupby("market", sort=True):
        for now in reversed(list(rows["snapshot_date"])):
            found = rows_of(SCORED, {"feedback": feedback, "counted": counted, "market": market, "now": now})
            if len(found):
                parts.append(found)
                break
    return pd.concat(parts, ignore_index=True)


def feedback_scores_table(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    scores: pd.DataFrame | None = None,
) -> ResultTable:
    """`feedback-scores`: opinions that the last snapshot of each market shows, of the focus country and of others.

    `scores`: what `scores_of_vendors` gives of both, where it is known.
    """
    here = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    scores = scores_of_vendors(listing, feedback) if scores is None else scores
    pages = scores.assign(opinion=opinion_of(scores["score"]))
    counts = pages.pivot_table(index="entity", columns="opinion", values="n", aggfunc="sum", fill_value=0)
    counts = counts.reindex(columns=OPINIONS, fill_value=0).sort_index().astype(int)
    rows, groups = [], (("focus", counts.index.isin(here)), ("rest", ~counts.index.isin(here)))
    for name, inside in groups:
        of_group = counts[inside]
        if of_group.empty:
            continue
        row: dict = {"row": name, "group": name, "feedback": int(of_group.to_numpy().sum())}
        row["support_vendors"], row["support_top"] = dominance(of_group.sum(axis=1))
        drawn = draw_vendors(of_group.to_numpy(), lambda sums: sums / sums.sum(axis=1, keepdims=True), draws, seed)
        for place, opinion in enumerate(OPINIONS):
            row[opinion] = drawn.point[place]
            row[f"{opinion}_low"], row[f"{opinion}_high"] = ends(drawn.interval(place, level, len(of_group)))
        rows.append(row)
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top"}
    few = min((row["support_vendors"] for row in rows), default=0)
    kept = {"level": level, "method": METHOD if few >= EXACT else APPROXIMATE}
    columns = [Column("group", "text", "group"), Column("feedback", "count", "feedback", **guards)]
    columns += [
        Column(name, "share", digits=1, base="feedback", low=f"{name}_low", high=f"{name}_high", **kept, **guards)
        for name in OPINIONS
    ]
    names = [f"{name}{end}" for name in OPINIONS for end in ("", "_low", "_high")]
    table = pd.DataFrame(rows, columns=["row", "group", "feedback", *names, "support_vendors", "support_top"])
    table = table.astype(dict.fromkeys(names, float))
    return ResultTable("feedback-scores", "revenue", columns, table, notes=["scores"])


def sales_bounds(
    counted_sales: str,
    feedback: str,
    sales_bounds: str,
    sales_bounds_description: str,
    sales_summary: str,
    sales_summary_description: str,
    feedback_scores: str,
    feedback_scores_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Visible sales of vendors between two bounds, and what buyers say of them.

    1. The lower bound is feedback dated since the snapshot before, the upper one what counters add. A counter that fell
       counts as no sale. New texts are no upper bound: who leaves none is not in them.
    2. A page shows its latest feedback only; the share of the lower bound where all of it is new is printed. Where no
       counter is printed for a listing that visibly sold, the upper bound of its market in that month is not known.
    3. The mean is of accounts and months of 30.44 days in which they have a drug listing; from ten vendors, drawn with
       all their months. The ratio compares vendors of the same market.
    4. A vendor of the focus country has such a listing in any snapshot. Successful are those in the top tenth of their
       market by every known bound; a rating is no success, since nearly all stand at the top.
    """
    offer = vendor_sales(counted_sales, {"cut": "cut"})
    given = (focus_country, definition, draws, seed, level)
    bounds, summary = sales_bounds_tables(offer, None, *given, of_intervals(offer))
    write_result(bounds, sales_bounds, sales_bounds_description)
    write_result(summary, sales_summary, sales_summary_description)
    scores = feedback_scores_table(offer, None, *given, counted_scores(counted_sales, feedback))
    write_result(scores, feedback_scores, feedback_scores_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, sales_bounds)
