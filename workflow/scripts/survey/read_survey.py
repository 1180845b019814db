"""Read the survey export into one row per respondent, and its codebook."""

import logging

from cryptodrug.files import whole_file, write_json
from cryptodrug.snapshots import check_sum
from cryptodrug.survey.answers import codebook as make_codebook
from cryptodrug.survey.answers import respondent_table
from cryptodrug.survey.mapping import read_mapping
from cryptodrug.survey.read_sav import read_sav

logger = logging.getLogger("cryptodrug.survey")


def read_survey(export: str, mapping: str, sha256: str, respondent: str, codebook: str) -> None:
    """Read what the map allows.

    1. The checksum is compared first: a map belongs to one file, the same code can mean another answer in the next.
    2. Only the variables of the map are read. IP address, browser, e-mail, free text and times never enter memory; the
       number of columns left out is logged.
    3. Codes become the published categories (`age_band` = "18-24"); the code stays beside them (`age_band_code`).
    4. Missing answers keep their reason: `missing:-6` not asked, `missing:-7` don't know, `missing:-8` prefer not to
       say, `missing:-9` shown and not answered, `missing:drop-out` behind the last question seen, `missing:empty` a
       hole that none of these explains (logged).

    Stops at a code or a label that the map does not know, text where codes should be, a respondent twice.
    """
    check_sum(export, sha256)
    rules = read_mapping(mapping)
    allowed = [rules.respondent.column, rules.respondent.status, *(rules.column(name) for name in rules.variables)]
    source = read_sav(export, allowed)
    table = respondent_table(source, rules)
    book = make_codebook(source, rules, table)
    logger.info("%d respondents, %d of them partial", len(table), book["dropped_out"])
    logger.info("%d columns of the export are not in the map and were not read", source.left)
    for name, variable in book["variables"].items():
        if holes := variable["missing"].get("missing:empty"):
            logger.warning("%s: %d answers are empty without a reason", name, holes)
    with whole_file(respondent) as temporary:
        table.to_parquet(temporary, index=False)
    write_json(codebook, book)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, read_survey)
