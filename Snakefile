"""From archived pages, a survey export and coded interviews to every table, figure and document of a study.

`snakemake --cores 4` builds the demo; `--configfile studies/<study>/study.yaml` another study. Exactly one
configuration is read. Data walk one way: archive, observe, harmonise, database, analyse, release gate, and behind it
figures and documents, which read released tables and values only.
"""

import sys

from cryptodrug.errors import StudyError
from cryptodrug.plan import OBSERVED_TABLES, code, make_plan

try:
    PLAN = make_plan(config, workflow.overwrite_configfiles)
except StudyError as error:
    print(error, file=sys.stderr)
    sys.exit(2)

SETTINGS = PLAN.settings
RESULTS = PLAN.results


container: "docker://python:3.11-slim"


wildcard_constraints:
    market="[a-z0-9-]+",
    date=r"\d{4}-\d{2}-\d{2}",
    slug="[a-z0-9-]+",
    part=r"\d+-of-\d+",
    figure="[a-z0-9-]+",
    language="en|nl|fr",
    document="[A-Za-z0-9-]+",
    ending="pdf|docx|html",


include: "workflow/rules/common.smk"
include: "workflow/rules/simulate.smk"


if SETTINGS.markets:

    include: "workflow/rules/observe.smk"
    include: "workflow/rules/harmonise.smk"
    include: "workflow/rules/database.smk"
    include: "workflow/rules/coverage.smk"
    include: "workflow/rules/offer.smk"
    include: "workflow/rules/sales.smk"
    include: "workflow/rules/vendors.smk"


include: "workflow/rules/survey.smk"
include: "workflow/rules/respondents.smk"


if SETTINGS.survey and SETTINGS.survey.careers:

    include: "workflow/rules/buyers.smk"
    include: "workflow/rules/careers.smk"
    include: "workflow/rules/purchases.smk"


include: "workflow/rules/interviews.smk"
include: "workflow/rules/profiles.smk"
include: "workflow/rules/release.smk"
include: "workflow/rules/truth.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/documents.smk"
include: "workflow/rules/provenance.smk"


localrules:
    reports,
    tables,
    figures,
    site,
    provenance,


rule reports:
    """Everything of the study: documents, tables, figures, database, public ledger."""
    default_target: True
    input:
        **({"database": f"{RESULTS}/database/markets.duckdb"} if SETTINGS.markets else {}),
        documents=DOCUMENT_FILES,
        figures=delivered_figures,
        ledger=f"{RESULTS}/provenance/public-ledger.json",


rule tables:
    """All released tables and values."""
    input:
        released=released_tables,
        derived=DERIVED_TABLES,
        truth=ANNEX_TABLES,
        values=f"{RESULTS}/values.json",


rule figures:
    """All figures of released tables, in all languages."""
    input:
        figures=delivered_figures,


rule site:
    """The web pages of all documents."""
    input:
        pages=[path for path in DOCUMENT_FILES if path.endswith(".html")],


rule provenance:
    """The public ledger."""
    input:
        ledger=f"{RESULTS}/provenance/public-ledger.json",
