"""True respondents: who is kept, what they truly are; all tables about buyers."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.truth import drawn, flow_truth
from cryptodrug.truth.answers import answer_tables, rare_motives, true_codes
from cryptodrug.truth.careers import career_shares, career_tables, kept_careers, short_career_tables
from cryptodrug.truth.offers import Table
from cryptodrug.truth.purchases import COARSE, purchase_tables
from cryptodrug.yaml_files import read_yaml

COMPLETE, PARTIAL = 1, 2
# tables of questions with exclusive answers, beside the profile
QUESTIONS = {
    "first-purchase": ("cm1_since", "cm1_age", "off_bf"),
    "purchase-practice": ("n_buy12", "n_mkt", "off_nw", "dom_pref", "lp_origin", "lp_pay", "lp_enc", "lp_addr"),
    "losses": ("lost_n", "scam_n", "seized"),
}
Categories = dict[str, dict[str, list[int]]]


def categories_of(items: dict[str, list[str] | None], mapping: str | Path, questionnaire: str | Path) -> Categories:
    """Codes of each category of each item, as the mapping of the questionnaire merges them; None: all of them."""

    def refuse(what: str) -> InputError:
        return InputError(what, where=str(mapping), not_done="no truth was written", do="mend the mapping")

    merged = read_yaml(mapping, refuse)["categories"]
    with Path(questionnaire).open(encoding="utf-8", newline="") as stream:
        label_sets = {row["variable"]: row["labels"] for row in csv.DictReader(stream)}
    found = {}
    for item, names in items.items():
        codes = merged["by_variable"].get(item) or merged["by_labels"][label_sets[item]]
        found[item] = {name: codes[name] for name in names or codes}
    return found


def _kept(groups: list[Respondents], which: str, item: str) -> np.ndarray:
    """Codes of those who are kept: `true` or `reported`."""
    parts = []
    for group in groups:
        kept = np.array([record.kind == VALID for record in group.records])
        parts.append(np.asarray(getattr(group, which)[item], dtype=float)[kept])
    return np.concatenate(parts)


def respondent_profile(groups: list[Respondents], categories: Categories) -> Table:
    """By item and category: how many kept respondents say so, how many say anything, what share it truly is.

    The last row of an item counts those who say nothing.
    """
    rows = []
    for item, codes_of in categories.items():
        said, true = _kept(groups, "reported", item), _kept(groups, "true", item)
        given = np.isin(said, [code for codes in codes_of.values() for code in codes])
        name = item.replace("_", "-")
        for category, codes in codes_of.items():
            row = {"row": f"{name}-{category}", "n": int(np.isin(said, codes).sum()), "base": int(given.sum())}
            rows.append(row | {"share": float(np.isin(true, codes).mean())})
        rows.append({"row": f"{name}-missing", "n": int((~given).sum()), "base": len(said)})
    return pd.DataFrame(rows)


def survey_flow(respondents: Respondents) -> Table:
    """Records left out and remaining after each step, and after each run of steps that may be shown as one."""
    flow = flow_truth(respondents)
    numbers = list(zip(flow["step"], flow["n"], strict=True))
    started, steps = numbers[0][1], numbers[1:-1]
    rows = [{"row": "started", "left_out": None, "remaining": started}]
    for first in range(len(steps)):
        for behind in range(first + 1, len(steps) + 1):
            run = steps[first:behind]
            row = {"row": ".".join(step for step, _ in run), "left_out": sum(n for _, n in run)}
            rows.append(row | {"remaining": started - sum(n for _, n in steps[:behind])})
    status = _kept([respondents], "reported", "status")
    ends = {"kept": len(status), "complete": (status == COMPLETE).sum(), "partial": (status == PARTIAL).sum()}
    rows += [{"row": name, "left_out": None, "remaining": int(n)} for name, n in ends.items()]
    return pd.DataFrame(rows).astype({"left_out": "Int64"})


def questions_of(mapping: str | Path, questionnaire: str | Path) -> dict[str, Categories]:
    """Codes of each category of the items of `QUESTIONS`, the coarser ones among them."""
    found = {}
    for table, items in QUESTIONS.items():
        fine = categories_of(dict.fromkeys(items), mapping, questionnaire)
        found[table] = {item: codes | COARSE.get(item, {}) for item, codes in fine.items()}
    return found


def many_people(
    scenario: Scenario, categories: Categories, questions: dict[str, Categories], replicates: range
) -> dict[str, Table]:
    """True shares of many drawn groups of respondents together: answers to single questions, careers in short."""
    groups = [drawn(scenario, number) for number in replicates]
    careers = pd.concat([kept_careers(group) for group in groups], ignore_index=True)
    codes = pd.concat([true_codes(group) for group in groups], ignore_index=True)
    profiles = {"respondent-profile": categories} | questions
    return (
        {name: respondent_profile(groups, of) for name, of in profiles.items()}
        | short_career_tables(careers)
        | purchase_tables(codes)
    )


def _of_groups(
    groups: list[Respondents], profiles: dict[str, Categories], few: set[str], smallest: int
) -> dict[str, Table]:
    """Tables of shares, of one group of respondents or of many together; `few`: motives that stand with the others."""
    codes = pd.concat([true_codes(group) for group in groups], ignore_index=True)
    careers = pd.concat([kept_careers(group) for group in groups], ignore_index=True)
    return (
        {name: respondent_profile(groups, of) for name, of in profiles.items()}
        | career_tables(careers, smallest)
        | answer_tables(codes, few)
        | purchase_tables(codes)
    )


def own_buyers(
    scenario: Scenario, categories: Categories, questions: dict[str, Categories], smallest: int
) -> dict[str, Table]:
    """Tables of the study's own respondents.

    Parameters
    ----------
    categories, questions : codes by category of the items of the profile; of those of each table of `QUESTIONS`.
    smallest : number of people from which a category is shown by itself.
    """
    own = drawn(scenario)
    few = rare_motives(true_codes(own), smallest)
    tables = _of_groups([own], {"respondent-profile": categories} | questions, few, smallest)
    return tables | {"survey-flow": survey_flow(own), "career": career_shares(own)}


def other_buyers(
    scenario: Scenario, categories: Categories, questions: dict[str, Categories], smallest: int, replicates: range
) -> dict[str, Table]:
    """The same tables of the many who might have answered; motives stand together as in the study's own table."""
    few = rare_motives(true_codes(drawn(scenario)), smallest)
    groups = [drawn(scenario, number) for number in replicates]
    return _of_groups(groups, {"respondent-profile": categories} | questions, few, smallest)
