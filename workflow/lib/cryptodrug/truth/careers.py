"""True careers: how the use of those who are kept changed, by the definitions of the career variables."""

from itertools import combinations

import pandas as pd

from cryptodrug.careers.variants import variants_of
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.simulate.survey.truth import career_truth, respondent_truth
from cryptodrug.truth.offers import Table

# career variables in the order of the report; of the first two the share is of those who rose
ROSE = ("frequency", "intensity")
SUMMARY = ("onset", *ROSE, "escalation", "deescalation", "switching", "expansion", "substitution", "recovery")
OVERLAPS = tuple(name for name in SUMMARY if name != "deescalation")
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
    rows = []
    for (name, variant), values in found.items():
        rows.append(_row(f"{name}-{variant}", values, "up" if name in ROSE else "1"))
    return pd.DataFrame(rows)[["row", "n", "others", "base", "share"]]


def short_career_tables(careers: Table) -> dict[str, Table]:
    """The tables that say how many changed, of one group of respondents or of many together."""
    return {
        "career-summary": career_summary(careers),
        "range-change": range_change(careers),
        "frequency-change": frequency_change(careers),
    }


def career_tables(careers: Table) -> dict[str, Table]:
    """All tables about careers."""
    return short_career_tables(careers) | {
        "career-overlap": career_overlap(careers),
        "career-sensitivity": career_sensitivity(careers),
    }
