"""Buyers in simulated studies: the survey as a study reads it, its shares against those who might have answered."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.careers.table import career_table
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.estimators import Estimate, analysis, estimates_of
from cryptodrug.recovery.superpopulation import APART, Parameter
from cryptodrug.settings.models import Settings
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.sav import export_sav
from cryptodrug.simulate.survey.truth import drawn
from cryptodrug.survey.answers import clean, read_variables, without_holes
from cryptodrug.survey.exclusions import exclude, partial_of
from cryptodrug.survey.mapping import Mapping as Map
from cryptodrug.survey.mapping import read_mapping
from cryptodrug.survey.profile import respondent_profile_table
from cryptodrug.survey.questionnaire import CODED, Questionnaire, read_questionnaire
from cryptodrug.survey.read_sav import read_sav
from cryptodrug.survey.respondents import respondent_table
from cryptodrug.truth.buyers import categories_of, many_people, questions_of

BATCHES, GROUPS = 20, 10  # groups of respondents from whom the parameters are counted: so many times so many
ESTIMATED = ("share", "share_before", "share_now", "difference", "median")
# analyses of the answers of respondents: script and its tables with intervals
OF_ANSWERS = {
    "risk_awareness": ("risk_awareness_table",),
    "market_closures": ("market_closures_table",),
    "vendor_choice": ("vendor_choice_table", "barriers_table"),
    "experience": ("experience_table", "experience_comparison_table"),
    "practice_levels": ("practice_levels_table",),
    "information_sources": ("information_sources_table",),
    "change_by_drug": ("change_by_drug_table", "amount_by_drug_table", "escalation_by_drug_table"),
}


@dataclass(frozen=True)
class Reading:
    """How a survey is read: its questionnaire, the map of the export, the rules for records that are left out."""

    settings: Settings
    instrument: Questionnaire
    rules: Map

    def respondents(self, export: bytes) -> pd.DataFrame:
        """One row per kept respondent, as `scripts/survey/read_survey.py` makes it."""
        variables = read_variables(self.instrument, self.rules.absent)
        typed = [self.rules.column(name) for name in variables if self.instrument.questions[name].type == "number"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "survey.sav"
            path.write_bytes(export)
            source = read_sav(path, [self.rules.column(name) for name in variables], typed)
        codes, _ = clean(source, self.instrument, self.rules)
        kept, _ = exclude(codes, self.settings.survey.exclusions, self.instrument)
        codes = codes[kept]
        partial = partial_of(codes, self.rules.respondent)
        return respondent_table(without_holes(codes, partial), partial, self.instrument, self.rules)

    def codebook(self) -> dict:
        """Categories of the answers to each coded question, as the code book of a study has them."""
        coded = [name for name, question in self.instrument.questions.items() if question.type in CODED]
        return {
            "variables": {
                name: {"answers": [{"category": one} for one in self.rules.published(self.instrument, name).values()]}
                for name in coded
            }
        }


@lru_cache(maxsize=1)
def _reading(questionnaire: str, mapping: str) -> tuple[Questionnaire, Map]:
    instrument = read_questionnaire(PROJECT / questionnaire)
    return instrument, read_mapping(PROJECT / mapping, instrument)


def reading_of(settings: Settings) -> Reading:
    """The way the study reads its survey."""
    return Reading(settings, *_reading(str(settings.survey.questionnaire), str(settings.survey.mapping)))


def estimates_of_buyers(respondents: Respondents, reading: Reading, level: float) -> Iterator[Estimate]:
    """Every share of respondents, and every balance of rises and falls, that has an interval and a true value."""
    table = reading.respondents(export_sav(respondents))
    careers, survey = career_table(table), reading.settings.survey
    smallest, margin = reading.settings.disclosure.respondents.minimum_count, survey.careers.equivalence_margin
    yield from estimates_of(respondent_profile_table(table, survey.items, level))
    yield from estimates_of(analysis("career_summary").career_summary_table(careers, smallest, level))
    yield from estimates_of(analysis("range_change").range_change_table(careers, smallest, level))
    yield from estimates_of(analysis("frequency_change").frequency_change_table(careers, margin, smallest, level))
    yield from estimates_of(analysis("first_purchase").first_purchase_table(table, reading.codebook(), level))
    for script in ("purchase_practice", "losses"):
        made = getattr(analysis(script), f"{script}_table")
        yield from estimates_of(made(table, reading.codebook(), smallest, level))
    yield from estimates_of(analysis("purchase_practice").amount_paid_table(table, level))
    for script, names in OF_ANSWERS.items():
        for name in names:
            yield from estimates_of(getattr(analysis(script), name)(table, smallest, level))


def _flat(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, float]]:
    for name, table in tables.items():
        for column in [column for column in ESTIMATED if column in table]:
            known = table.dropna(subset=[column]).set_index("row")[column]
            yield from ((f"{name}.{row}.{column}", float(value)) for row, value in known.items())


def parameters_of_buyers(scenario: Scenario, settings: Settings) -> dict[str, Parameter]:
    """True shares of many groups of respondents, by value id; the error from batches of them."""
    survey = settings.survey
    questions = PROJECT / survey.questionnaire / "questionnaire.csv"
    categories = categories_of(survey.items, PROJECT / survey.mapping, questions)
    asked = questions_of(PROJECT / survey.mapping, questions)
    batches = [
        dict(_flat(many_people(scenario, categories, asked, range(first, first + GROUPS))))
        for first in range(APART, APART + GROUPS * BATCHES, GROUPS)
    ]
    found = {}
    for name in sorted(set().union(*batches)):
        values = [batch[name] for batch in batches if name in batch]
        if len(values) > 1:
            found[name] = Parameter(float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values))))
    return found


def held_buyers(
    scenario: Scenario, replicate: int, settings: Settings, parameters: Mapping[str, Parameter], level: float
) -> Iterator[tuple[Estimate, float]]:
    """Estimates of one replicate, each with its true value."""
    respondents = drawn(scenario, replicate)
    for one in estimates_of_buyers(respondents, reading_of(settings), level):
        yield one, parameters[one.id].value
