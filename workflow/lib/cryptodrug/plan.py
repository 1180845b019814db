"""What the Snakefile knows before any job starts: the study, its snapshots, its paths, its code."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptodrug.closure import closure
from cryptodrug.errors import InputError, SettingsError
from cryptodrug.files import read_json
from cryptodrug.provenance.records import LOCK, PROJECT, project_name
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.opinion_words import has_words
from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.settings.load import load_settings
from cryptodrug.settings.models import Settings
from cryptodrug.simulate.includes import files_of, read_with_includes
from cryptodrug.simulate.survey import FILES
from cryptodrug.snapshots import SnapshotRow, read_snapshots
from cryptodrug.survey.questionnaire import files_of as questionnaire_files

SCRIPTS = PROJECT / "workflow" / "scripts"
OBSERVED_KINDS = ("pages", "dump", "front", "vendors")
JUDGEMENTS = (
    "places.csv",
    "category_names.csv",
    "drug_classes.csv",
    "drug_words.csv",
    "quantities.csv",
    "shipping_words.csv",
    "market_names.csv",
)
SHOWN = ("ships_from_text", "ships_to_text")  # fields that not every kind of page shows, and that matter
OBSERVED_TABLES = ("page", *COLUMNS_OF)


def study_settings(config: dict[str, Any], given: Sequence[str | Path]) -> Settings:
    """The settings of the study: of the one file given with `--configfile`, or of config.yaml.

    Parameters
    ----------
    config : Snakemake's merged configuration.
    given : files given with `--configfile`.

    Raises
    ------
    SettingsError : more than one file, or single keys given with `--config`: what was built could then not be told
        from any one file.
    """
    if len(given) > 1:
        raise SettingsError(
            "more than one configuration was given",
            where=", ".join(str(path) for path in given),
            not_done="no job was started",
            do="give one file with --configfile; two are never merged",
        )
    if config and not given:
        raise SettingsError(
            "single settings were given on the command line",
            where=f"--config {' '.join(sorted(config))}",
            not_done="no job was started",
            do="write them into a configuration file and give it with --configfile",
        )
    return load_settings(given[0], PROJECT) if given else load_settings("config.yaml", PROJECT)


@dataclass(frozen=True)
class Plan:
    """The study as the rules need it."""

    settings: Settings
    snapshots: tuple[SnapshotRow, ...]

    @property
    def results(self) -> str:
        """Folder of everything made for this study."""
        return f"results/{self.settings.study.id}"

    def record(self, path: str) -> str:
        """Record of a made file, `path` relative to the results folder (wildcards allowed)."""
        return f"{self.results}/provenance/records/{path}.json"

    def archive(self, row: SnapshotRow) -> str:
        """Path of the file of a row of the snapshot table."""
        return (self.settings.archives_root / row.file).as_posix()

    def observed(self) -> list[SnapshotRow]:
        """Rows that are read into observed tables."""
        return [row for row in self.snapshots if row.kind in OBSERVED_KINDS]

    def row(self, market: str, date: str, slug: str, part: str | None = None) -> SnapshotRow:
        """The row that an observe job reads, or reads a part of."""
        return next(
            row
            for row in self.observed()
            if (row.market, str(row.snapshot_date), slug_of(row.file)) == (market, date, slug)
        )

    def part(self, name: str | None) -> tuple[int, int]:
        """Number of a part, from 1, and how many there are, from its name, `2-of-8`; None is the whole."""
        number, _, parts = (name or "1-of-1").partition("-of-")
        return int(number), int(parts)

    def observed_parts(self, market: str, date: str, slug: str) -> list[str]:
        """All files of the parts in which a row is read, part by part; only archives of pages are divided."""
        parts = self.settings.archives.parts if self.row(market, date, slug).kind == "pages" else 1
        names = [f"{table}.parquet" for table in OBSERVED_TABLES] + ["coverage.json"]
        folder = f"{self.results}/observed/{market}/{date}/{slug}/parts"
        return [f"{folder}/{number}-of-{parts}/{name}" for number in range(1, parts + 1) for name in names]

    def observed_tables(self, market: str, date: str, table: str) -> list[str]:
        """Observed tables of one kind for one market and date, in the order of the snapshot table."""
        return [
            f"{self.results}/observed/{market}/{date}/{slug_of(row.file)}/{table}.parquet"
            for row in self.observed()
            if (row.market, str(row.snapshot_date)) == (market, date)
        ]

    def observed_files(self, name: str) -> list[str]:
        """The file of this name that reading made of each row, in the order of the snapshot table."""
        return [
            f"{self.results}/observed/{row.market}/{row.snapshot_date}/{slug_of(row.file)}/{name}"
            for row in self.observed()
        ]

    def observed_snapshots(self) -> list[str]:
        """The snapshot of each of these files, as `<market>/<date>`."""
        return [f"{row.market}/{row.snapshot_date}" for row in self.observed()]

    def market_dates(self) -> list[tuple[str, str]]:
        """Every snapshot as (market, date), sorted."""
        return sorted({(row.market, str(row.snapshot_date)) for row in self.observed()})

    def rates(self, market: str) -> list[str]:
        """Files with daily rates that serve a market."""
        return [self.archive(row) for row in self.snapshots if row.kind == "rates" and row.market == market]

    def judgement_files(self) -> list[str]:
        """The files with rules that people decided."""
        folder = self.settings.judgements.folder
        return [(folder / name).as_posix() for name in JUDGEMENTS]

    def feedback_maximum(self, market: str, date: str) -> int | None:
        """How many feedbacks a page of this snapshot shows at most, when its market file says so."""
        maxima = [one.feedback_maximum for one in self._adapters(market, date)]
        return max((maximum for maximum in maxima if maximum is not None), default=None)

    def shown(self, market: str, date: str) -> dict[str, list[str]]:
        """The kinds of page of this snapshot that show an origin and a destination, by its market files."""
        adapters = self._adapters(market, date)
        return {field: sorted({kind for one in adapters for kind in one.kinds_showing(field)}) for field in SHOWN}

    def templates(self) -> dict[str, list[tuple[str, str]]]:
        """Kind and layout of every rule of the market files of each market, in their order."""
        files: dict[str, set[str]] = {}
        for row in self.observed():
            files.setdefault(row.market, set()).add(row.adapter)
        read = {name: [read_adapter(PROJECT / adapter_path(one)) for one in sorted(files[name])] for name in files}
        return {
            name: [(rule.kind, rule.layout) for one in adapters for rule in (*one.pages, *one.tables)]
            for name, adapters in sorted(read.items())
        }

    def _adapters(self, market: str, date: str) -> list[Adapter]:
        """The market files that read a snapshot."""
        names = {row.adapter for row in self.observed() if (row.market, str(row.snapshot_date)) == (market, date)}
        return [read_adapter(PROJECT / adapter_path(name)) for name in sorted(names)]

    @property
    def survey_file(self) -> list[str]:
        """The survey export, or nothing."""
        survey = self.settings.survey
        return [(self.settings.archives_root / survey.file).as_posix()] if survey else []

    @property
    def interview_files(self) -> list[str]:
        """The projects of the coded interviews, or nothing."""
        interviews = self.settings.interviews
        return (
            [(self.settings.archives_root / one.file).as_posix() for one in interviews.projects] if interviews else []
        )

    def sources(self) -> list[dict[str, str | None]]:
        """Export of the survey and projects of the interviews, as the ledger names them."""
        survey, interviews = self.settings.survey, self.settings.interviews
        files = [("survey", survey)] if survey else []
        files += [("interviews", one) for one in interviews.projects] if interviews else []
        return [
            {"name": one.file.as_posix(), "kind": kind} | one.model_dump(include={"sha256", "source", "licence"})
            for kind, one in files
        ]

    def maps(self) -> list[str]:
        """What says how export and projects are read; no register of quotations, which holds words of people."""
        survey, interviews = self.settings.survey, self.settings.interviews
        paths = [survey.mapping, survey.structure] if survey else []
        paths += [interviews.mapping, interviews.codebook] if interviews else []
        return [*self.questionnaire(), *(path.as_posix() for path in paths if path)]

    def questionnaire(self) -> list[str]:
        """Both tables of the questionnaire, or nothing."""
        survey = self.settings.survey
        return questionnaire_files(survey.questionnaire) if survey else []

    def simulated_surveys(self) -> list[str]:
        """Survey exports that the simulator makes; that of the configuration is among them."""
        return [(self.settings.archives_root / name).as_posix() for name in FILES]

    def scenario_parts(self) -> list[str]:
        """Files that the scenario names, and the questionnaire of its survey."""
        scenario = self.settings.simulation.scenario
        parts = [project_name(path) for path in files_of(PROJECT / scenario, _refuse_scenario)]
        folder = read_with_includes(PROJECT / scenario, _refuse_scenario)["survey"]["questionnaire"]
        return [part for part in parts if part != scenario.as_posix()] + questionnaire_files(folder)

    def released(self, release: str) -> list[str]:
        """Ids of the tables that the gate has let pass."""
        return sorted(name for name, entry in read_json(release)["tables"].items() if entry["status"] != "withheld")

    def released_files(self, tables: Sequence[str], passed: Sequence[str]) -> list[str]:
        """Description and rows of those of `tables` that the gate has let pass: the description first."""
        wanted = [table for table in tables if table in passed]
        return [f"{self.results}/tables/{table}.{ending}" for table in wanted for ending in ("json", "csv")]

    def records_before_gate(self) -> list[str]:
        """One record of each job in front of the gate that stands for a snapshot, the database or the survey."""
        paths = [path.removeprefix(f"{self.results}/") for path in self.observed_files("page.parquet")]
        paths += [f"harmonised/{market}/{date}/listing.parquet" for market, date in self.market_dates()]
        paths += [path.removeprefix(f"{self.results}/") for path in self.feedback_languages()]
        if self.settings.markets:
            paths.append("database/listing.parquet")
        if self.settings.survey:
            paths.append("database/respondent.parquet")
        if self.settings.interviews:
            paths.append("database/interview_code.parquet")
        return [self.record(path) for path in paths]

    def with_words(self, market: str) -> list[SnapshotRow]:
        """Rows of a market whose pages show the words of opinions."""
        adapters = {row.adapter for row in self.observed() if row.market == market}
        showing = {name for name in adapters if has_words(read_adapter(PROJECT / adapter_path(name)))}
        return [row for row in self.observed() if row.market == market and row.adapter in showing]

    def feedback_languages(self) -> list[str]:
        """The languages of opinions, by market; a market that shows no words has none."""
        markets = sorted({row.market for row in self.observed()})
        return [
            f"{self.results}/harmonised/{name}/feedback_languages.parquet" for name in markets if self.with_words(name)
        ]

    def harmonised(self, table: str, ending: str = "parquet") -> list[str]:
        """One harmonised file per snapshot."""
        return [f"{self.results}/harmonised/{market}/{date}/{table}.{ending}" for market, date in self.market_dates()]


def _refuse_scenario(what: str) -> SettingsError:
    return SettingsError(
        f"the scenario cannot be used: {what}",
        where="`simulation.scenario` of the configuration",
        not_done="no job was started",
        do="mend the file named above",
    )


def adapter_path(name: str) -> str:
    """The market file of an adapter."""
    return f"workflow/markets/{name}.yaml"


def slug_of(file: str) -> str:
    """The file of a snapshot as part of a path of ours."""
    return re.sub(r"[^a-z0-9]+", "-", file.lower()).strip("-")


def code(script: str) -> list[str]:
    """The script (path below `workflow/scripts`), every project module it imports, and the lock.

    The lock is there so that new versions of packages make everything again.
    """
    return [*(_known_name(path) for path in closure(SCRIPTS / script)), _known_name(LOCK)]


@functools.cache
def _known_name(path: Path) -> str:
    """The name of a module: most rules name the same ones."""
    return project_name(path)


def _missing_archives(settings: Settings, rows: Sequence[SnapshotRow]) -> InputError | None:
    """Whether input that nobody makes is absent."""
    wanted = [settings.archives_root / row.file for row in rows]
    if settings.survey:
        wanted.append(settings.archives_root / settings.survey.file)
    if settings.interviews:
        wanted += [settings.archives_root / one.file for one in settings.interviews.projects]
    absent = [path for path in wanted if not (PROJECT / path).exists()]
    if not absent:
        return None
    return InputError(
        f"{len(absent)} of {len(wanted)} input files of the study {settings.study.id} are not there",
        where=f"expected below `archives_root: {settings.archives_root}` (first: {absent[0]})",
        not_done="no job was started",
        do="put the archives there, or name their folder in `archives_root` of the study's configuration",
    )


def make_plan(config: dict[str, Any], given: Sequence[str | Path] = ()) -> Plan:
    """Read settings and snapshot table; refuse a study whose input is not there before any job starts."""
    settings = study_settings(config, given)
    rows = tuple(
        row
        for row in (read_snapshots(PROJECT / settings.snapshots) if settings.markets else ())
        if row.snapshot_date is None or settings.period.first <= row.snapshot_date <= settings.period.last
    )
    if settings.simulation is None and (error := _missing_archives(settings, rows)):
        raise error
    known = {market.id for market in settings.markets}
    if strangers := sorted({row.market for row in rows} - known):
        raise SettingsError(
            f"the snapshot table names markets that the configuration does not: {', '.join(strangers)}",
            where=str(settings.snapshots),
            not_done="no job was started",
            do="add them to `markets` or take their rows out of the table",
        )
    if settings.markets and not any(row.kind in OBSERVED_KINDS for row in rows):
        raise SettingsError(
            f"no snapshot lies between {settings.period.first} and {settings.period.last}",
            where=str(settings.snapshots),
            not_done="no job was started",
            do="add snapshots to the table, or correct `period`",
        )
    for name in sorted({row.adapter for row in rows if row.kind in OBSERVED_KINDS}):
        read_adapter(PROJECT / adapter_path(name))  # its faults are said now, not in the middle of the run
    return Plan(settings, rows)
