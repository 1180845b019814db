"""Visible sales and prices of every drug listing in every snapshot, counted in DuckDB as `visible_sales` defines them.

Of a large market the definitions in pandas need more memory than there is. Here a snapshot is counted at a time, and
nothing is kept of those before it but the last price and counter of each listing.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cryptodrug.database.query import tables_in_duckdb
from cryptodrug.files import whole_file
from cryptodrug.populations import no_drugs
from cryptodrug.visible_sales import days_before

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

MEMORY = "1200MB"
ROWS = 122_880  # of a row group: what is in memory at a time while the table is written
# columns with few values; looking for repetitions in the others costs time and saves little
REPEATED = [
    "market",
    "snapshot_date",
    "entity_id",
    "ships_from",
    "ships_from_status",
    "drug_class",
    "usd_eur",
    "before",
]
REPEATED += ["days", "low", "high", "low_window", "most_window"]
NEVER = "9999-12-31"  # in place of a snapshot before the first one

# a holding price by any rule is `held`; `counter`: sales since the listing began
OFFER = """
select market, snapshot_date, listing_id, entity_id, ships_from, ships_from_status, drug_class, usd_eur,
    case when isnan(price_eur::double) then null else price_eur::double end as price,
    coalesce(holding_own_history, false) or coalesce(holding_class, false) or coalesce(holding_cap, false) as held,
    sales_total::bigint as counter
from read_parquet({listing}) where is_drug and vendor is not null
"""
FEEDBACK = """
select market, snapshot_date, page_id, listing_id, posted_low::varchar as posted_low,
    posted_high::varchar as posted_high, text_key, truncated::boolean as truncated
from read_parquet({feedback})
"""
# certainly posted since the snapshot before; in 29 days; perhaps in 29 days, since its last possible day is
COUNTS = """
count(*) filter (posted_low > {before} and posted_high > {before} and posted_high <= {now}) as low,
count(*) filter (posted_low > {after} and posted_high > {after} and posted_high <= {now}) as low_window,
count(*) filter (posted_high > {after} and posted_high <= {now}) as most_window
"""
CUT = """
coalesce(bool_and(truncated), true) and bool_and(posted_high is null or posted_high > {before})
    and bool_or(posted_high is not null) as cut
"""
# a feedback that stands on two pages of a listing is one: listings with `several` pages are counted again
SHOWN = """
create or replace temp table shown as
select listing_id, min(page_id) <> max(page_id) as several, {counts}, {cut}
from feedback where market = {market} and snapshot_date = {now} and listing_id is not null group by listing_id
"""
SEVERAL = """
create or replace temp table several as
with seen as (
    select * from feedback where market = {market} and snapshot_date = {now}
        and listing_id in (select listing_id from shown where several)
), texts as (
    select listing_id, posted_high, text_key, {counts} from seen group by listing_id, page_id, posted_high, text_key
), most as (
    select listing_id, max(low) as low, max(low_window) as low_window, max(most_window) as most_window
    from texts group by listing_id, posted_high, text_key
), pages as (
    select listing_id, {cut} from seen group by listing_id, page_id
), sums as (
    select listing_id, sum(low)::bigint as low, sum(low_window)::bigint as low_window,
        sum(most_window)::bigint as most_window
    from most group by listing_id
), cuts as (
    select listing_id, bool_or(cut) as cut from pages group by listing_id
)
select listing_id, false as several, low, low_window, most_window, cut from sums join cuts using (listing_id)
"""
# listings of the market that ever stood without a usable price, and the usable ones that they had
KEPT = """
create or replace temp table kept as
select listing_id, snapshot_date, price from offer
where market = {market} and not held and price is not null
    and listing_id in (select listing_id from offer where market = {market} and (held or price is null))
"""
EMPTY = """
create or replace temp table known (
    listing_id varchar, seen varchar, price double, held boolean, counter bigint, counted varchar
)
"""
# one row per listing of the snapshot with what was last known of it
NOW = """
create or replace temp table listed as
select offer.*, row_number() over () as place,
    known.seen = {before} as there, known.price as last_price, known.held as last_held,
    known.counter as last_counter, known.counted
from (select * from offer where market = {market} and snapshot_date = {now}) as offer
left join known using (listing_id)
"""
KNOWN = """
create or replace temp table known as
select listing_id, snapshot_date as seen, price, held, coalesce(counter, last_counter) as counter,
    case when counter is null then counted else snapshot_date end as counted
from listed
union all
select * from known where listing_id not in (select listing_id from listed)
"""
# of two prices equally near the earlier
NEAREST = """
create or replace temp table nearest as
select listing_id, arg_min(kept.price, 2 * abs(kept.snapshot_date::date - {now}::date)
    + (kept.snapshot_date > {now})::integer) as price
from kept where listing_id in (select listing_id from listed where held or price is null) group by listing_id
"""
COUNTED = """
select market, snapshot_date, listing_id, entity_id, ships_from, ships_from_status, drug_class, usd_eur,
    {since} as before, {days}::integer as days,
    case when {dated} then low end as low,
    case when {grown} and counter is not null then greatest(counter - coalesce(last_counter, 0), low) end as high,
    cut, {grown} and counter < last_counter and counted = {before} as fell,
    case when {shows} then low_window end as low_window,
    case when {posted} then most_window end as most_window,
    coalesce(mean_of_usable, nearest) as price_replace,
    case when not held and not held_before then mean_of_usable end as price_drop,
    coalesce((price + price_before) / 2, price, price_before) as price_none,
    coalesce(usable, nearest) as price_end
from (
    select *, coalesce((usable + usable_before) / 2, usable, usable_before) as mean_of_usable
    from (
        select listed.*,
            coalesce(there and last_held, false) as held_before,
            case when there then last_price end as price_before,
            case when not listed.held then listed.price end as usable,
            case when there and not last_held then last_price end as usable_before,
            nearest.price as nearest,
            coalesce(several.low, shown.low, 0)::integer as low,
            coalesce(several.low_window, shown.low_window, 0)::integer as low_window,
            coalesce(several.most_window, shown.most_window, 0)::integer as most_window,
            coalesce(several.cut, shown.cut, false) as cut
        from listed left join shown using (listing_id) left join several using (listing_id)
            left join nearest using (listing_id)
    )
)
order by place
"""


def _text(value: str | Path | None) -> str:
    """A value as SQL."""
    return "null::varchar" if value is None else "'" + str(value).replace("'", "''") + "'"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _of_market(
    connection: "DuckDBPyConnection", market: str, dates: list[str], dated: set[str]
) -> Iterator["DuckDBPyRelation"]:
    """The rows of each snapshot; each is to be read before the next."""
    connection.execute(KEPT.format(market=_text(market)))
    connection.execute(EMPTY)
    # where only the first snapshot dates feedback, its 29 days are the interval
    alone = dates[0] in dated and not dated & set(dates[1:])
    for before, now in pairwise([None, *dates]):
        known = {"market": _text(market), "now": _text(now), "after": _text(days_before(now))}
        since = days_before(now) if before is None and alone else before
        known["before"] = _text(since or NEVER)
        texts = {"counts": COUNTS.format(**known), "cut": CUT.format(**known)}
        connection.execute(SHOWN.format(**known, **texts))
        connection.execute(SEVERAL.format(**known, **texts))
        connection.execute(NOW.format(**known))
        connection.execute(NEAREST.format(**known))
        [(posted,)] = connection.execute("select coalesce(sum(most_window), 0) > 0 from shown").fetchall()
        given = {"since": _text(since), "grown": _flag(before is not None), "posted": _flag(posted)}
        given["days"] = f"({known['now']}::date - {_text(since)}::date)"
        given["shows"], given["dated"] = _flag(now in dated), _flag(now in dated and since is not None)
        yield connection.sql(COUNTED.format(**known, **given))
        connection.execute(KNOWN.format(**known))


def count_sales(listing: str | Path, feedback: str | Path, path: str | Path) -> None:
    """Write the counted sales: a row per drug listing and snapshot, by market, snapshot and in the order of `listing`.

    Columns
    -------
    market, snapshot_date, listing_id, entity_id, ships_from, ships_from_status, drug_class, usd_eur : of the listing.
    before, days, low, high, cut, fell : as in `visible_sales.sales_between_snapshots`; `before` and what follows from
        it are missing where no interval ends with the snapshot.
    low_window : as `low` in `visible_sales.sales_in_window`; missing where the snapshot dates no feedback.
    most_window : feedback whose last possible day lies in these 29 days; missing where the snapshot shows none.
    price_replace, price_drop, price_none : price (EUR) in the interval as in `revenue.interval_prices`.
    price_end : the same under `replace` with the price of the snapshot alone.

    Raises
    ------
    InputError : there is no drug listing at all.
    """
    import pyarrow.parquet as pq

    with tables_in_duckdb(MEMORY) as connection, whole_file(path) as temporary:
        for name, text in (("offer", OFFER), ("feedback", FEEDBACK)):
            paths = {"listing": _text(listing), "feedback": _text(feedback)}
            connection.execute(f"create temp view {name} as {text.format(**paths)}")
        snapshots: dict[str, list[str]] = {}
        by = "select distinct market, snapshot_date from"
        for market, date in connection.execute(f"{by} offer order by all").fetchall():
            snapshots.setdefault(market, []).append(date)
        if not snapshots:
            raise no_drugs(listing)
        dated = connection.execute(f"{by} feedback where posted_high is not null").fetchall()
        writer = None
        try:
            for market, dates in snapshots.items():
                shown = {date for name, date in dated if name == market}
                for counted in _of_market(connection, market, dates, shown):
                    for batch in counted.to_arrow_reader(ROWS):
                        kept = {"use_dictionary": REPEATED, "compression": "zstd"}
                        writer = writer or pq.ParquetWriter(temporary, batch.schema, **kept)
                        writer.write_batch(batch)
        finally:
            if writer:
                writer.close()
