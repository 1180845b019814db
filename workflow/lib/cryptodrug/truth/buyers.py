"""True respondents: who is kept, what they truly are, how their use changed."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.truth import career_truth, drawn, flow_truth, respondent_truth
from cryptodrug.truth.offers import Table
from cryptodrug.yaml_files import read_yaml

VALID, COMPLETE, PARTIAL = "valid", 1, 2
# career variables in the order of the report; of the first two the share is of those who rose
ROSE = ("frequency", "intensity")
SUMMARY = ("onset", *ROSE, "escalation", "deescalation", "switching", "expansion", "substitution", "recovery")
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


def _of_careers(careers: Table) -> dict[str, Table]:
    return {
        "career-summary": career_summary(careers),
        "range-change": range_change(careers),
        "frequency-change": frequency_change(careers),
    }


def many_people(scenario: Scenario, categories: Categories, replicates: range) -> dict[str, Table]:
    """True shares of many drawn groups of respondents together."""
    groups = [drawn(scenario, number) for number in replicates]
    profiles = pd.concat([respondent_profile(group, categories) for group in groups])
    shares = profiles.groupby("row", sort=False)["share"].mean().reset_index()
    careers = pd.concat([kept_careers(group) for group in groups], ignore_index=True)
    return {"respondent-profile": shares} | _of_careers(careers)


def buyer_tables(
    scenario: Scenario, categories: Categories, replicates: range
) -> tuple[dict[str, Table], dict[str, Table]]:
    """Tables of the study's own respondents, and those of the respondents who might have answered."""
    own = drawn(scenario)
    tables = {
        "respondent-profile": respondent_profile(own, categories),
        "survey-flow": survey_flow(own),
        "career": career_shares(own),
    }
    return tables | _of_careers(kept_careers(own)), many_people(scenario, categories, replicates)
