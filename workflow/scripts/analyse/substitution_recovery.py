"""Which drug took the place of which, and recovery by the drug that caused the problems, in groups of drugs."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
from cryptodrug.careers.groups import FEWER_DRUGS as FALLBACK
from cryptodrug.careers.groups import MAIN_DRUGS as GROUPS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import frame_of, is_small
from cryptodrug.survey.statements import codes, has

ALL = "all-main-drugs"
Pair = tuple[str, str]


def in_groups(drugs: pd.Series, groups: Mapping[str, Sequence[int]]) -> pd.Series:
    """The group of each code of a drug."""
    return drugs.map({float(code): group for group, members in groups.items() for code in members})


def pair_counts(left: pd.Series, taken: pd.Series, groups: Mapping[str, Sequence[int]]) -> Counter[Pair]:
    """Respondents by group that was replaced and group that took its place; `ALL` stands for any group."""
    found: Counter[Pair] = Counter()
    for one, other in zip(in_groups(left, groups), in_groups(taken, groups), strict=True):
        found.update([(one, other), (one, ALL), (ALL, other), (ALL, ALL)])
    return found


def _pair_row(pair: Pair) -> str:
    return "-to-".join(pair)


def substitution_pairs_table(respondent: pd.DataFrame, career: pd.DataFrame, smallest: int) -> ResultTable:
    """One row per pair of groups, per group on either side, and one for all; none where only the last is shown."""
    counts: Counter[Pair] = Counter()
    if "substitution" in career and has(respondent, "sub_from", "sub_to"):
        held = (career["substitution"] == "1").to_numpy()
        sides = [codes(respondent, name)[held] for name in ("sub_from", "sub_to")]
        counts = pair_counts(*sides, GROUPS)
        if any(is_small(number, smallest) for number in counts.values()):
            counts = pair_counts(*sides, FALLBACK)
    order = [*GROUPS, *FALLBACK, ALL]
    pairs = sorted(counts, key=lambda pair: (ALL in pair, pair == (ALL, ALL), *(order.index(one) for one in pair)))
    if not any(counts[pair] >= smallest for pair in pairs if pair != (ALL, ALL)):
        pairs = []
    rows = [{"row": _pair_row(one), "left": one[0], "taken": one[1], "n": counts[one]} for one in pairs]
    columns = [
        Column("left", "text", "main_drug"),
        Column("taken", "text", "main_drug"),
        Column("n", "count", "respondent"),
    ]
    return ResultTable(
        "substitution-pairs",
        "respondents",
        columns,
        frame_of(rows, columns),
        row_sums=_sums(pairs),
        notes=["groups", "account"],
    )


def _sums(pairs: Sequence[Pair]) -> list[dict]:
    """What anybody can add up: the pairs of each group on either side, and both sides to all."""
    found = []
    for place in (0, 1):
        margins = [pair for pair in pairs if pair[1 - place] == ALL and pair[place] != ALL]
        for margin in margins:
            parts = [pair for pair in pairs if ALL not in pair and pair[place] == margin[place]]
            found.append((parts, margin))
        if margins:
            found.append((margins, (ALL, ALL)))
    return [
        {"parts": [_pair_row(one) for one in parts], "total": _pair_row(total), "columns": ["n"]}
        for parts, total in found
    ]


def recovery_by_drug_table(respondent: pd.DataFrame, career: pd.DataFrame, smallest: int) -> ResultTable:
    """One row per group of drugs that caused problems, and one for all; no row where too few had problems."""
    groups: Mapping[str, Sequence[int]] = GROUPS
    known = pd.DataFrame({"drug": [], "recovery": []})
    if "recovery" in career and has(respondent, "prob_drug"):
        made = pd.DataFrame({"drug": codes(respondent, "prob_drug"), "recovery": career["recovery"].to_numpy()})
        known = made[made["recovery"].isin(["0", "1"])]
        by_group = pd.crosstab(in_groups(known["drug"], groups), known["recovery"])
        if any(is_small(int(number), smallest) for number in by_group.to_numpy().ravel()):
            groups = FALLBACK
    rows = []
    for name, members in [*groups.items(), (ALL, [code for of in groups.values() for code in of])]:
        of_group = known[known["drug"].isin(members)]
        yes = int((of_group["recovery"] == "1").sum())
        rows.append({"row": name, "group": name, "n": yes, "others": len(of_group) - yes, "base": len(of_group)})
    columns = [
        Column("group", "text", "main_drug"),
        *(Column(name, "count", "respondent") for name in ("n", "others", "base")),
    ]
    counts = ["n", "others", "base"]
    rows = rows if len(known) >= smallest else []
    return ResultTable(
        "recovery-by-drug",
        "respondents",
        columns,
        frame_of(rows, columns),
        column_sums=[{"parts": ["n", "others"], "total": "base"}],
        row_sums=[{"parts": list(groups), "total": ALL, "columns": counts}] if rows else [],
        notes=["groups", "bound"],
    )


def substitution_recovery(
    respondent: str,
    career: str,
    substitution_pairs: str,
    substitution_pairs_description: str,
    recovery_by_drug: str,
    recovery_by_drug_description: str,
    smallest: int,
) -> None:
    """Count substitution and recovery by group of drugs.

    1. Substitution: those of whom the variable holds, by the drug that was replaced and the one, mainly from a
       cryptomarket, in its place. Recovery: those in its base, by the drug that caused most problems before.
    2. Groups of main drugs of the plan; its three larger ones where any number is that of too few. One level only.
    3. Counts alone: the base of a group is too small for a share, and that of all stands in the table of careers.
    4. Of pairs, those that nobody has are left out; where none is that of enough respondents there is no table.
    """
    answers, careers = pd.read_parquet(respondent), pd.read_parquet(career)
    pairs = substitution_pairs_table(answers, careers, smallest)
    write_result(pairs, substitution_pairs, substitution_pairs_description)
    write_result(recovery_by_drug_table(answers, careers, smallest), recovery_by_drug, recovery_by_drug_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, substitution_recovery)
