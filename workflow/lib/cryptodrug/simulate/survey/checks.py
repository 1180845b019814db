"""Whether a scenario speaks of the questionnaire it names."""

from collections.abc import Iterator

from cryptodrug.errors import SettingsError
from cryptodrug.simulate.survey.models import STAYS, Survey
from cryptodrug.survey.questionnaire import NOT_ASKED, Questionnaire
from cryptodrug.yaml_files import listed


def _unknown(survey: Survey, questionnaire: Questionnaire) -> Iterator[str]:
    """Names that the questionnaire does not have."""
    blocks, variables = set(questionnaire.blocks), set(questionnaire.questions)
    starts = {name[:place] for name in variables for place in range(len(name)) if name[place] == "_"}
    known = {
        "missing": blocks | variables,
        "answers": variables | starts,
        "ticks": blocks,
        "scales": starts,
        "said_changes": variables,
        "left_after.valid": set(questionnaire.sections),
        "left_after.drop_out": set(questionnaire.sections),
    }
    given = {name: getattr(survey, name) for name in ("missing", "answers", "ticks", "scales", "said_changes")}
    given |= {"left_after.valid": survey.left_after.valid, "left_after.drop_out": survey.left_after.drop_out}
    for place, names in given.items():
        if strangers := sorted(set(names) - known[place]):
            yield f"survey.{place}: not in the questionnaire: {', '.join(strangers)}"


def _codes(survey: Survey, questionnaire: Questionnaire) -> Iterator[str]:
    """Answer codes that a question does not have."""
    careers = survey.careers
    starts = survey.answers | {f"{name}_bf": scale.before for name, scale in survey.scales.items()}
    starts |= {"use1_order": careers.first_use, "bf_amt": careers.amount_before, "bf_src": careers.source_before}
    starts |= {"nw_amt": careers.amount_new, "nw_src": careers.source_new, "prob_bf": careers.problems_before}
    starts |= {name: weights for name, weights in survey.said_changes.items() if weights != STAYS}
    for start, weights in starts.items():
        for variable, question in questionnaire.questions.items():
            if (variable == start or variable.startswith(f"{start}_")) and question.labels:
                if strangers := sorted(set(weights) - set(questionnaire.answers(variable))):
                    yield f"survey: {variable} has no answer {strangers}"
                break
    for name, counts in survey.missing.items():
        if strangers := sorted(set(counts) - (set(questionnaire.missing) - {NOT_ASKED})):
            yield f"survey.missing.{name}: no code of a missing answer: {strangers}"


def check_scenario(survey: Survey, questionnaire: Questionnaire) -> None:
    """Stop when names or codes do not fit.

    Raises
    ------
    SettingsError : lists every fault.
    """
    if faults := [*_unknown(survey, questionnaire), *_codes(survey, questionnaire)]:
        raise SettingsError(
            f"the scenario does not fit its questionnaire: {listed(faults)}",
            where=survey.questionnaire,
            not_done="no respondent was drawn",
            do="mend the names in the survey part of the scenario",
        )
