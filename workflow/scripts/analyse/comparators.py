"""Published numbers of others as tables of the study: documents and figures reach them like any other value."""

import pandas as pd
from cryptodrug.comparators import Comparator, read_comparators
from cryptodrug.results import Column, ResultTable, write_result

COLUMN_OF_UNIT = {"share": "share", "ratio": "ratio", "EUR": "money", "EUR/g": "price"}
NUMBERS = ("share", "ratio", "number", "money", "price")


def comparators_tables(given: list[Comparator]) -> tuple[ResultTable, ResultTable]:
    """`comparators`: one published number a row, in the column of its kind; `comparator-definitions`: what it means."""
    numbers, definitions = [], []
    for one in given:
        filled = COLUMN_OF_UNIT.get(one.unit, "number")
        row = {"row": one.id, "what": one.id, "source": one.source}
        numbers.append(row | dict.fromkeys(NUMBERS) | {filled: one.value})
        definitions.append(
            {
                "row": one.id,
                "what": one.id,
                "market": one.market,
                "first": one.first,
                "last": one.last,
                "standing": one.standing.replace(" ", "-"),
                "allows": one.allows,
                "differs": one.differs,
            }
        )
    columns = [
        Column("what", "text", "comparator"),
        Column("source", "text", "source"),
        Column("share", "share", digits=2),
        Column("ratio", "ratio", digits=1),
        Column("number", "number", digits=0),
        Column("money", "money", "EUR", digits=0),
        Column("price", "money", "EUR/g", digits=0),
    ]
    of_definitions = [
        Column("what", "text", "comparator"),
        Column("market", "text", "earlier_market"),
        Column("first", "date", "month"),
        Column("last", "date", "month"),
        Column("standing", "text", "standing"),
        Column("allows", "text", "allows"),
        Column("differs", "list", "difference"),
    ]
    kinds = dict.fromkeys(NUMBERS, float)
    table = pd.DataFrame(numbers, columns=["row", *(column.name for column in columns)]).astype(kinds)
    words = pd.DataFrame(definitions, columns=["row", *(column.name for column in of_definitions)])
    return (
        ResultTable("comparators", "public", columns, table),
        ResultTable("comparator-definitions", "public", of_definitions, words),
    )


def comparators(
    reference: str,
    comparators: str,
    comparators_description: str,
    comparator_definitions: str,
    comparator_definitions_description: str,
) -> None:
    """Check and pass on the reference table; a number without a source that was read stops the step."""
    numbers, definitions = comparators_tables(read_comparators(reference))
    write_result(numbers, comparators, comparators_description)
    write_result(definitions, comparator_definitions, comparator_definitions_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, comparators)
