"""What was sold, day by day, and what buyers wrote about it."""

import datetime

import numpy as np

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market.blocks import Listings
from cryptodrug.simulate.market.words import OPINIONS
from cryptodrug.simulate.market.world import DELETED, EDITED, KEPT, Sales

MONTH = 30
NUMBERED = 600  # thousandths of feedbacks with a number behind the words, so that most texts differ
LATER = 60  # days within which a feedback is deleted or edited
TAKEN = 21  # days before the end in which one who runs away delivers nothing
NOTHING_CAME = -1


def opinion_text(language: str, opinion: int, number: int, edited: bool) -> str:
    """The words of one feedback."""
    text = OPINIONS[language][opinion] if opinion != NOTHING_CAME else "Simulated: nothing came"
    return f"{text}{f' ({number})' if number else ''}{' *' if edited else ''}"


def draw_sales(
    rules: Listings, rate: int, opened: datetime.date, until: datetime.date, language: str, draws: Draws, taken: bool
) -> Sales:
    """Sales from the opening until a day: each day one with probability rate/30.

    `taken`: the vendor runs away at `until`; who bought in its last weeks says that nothing came.
    """
    days = (until - opened).days + 1
    happened = np.flatnonzero(draws.many_below(MONTH * 1000, days) < rate * 1000)
    count = len(happened)
    told = draws.many_below(1000, count) < rules.sales_with_feedback
    score = np.where(told, draws.many_weighted(rules.scores, count), 0)
    opinion = draws.many_below(len(OPINIONS[language]), count)
    numbered = draws.many_below(1000, count) < NUMBERED
    number = np.where(numbered, 100 + draws.many_below(900, count), 0)
    fate = draws.many_weighted(
        {
            DELETED: rules.feedback_deleted,
            EDITED: rules.feedback_edited,
            KEPT: 1000 - rules.feedback_deleted - rules.feedback_edited,
        },
        count,
    )
    changes = happened + 1 + draws.many_below(LATER, count)
    if taken:
        late = happened >= days - TAKEN
        score, opinion = np.where(late, 1, score), np.where(late, NOTHING_CAME, opinion)
        fate = np.where(late, KEPT, fate)
    first = opened.toordinal()
    return Sales(
        day=(happened + first).astype(np.int32),
        score=score.astype(np.int8),
        opinion=opinion.astype(np.int8),
        number=number.astype(np.int16),
        fate=fate.astype(np.int8),
        changes=(changes + first).astype(np.int32),
    )
