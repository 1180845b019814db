"""Answers of one simulated respondent that hang on nothing else: scales, items ticked, single questions."""

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.survey.models import STAYS, Survey, of
from cryptodrug.survey.questionnaire import Question, Questionnaire

NONE = "none"  # the item that excludes all others
Answers = dict[str, int]


def item_of(question: Question) -> str:
    """The last part of the name of a variable: `mot_offer` -> `offer`."""
    return question.variable.rpartition("_")[2]


def whole_block(items: list[Question], ticked: set[str], draws: Draws) -> Answers:
    """Codes of all items. Whoever ticks nothing ticks `none`, where there is such an item, or any other one."""
    names = [item_of(one) for one in items]
    real = ticked - {NONE}
    if not real:
        real = {NONE} if NONE in names else {draws.one(names)}
    return {one.variable: int(item_of(one) in real) for one in items}


def ticks(survey: Survey, questionnaire: Questionnaire, draws: Draws) -> Answers:
    """All questions with several answers that are not asked for two periods, and the principal motive."""
    blocks, found = questionnaire.blocks, {}
    for name, chances in survey.ticks.items():
        ticked = {item_of(one) for one in blocks[name] if draws.happens(of(chances, item_of(one)))}
        found |= whole_block(blocks[name], ticked, draws)
    motives = [code for code, one in enumerate(blocks["mot"], 1) if found[one.variable]]
    return found | {"mot_main": draws.one(motives)}


def information(survey: Survey, questionnaire: Questionnaire, draws: Draws) -> Answers:
    """Sources of information before and now."""
    blocks, chances = questionnaire.blocks, survey.information
    names = [item_of(one) for one in blocks["inf_bf"] if item_of(one) != NONE]
    before = {name for name in names if draws.happens(of(chances.before, name))}
    lost = {name for name in names if draws.happens(chances.lost)}
    gained = {name for name in names if draws.happens(chances.gained)}
    now = {name for name in names if (name in before and name not in lost) or (name not in before and name in gained)}
    found = whole_block(blocks["inf_bf"], before, draws)
    return found | whole_block(blocks["inf_nw"], now, draws)


def scales(survey: Survey, questionnaire: Questionnaire, draws: Draws) -> Answers:
    """Scales asked for before and for now: `hr_bf_test` and `hr_nw_test`."""
    found = {}
    for name, scale in survey.scales.items():
        start = f"{name}_bf"
        for variable in (one for one in questionnaire.questions if one.startswith(start)):
            before, codes = draws.weighted(scale.before), questionnaire.answers(variable)
            step = 0 if scale.steps == STAYS else draws.weighted(scale.steps)
            now = min(max(before + step, min(codes)), max(codes))
            found |= {variable: before, variable.replace("_bf", "_nw", 1): now}
    return found


def single_answers(survey: Survey, variables: dict[str, str], draws: Draws) -> Answers:
    """Each variable by the weights of its entry in `answers`."""
    return {variable: draws.weighted(survey.answers[entry]) for variable, entry in variables.items()}
