"""Tables of the database as Parquet files that say of which study they are, and whether its data are simulated."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cryptodrug.files import whole_file

KEY = b"study"


def write_table(table: pd.DataFrame, path: str | Path, study: str) -> None:
    """Write a table; `study` (the label of the study) stands in the metadata of the file, under `study`."""
    made = pa.Table.from_pandas(table, preserve_index=False)
    made = made.replace_schema_metadata({**(made.schema.metadata or {}), KEY: study.encode("utf-8")})
    with whole_file(path) as temporary:
        pq.write_table(made, temporary)


def study_of(path: str | Path) -> str | None:
    """The label of the study that a file is of."""
    found = (pq.read_schema(path).metadata or {}).get(KEY)
    return None if found is None else found.decode("utf-8")
