"""Published numbers of others as a table of the study: documents and figures reach them like any other value."""

import pandas as pd
from cryptodrug.comparators import read_comparators
from cryptodrug.results import Column, ResultTable, write_result

KIND_OF_UNIT = {"share": "share", "ratio": "ratio"}


def comparators_table(rows: list[dict[str, str]]) -> ResultTable:
    """One row per published number; its value stands in the column of its kind."""
    made = []
    for row in rows:
        value = float(row["value"])
        made.append(
            {
                "row": row["id"],
                "what": row["id"],
                "source": row["source"],
                "share": value if row["unit"] == "share" else None,
                "ratio": value if row["unit"] == "ratio" else None,
                "number": value if row["unit"] not in KIND_OF_UNIT else None,
            }
        )
    columns = [
        Column("what", "text", "comparator"),
        Column("source", "text", "source"),
        Column("share", "share", digits=2),
        Column("ratio", "ratio", digits=1),
        Column("number", "number", digits=0),
    ]
    numbers = dict.fromkeys(("share", "ratio", "number"), float)
    table = pd.DataFrame(made, columns=["row", "what", "source", *numbers]).astype(numbers)
    return ResultTable("comparators", "public", columns, table)


def comparators(reference: str, comparators: str, comparators_description: str) -> None:
    """Check and pass on the reference table; a number without a source that was read stops the step."""
    write_result(comparators_table(read_comparators(reference)), comparators, comparators_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, comparators)
