"""Read the coded interviews into tables, and the register of quotations into what may be printed of them."""

import logging

from cryptodrug.database.parquet import write_table
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import validate
from cryptodrug.files import write_json
from cryptodrug.interviews.codebook import read_codebook
from cryptodrug.interviews.mapping import read_interview_map
from cryptodrug.interviews.project import read_project
from cryptodrug.interviews.quotations import check_register, quotation_table, read_register, refuse_faults
from cryptodrug.interviews.redaction import faults_of, passages_of
from cryptodrug.interviews.tables import coding_table, interview_table, interviews_of
from cryptodrug.snapshots import check_sum

logger = logging.getLogger("cryptodrug.interviews")


def read_interviews(
    projects: list[str],
    sha256: list[str],
    coders: list[str | None],
    codebook: str,
    mapping: str,
    interview: str,
    interview_code: str,
    quotation: str,
    citable: str,
    study: str,
    quotations: str | None = None,
) -> None:
    """Read what the coders marked.

    1. The checksum of each project is compared first: a map belongs to one file.
    2. Codes are matched with the code book by id, path or name. One that marks a passage and cannot be told stops the
       reading, all of them at once.
    3. The direction of a passage (`no`, `both`) is a code beside its own; without one it is `yes`.
    4. Every coder must be known, every source must be a known interview; a name of a person is no number of one.
    5. No words of a passage enter a table. The words of a quotation go to the release gate only with state, and
       only after the register was checked: steps, consent, redaction list, numbers, words in common with passages.

    Stops at a project that is damaged, unsafe or no REFI-QDA.
    """
    read = []
    for path, expected in zip(_listed(projects), sha256, strict=True):
        check_sum(path, expected)
        read.append(read_project(path))
        _log(read[-1])
    book, rules = read_codebook(codebook), read_interview_map(mapping)
    codings = coding_table(read, coders, rules, book)
    table = interview_table(read, rules, codings)
    logger.info("%d interviews, %d codings", len(table), len(codings))
    texts = {one.interview: one.text for one in interviews_of(read, rules).values()}
    register = read_register(quotations) if quotations else None
    if register:
        sensitive = {code.code: code.sensitive for code in book if code.kind == "code"}
        check_register(register, set(table["interview"]), sensitive, quotations)
        refuse_faults(list(faults_of(register, passages_of(codings, texts))), quotations)
    _write(table, "interview", interview, study)
    _write(codings, "interview_code", interview_code, study)
    known = register.quotations if register else []
    _write(quotation_table(known), "quotation", quotation, study)
    write_json(citable, {one.id: {"state": one.state, "text": one.text if one.citable else {}} for one in known})


def _listed(paths: str | list[str]) -> list[str]:
    return [paths] if isinstance(paths, str) else paths


def _log(project) -> None:
    logger.info("%s: %d codes, %d sources, %d codings", project.path.name, *_sizes(project))
    for kind, count in sorted(project.left.items()):
        logger.warning("%s: not read: %d times %s", project.path.name, count, kind)
    for note in project.notes:
        logger.warning("%s", note)


def _sizes(project) -> tuple[int, int, int]:
    return len(project.codes), len(project.sources), len(project.codings)


def _write(table, name: str, path: str, study: str) -> None:
    write_table(validate(table, TABLES[name]), path, study)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, read_interviews)
