"""The career variables of all respondents, from the table of respondents."""

from collections.abc import Iterable

import pandas as pd

from cryptodrug.careers.drugs import DRUGS, Answers
from cryptodrug.careers.groups import GROUPS, LAST, Groups, group_career, with_last_together
from cryptodrug.careers.respondents import ALSO, VARIABLES, career, frequency_step
from cryptodrug.survey.respondents import CODE

STEP = "frequency_step"

# what each variable is worked out from; a survey that does not ask it has no such variable
EVER, FREQUENCIES, AMOUNTS = ("ever_*",), ("bf_freq_*", "nw_freq_*"), ("bf_amt_*", "nw_amt_*")
ONSET = ("use1_order", *EVER)
USE = (*EVER, *FREQUENCIES)
NEEDS = {
    "onset": ONSET,
    "frequency": (*ONSET, *FREQUENCIES),
    "intensity": (*USE, *AMOUNTS),
    "escalation": (*USE, *AMOUNTS),
    "deescalation": (*USE, *AMOUNTS),
    "switching": (*USE, "main_bf", "main_nw"),
    "expansion": (*ONSET, *FREQUENCIES),
    "substitution": (*ONSET, "sub_any", "sub_from", "sub_to", "sub_kind", "sub_src"),
    "recovery": (*USE, *ONSET, "prob_bf", "prob_drug", "prob_nw", "red_any", "red_drug"),
    "gained": USE,
    "dropped": USE,
    "repertoire": USE,
    "exchange": (*ONSET, *FREQUENCIES),
    "range_change": (*ONSET, *FREQUENCIES, "main_bf", "main_nw"),
}

# row -> variable and the value whose share is printed
STATEMENTS = {
    "onset": ("onset", "1"),
    "frequency": ("frequency", "up"),
    "intensity": ("intensity", "up"),
    "escalation": ("escalation", "1"),
    "deescalation": ("deescalation", "1"),
    "switching": ("switching", "1"),
    "expansion": ("expansion", "1"),
    "substitution": ("substitution", "1"),
    "recovery": ("recovery", "1"),
}


def variables_of(patterns: Iterable[str]) -> list[str]:
    """Names of variables; `ever_*` stands for one per drug."""
    return [name.replace("*", drug) for name in patterns for drug in (DRUGS if "*" in name else ("",))]


def asked(respondent: pd.DataFrame, patterns: Iterable[str]) -> bool:
    """Whether the survey asked all of these."""
    return all(f"{name}{CODE}" in respondent for name in variables_of(patterns))


def answers_of(respondent: pd.DataFrame) -> list[Answers]:
    """The codes of each respondent by variable, None where the export has nothing."""
    names = [name for name in respondent.columns if name.endswith(CODE)]
    columns = {name.removesuffix(CODE): respondent[name].astype("Float64") for name in names}
    lists = {name: [None if pd.isna(code) else int(code) for code in column] for name, column in columns.items()}
    return [dict(zip(lists, codes, strict=True)) for codes in zip(*lists.values(), strict=True)]


def group_table(respondent: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """One row per respondent and group of drugs, of a survey that asks how often they are used; see `group_career`."""
    columns = ["group", "before", "now", "change", "amount", "escalation", "deescalation"]
    if not asked(respondent, USE):
        return pd.DataFrame(columns=columns, dtype="object")
    answers = answers_of(respondent)
    rows = [{"group": name} | group_career(one, drugs) for one in answers for name, drugs in groups.items()]
    return pd.DataFrame(rows, columns=columns, dtype="object")


def groups_shown(respondent: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """`group_table` of the groups of the plan: the last two are one where either is used by too few in a period."""
    table = group_table(respondent, GROUPS)
    last = table[table["group"].isin(LAST)]
    users = [int((of[period].dropna() > 0).sum()) for _, of in last.groupby("group") for period in ("before", "now")]
    few = any(0 < number < smallest for number in users)
    return group_table(respondent, with_last_together()) if few else table


def career_table(respondent: pd.DataFrame) -> pd.DataFrame:
    """One row per respondent with every variable that the survey allows; values are texts, `na` and `mis` among them.

    `frequency_step` : classes by which the highest frequency rose, where `frequency` has a direction.
    """
    known = [name for name in (*VARIABLES, *ALSO) if asked(respondent, NEEDS[name])]
    answers = answers_of(respondent) if known else []
    made = pd.DataFrame([career(one) for one in answers], columns=[*VARIABLES, *ALSO], dtype="object")[known]
    if "frequency" in known:
        made[STEP] = pd.array([frequency_step(one) for one in answers], dtype="Int64")
    return pd.concat([respondent[["respondent"]].reset_index(drop=True), made.reset_index(drop=True)], axis="columns")
