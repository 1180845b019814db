"""What an empty cell means where the platform does not say it: not asked, not answered, not ticked, never reached."""

import numpy as np
import pandas as pd

from cryptodrug.survey.questionnaire import NO_ANSWER, NOT_ASKED, Questionnaire

NO_PAGE = "meta"  # section of variables that no page shows
TICKED, NOT_TICKED = 1, 0


def reached(codes: pd.DataFrame, questionnaire: Questionnaire, last_page: pd.Series | None) -> pd.Series:
    """Number of the last page (section, from 1) that each record reached: of the platform, or of the last answer."""
    sections = [section for section in questionnaire.sections if section != NO_PAGE]
    page = pd.Series(0.0, index=codes.index) if last_page is None else last_page.fillna(0.0)
    for number, section in enumerate(sections, 1):
        names = [name for name in codes if questionnaire.questions[name].section == section]
        given = codes[names].notna().any(axis="columns") & (page < number)
        page = page.where(~given, float(number))
    return page


def with_reasons(
    codes: pd.DataFrame, questionnaire: Questionnaire, finished: pd.Series, last_page: pd.Series | None = None
) -> pd.DataFrame:
    """Codes in which every empty cell has its reason; NaN is left only behind the last page that was reached.

    The routing of the questionnaire decides, in the order of asking: whom a question does not concern was not asked
    (-6), the others did not answer (-9). An item of a question with several answers that is not ticked is 0 where
    another item is, and -9 where none is: who ticks nothing has not answered. The denominators follow from this, never
    from the number of cells that hold something.

    Parameters
    ----------
    codes : one column per variable that was read, in the order of asking; NaN where the export is empty.
    finished : who came to the end, or was sent away by the questionnaire: what is empty was not asked or not answered.
    last_page : of each record, where the platform says it.
    """
    page = reached(codes, questionnaire, last_page)
    pages = [section for section in questionnaire.sections if section != NO_PAGE]
    sections = {section: number for number, section in enumerate(pages, 1)}
    items_of = [[item.variable for item in items] for items in questionnaire.blocks.values()]
    blocks = {variable: items for items in items_of for variable in items}
    ticks = {
        variable: (codes[[name for name in items if name in codes]] == TICKED).any(axis="columns")
        for variable, items in blocks.items()
        if variable in codes
    }
    made = codes.copy()
    everybody = np.ones(len(codes), dtype=bool)
    for name in codes:
        question = questionnaire.questions[name]
        if question.section == NO_PAGE:
            continue
        known = question.asked_if is None or all(one in made for one in question.asked_if.names)
        asked = question.asked_if.holds(made) if question.asked_if and known else everybody
        seen = finished.to_numpy() | (page >= sections[question.section]).to_numpy()
        values = made[name]
        if name in ticks:
            values = values.where((values != NOT_TICKED) & values.notna(), np.where(ticks[name], NOT_TICKED, NO_ANSWER))
            values = values.where(codes[name].notna() | seen)
        else:
            values = values.where(values.notna() | ~seen, NO_ANSWER)
        empty = codes[name].isna() | ((codes[name] == NOT_TICKED) & (name in ticks))
        made[name] = values.where(~(empty.to_numpy() & seen & ~np.asarray(asked, dtype=bool)), NOT_ASKED)
    return made
