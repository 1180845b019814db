"""The map from an export to a questionnaire: names of columns, and the answers that are published together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cryptodrug.errors import SettingsError
from cryptodrug.survey.questionnaire import CODED, Questionnaire
from cryptodrug.survey.record import FINISHED, LAST_PAGE, TEST
from cryptodrug.survey.routing import parse_condition
from cryptodrug.yaml_files import listed, read_model

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Category = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Categories = dict[Category, list[int]]
# facts of a record that a condition can read, by the name that they have there
CONDITION_FACTS = {fact.removeprefix("@"): fact for fact in (FINISHED, LAST_PAGE, TEST)}


class Block(BaseModel):
    """Part of the map: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Respondent(Block):
    """The number of the respondent and the state of the questionnaire."""

    number: Name
    status: Name | None = Field(description="null: the export has no state, all records count as complete")
    partial: list[int] = Field(description="states of those who left: what they did not see is `drop-out`")
    complete: list[int]


class Layout(Block):
    """How a text file is laid out, where its form does not say it."""

    head: int = Field(default=1, ge=0, le=3, description="lines of heads; without one the code book names the columns")
    separator: Literal[",", ";", "\t"] = ","
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"


class Written(Block):
    """How the export writes answers: text or number in the export -> code of the questionnaire."""

    everywhere: dict[str, int] = Field(default={}, description="for all variables")
    by_labels: dict[str, dict[str, int]] = Field(default={}, description="for all variables with a set of labels")
    by_variable: dict[Name, dict[str, int]] = Field(default={}, description="for one variable")


class Published(Block):
    """Published categories, merged before the data were seen: category -> answer codes."""

    by_labels: dict[str, Categories] = Field(description="for all variables with a set of labels")
    by_variable: dict[Name, Categories] = Field(description="for one variable, in place of those of its set")


class Case(Block):
    """A code of a variable that follows from others."""

    code: int
    when: str = Field(
        description="condition as in `asked_if`; it may also read `finished`, `last_page` and `test`, facts of a record"
    )

    @field_validator("when")
    @classmethod
    def _is_condition(cls, text: str) -> str:
        parse_condition(text)
        return text


class Mapping(Block):
    """A whole map."""

    instrument: str
    language: Literal["en", "nl", "fr"] = Field(description="language of the labels in the export")
    respondent: Respondent
    sha256: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{64}$",
        description="checksum of the one export that this map is for: in the next, a code can mean another answer",
    )
    form: Literal["spss", "limesurvey", "qualtrics", "redcap", "kobo", "plain"] | None = Field(
        default=None, description="what wrote the export; null: SPSS or a plain table, by its ending"
    )
    layout: Layout = Layout()
    empty: Literal["as-is", "routing"] = Field(
        default="as-is",
        description="`routing`: the platform leaves cells empty for several reasons; which, follows from the routing",
    )
    test: str | None = Field(default=None, description="column of the export in which test records have a mark")
    derived: dict[Name, list[Case]] = Field(
        default={}, description="variables that no column holds: the first case that fits a record counts"
    )
    columns: dict[Name, str] = Field(description="name in the export of variables that are called otherwise there")
    answers: Written = Written()
    missing: dict[str, int] = Field(
        default={},
        description="label of a code that the export declares as missing -> missing code of the questionnaire",
    )
    absent: list[Name] = Field(
        default=[], description="variables that the export does not have; analyses that need them are left out"
    )
    must_be_empty: list[Name] = Field(description="variables that must hold nothing; an export that does is refused")
    categories: Published

    def column(self, variable: str) -> str:
        """Name of a variable in the export."""
        return self.columns.get(variable, variable)

    def written(self, questionnaire: Questionnaire, variable: str) -> dict[str, int]:
        """Code of each answer that the export writes otherwise than by its code."""
        labels = questionnaire.questions[variable].labels or ""
        own = self.answers.by_variable.get(variable) or self.answers.by_labels.get(labels) or {}
        return self.answers.everywhere | own

    def published(self, questionnaire: Questionnaire, variable: str) -> dict[int, str]:
        """Category of each answer code; the code itself where no categories are planned."""
        question = questionnaire.questions[variable]
        plan = self.categories.by_variable.get(variable) or self.categories.by_labels.get(question.labels or "")
        if plan is None:
            return {code: str(code) for code in questionnaire.answers(variable)}
        return {code: category for category, codes in plan.items() for code in codes}


def _plans(mapping: Mapping, questionnaire: Questionnaire) -> Iterator[str]:
    """Categories that do not hold each answer of a question exactly once."""
    plans = [(f"by_labels.{name}", name, plan) for name, plan in mapping.categories.by_labels.items()]
    for name, plan in mapping.categories.by_variable.items():
        question = questionnaire.questions.get(name)
        plans.append((f"by_variable.{name}", question.labels if question else None, plan))
    for place, labels, plan in plans:
        wanted = sorted(questionnaire.labels.get(labels or "", {}))
        if not wanted or sorted(code for codes in plan.values() for code in codes) != wanted:
            yield f"categories.{place}: must hold each of the codes {wanted} once"


def _recodings(mapping: Mapping, questionnaire: Questionnaire) -> Iterator[str]:
    """Answers that would become codes which the questionnaire does not have."""
    plans = [(f"by_labels.{name}", name, plan) for name, plan in mapping.answers.by_labels.items()]
    for name, plan in mapping.answers.by_variable.items():
        question = questionnaire.questions.get(name)
        plans.append((f"by_variable.{name}", (question and question.labels) or "", plan))
    for place, labels, plan in plans:
        known = {*questionnaire.labels.get(labels, {}), *questionnaire.missing}
        if strangers := sorted(set(plan.values()) - known):
            yield f"answers.{place}: no codes of the questionnaire: {', '.join(map(str, strangers))}"


def _derived(mapping: Mapping, questionnaire: Questionnaire) -> Iterator[str]:
    """Cases that read what is not there, or give a code that the questionnaire does not have."""
    for variable, cases in mapping.derived.items():
        names = {name for case in cases for name in parse_condition(case.when).names}
        if strangers := sorted(names - set(questionnaire.questions) - set(CONDITION_FACTS)):
            yield f"derived.{variable}: not in the questionnaire: {', '.join(strangers)}"
        if variable in questionnaire.questions:
            known = {*questionnaire.answers(variable), *questionnaire.missing}
            if unknown := sorted({case.code for case in cases} - known):
                yield f"derived.{variable}: no codes of the questionnaire: {', '.join(map(str, unknown))}"


def _faults(mapping: Mapping, questionnaire: Questionnaire) -> Iterator[str]:
    identity = [name for name in (mapping.respondent.number, mapping.respondent.status) if name]
    named = [*identity, *mapping.columns, *mapping.must_be_empty, *mapping.answers.by_variable, *mapping.derived]
    named += mapping.absent
    if strangers := sorted(set(named) - set(questionnaire.questions)):
        yield f"not in the questionnaire: {', '.join(strangers)}"
    columns = [mapping.column(variable) for variable in questionnaire.questions]
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        yield f"column of the export used twice: {', '.join(twice)}"
    needed = {*identity, *mapping.derived}
    if lost := sorted(needed & set(mapping.absent)):
        yield f"absent: these are needed or derived: {', '.join(lost)}"
    if mapping.language not in questionnaire.languages:
        yield f"language: the questionnaire is not written in {mapping.language}"
    if strangers := sorted(set(mapping.missing.values()) - set(questionnaire.missing)):
        yield f"missing: no missing codes of the questionnaire: {', '.join(map(str, strangers))}"
    yield from _recodings(mapping, questionnaire)
    yield from _derived(mapping, questionnaire)
    status = questionnaire.questions.get(mapping.respondent.status or "")
    if status is not None and status.type not in CODED:
        yield "respondent.status: no coded variable"
    yield from _plans(mapping, questionnaire)


def read_mapping(path: str | Path, questionnaire: Questionnaire) -> Mapping:
    """Read a map.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """

    def refuse(what: str) -> SettingsError:
        return SettingsError(
            f"the map of the survey cannot be used: {what}",
            where=str(path),
            not_done="the survey was not read",
            do="mend the keys named above",
        )

    mapping = read_model(Mapping, path, refuse)
    if faults := list(_faults(mapping, questionnaire)):
        raise refuse(listed(faults))
    return mapping
