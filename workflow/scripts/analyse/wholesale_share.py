"""How much is business to business? (typology, V14)"""

import numpy as np
import pandas as pd
from cryptodrug.offer import counts_by_vendor, ends, fewest, last_seen, markets_of, mean_of_shares
from cryptodrug.populations import focus_listings, number_of, offers
from cryptodrug.regions import APART, origin_labels
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import FLAGS, TREATMENTS, holding
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD, draw_vendors, percentile_interval
from cryptodrug.vendor_sales import of_intervals, rows_of, vendor_sales
from cryptodrug.visible_sales import dominance, known_total, sales_between_snapshots, with_prices
from cryptodrug.worth import with_worth

WHOLESALE_USD = 1000  # strictly more (Aldridge & Décary-Hétu 2016)
BOUNDS = ("low", "high")
GROUPS = ("focus", "rest")
# bands of each measure by their upper ends; the last of each is a measure of wholesale, those of weight are ours
BANDS = {
    "price": (("under-100", 100), ("100-1000", WHOLESALE_USD), ("over-1000", np.inf)),
    "weight": (("under-10", 10), ("10-100", 100), ("over-100", np.inf)),
    "pieces": (("under-100", 100), ("100-1000", 1000), ("over-1000", np.inf)),
}
# a hundred small purchases of each drug, in grams: ours, since no published list of thresholds was read; of classes
# that are not named the common threshold holds
COMMON_G = 100
THRESHOLDS_G = {"cannabis": 500, "amphetamine": 200, "heroin": 50, "methamphetamine": 50}
LARGE = ("price", "price-eur", "weight", "weight-by-drug")
RANKED = ("price", "weight-by-drug")
WHOLESALE_EUR = 1000


def dollars(price: pd.Series, usd_eur: pd.Series) -> pd.Series:
    """Euro as dollars at the rate of the day of the snapshot; what the conversion leaves of a cent is rounded away."""
    return (price.astype(float) / usd_eur.astype(float)).round(6)


def band_of(listing: pd.DataFrame) -> dict[str, pd.Series]:
    """Band of each listing by measure; missing where it is not known. A holding price is no price.

    A price or quantity on an end belongs to the band below it: a thousand dollars are no wholesale.
    """
    amounts = {
        "price": dollars(listing["price_eur"], listing["usd_eur"]).where(~holding(listing)),
        "weight": listing["quantity_g"].astype(float),
        "pieces": listing["quantity_units"].astype(float),
    }
    found = {}
    for measure, bands in BANDS.items():
        places = np.searchsorted([end for _, end in bands], amounts[measure].to_numpy(), side="left")
        names = np.array([f"{measure}-{name}" for name, _ in bands] + [None], dtype=object)
        found[measure] = pd.Series(names[places], index=listing.index, dtype=object).where(
            amounts[measure].notna(), None
        )
    return found


def large_by(listing: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series]]:
    """For each measure of wholesale, which listings are large, and of which it is known; a holding price is no price.

    Strictly more than 1,000 dollars at the rate of the day (Aldridge & Décary-Hétu 2016), than as many euro, than 100 g
    of anything, than the weight of the drug class.
    """
    euro, grams = listing["price_eur"].astype(float).where(~holding(listing)), listing["quantity_g"].astype(float)
    usd = dollars(euro, listing["usd_eur"])
    of_drug = listing["drug_class"].map(THRESHOLDS_G).fillna(COMMON_G)
    return {
        "price": (usd > WHOLESALE_USD, usd.notna()),
        "price-eur": (euro.round(6) > WHOLESALE_EUR, euro.notna()),
        "weight": (grams > COMMON_G, grams.notna()),
        "weight-by-drug": (grams > of_drug, grams.notna()),
    }


def sized(listing: pd.DataFrame) -> pd.DataFrame:
    """Adds the band of each measure (`band_price`), what is large by each (`large_0`, ...), and whether it is known."""
    bands, sizes = band_of(listing), large_by(listing)
    columns: dict[str, pd.Series] = {f"band_{measure}": bands[measure] for measure in BANDS}
    for place, name in enumerate(LARGE):
        columns |= {f"large_{place}": sizes[name][0], f"known_{place}": sizes[name][1]}
    return listing.assign(**columns)


def counted_sizes(path: str) -> pd.DataFrame:
    """What `sized` gives of the drug listings of the database, counted by vendor and snapshot (`listings`)."""
    held = " or ".join(f"coalesce({flag}, false)" for flag in FLAGS)
    of_drug = " ".join(f"when drug_class = '{name}' then {grams}" for name, grams in THRESHOLDS_G.items())
    amounts = {"price": "usd", "weight": "grams", "pieces": "pieces"}
    columns = {}
    for measure, bands in BANDS.items():
        amount = amounts[measure]
        cases = " ".join(f"when {amount} <= {end} then '{measure}-{name}'" for name, end in bands[:-1])
        columns[f"band_{measure}"] = f"case when {amount} is null then null {cases} else '{measure}-{bands[-1][0]}' end"
    limits = (
        ("usd", WHOLESALE_USD), ("euro", WHOLESALE_EUR), ("grams", COMMON_G),
        ("grams", f"case {of_drug} else {COMMON_G} end"),
    )  # fmt: skip
    for place, (amount, limit) in enumerate(limits):
        columns[f"large_{place}"] = f"coalesce({amount} > {limit}, false)"
        columns[f"known_{place}"] = f"{amount} is not null"
    names = ", ".join(["market", "snapshot_date", "entity", "ships_from", "ships_from_status", *columns])
    return rows_of(
        f"""
        with priced as (
            select *, case when {held} then null else price_eur::double end as price from read_parquet(?)
            where is_drug and vendor is not null
        ), measured as (
            select market, snapshot_date, entity_id as entity, ships_from, ships_from_status, drug_class,
                round_even(price, 6) as euro, round_even(price / usd_eur, 6) as usd,
                quantity_g::double as grams, quantity_units::double as pieces
            from priced
        ), banded as (select *, {", ".join(f"{text} as {name}" for name, text in columns.items())} from measured)
        select {names}, count(*) as listings from banded group by {names} order by {names}
        """,
        path,
    )


def quantity_bands_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`quantity-bands` (listings by price, weight, pieces) and `wholesale-summary` (the country against others).

    `listing`: drug listings, or what `counted_sizes` gives.
    """
    listing = listing if "band_price" in listing else sized(listing)
    part = focus_listings(listing, focus, definition)
    days = listing["market"] + listing["snapshot_date"].astype(str)
    of_day = [days == day for day in sorted(days.unique())]
    names = [f"{measure}-{name}" for measure, known in BANDS.items() for name, _ in known]
    inside = {name: listing[f"band_{name.split('-')[0]}"] == name for name in names}
    known = {measure: listing[f"band_{measure}"].notna() for measure in BANDS}
    cells = [[inside[name] for name in names], [known[name.split("-")[0]] for name in names]]
    cells += [[listing[f"{kind}_{place}"] for place in range(len(LARGE))] for kind in ("large", "known")]
    # one at a time: together they need more memory than all else
    masks = (mask & cell & group for block in cells for group in (part, ~part) for cell in block for mask in of_day)
    entities, counts = counts_by_vendor(listing, masks, number_of(listing))
    k, n = len(names), len(of_day)

    def estimates(sums: np.ndarray) -> np.ndarray:
        blocks = sums[:, : 4 * k * n].reshape(len(sums), 2, 2, k, n)
        shares = mean_of_shares(blocks[:, 0], blocks[:, 1])
        above, below = np.moveaxis(sums[:, 4 * k * n :].reshape(len(sums), 2, 2, len(LARGE), n), 1, 0)
        large = mean_of_shares(above, below)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(large[:, 1] > 0, large[:, 0] / large[:, 1], np.nan)
        return np.concatenate([shares.reshape(len(sums), 2 * k), ratios], axis=1)

    in_focus = pd.Series(entities).isin(set(listing.loc[part, "entity"])).to_numpy()
    strata = np.char.add(markets_of(listing, entities), np.where(in_focus, "+", "-"))
    drawn = draw_vendors(counts, estimates, draws, seed, strata)
    window, last, rows = int(in_focus.sum()), last_seen(listing), []
    for place, name in enumerate(names):
        here = part & inside[name]
        row: dict = {"row": name, "measure": name.split("-")[0], "band": name}
        row["support_vendors"] = listing.loc[here, "entity"].nunique()
        row["support_last"] = fewest(row["support_vendors"], listing.loc[here & last, "entity"].nunique())
        for shift, (group, of_group) in enumerate(zip(GROUPS, (part, ~part), strict=True)):
            row[f"listings_{group}"] = offers(listing, of_group & inside[name] & last)
            row[f"share_{group}"] = drawn.point[shift * k + place]
            interval = drawn.interval(shift * k + place, level, window if group == "focus" else len(entities))
            row[f"share_{group}_low"], row[f"share_{group}_high"] = ends(interval)
        rows.append(row)
    for measure in BANDS:
        # the shares of a measure add up to one: any of them but one gives the last
        together = [row for row in rows if row["measure"] == measure]
        weakest = fewest(*(row["support_vendors"] for row in together))
        for row in together:
            row["support_share"] = weakest if row["support_vendors"] else 0
    method = METHOD if window >= EXACT else APPROXIMATE
    table = _bands_table(pd.DataFrame(rows), level, method, offers(listing, part & last))
    large = {name: listing[f"large_{place}"] for place, name in enumerate(LARGE)}
    return table, _summary(listing, part, large, drawn, 2 * k, window, level, method)


def _bands_table(rows: pd.DataFrame, level: float, method: str, listings: int) -> ResultTable:
    columns = [Column("measure", "text", "quantity_measure"), Column("band", "text", "quantity_band")]
    for group in GROUPS:
        guard = "support_share" if group == "focus" else None
        name = f"share_{group}"
        columns.append(Column(f"listings_{group}", "count", "listing", guard_vendors="support_last" if guard else None))
        columns.append(
            Column(name, "share", digits=1, low=f"{name}_low", high=f"{name}_high", level=level, method=method,
                   guard_vendors=guard)
        )  # fmt: skip
    numbers = [f"share_{group}{end}" for group in GROUPS for end in ("", "_low", "_high")]
    # prices are known of nearly all: who knows how many listings there are can subtract the bands that are shown
    sums = []
    for measure in BANDS:
        parts = [name for name in rows["row"] if name.startswith(f"{measure}-")]
        value = int(rows.loc[rows["row"].isin(parts), "listings_focus"].sum())
        sums.append({"total": None, "value": value, "parts": parts, "columns": ["listings_focus"]})
    table = rows.astype(dict.fromkeys(numbers, float))
    return ResultTable("quantity-bands", "public", columns, table, row_sums=sums, notes=["bands"])


def _summary(
    listing: pd.DataFrame, part: pd.Series, large: dict, drawn, first: int, window: int, level: float, method: str
) -> ResultTable:
    """Ratio of the shares of large listings, by price and by weight; how many countries have any."""
    one = listing["ships_from_status"] == "country"
    rows = []
    for place, measure in enumerate(LARGE):
        sent = listing.loc[one & large[measure], "ships_from"]
        vendors = fewest(listing.loc[part & large[measure], "entity"].nunique())
        row: dict = {"row": measure, "measure": measure, "countries": listing.loc[one, "ships_from"].nunique()}
        row |= {"countries_large": sent.nunique(), "vendors": vendors, "support_vendors": vendors}
        ratio = drawn.point[first + place]
        row["ratio"] = ratio if np.isfinite(ratio) else None
        interval = drawn.interval(first + place, level, window) if np.isfinite(ratio) else None
        row["ratio_low"], row["ratio_high"] = ends(interval)
        rows.append(row)
    guard = "support_vendors"
    columns = [
        Column("measure", "text", "quantity_measure"),
        Column("countries", "count", "country"),
        Column("countries_large", "count", "country"),
        Column("vendors", "count", "vendor", guard_vendors=guard),
        Column("ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", level=level, method=method,
               guard_vendors=guard),
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype(dict.fromkeys(("ratio", "ratio_low", "ratio_high"), float))
    return ResultTable("wholesale-summary", "public", columns, table, notes=["thresholds"])


def wholesale_rank_table(listing: pd.DataFrame, focus: str, draws: int, seed: int, level: float) -> ResultTable:
    """`wholesale-rank`: share of the country in all large listings, and its place among countries by that share.

    Of listings that declare a single country; mean over snapshots. The share of large listings in the offer of each
    country would rank countries of two vendors first or last. A place is never given without its interval.
    """
    listing = listing if "band_price" in listing else sized(listing)
    labels = origin_labels(listing)
    days = listing["market"] + listing["snapshot_date"].astype(str)
    of_day = [days == day for day in sorted(days.unique())]
    rows, behind = [], []
    for measure in RANKED:
        large = listing[f"large_{LARGE.index(measure)}"]
        countries = sorted(set(labels[large]) - set(APART))
        vendors = listing.loc[large & (labels == focus), "entity"].nunique()
        if focus not in countries:
            continue
        cells = [*(large & (labels == name) for name in countries), large]
        masks = (cell & day for cell in cells for day in of_day)
        entities, counts = counts_by_vendor(listing, masks, number_of(listing))
        k, n, place = len(countries), len(of_day), countries.index(focus)

        def estimates(sums: np.ndarray, k: int = k, n: int = n, place: int = place) -> np.ndarray:
            shares = mean_of_shares(sums[:, : k * n].reshape(len(sums), k, n), sums[:, None, k * n :])
            mine = shares[:, [place]]
            return np.concatenate([mine, np.where(np.isnan(mine), np.nan, 1 + (shares > mine).sum(1)[:, None])], axis=1)

        drawn = draw_vendors(counts, estimates, draws, seed, markets_of(listing, entities))
        row: dict = {"row": measure, "measure": measure, "countries": k, "share": drawn.point[0]}
        row |= {"vendors": vendors, "support_vendors": vendors}
        row["share_low"], row["share_high"] = ends(drawn.interval(0, level, vendors))
        interval = percentile_interval(drawn.draws[:, 1], level, vendors)
        row["rank"] = drawn.point[1] if interval else None
        row["rank_low"], row["rank_high"] = ends(interval)
        rows.append(row)
        behind.append(vendors)
    method = METHOD if min(behind, default=0) >= EXACT else APPROXIMATE
    given = {"level": level, "method": method, "guard_vendors": "support_vendors"}
    columns = [
        Column("measure", "text", "quantity_measure"),
        Column("countries", "count", "country"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column("share", "share", digits=1, low="share_low", high="share_high", **given),
        Column("rank", "number", digits=0, low="rank_low", high="rank_high", **given),
    ]
    numbers = [f"{name}{end}" for name in ("share", "rank") for end in ("", "_low", "_high")]
    names = ["row", "measure", "countries", "vendors", *numbers, "support_vendors"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(numbers, float))
    return ResultTable("wholesale-rank", "public", columns, table, notes=["alone"])


def _parts(sold: pd.DataFrame, name: str) -> pd.DataFrame:
    """Sales and cents of each vendor, `large` listings apart; intervals in which the bound is known."""
    known = sold[sold[f"worth_{name}"].notna()]
    large, cents = known["large"].astype(bool), known[f"worth_{name}"].astype("int64")
    table = pd.DataFrame(
        {
            "entity": known["entity"], "large": cents.where(large, 0), "small": cents.where(~large, 0),
            "sales_large": known[name].where(large, 0).astype("int64"), "sales": known[name].astype("int64"),
        }
    )  # fmt: skip
    return table.groupby("entity", sort=True).sum()


def _both(sums: np.ndarray) -> np.ndarray:
    return np.stack([sums[:, 0] / (sums[:, 0] + sums[:, 1]), sums[:, 2] / sums[:, 3]], axis=1)


def _share_row(parts: dict[str, pd.DataFrame], core: dict[str, pd.DataFrame], how: dict, level: float) -> dict:
    """Both bounds of one group under one treatment; `core`: under the core treatment.

    Guarded by those who sell large and by those who sell small, and where the treatment changes something by those whom
    it changes: two rows could be subtracted.
    """
    row: dict = {}
    for name in BOUNDS:
        table = parts[name]
        supports = [dominance(table[one]) for one in ("large", "small")] if len(table) else [(0, 0.0)]
        apart = (table[["large"]] - core[name][["large"]].reindex(table.index).fillna(0))["large"].abs()
        if len(table) and (apart > 0).any():
            supports.append(dominance(apart))
        row[f"support_{name}"] = fewest(*(n for n, _ in supports))
        row[f"top_{name}"] = max(top for _, top in supports)
        if not len(table) or table["sales"].sum() == 0:
            continue
        drawn = draw_vendors(table.to_numpy(), _both, how["draws"], how["seed"])
        for place, column in enumerate((f"share_{name}", f"sales_{name}")):
            if np.isfinite(drawn.point[place]):
                row[column] = drawn.point[place]
                row[f"{column}_low"], row[f"{column}_high"] = ends(drawn.interval(place, level, len(table)))
    return row


def large_sales(listing: pd.DataFrame, feedback: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Sales between snapshots with their worth, and whether they are `large`, under each treatment."""
    sold, found = sales_between_snapshots(listing, feedback), {}
    for treatment in TREATMENTS:
        priced = with_worth(with_prices(sold, listing, treatment))
        found[treatment] = priced.assign(large=dollars(priced["price"], priced["usd_eur"]) > WHOLESALE_USD)
    return found


def counted_large_sales(counted: str) -> dict[str, pd.DataFrame]:
    """The same from the counted sales, added up by vendor."""
    large = {
        f"large_{one}": f"coalesce(round_even(price_{one} / usd_eur, 6) > {WHOLESALE_USD}, false)" for one in TREATMENTS
    }
    rows = of_intervals(vendor_sales(counted, large, {f"_{one}": f"price_{one}" for one in TREATMENTS}))
    return {
        one: rows.assign(
            large=rows[f"large_{one}"], **{f"worth_{name}": rows[f"worth_{name}_{one}"] for name in BOUNDS}
        )
        for one in TREATMENTS
    }


def wholesale_share_table(
    listing: pd.DataFrame | None,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    large: dict[str, pd.DataFrame] | None = None,
) -> ResultTable:
    """`wholesale-share`: share of listings above 1,000 dollars in revenue and sales, by treatment of holding prices.

    `large`: what `large_sales` gives of both, also added up by vendor, where it is known.

    Source: Aldridge & Décary-Hétu (2016).
    """
    large = large_sales(listing, feedback) if large is None else large
    sold = large[TREATMENTS[0]]
    unknown = pd.Series(False, index=sold.index)
    for _, rows in sold.groupby(["market", "snapshot_date"], sort=True):
        if np.isnan(known_total(rows["high"], rows["low"])):
            unknown[rows.index] = True
    part = focus_listings(sold, focus, definition) if len(sold) else pd.Series([], dtype=bool)
    rows, core = [], {}
    for treatment in TREATMENTS:
        priced = large[treatment]
        priced = priced.assign(worth_high=priced["worth_high"].where(~unknown))
        for group, inside in zip(GROUPS, (part, ~part), strict=True):
            parts = {name: _parts(priced[inside], name) for name in BOUNDS}
            core.setdefault(group, parts)
            if any(len(table) for table in parts.values()):
                row = {"row": f"{group}-{treatment}", "group": group, "treatment": treatment}
                rows.append(row | _share_row(parts, core[group], {"draws": draws, "seed": seed}, level))
    window = int(sold.loc[part, "entity"].nunique())
    method = METHOD if window >= EXACT else APPROXIMATE
    columns = [Column("group", "text", "group"), Column("treatment", "text", "holding_treatment")]
    for kind in ("share", "sales"):
        for name in BOUNDS:
            column = f"{kind}_{name}"
            columns.append(
                Column(column, "share", digits=1, low=f"{column}_low", high=f"{column}_high", level=level,
                       method=method, guard_vendors=f"support_{name}", guard_top2=f"top_{name}")
            )  # fmt: skip
    numbers = [f"{kind}_{name}{end}" for kind in ("share", "sales") for name in BOUNDS for end in ("", "_low", "_high")]
    supports = [f"{one}_{name}" for one in ("support", "top") for name in BOUNDS]
    table = pd.DataFrame(rows, columns=["row", "group", "treatment", *numbers, *supports])
    table = table.astype(dict.fromkeys(numbers, float))
    return ResultTable("wholesale-share", "revenue", columns, table, notes=["treatments"])


def wholesale_share(
    listing: str,
    counted_sales: str,
    wholesale_share: str,
    wholesale_share_description: str,
    quantity_bands: str,
    quantity_bands_description: str,
    wholesale_summary: str,
    wholesale_summary_description: str,
    wholesale_rank: str,
    wholesale_rank_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Wholesale: listings above 1,000 dollars at the rate of the day, strictly more (Aldridge & Décary-Hétu 2016).

    1. The share of revenue and of sales under both bounds; holding prices are replaced, dropped or kept, always all
       three: a holding price looks like wholesale.
    2. The share of listings, mean over snapshots, by price, weight and pieces as harmonised; thresholds of weight and
       pieces are ours. A listing with a holding price has no price band.
    3. The ratio compares the share of large listings of the country with that of the others: by 1,000 dollars, by 1,000
       euro, by 100 grams of any drug, by a weight for each drug.
    4. The country has a place among countries by its share in all large listings, with its interval or not at all.
    """
    given = (focus_country, definition, draws, seed, level)
    shares = wholesale_share_table(None, None, *given, counted_large_sales(counted_sales))
    write_result(shares, wholesale_share, wholesale_share_description)
    offer = counted_sizes(listing)
    bands, summary = quantity_bands_tables(offer, *given)
    write_result(bands, quantity_bands, quantity_bands_description)
    write_result(summary, wholesale_summary, wholesale_summary_description)
    rank = wholesale_rank_table(offer, focus_country, draws, seed, level)
    write_result(rank, wholesale_rank, wholesale_rank_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, wholesale_share)
