"""How many drug listings from the focus country there are, adjusted for what was missed (typology, V1)."""

import numpy as np
import pandas as pd
from cryptodrug.offer import ends, fewest
from cryptodrug.populations import drug_offer, focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD, Drawn, draw_vendors


def coverage_draws(row: pd.Series, draws: int, seed: int, level: float) -> np.ndarray:
    """Coverage in each draw: log-normal about the estimate, as wide as its interval, never above one.

    One value throughout where there is no interval: a printed number has no error of sampling.
    """
    from scipy.special import ndtri

    if pd.isna(row["coverage_low"]) or pd.isna(row["coverage_high"]):
        return np.full(draws, float(row["coverage"]))
    width = np.log(row["coverage_high"]) - np.log(row["coverage_low"])
    spread = width / (2 * ndtri((1 + level) / 2))
    drawn = np.random.Generator(np.random.PCG64(seed)).normal(np.log(row["coverage"]), spread, draws)
    return np.minimum(1.0, np.exp(drawn))


def _with_coverage(drawn: Drawn, point: float, coverage: np.ndarray) -> Drawn:
    """Numbers of listings divided by the coverage: at least as many as were seen, since it is never above one."""
    return Drawn(drawn.point / point, drawn.draws / coverage[:, None], drawn.influence / point)


def offer_adjusted_table(
    listing: pd.DataFrame,
    coverage: pd.DataFrame,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    minimum: float,
) -> ResultTable:
    """`offer-adjusted`: a row per snapshot, and the mean of each market over its complete snapshots (`<market>-mean`).

    Parameters
    ----------
    coverage : rows of `snapshot-coverage`.
    minimum : coverage from which a snapshot counts as complete; the mean is over these.
    """
    part = focus_listings(listing, focus, definition)
    window = listing.loc[part, "entity"].nunique()
    known = coverage.set_index(["market", "snapshot"])
    rows: list[dict] = []
    for market, of_market in listing.groupby("market", sort=True):
        means, behind = [], []
        for number, (date, there) in enumerate(of_market.groupby("snapshot_date", sort=True)):
            # vendors of the whole market, so that each has the same place in the draws of every month
            counts = (part[there.index] * number_of(there)).groupby(there["entity"]).sum()
            counts = counts.reindex(sorted(of_market["entity"].unique())).fillna(0).astype(int)
            of_day = known.loc[(market, str(date))]
            row: dict = {"row": f"{market}-{date}", "market": market, "snapshot": str(date)}
            row |= {"listings": int(counts.sum()), "support_vendors": int((counts > 0).sum())}
            row["method"] = of_day["method"]
            if pd.notna(of_day["coverage"]):
                row["coverage"] = float(of_day["coverage"])
                drawn = draw_vendors(counts.to_numpy()[:, None], lambda sums: sums, draws, seed)
                noise = coverage_draws(of_day, draws, seed + number, level)
                drawn = _with_coverage(drawn, row["coverage"], noise)
                row["adjusted"] = drawn.point[0]
                row["adjusted_low"], row["adjusted_high"] = ends(drawn.interval(0, level, window))
                if row["coverage"] >= minimum:
                    means.append(drawn)
                    behind.append(row["support_vendors"])
            rows.append(row)
        if len(means) > 1:
            parts = ([getattr(one, name) for one in means] for name in ("point", "draws", "influence"))
            mean = Drawn(*(np.mean(part, axis=0) for part in parts))
            row = {"row": f"{market}-mean", "market": market, "method": None, "adjusted": mean.point[0]}
            row["adjusted_low"], row["adjusted_high"] = ends(mean.interval(0, level, window))
            rows.append(row | {"support_vendors": fewest(*behind)})
    guard = "support_vendors"
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        Column("listings", "count", "listing", guard_vendors=guard),
        Column("coverage", "share", digits=1),
        Column("method", "text", "coverage_method"),
        Column("adjusted", "number", "listing", digits=0, low="adjusted_low", high="adjusted_high", level=level,
               method=METHOD if window >= EXACT else APPROXIMATE, guard_vendors=guard),
    ]  # fmt: skip
    numbers = ["coverage", "adjusted", "adjusted_low", "adjusted_high"]
    names = ["row", "market", "snapshot", "listings", "method", *numbers, "support_vendors"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(numbers, float) | {"listings": "Int64"})
    for name in ("snapshot", "method"):
        table[name] = table[name].astype(object).where(table[name].notna(), None)
    return ResultTable("offer-adjusted", "public", columns, table, notes=["coverage"])


def offer_adjusted(
    listing: str,
    coverage: str,
    offer_adjusted: str,
    offer_adjusted_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    coverage_minimum: float,
) -> None:
    """Drug listings of the focus country, adjusted for coverage.

    1. The number seen divided by the coverage of its snapshot, as `snapshot-coverage` gives it: by second captures
       (Chapman 1951), else by the number that the market prints; without either there is no adjusted number.
    2. In the interval vendors are drawn anew, and with them the coverage from a log-normal distribution as wide as its
       own interval, never above one. A printed number has no error of sampling.
    3. Listings from the country are taken to be missed like any other. Popular pages are met in both captures, which
       makes the coverage too high and the number too low.
    4. The mean is over the snapshots that count as complete; the one with fewest vendors guards it, since the others
       could be subtracted.
    """
    given = (focus_country, definition, draws, seed, level, coverage_minimum)
    table = offer_adjusted_table(drug_offer(listing), pd.read_parquet(coverage), *given)
    write_result(table, offer_adjusted, offer_adjusted_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, offer_adjusted)
