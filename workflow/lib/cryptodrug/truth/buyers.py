"""True respondents: who is kept, what they truly are, how their use changed."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.truth import career_truth, drawn, flow_truth
from cryptodrug.truth.offers import Table
from cryptodrug.yaml_files import read_yaml

VALID, COMPLETE, PARTIAL = "valid", 1, 2
Categories = dict[str, dict[str, list[int]]]


def categories_of(items: dict[str, list[str]], mapping: str | Path, questionnaire: str | Path) -> Categories:
    """Codes of each category of each item, as the mapping of the questionnaire merges them."""

    def refuse(what: str) -> InputError:
        return InputError(what, where=str(mapping), not_done="no truth was written", do="mend the mapping")

    merged = read_yaml(mapping, refuse)["categories"]
    with Path(questionnaire).open(encoding="utf-8", newline="") as stream:
        label_sets = {row["variable"]: row["labels"] for row in csv.DictReader(stream)}
    found = {}
    for item, names in items.items():
        codes = merged["by_variable"].get(item) or merged["by_labels"][label_sets[item]]
        found[item] = {name: codes[name] for name in names}
    return found


def _kept(respondents: Respondents, columns: dict[str, np.ndarray], item: str) -> np.ndarray:
    """Codes of those who are kept."""
    kept = np.array([record.kind == VALID for record in respondents.records])
    return np.asarray(columns[item], dtype=float)[kept]


def respondent_profile(respondents: Respondents, categories: Categories) -> Table:
    """By item and category: how many kept respondents say so, how many say anything, what share it truly is of all.

    The last row of an item counts those who say nothing.
    """
    rows = []
    for item, codes_of in categories.items():
        said, true = _kept(respondents, respondents.reported, item), _kept(respondents, respondents.true, item)
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
    status = _kept(respondents, respondents.reported, "status")
    ends = {"kept": len(status), "complete": (status == COMPLETE).sum(), "partial": (status == PARTIAL).sum()}
    rows += [{"row": name, "left_out": None, "remaining": int(n)} for name, n in ends.items()]
    return pd.DataFrame(rows).astype({"left_out": "Int64"})


def careers(respondents: Respondents) -> Table:
    """Career variables by value: kept respondents, those inside the base, true share."""
    table = career_truth(respondents)
    table.insert(0, "row", table["variable"].str.replace("_", "-") + "." + table["value"].astype(str))
    return table[["row", "n", "base", "share"]]


def many_profiles(scenario: Scenario, categories: Categories, replicates: range) -> Table:
    """True shares of many drawn groups of respondents together."""
    profiles = [respondent_profile(drawn(scenario, number), categories) for number in replicates]
    return pd.concat(profiles).groupby("row", sort=False)["share"].mean().reset_index()


def buyer_tables(
    scenario: Scenario, categories: Categories, replicates: range
) -> tuple[dict[str, Table], dict[str, Table]]:
    """Tables of the study's own respondents, and those of the respondents who might have answered."""
    own = drawn(scenario)
    tables = {
        "respondent-profile": respondent_profile(own, categories),
        "survey-flow": survey_flow(own),
        "career": careers(own),
    }
    return tables, {"respondent-profile": many_profiles(scenario, categories, replicates)}
