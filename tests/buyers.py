"""Invented respondents for tests of the analyses of buyers, and what every table about them must be."""

import pandas as pd
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.gate import judge, released_rows
from offer_frames import assert_valid

RULES = DisclosureRules.model_validate(
    {
        "respondents": {"minimum_count": 5, "minimum_base": 20, "minimum_base_median": 10},
        "revenue": {"minimum_vendors": 3, "largest_two_share": 0.85},
        "public": {"minimum_focus_vendors": 3},
        "interviews": {"minimum_interviews": 6, "sensitive_margin": 3},
    }
)
SHARES = {"smallest": 5, "level": 0.95}
SINGLE = (
    "use1_order", "main_bf", "main_nw", "sub_any", "sub_from", "sub_to", "sub_kind", "sub_src", "prob_bf", "prob_drug",
    "prob_nw", "red_any", "red_drug",
)  # fmt: skip
BY_DRUG = ("ever", "bf_freq", "bf_amt", "bf_src", "nw_freq", "nw_amt", "nw_src", "cm")


def people(*answers):
    """A table of respondents with codes: what is not given was not asked (-6), no drug was ever used."""
    names = [*SINGLE, *(f"{stem}_{drug}" for stem in BY_DRUG for drug in DRUGS)]
    asked = dict.fromkeys(names, -6) | {f"ever_{drug}": 0 for drug in DRUGS}
    rows = [asked | given for given in answers]
    table = pd.DataFrame({"respondent": range(1, len(rows) + 1)})
    for name in dict.fromkeys([*names, *(key for row in rows for key in row)]):
        table[f"{name}_code"] = pd.array([row.get(name, -6) for row in rows], dtype="Int64")
    return table


def cannabis(before, now, **more):
    """Somebody who used cannabis alone, as often as the classes say."""
    return {
        "use1_order": 1, "ever_can": 1, "bf_freq_can": before, "bf_amt_can": 2, "nw_freq_can": now, "nw_amt_can": 2,
        "main_bf": 1 if before else 0, "main_nw": 1 if now else 0, "sub_any": 0, "prob_bf": 0, "prob_nw": 0,
        "red_any": 0,
    } | more  # fmt: skip


NEVER = {"use1_order": 4, "main_bf": 0, "main_nw": 0, "sub_any": 0, "prob_bf": 0, "prob_nw": 0, "red_any": 0}
DEGENERATE = {
    "nobody": people(),
    "one": people(cannabis(2, 3)),
    "five": people(*[cannabis(2, 3)] * 3, cannabis(3, 2), NEVER),
    "nobody before": people(*[cannabis(0, 2)] * 30),
    "everybody the same": people(*[cannabis(3, 3)] * 40),
    "nobody ever": people(*[NEVER] * 30),
    "no answer at all": people(*[{"use1_order": -9, "main_bf": -9, "main_nw": -9, "ever_can": -9}] * 25),
}


def judged_rows(table, tmp_path):
    """Released rows by key, none of a withheld table; the table is valid, and no small count is among them."""
    assert_valid(table, tmp_path)
    judged = judge(table, RULES)
    if judged.status == "withheld":
        return judged, {}
    rows = {row["row"]: row for row in released_rows(judged)}
    guarded = [column.name for column in table.columns if column.kind == "count"]
    for row in rows.values():
        if row["row"] not in table.open_rows:
            assert not [name for name in guarded if name not in table.open_columns and row[name] in (1, 2, 3, 4)]
    return judged, rows
