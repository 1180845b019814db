"""True careers: how the use of those who are kept changed, by the definitions of the career variables."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from cryptodrug.careers.groups import GROUPS, group_career, with_last_together
from cryptodrug.careers.variants import variants_of
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.truth import career_truth, respondent_truth
from cryptodrug.truth.answers import MAIN_DRUGS
from cryptodrug.truth.offers import Table

# career variables in the order of the report; of the first two the share is of those who rose
ROSE = ("frequency", "intensity")
SUMMARY = ("onset", *ROSE, "escalation", "deescalation", "switching", "expansion", "substitution", "recovery")
COMBINED = ("escalation", "switching", "expansion", "substitution", "recovery")
OVERLAPS = tuple(name for name in SUMMARY if name != "deescalation")
# groups of drugs that stand in a table of few respondents: those of main drugs, or three
FEW_DRUGS = {"cannabis": (1,), "stimulants-or-mdma": (2, 3, 4, 5), "all-other-drugs": tuple(range(6, 16))}
DRUG_LEVELS: tuple[Mapping[str, Sequence[int]], ...] = (MAIN_DRUGS, FEW_DRUGS)
ANY_DRUG = "all-main-drugs"
# variant of the respondents -> variable, and the true codes of those who are left out
WITHOUT = {
    "without-short-exposure": ("cm1_since", (1, 2)),
    "without-former-buyers": ("lp_when", (4,)),
    "without-invented-drug": ("ever_dum", (1, 2)),
    "without-inattentive": ("att_check", (1,)),
}


def kept_careers(respondents: Respondents) -> Table:
    """Career variables of those who are kept, by the definitions of the variables, worked out on true answers."""
    truth = respondent_truth(respondents)
    return truth[truth["kind"] == VALID].reset_index(drop=True)


def _row(name: str, values: pd.Series, wanted: str = "1") -> dict:
    """Of whom it is true, of whom not, who is outside the base by design (`na`) or undecided (`mis`)."""
    na, mis, yes = (int((values == code).sum()) for code in ("na", "mis", wanted))
    base = len(values) - na - mis
    row = {"row": name, "n": yes, "others": base - yes, "base": base, "na": na, "mis": mis, "outside": na + mis}
    return row | {"share": yes / base if base else None}


def career_summary(careers: Table) -> Table:
    """One row per variable: those with the value 1, or who rose."""
    return pd.DataFrame([_row(name, careers[name], "up" if name in ROSE else "1") for name in SUMMARY])


def range_change(careers: Table) -> Table:
    """Different drugs or a wider range, and its parts; of those of whom the whole is decided."""
    known = careers[careers["range_change"].isin(["0", "1"])]
    outside = len(careers) - len(known)
    gained, swapped = known["expansion"] == "1", known["exchange"] == "1"
    parts = {"expansion": gained, "exchange": swapped, "either": gained | swapped}
    parts["switching-alone"] = (known["switching"] == "1") & ~gained & ~swapped
    parts["range-change"] = known["range_change"] == "1"
    rows = [
        {"row": name, "n": int(part.sum()), "others": int((~part).sum()), "base": len(known), "outside": outside}
        | {"share": part.mean() if len(known) else None}
        for name, part in parts.items()
    ]
    return pd.DataFrame(rows)


def frequency_change(careers: Table) -> Table:
    """Who rose, stayed and fell, and rises less falls by all of these."""
    more, less = careers["escalation"], careers["deescalation"]
    net = pd.Series("same", index=careers.index).mask((more == "1") & (less == "0"), "up")
    net = net.mask((more == "0") & (less == "1"), "down").mask(~more.isin(["0", "1"]) | ~less.isin(["0", "1"]), "na")
    rows = []
    for name, values in (("frequency", careers["frequency"]), ("intensity", careers["intensity"]), ("escalation", net)):
        row: dict = {"row": name} | {way: int((values == way).sum()) for way in ("up", "same", "down")}
        row["base"] = row["up"] + row["same"] + row["down"]
        row["mixed"] = int((values == "mixed").sum()) if name == "intensity" else None
        rows.append(row | {"difference": (row["up"] - row["down"]) / row["base"] if row["base"] else None})
    return pd.DataFrame(rows).astype({"mixed": "Int64"})


def career_shares(respondents: Respondents) -> Table:
    """Every career variable by each of its values: kept respondents, those inside the base, true share."""
    table = career_truth(respondents)
    table.insert(0, "row", table["variable"].str.replace("_", "-") + "." + table["value"].astype(str))
    return table[["row", "n", "base", "share"]]


def career_overlap(careers: Table) -> Table:
    """Of each pair of variables: of whom both hold, of whom only one, of how many both are decided."""
    rows = []
    for pair in combinations(OVERLAPS, 2):
        one, other = (careers[name] == ("up" if name in ROSE else "1") for name in pair)
        known = ~careers[list(pair)].isin(["na", "mis"]).any(axis="columns")
        both = int((one & other).sum())
        row = {"row": "-".join(pair), "both": both, "base": int(known.sum())}
        rows.append(row | {"first_only": int(one.sum()) - both, "second_only": int(other.sum()) - both})
    return pd.DataFrame(rows)


def career_sensitivity(careers: Table) -> Table:
    """Each variable under other definitions, and without some of the respondents."""
    true = careers.filter(regex="^true_").rename(columns=lambda name: name.removeprefix("true_"))
    answers = [
        {name: None if pd.isna(code) else int(code) for name, code in row.items()} for row in true.to_dict("records")
    ]
    variants = pd.DataFrame([variants_of(one) for one in answers])
    found = {(name, variant): variants[name, variant] for name, variant in variants}
    for variant, (variable, left) in WITHOUT.items():
        kept = ~true[variable].isin(left)
        found |= {(name, variant): careers.loc[kept, name] for name in SUMMARY}
    complete = ~(careers[list(SUMMARY)] == "mis").any(axis="columns")
    found |= {(name, "complete-cases"): careers.loc[complete, name] for name in SUMMARY}
    rows = []
    for (name, variant), values in found.items():
        rows.append(_row(f"{name}-{variant}", values, "up" if name in ROSE else "1"))
    return pd.DataFrame(rows)[["row", "n", "others", "base", "share"]]


def _true_groups(careers: Table) -> Table:
    """Use of every group of drugs by everybody, on true answers; the last two groups by themselves and together."""
    true = careers.filter(regex="^true_").rename(columns=lambda name: name.removeprefix("true_"))
    groups = GROUPS | with_last_together()
    rows = []
    for row in true.to_dict("records"):
        answers = {name: None if pd.isna(code) else int(code) for name, code in row.items()}
        rows += [{"group": name} | group_career(answers, drugs) for name, drugs in groups.items()]
    return pd.DataFrame(rows)


def frequency_before_now(groups: Table) -> Table:
    """Everybody by how often a group of drugs is used, in all classes of which some may be shown."""
    classes = {"none": (0,), "less_than_monthly": (1,), "monthly_or_weekly": (2, 3), "up_to_weekly": (1, 2, 3)}
    classes |= {"more_often": (4, 5), "used": (1, 2, 3, 4, 5)}
    rows = []
    for group, of_group in groups.groupby("group", sort=False):
        for period in ("before", "now"):
            row = {name: int(of_group[period].isin(codes).sum()) for name, codes in classes.items()}
            rows.append({"row": f"{group}-{period}"} | row | {"base": len(of_group)})
    return pd.DataFrame(rows)


def _moves(name: str, up: int, same: int, down: int) -> dict:
    base = up + same + down
    row = {"row": name, "up": up, "same": same, "down": down, "base": base}
    return row | {"difference": (up - down) / base if base else None}


def change_by_drug(groups: Table) -> Table:
    """More, as often, less, of everybody; who took a group up or left it."""
    rows = []
    for group, of_group in groups.groupby("group", sort=False):
        step, n = of_group["now"] - of_group["before"], of_group["change"].value_counts()
        row = _moves(group, int((step > 0).sum()), int((step == 0).sum()), int((step < 0).sum()))
        taken, given = n.get("new", 0) + n.get("returned", 0), n.get("ceased", 0)
        rows.append(row | {"taken_up": int(taken), "given_up": int(given)})
    return pd.DataFrame(rows)


def amount_by_drug(groups: Table) -> Table:
    """Amounts of those who use a group in both periods."""
    return pd.DataFrame(
        _moves(group, *(int((of_group["amount"] == way).sum()) for way in ("up", "same", "down")))
        for group, of_group in groups.groupby("group", sort=False)
    )


def escalation_by_drug(groups: Table) -> Table:
    """Escalation of a group of drugs, and its mirror."""
    rows = [
        _row(f"{group}-{name}", of_group[name])
        for group, of_group in groups.groupby("group", sort=False)
        for name in ("escalation", "deescalation")
    ]
    return pd.DataFrame(rows)[["row", "n", "others", "base", "outside", "share"]]


def career_combinations(careers: Table, smallest: int) -> Table:
    """Every combination, nobody's too; the last row: all those that too few have."""
    held = careers[list(COMBINED)] == "1"
    rows, others = [], 0
    for length in range(len(COMBINED) + 1):
        for one in combinations(COMBINED, length):
            n = int((held == [name in one for name in COMBINED]).all(axis="columns").sum())
            others += n if n < smallest else 0
            rows.append({"row": "-".join(one) or "none", "n": n, "base": len(careers), "share": n / len(careers)})
    rest = {"row": "other-combinations", "n": others, "base": len(careers), "share": others / len(careers)}
    return pd.DataFrame([*rows, rest])


def careers_by_exposure(careers: Table) -> Table:
    """Careers among those who truly bought first at about the same time."""
    times = {"under-1-year": (1, 2), "1-to-3-years": (3,), "under-3-years": (1, 2, 3), "3-years-more": (4, 5)}
    rows = [
        _row(f"{name.replace('_', '-')}-{time}", careers.loc[careers["true_cm1_since"].isin(codes), name], wanted)
        for name, wanted in (("frequency", "up"), ("expansion", "1"), ("range_change", "1"))
        for time, codes in times.items()
    ]
    return pd.DataFrame(rows)[["row", "n", "others", "base", "share"]]


def _with_true_groups(careers: Table, variable: str, groups: Mapping[str, Sequence[int]]) -> pd.Series:
    return careers[f"true_{variable}"].map({code: group for group, members in groups.items() for code in members})


def substitution_pairs(careers: Table) -> Table:
    """Every pair of groups of drugs, in both levels of groups; each side by itself, and all."""
    held = careers[careers["substitution"] == "1"]
    numbers: dict[str, int] = {}
    for groups in DRUG_LEVELS:
        left, taken = (_with_true_groups(held, name, groups) for name in ("sub_from", "sub_to"))
        for one in (*groups, ANY_DRUG):
            for other in (*groups, ANY_DRUG):
                fits = ((left == one) | (one == ANY_DRUG)) & ((taken == other) | (other == ANY_DRUG))
                numbers[f"{one}-to-{other}"] = int(fits.sum())
    return pd.DataFrame({"row": list(numbers), "n": list(numbers.values())})


def recovery_by_drug(careers: Table) -> Table:
    """Recovery by the drug behind the problems, in both levels of groups, and of all."""
    rows = []
    for groups in DRUG_LEVELS:
        by_group = _with_true_groups(careers, "prob_drug", groups)
        rows += [_row(group, careers.loc[by_group == group, "recovery"]) for group in groups]
    rows.append(_row(ANY_DRUG, careers["recovery"]))
    return pd.DataFrame(rows)[["row", "n", "others", "base"]].drop_duplicates("row", ignore_index=True)


def short_career_tables(careers: Table) -> dict[str, Table]:
    """The tables that say how many changed, of one group of respondents or of many together."""
    groups = _true_groups(careers)
    return {
        "change-by-drug": change_by_drug(groups),
        "amount-by-drug": amount_by_drug(groups),
        "escalation-by-drug": escalation_by_drug(groups),
        "frequency-before-now": frequency_before_now(groups),
        "career-summary": career_summary(careers),
        "range-change": range_change(careers),
        "frequency-change": frequency_change(careers),
    }


def career_tables(careers: Table, smallest: int) -> dict[str, Table]:
    """All tables about careers; `smallest`: number of people from which a combination stands by itself."""
    return short_career_tables(careers) | {
        "career-combinations": career_combinations(careers, smallest),
        "careers-by-exposure": careers_by_exposure(careers),
        "substitution-pairs": substitution_pairs(careers),
        "recovery-by-drug": recovery_by_drug(careers),
        "career-overlap": career_overlap(careers),
        "career-sensitivity": career_sensitivity(careers),
    }
