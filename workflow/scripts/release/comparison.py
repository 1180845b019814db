"""Set the numbers of this study beside those of earlier ones."""

from cryptodrug.comparators import read_comparators
from cryptodrug.comparison import COLUMNS, TABLE, comparison_counts, comparison_rows
from cryptodrug.derived import count_values, derived_csv, derived_json
from cryptodrug.files import write_json, write_text
from cryptodrug.release import SCHEMA, read_values


def comparison(
    values: str, earlier: str, csv: str, json: str, numbers: str, study: str, simulated: bool, focus: str, markets: list
) -> None:
    """Write the table and the counts that the text prints.

    1. Only released values are compared; a withheld one is left out.
    2. An earlier number whose definition allows an order of magnitude only is not judged by our interval.
    3. An earlier number from a market of this study checks the method and is no comparison.
    4. A simulated study is set beside invented numbers alone: nothing real stands beside what is simulated.
    """
    rows = comparison_rows(read_comparators(earlier, simulated), read_values(values), focus, markets)
    write_text(csv, derived_csv(COLUMNS, rows, study, simulated))
    write_json(json, derived_json(TABLE, COLUMNS, study, simulated, ["relation"]))
    counted = count_values(TABLE, comparison_counts(rows)) if rows else {}
    write_json(numbers, {"schema": SCHEMA, "study": study, "simulated": simulated, "values": counted})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, comparison)
