"""Shared by several stages: outputs of an analysis, what the gate has released, which figures there are.

Everything behind the release gate names its inputs through `released`, which asks the checkpoint.
"""

from pathlib import Path

from cryptodrug.release import study_label

# tables that go to the gate, and the first one of each analysis: its record stands for the job
RESULT_TABLES, RECORDED_TABLES = [], []
DRAWING = dict(draws=SETTINGS.analysis.draws, seed=SETTINGS.analysis.seed, level=SETTINGS.analysis.level)
# how the study is named inside files
STUDY_LABEL = study_label(SETTINGS.study.id, SETTINGS.study.simulated)


def received(path):
    """An input as received: `ancient`, since its checksum counts and not its date; not so where we make it ourselves."""
    return path if SETTINGS.simulation else ancient(path)


def result(*tables):
    """Outputs of an analysis: rows and description of each table, named as its function names them, and the record.

    The tables go to the release gate; the record, which is the first one's, to the ledger.
    """
    RESULT_TABLES.extend(tables)
    RECORDED_TABLES.append(tables[0])
    made = {}
    for table in tables:
        name = table.replace("-", "_")
        made[name] = f"{RESULTS}/internal/{table}.parquet"
        made[f"{name}_description"] = f"{RESULTS}/internal/{table}.json"
    return made | {"record": PLAN.record(f"internal/{tables[0]}.parquet")}


def released(wildcards):
    """Ids of the tables that the gate has let pass."""
    return PLAN.released(checkpoints.release_gate.get().output.release)


def released_tables(wildcards):
    """Both files of every released table."""
    return [f"{RESULTS}/tables/{table}.{ending}" for table in released(wildcards) for ending in ("csv", "json")]


def released_figures(wildcards):
    """Figures whose tables have all passed the gate."""
    passed = {*released(wildcards), *DERIVED}
    return sorted(figure for figure, tables in FIGURES.items() if set(tables) <= passed)


def released_inputs(wildcards):
    """Released tables of a figure; asks the gate."""
    return PLAN.released_files(FIGURES[wildcards.figure], [*released(wildcards), *DERIVED])


def delivered_figures(wildcards):
    """Every figure in every language and form, with its chain inside."""
    return [
        f"{RESULTS}/figures/{figure}.{language}.{ending}"
        for figure in released_figures(wildcards)
        for language in SETTINGS.languages
        for ending in ("svg", "png")
    ]


def exhibit_records(wildcards):
    """Records of what is made behind the gate and has a caption: captions print their ids."""
    drawn = [PLAN.record(f"figures/drawn/{figure}.en.svg") for figure in released_figures(wildcards)]
    # the last of two records with one name counts: the picture, where a table has one
    return DERIVED_RECORDS + drawn + ANNEX_RECORDS


def drawn_figures(wildcards):
    """Pictures of the language of a document: SVG for PDF and web, PNG for Word."""
    ending = "png" if wildcards.ending == "docx" else "svg"
    language = DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].language
    return [f"{RESULTS}/figures/drawn/{figure}.{language}.{ending}" for figure in released_figures(wildcards)]


def records_of_study(wildcards):
    """One record of each job: its content changes exactly when the content id of the job does."""
    return PLAN.records_before_gate() + [
        PLAN.record("values.json"),
        PLAN.record("findings.json"),
        *DERIVED_RECORDS,
        *ANNEX_RECORDS,
        *[PLAN.record(f"figures/drawn/{figure}.en.svg") for figure in released_figures(wildcards)],
        *[PLAN.record(path.removeprefix(f"{RESULTS}/")) for path in DOCUMENT_FILES],
    ]
