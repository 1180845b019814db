"""The observed tables as Parquet: types of their columns. Apart from their names, which need no library."""

import pyarrow as pa

from cryptodrug.reading.tables import COLUMNS_OF, FLAGS, KEY_COLUMNS, NUMBERS, PAGE_COLUMNS


def _type(column: str) -> pa.DataType:
    if column in NUMBERS:
        return pa.int64()
    return pa.bool_() if column in FLAGS else pa.string()


SCHEMAS = {
    table: pa.schema([(column, _type(column)) for column in (*KEY_COLUMNS[table], *columns)])
    for table, columns in COLUMNS_OF.items()
} | {"page": pa.schema([(column, _type(column)) for column in PAGE_COLUMNS])}
