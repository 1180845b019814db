"""What the rules and the hand corrections did to the data, for the annex."""

import re

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import Column, ResultTable, write_result

STATUS = re.compile(r"^page-http-\d+$")


def data_decisions_table(entries: list[dict]) -> ResultTable:
    """One row per rule and table; counts only, never a text of a page. Answers of servers are counted together."""
    totals: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (STATUS.sub("page-http-status", entry["rule"]), entry["table"])
        totals[key] = totals.get(key, 0) + entry["rows"]
    rows = [
        {"row": f"{rule}-{table}", "rule": rule, "table": table, "rows": number}
        for (rule, table), number in totals.items()
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
