"""Which variable of a questionnaire a column of an export may be: by name, by wording, by answers."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from cryptodrug.survey.export import Variable
from cryptodrug.survey.questionnaire import BAR, Questionnaire

SURE, LIKELY = 95.0, 75.0
PERSONAL = re.compile(
    r"ip[ _-]?add?r|e-?mail|user.?agent|browser|token|latitude|longitude|phone|refurl|(first|last)_?name|postcode|zip",
    re.I,
)


@dataclass(frozen=True)
class Proposal:
    """A variable that a column may be, with the likeness of both (of 100)."""

    variable: str
    score: float


def letters(name: str) -> str:
    """Letters and digits of a name alone: `bf_freq_can` and `bffreq[can]` are the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _wordings(questionnaire: Questionnaire) -> dict[tuple[str, str], str]:
    return {
        (name, language): text.replace(BAR, " ").lower()
        for name, one in questionnaire.questions.items()
        for language, text in one.text.items()
    }


def proposals(
    columns: list[str], book: dict[str, Variable], questionnaire: Questionnaire, most: int = 3
) -> dict[str, list[Proposal]]:
    """For each column the variables that it may be, the likeliest first; none below the likeness that is worth a look.

    The same name but for signs is sure. Otherwise the wording decides, in any language of the questionnaire
    (rapidfuzz, words in any order).
    """
    by_letters = {letters(name): name for name in questionnaire.questions}
    wordings = _wordings(questionnaire)
    found: dict[str, list[Proposal]] = {}
    for column in columns:
        if same := by_letters.get(letters(column)):
            found[column] = [Proposal(same, 100.0)]
            continue
        best: dict[str, float] = {}
        for text in book.get(column, Variable()).question.values():
            plain = text.replace(BAR, " ").lower()
            for _, score, (name, _) in process.extract(plain, wordings, scorer=fuzz.token_sort_ratio, limit=3 * most):
                best[name] = max(best.get(name, 0.0), score)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        found[column] = [Proposal(name, round(score, 1)) for name, score in ranked if score >= LIKELY]
    return found


def is_personal(column: str, variable: Variable | None = None) -> bool:
    """Whether a column is, by its name or its whole wording, one that says who or where somebody is."""
    short = [text for text in variable.question.values() if len(text.split()) <= 3] if variable else []
    return any(PERSONAL.search(text) for text in (column, *short))
