"""Over what range the headlines move when judgements are made otherwise."""

from cryptodrug.derived import derived_csv, derived_json, row_values
from cryptodrug.files import write_json, write_text
from cryptodrug.headlines import COLUMNS, SOURCE, TABLE, summary_rows
from cryptodrug.release import SCHEMA, read_tables, read_values


def specification_summary(
    values: str, tables: list[str], csv: str, json: str, numbers: str, study: str, simulated: bool
) -> None:
    """Write the range of each headline over all released combinations.

    1. Combinations that the gate withheld are not counted; without the combination of the report nothing is said.
    2. The judgement that moves a headline most is found by changing each alone.
    3. Growth leads to the same conclusion when all intervals lie on the same side of one, or all on both sides.
    """
    source = read_tables(tables).get(SOURCE)
    rows = summary_rows(source.rows, read_values(values)) if source else []
    write_text(csv, derived_csv(COLUMNS, rows, study, simulated))
    write_json(json, derived_json(TABLE, COLUMNS, study, simulated, ["alone"]))
    head = {"schema": SCHEMA, "study": study, "simulated": simulated}
    write_json(numbers, head | {"values": row_values(TABLE, COLUMNS, rows)})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, specification_summary)
