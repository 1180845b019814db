"""What changed by group of drugs: how often and how much it is used, who took it up or left it, escalation."""

import pandas as pd
from cryptodrug.careers.groups import CEASED, NEW, NOT_USED, RETURNED, UNKNOWN
from cryptodrug.careers.table import AMOUNTS, USE, asked, groups_shown
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.paired import class_of, holm, sign_test, signed_rank, tango
from cryptodrug.survey.shares import counted, difference_column, frame_of, is_small, share_row, shares_table

FEWEST_TESTED, FEWEST_MOVED = 20, 10  # base as for a percentage; pairs that differ
WAYS = ("up", "same", "down")
# what each direction is made of
PARTS = {"up": ("up", NEW, RETURNED), "same": ("same", NOT_USED), "down": ("down", CEASED)}


def balance(counts: dict[str, int], level: float) -> dict[str, float]:
    """Rises less falls by all, with a score interval; nothing of nobody."""
    base = sum(counts[way] for way in WAYS)
    if not base:
        return {}
    low, high = tango(counts["up"], counts["down"], base, level)
    return {"difference": (counts["up"] - counts["down"]) / base, "difference_low": low, "difference_high": high}


def change_row(group: str, known: pd.DataFrame, smallest: int, level: float) -> tuple[dict, float | None]:
    """Counts of a group of drugs, and p of its signed ranks where it is tested.

    Everybody is in the base, as in the margins of both periods: with another base these would tell how many took the
    drug up. Those are shown only where nothing in the row is that of too few.
    """
    changes = known["change"].value_counts()
    counts = {way: int(changes.reindex(parts, fill_value=0).sum()) for way, parts in PARTS.items()}
    row = {"row": group, "drug": group, "base": len(known)} | counts | balance(counts, level)
    taken, given = int(changes.reindex([NEW, RETURNED], fill_value=0).sum()), int(changes.get(CEASED, 0))
    if not any(is_small(one, smallest) for one in (taken, given, counts["up"] - taken, counts["down"] - given)):
        row |= {"taken_up": taken, "given_up": given}
    users = known[known["change"] != NOT_USED]
    ranked = signed_rank([int(step) for step in users["now"] - users["before"]])
    if ranked:
        row["effect"] = ranked.effect
    enough = ranked and ranked.pairs >= FEWEST_MOVED and len(users) >= FEWEST_TESTED
    return row, ranked.p if enough else None


def change_by_drug_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group of drugs."""
    rows, tests = {}, {}
    for group, of_group in groups_shown(respondent, smallest).groupby("group", sort=False):
        known = of_group[of_group["change"] != UNKNOWN]
        rows[group], tests[group] = change_row(group, known, smallest, level)
    for group, p in holm(tests).items():
        rows[group] |= {"p_alone": class_of(tests[group]), "p": class_of(p)}
    columns = [
        Column("drug", "text", "drug_group"),
        *(Column(name, "count", "respondent") for name in (*WAYS, "base")),
        difference_column(level),
        Column("effect", "number", digits=2, base="base"),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
        *(Column(name, "count", "respondent") for name in ("taken_up", "given_up")),
    ]
    table, parts = frame_of(list(rows.values()), columns), [{"parts": list(WAYS), "total": "base"}]
    return ResultTable("change-by-drug", "respondents", columns, table, column_sums=parts, notes=["changes", "holm"])


def used_in_both(respondent: pd.DataFrame, smallest: int) -> dict[str, pd.DataFrame]:
    """Groups of drugs of which amounts were asked, without those where too few left it or took it up.

    Those with amounts for both periods, less all who used the drug in one of them, would tell how few.
    """
    if not asked(respondent, (*USE, *AMOUNTS)):
        return {}
    found = {}
    for group, of_group in groups_shown(respondent, smallest).groupby("group", sort=False):
        users = [int((of_group[period].dropna() > 0).sum()) for period in ("before", "now")]
        bases = [counted(of_group[name]).base for name in ("escalation", "deescalation")]
        bases.append(int(of_group["amount"].isin(WAYS).sum()))
        if not any(is_small(abs(number - base), smallest) for number in users for base in bases):
            found[group] = of_group
    return found


def amount_by_drug_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group: amounts of those who use it in both periods."""
    rows, tests = {}, {}
    for group, of_group in used_in_both(respondent, smallest).items():
        counts = {way: int((of_group["amount"] == way).sum()) for way in WAYS}
        base, moved = sum(counts.values()), counts["up"] + counts["down"]
        rows[group] = {"row": group, "drug": group, "base": base} | counts | balance(counts, level)
        enough = moved >= FEWEST_MOVED and base >= FEWEST_TESTED
        tests[group] = sign_test(counts["up"], counts["down"]) if enough else None
    for group, p in holm(tests).items():
        rows[group] |= {"p_alone": class_of(tests[group]), "p": class_of(p)}
    columns = [
        Column("drug", "text", "drug_group"),
        *(Column(name, "count", "respondent") for name in (*WAYS, "base")),
        difference_column(level),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
    ]
    table, parts = frame_of(list(rows.values()), columns), [{"parts": list(WAYS), "total": "base"}]
    return ResultTable("amount-by-drug", "respondents", columns, table, column_sums=parts, notes=["both", "holm"])


def escalation_by_drug_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """Two rows per group: escalation and its mirror."""
    rows = [
        share_row(f"{group}-{name}", {"drug": group, "statement": name}, counted(of_group[name]), smallest, level)
        for group, of_group in used_in_both(respondent, smallest).items()
        for name in ("escalation", "deescalation")
    ]
    words = [Column("drug", "text", "drug_group"), Column("statement", "text", "career_statement")]
    return shares_table("escalation-by-drug", words, rows, len(respondent), level, notes=["both"])


def change_by_drug(
    respondent: str,
    change_by_drug: str,
    change_by_drug_description: str,
    amount_by_drug: str,
    amount_by_drug_description: str,
    escalation_by_drug: str,
    escalation_by_drug_description: str,
    smallest: int,
    level: float,
) -> None:
    """Describe changes by group of drugs.

    1. More, as often, less: of all of whom it is known, who took a group up among those with more, who left it among
       those with less. Both are shown by themselves where nobody can be told apart by it.
    2. Wilcoxon's signed ranks of those who use a group in either period, with the zeros of Pratt; effect z by the root
       of the pairs that differ. Exact sign tests of amounts, of those who use it in both. Tested from ten pairs that
       differ, adjusted over the groups tested (Holm 1979).
    3. Amounts that rose for a drug of a group and fell for another are left out. Nothing is averaged over drugs.
    4. Descriptive: who used a drug most before can only use it less (regression to the mean).
    """
    answers = pd.read_parquet(respondent)
    write_result(change_by_drug_table(answers, smallest, level), change_by_drug, change_by_drug_description)
    write_result(amount_by_drug_table(answers, smallest, level), amount_by_drug, amount_by_drug_description)
    table = escalation_by_drug_table(answers, smallest, level)
    write_result(table, escalation_by_drug, escalation_by_drug_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, change_by_drug)
