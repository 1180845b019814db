"""The results of many simulated studies, for the annex of this one."""

from cryptodrug.files import write_json, write_text
from cryptodrug.release import SCHEMA, read_values, study_label
from cryptodrug.truth.recovered import read_scores, recovery_csv, recovery_json, recovery_rows, recovery_values


def recovery_table(scores: str, values: str, csv: str, json: str, numbers: str, study: str) -> None:
    """Write the table and the numbers that the text prints.

    1. The results are those of `make recovery`, as committed: they take too long to be made with each build.
    2. Only the case that is the study itself, and only numbers that it releases with an interval.
    """
    found = read_scores(scores, read_values(values).values())
    write_text(csv, recovery_csv(recovery_rows(found), study_label(study, True)))
    write_json(json, recovery_json(study))
    write_json(numbers, {"schema": SCHEMA, "study": study, "simulated": True, "values": recovery_values(found)})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, recovery_table)
