"""What second captures show, picked from the tables of the database before pandas sees them.

Most listings of a market stand on no page that was captured twice: of these only their number is needed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cryptodrug.captures import SECOND
from cryptodrug.database.query import rows_of, tables_in_duckdb

SECOND_PAGES = """
create temp table second as
select market, snapshot_date, page_id from read_parquet($page) where contains(note, $second)
"""
LISTINGS = """
create temp table again as
select distinct market, snapshot_date, listing_id
from read_parquet($link) semi join second using (market, snapshot_date, page_id)
"""
LINKS = """
create temp table shown as
select market, snapshot_date, listing_id, page_id
from read_parquet($link) semi join again using (market, snapshot_date, listing_id)
"""
# a snapshot at a time: to tell all listings of a year apart takes much memory
NUMBER = """
select count(distinct listing_id) from read_parquet($link) where market = $market and snapshot_date = $day
"""
PAGES = """
select {columns} from read_parquet($page)
where page_id in (select page_id from shown) or page_id in (select page_id from second) order by page_id
"""


class Recaptured(NamedTuple):
    """Second captures and the listings that they show.

    Attributes
    ----------
    page : second captures, and all other pages that show one of these listings.
    link : `listing_id`, `page_id` of these listings.
    others : how many listings stand on first captures alone, by market and day (ISO).
    """

    page: pd.DataFrame
    link: pd.DataFrame
    others: Mapping[tuple[str, str], int]


def recaptured(page: str | Path, link: str | Path, columns: Sequence[str]) -> Recaptured:
    """From the tables `page`, with these columns, and `listing_page` of the database."""
    pages, links = {"page": str(page)}, {"link": str(link)}
    with tables_in_duckdb() as connection:
        connection.execute(SECOND_PAGES, pages | {"second": SECOND})
        connection.execute(LISTINGS, links)
        connection.execute(LINKS, links)
        found = connection.execute("select market, snapshot_date, count(*) from again group by all").fetchall()
        others = {}
        for market, day, again in found:
            (number,) = connection.execute(NUMBER, links | {"market": market, "day": day}).fetchone()
            others[market, str(day)] = number - again
        return Recaptured(
            rows_of(connection, PAGES.format(columns=", ".join(columns)), pages),
            rows_of(connection, "select listing_id, page_id from shown order by page_id, listing_id"),
            others,
        )
