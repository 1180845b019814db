"""Processor time of everything about buyers on the demo: reading, careers, analyses, interviews. `make bench-buyers`.

Each job runs in a process of its own with its imports, as in the workflow, on the export and the project of the demo,
which are made if need be. What counts is processor time, which hardly changes with what else the machine does; divided
by two it is the time that two free cores need.
"""

import inspect
import json
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from analyses import CORES, ROOT, Run, timed
from cryptodrug.settings.load import load_settings
from cryptodrug.settings.models import Settings
from cryptodrug.survey.questionnaire import files_of

SCRIPTS = ROOT / "workflow" / "scripts"
sys.path.insert(0, str(SCRIPTS))
RULES = ("survey", "respondents", "buyers", "careers", "purchases", "interviews")
# only of surveys that anybody may have
PUBLIC = ("recency_by_drug", "weighted_shares")
FIRST = ("read_survey", "derive_careers", "read_interviews")
TARGET = 12  # seconds by two cores


def jobs() -> dict[str, str]:
    """Function -> module of every job, those first that others read."""
    texts = [(ROOT / "workflow" / "rules" / f"{name}.smk").read_text(encoding="utf-8") for name in RULES]
    found = re.findall(r"scripts/(\w+)/(\w+)\.py", "\n".join(texts))
    modules = {name: f"{folder}.{name}" for folder, name in found if name not in PUBLIC}
    return {name: modules[name] for name in (*FIRST, *(one for one in modules if one not in FIRST))}


def inputs_of(settings: Settings, made: Path) -> dict[str, dict[str, Any]]:
    """What rules give their jobs, by the names of parameters; the empty key stands for all other jobs."""
    survey, interviews = settings.survey, settings.interviews
    assert survey is not None
    assert survey.careers is not None
    assert interviews is not None
    speeders = survey.speeders.model_dump() if survey.speeders else None
    everywhere: dict[str, Any] = settings.analysis.model_dump() | {
        "study": settings.study.id,
        "smallest": settings.disclosure.respondents.minimum_count,
        "margin": survey.careers.equivalence_margin,
        "categories": survey.items,
        "speeders": speeders,
        "invited": survey.invited,
        "domain": "respondents",
    }
    export = {
        "export": str(ROOT / settings.archives_root / survey.file),
        "mapping": str(ROOT / survey.mapping),
        "sha256": survey.sha256,
        "questionnaire": files_of(ROOT / survey.questionnaire),
        "exclusions": [rule.model_dump() for rule in survey.exclusions],
        "structure": None,
    }
    coded = {
        "codebook": str(ROOT / interviews.codebook),
        "mapping": str(ROOT / interviews.mapping),
        "themes": str(ROOT / interviews.themes),
    }
    projects = {
        "projects": [str(ROOT / settings.archives_root / one.file) for one in interviews.projects],
        "sha256": [one.sha256 for one in interviews.projects],
        "coders": [one.coder for one in interviews.projects],
        "quotations": str(ROOT / interviews.quotations) if interviews.quotations else None,
    }
    own = {
        "read_survey": export | {"codebook": str(made / "survey-codebook")},
        "read_interviews": coded | projects,
        "interview_themes": coded,
        "interview_coding": coded,
    }
    return own | {"": everywhere | {"codebook": str(made / "survey-codebook")}}


def arguments(name: str, module: str, given: dict[str, dict[str, Any]], made: Path) -> dict[str, Any]:
    """All parameters of a job: what a rule gives, else a file of this run by that name."""
    known = given[""] | given.get(name, {})
    parameters = inspect.signature(getattr(import_module(module), name)).parameters
    return {one: known.get(one, str(made / one)) if one in known else str(made / one) for one in parameters}


def measure_all() -> list[Run]:
    """Every job once. What they make is thrown away."""
    settings = load_settings(ROOT / "config.yaml", ROOT)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        given = inputs_of(settings, made)
        return [timed(job, module, json.dumps(arguments(job, module, given, made))) for job, module in jobs().items()]


def build_inputs() -> None:
    """The export of the demo's survey and the projects of its interviews; nothing to do where they are there."""
    settings = load_settings(ROOT / "config.yaml", ROOT)
    assert settings.survey is not None
    export = str(settings.archives_root / settings.survey.file)
    command = [sys.executable, "-m", "snakemake", "--cores", str(CORES), export]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


SECTION = """## Survey and interviews

The {jobs} jobs of the demo about buyers, from the export and the coded interviews to all result tables, each in a
process of its own, imports and all: {seconds:.0f} s of processor time, {wall:.0f} s for {cores} cores that have nothing
else to do. Target: at most {target} s. The slowest: {slowest}.
To load the table library, which each of them does, takes {library:.2f} s.
"""


def section() -> str:
    """The section of docs/performance.md."""
    build_inputs()
    runs = sorted(measure_all(), key=lambda one: -one.seconds)
    seconds = sum(run.seconds for run in runs)
    return SECTION.format(
        jobs=len(runs),
        seconds=seconds,
        wall=seconds / CORES,
        cores=CORES,
        target=TARGET,
        slowest=", ".join(f"{run.analysis.replace('_', ' ')} {run.seconds:.1f} s" for run in runs[:3]),
        library=timed("DataFrame", "pandas", "{}").seconds,
    )


def main() -> None:
    """Print a line for each job, the slowest first, and the section."""
    build_inputs()
    for run in sorted(measure_all(), key=lambda one: -one.seconds):
        print(f"{run.seconds:6.2f} s {run.memory:6.0f} MB  {run.analysis}")
    print(section())


if __name__ == "__main__":
    main()
