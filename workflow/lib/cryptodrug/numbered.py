"""Drug listings row by row in little memory: numbers in place of names, categories in place of texts."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from cryptodrug.database.query import rows_of, tables_in_duckdb
from cryptodrug.populations import OF_DRUGS, no_drugs

# columns that are numbered: their name then, and in which order; listings need none
NUMBERED = {"entity_id": ("entity", "order by entity_id"), "listing_id": ("listing_id", "")}


def numbered_listings(path: str | Path, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Drug listings of all snapshots as `drug_listings` gives them, for analyses that count listings and name none.

    `entity` and `listing_id` are whole numbers, those of entities in the order of the names. Other texts are
    categories, in the order of the texts; a flag that is missing is false. A million listings in twelve months take
    some 500 MB.

    Raises
    ------
    InputError : there is no drug listing at all.
    """
    rows, given = f"(select * from read_parquet($path) where {OF_DRUGS})", {"path": str(path)}
    with tables_in_duckdb() as connection:
        described = connection.execute(f"describe select * from {rows}", given).fetchall()
        types = {name: kind for name, kind, *_ in described}
        read = []
        for name in dict.fromkeys(["market", "snapshot_date", "ships_from", "ships_from_status", *columns]):
            if types[name] == "BOOLEAN":
                read.append(f"coalesce({name}, false) as {name}")
            elif types[name] == "VARCHAR":
                query = f"select distinct {name} from {rows} where {name} is not null order by 1"
                # a column that is missing throughout has no text, and a type needs one
                texts = [text for (text,) in connection.execute(query, given).fetchall()] or [""]
                listed = ", ".join("'{}'".format(text.replace("'", "''")) for text in texts)
                connection.execute(f"create type of_{name} as enum ({listed})")
                read.append(f"cast({name} as of_{name}) as {name}")
            else:
                read.append(name)
        for name, (number, order) in NUMBERED.items():
            connection.execute(
                f"create temp table of_{name} as select {name}, cast(row_number() over ({order}) as integer) as number "
                f"from (select distinct {name} from {rows})",
                given,
            )
            read.append(f"of_{name}.number as {number}")
        joins = " ".join(f"join of_{name} using ({name})" for name in NUMBERED)
        table = rows_of(connection, f"select {', '.join(read)} from {rows} {joins}", given)
    if table.empty:
        raise no_drugs(path)
    return table
