"""The Severity of Dependence Scale of the main drug now (Gossop et al. 1995): five answers from 0 to 3, added.

Cut-offs are those that `careers.md` names, with the source of each. Of cannabis there is none here: it tells frequent
users apart too badly (van der Pol et al. 2013). Where there is no cut-off nobody is called dependent.
"""

from collections.abc import Mapping

from cryptodrug.careers.drugs import Answers, known

ITEMS = ("sds_1", "sds_2", "sds_3", "sds_4", "sds_5")
# code of the drug -> total from which use counts as dependent
CUTOFFS: Mapping[int, int] = {
    3: 4,  # cocaine, four or more (Barcelona, European Addiction Research 2009)
    4: 5,  # amphetamine, more than four (Topp and Mattick 1997)
    10: 3,  # heroin, three or more (Barcelona, European Addiction Research 2009)
}


def scale_total(answers: Answers) -> int | None:
    """The sum of the five answers, 0 to 15; None where one of them is missing: no answer is made up."""
    given = [known(answers, item) for item in ITEMS]
    return None if None in given else sum(given)
