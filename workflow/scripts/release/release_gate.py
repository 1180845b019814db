"""Decide what may be published, for all tables of the study together."""

import logging

from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.errors import DisclosureError
from cryptodrug.files import read_json, sha256_of, write_json, write_text
from cryptodrug.gate import csv_text, judge_together, table_json, table_values
from cryptodrug.interviews.citing import released_quotations
from cryptodrug.provenance.records import content_id
from cryptodrug.release import SCHEMA
from cryptodrug.results import read_result

logger = logging.getLogger("cryptodrug.release")


def exhibit_id(rows: str, description: str) -> str:
    """Id of a released table as captions print it: made of its released bytes alone.

    The record of the gate has an id of all internal tables; it changes with any of them, also when nothing that is
    published does.
    """
    return content_id({}, {}, "", {"csv": sha256_of(rows), "json": sha256_of(description)})


def release_gate(
    internal: list[str],
    descriptions: list[str],
    rules: dict,
    study: str,
    simulated: bool,
    csv: list[str],
    json: list[str],
    values: str,
    release: str,
    quotations: str,
    citable: str | None = None,
) -> None:
    """Judge every internal table; write tables, values and the list of decisions.

    1. A column or value that could hold a text of a page, a name or an answer stops the gate: nothing is released.
    2. Cells that rest on too few vendors or respondents are hidden, with every estimate and interval that would give
       them back; then further cells, until an attacker with all sums of the table cannot narrow a small one down.
    3. Counts of which one holds the other, in two tables, must not differ by a small one: one of them is hidden.
    4. A table that cannot be made safe, or has no rows, is withheld; `release.json` says so and why.
    5. Of interviews no words pass but quotations that the register has approved; of the others the state alone.
    6. Estimates are written with twelve significant digits: more would be noise of the machine.
    """
    limits = DisclosureRules.model_validate(rules)
    decisions, all_values = {}, {}
    tables = [read_result(rows, description) for rows, description in zip(internal, descriptions, strict=True)]
    for judged, csv_path, json_path in zip(judge_together(tables, limits), csv, json, strict=True):
        write_text(csv_path, csv_text(judged, study, simulated))
        write_json(json_path, table_json(judged, study, simulated))
        name = judged.table.table
        if name in decisions:
            raise DisclosureError(
                "two analyses made a table of the same name",
                where=name,
                not_done="nothing was released",
                do="give each result table its own id",
            )
        if judged.status != "withheld":
            all_values |= table_values(judged)
        decisions[name] = {
            "domain": judged.table.domain,
            "status": judged.status,
            "reason": judged.reason,
            "hidden": len(judged.hidden),
            "sha256": sha256_of(csv_path),
            "id": exhibit_id(csv_path, json_path),
        }
        logger.info("%s: %s, %d cells hidden", name, judged.status, len(judged.hidden))
    head = {"schema": SCHEMA, "study": study, "simulated": simulated}
    write_json(values, head | {"values": all_values})
    write_json(release, head | {"tables": decisions})
    write_json(quotations, head | {"quotations": released_quotations(read_json(citable) if citable else {})})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, release_gate)
