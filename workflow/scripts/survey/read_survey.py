"""Read the survey export into one row per respondent, one per respondent and drug, the codebook and the flow."""

import logging
from pathlib import Path

from cryptodrug.database.parquet import write_table
from cryptodrug.files import write_json
from cryptodrug.snapshots import check_sum
from cryptodrug.survey.answers import clean, read_variables, without_holes
from cryptodrug.survey.exclusions import Flow, exclude, exclude_hurried, partial_of
from cryptodrug.survey.mapping import read_mapping
from cryptodrug.survey.open_export import open_export
from cryptodrug.survey.questionnaire import read_questionnaire
from cryptodrug.survey.respondents import codebook as make_codebook
from cryptodrug.survey.respondents import respondent_drug_table, respondent_table
from cryptodrug.survey.rules import Exclusion, Speeders

logger = logging.getLogger("cryptodrug.survey")


def read_survey(
    export: str,
    mapping: str,
    sha256: str,
    questionnaire: list[str],
    exclusions: list[dict],
    respondent: str,
    respondent_drug: str,
    codebook: str,
    flow: str,
    study: str,
    structure: str | None = None,
    speeders: dict | None = None,
) -> None:
    """Read what the questionnaire allows.

    1. The checksum is compared first: codes belong to one file, the same code can mean another answer in the next.
    2. Only the variables of the questionnaire are read, and none that is text. IP address, browser, e-mail, remarks
       and times never enter memory; the number of columns left out is logged. A quantity typed by hand becomes a number
       at once, or "not answered" where it is none (counted).
    3. Records are left out by the rules of the configuration, in order; each is counted. Those filled in too fast come
       last, and only where the configuration says so.
    4. Codes become the published categories (`age_band` = "18-24"); the code stays beside them (`age_band_code`).
    5. Missing answers keep their reason: -6 not asked, -7 don't know, -8 prefer not to say, -9 shown and not answered,
       -5 behind the last question that a respondent saw who left, -4 a hole that none of these explains (logged).

    Stops at a code or a label that the questionnaire does not know, text where codes should be, a respondent twice, a
    contact address in the export, a kept record that is neither complete nor partial.
    """
    check_sum(export, sha256)
    instrument = read_questionnaire(Path(questionnaire[0]).parent)
    rules = read_mapping(mapping, instrument)
    variables = read_variables(instrument, rules.absent)
    if rules.sha256:
        check_sum(export, rules.sha256)
    source = open_export(export, structure, instrument, rules, variables)
    codes, unread = clean(source, instrument, rules)
    kept, steps = exclude(codes, [Exclusion.model_validate(rule) for rule in exclusions], instrument)
    if speeders and speeders["exclude"]:
        kept, step = exclude_hurried(codes, kept, Speeders.model_validate(speeders), instrument)
        steps.append(step)
    codes = codes[kept]
    partial = partial_of(codes, rules.respondent)
    table = respondent_table(without_holes(codes, partial), partial, instrument, rules)
    book = make_codebook(source, table, unread, instrument, rules)
    way = Flow(len(kept), steps, len(table), int((~partial).sum()))
    logger.info("%d records, %d kept, %d of them partial", way.started, way.valid, way.valid - way.complete)
    logger.info("%d columns of the export are not in the questionnaire or text, and were not read", source.left)
    for name, variable in book["variables"].items():
        if holes := variable["missing"].get("missing:empty"):
            logger.warning("%s: %d answers are empty without a reason", name, holes)
    write_table(table, respondent, study)
    write_table(respondent_drug_table(table), respondent_drug, study)
    write_json(codebook, book)
    write_json(flow, way.plain())


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, read_survey)
