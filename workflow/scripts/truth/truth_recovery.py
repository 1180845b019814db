"""Set released numbers beside what is true, for the annex of a simulated study."""

from pathlib import Path

from cryptodrug.files import write_json, write_text
from cryptodrug.release import SCHEMA, read_values, study_label
from cryptodrug.truth.annex import annex_csv, annex_json, annex_rows, read_main, summary_values
from cryptodrug.truth.compare import compare, read_truth, summary


def truth_recovery(
    values: str, truth: list[str], definitions: str, main: str, csv: str, json: str, recovered: str, study: str
) -> None:
    """Write the annex table and the counts that the text prints.

    1. Only released values are read, and the truth: what the gate withheld has no estimate here either.
    2. An interval is judged against the value of the scenario where it speaks of vendors who might have been there,
       else against that of the study's own world (`definitions.csv`). Ends count as inside.
    3. The counts are of all released numbers, the table holds the main ones.
    """
    tables, known = read_truth(Path(definitions).parent)
    compared = compare(read_values(values).values(), tables, known)
    rows = annex_rows(compared, read_main(main))
    write_text(csv, annex_csv(rows, study_label(study, True)))
    write_json(json, annex_json(rows, study))
    head = {"schema": SCHEMA, "study": study, "simulated": True}
    write_json(recovered, head | {"values": summary_values(summary(compared))})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, truth_recovery)
