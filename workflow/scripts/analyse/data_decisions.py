"""What the rules and the hand corrections did to the data, for the annex."""

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import Column, ResultTable, write_result


def data_decisions_table(entries: list[dict]) -> ResultTable:
    """One row per rule and table; counts only, never a text of a page."""
    rows = [
        {
            "row": f"{entry['rule']}-{entry['table']}",
            "rule": entry["rule"],
            "table": entry["table"],
            "rows": entry["rows"],
        }
        for entry in entries
    ]
    columns = [Column("rule", "text", "rule"), Column("table", "text", "table"), Column("rows", "count", "row")]
    return ResultTable(
        "data-decisions", "public", columns, pd.DataFrame(rows, columns=["row", "rule", "table", "rows"])
    )


def data_decisions(quality: str, data_decisions: str, data_decisions_description: str) -> None:
    """Rows met by each rule over all snapshots."""
    write_result(data_decisions_table(read_json(quality)), data_decisions, data_decisions_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, data_decisions)
