"""Compute the states of the findings from released values."""

from cryptodrug.files import write_json
from cryptodrug.findings import compute, read_definitions
from cryptodrug.joint import joint_display
from cryptodrug.release import read_values


def findings(
    values: str,
    definitions: str,
    findings: str,
    advice: str,
    simulated: bool,
    study: str,
    exhibits: str,
    anomalies: str | None = None,
    inferences: str | None = None,
) -> None:
    """Write the state of each finding and how each recommendation prints.

    1. Only released values are read: a hidden value gives the state `hidden`, never `open`.
    2. The end of an interval decides, not the point.
    3. A study that gives no advice (a historical archive) has no recommendations; a simulated one has no grades.
    4. Anomalies of the survey that the interviews were meant to clarify have their state here too: they are made of
       states and words, so that no table mixes survey and interviews. A condition on no column of any exhibit stops it.
    """
    released = read_values(values)
    data = compute(read_definitions(definitions), released, simulated) | {"study": study, "simulated": simulated}
    data["anomalies"] = joint_display(anomalies, inferences, released, exhibits) if anomalies else {}
    if advice == "none":
        data["recommendations"] = {}
    write_json(findings, data)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, findings)
