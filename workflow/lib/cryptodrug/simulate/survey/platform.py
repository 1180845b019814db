"""What the exports of survey platforms share: questions with their items, pages, times, what a visit left behind."""

import datetime
from dataclasses import dataclass

from cryptodrug.simulate.survey.records import Record
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.survey.questionnaire import NOT_ASKED, Question, Questionnaire

META, COMPUTED = "meta", "scr_ok"  # the section that no page shows; the variable that the platform computes
LANGUAGES = {1: "nl", 2: "fr", 3: "en"}  # codes of lang


@dataclass(frozen=True)
class Shown:
    """A question as a platform shows it: alone, or with items on one scale (or to tick).

    Attributes
    ----------
    name : start that the names of the items share, or the name of the variable.
    items : variables by the part of the name behind that start; one with an empty name for a question alone.
    """

    name: str
    items: dict[str, Question]

    @property
    def first(self) -> Question:
        """Any of its variables: type, answers, section and wording of the question are those of all."""
        return next(iter(self.items.values()))

    @property
    def is_grid(self) -> bool:
        """Whether it has items."""
        return "" not in self.items


def shown(questionnaire: Questionnaire) -> list[Shown]:
    """Every question that a page shows, in order."""
    found = []
    for grid in questionnaire.grids():
        if grid[0].section == META:
            continue
        if len(grid) == 1:
            found.append(Shown(grid[0].variable, {"": grid[0]}))
        else:
            items = {one.variable.rpartition("_")[2]: one for one in grid}
            found.append(Shown(grid[0].variable.rpartition("_")[0], items))
    return found


def pages(questionnaire: Questionnaire) -> list[str]:
    """Sections that are pages, in order."""
    return [section for section in questionnaire.sections if section != META]


def last_page(respondents: Respondents, place: int) -> int:
    """Number of the last page, from 1, on which the record at this place was asked something."""
    sections = pages(respondents.questionnaire)
    record = respondents.records[place]
    if record.left_after is not None:
        return sections.index(record.left_after) + 1
    asked = {
        question.section
        for name, question in respondents.questionnaire.questions.items()
        if respondents.reported[name][place] != NOT_ASKED and name != COMPUTED and question.section != META
    }
    return max(sections.index(section) for section in asked) + 1


def finished(record: Record) -> bool:
    """Whether the respondent came to the end, or was sent away by the questionnaire itself."""
    return record.left_after is None


def end(record: Record) -> datetime.datetime:
    """When the respondent sent or left the questionnaire."""
    return record.start + datetime.timedelta(minutes=record.minutes)
