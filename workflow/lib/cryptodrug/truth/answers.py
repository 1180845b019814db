"""What is true of the purchases and habits of respondents, from the true answers of those who are kept."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.truth.offers import Table

DRUGS = ("can", "mdm", "coc", "amp", "met", "lsd", "psy", "ket", "ghb", "her", "opi", "ben", "med", "nps")
DRUG_GROUPS = {
    "cannabis": ["can"],
    "mdma": ["mdm"],
    "cocaine": ["coc"],
    "amphetamines": ["amp", "met"],
    "psychedelics": ["lsd", "psy"],
    "ketamine-ghb": ["ket", "ghb"],
    "opioids-medicines": ["her", "opi", "ben", "med"],
    "nps": ["nps"],
    "other-drugs": ["her", "opi", "ben", "med", "nps"],
}
HARMS = {"violence": ["viol", "threat", "theft", "press"], "cheated": ["cheat"], "police": ["police"]}
HARMS["any-harm"] = [name for names in HARMS.values() for name in names]
SOURCES = {
    "cryptomarket": (1,),
    "friend-or-relative": (2,),
    "dealer": (3, 4),
    "other-online": (6, 7),
    "shop-own-or-other": (5, 8, 9),
}
MOTIVES = ("offer", "cur", "price", "qual", "conv", "safe", "anon", "rate", "nodeal")
MAIN_MOTIVES = {"offer": (1,), "cur": (2,), "price-or-quality": (3, 4), "other": (5, 6, 7, 8, 9, 10)}
MAIN_DRUGS = {
    "cannabis": (1,),
    "mdma": (2,),
    "cocaine-or-amphetamines": (3, 4, 5),
    "psychedelics-or-dissociatives": (6, 7, 8),
    "other": range(9, 16),
}
PRACTICES = {
    **{f"hr-{name}": (f"hr_bf_{name}", f"hr_nw_{name}") for name in ("test", "low", "weigh", "read", "space")},
    **{f"rk-{name}": (f"rk_bf_{name}", f"rk_nw_{name}") for name in ("high", "mix", "alc", "alone", "unk")},
    "knowledge": ("kn_bf", "kn_nw"),
}


def true_codes(respondents: Respondents) -> Table:
    """True codes of those who are kept, a column per variable; negative where nobody like them is asked."""
    kept = [record.kind == VALID for record in respondents.records]
    return pd.DataFrame(respondents.true)[kept].reset_index(drop=True)


def any_of(codes: Table, variables: Sequence[str], wanted: Collection[int] = (1,)) -> pd.Series:
    """1 where any of the variables has a wanted code, 0 where none has, NaN where none is asked."""
    answers = codes[list(variables)]
    held = answers.isin(list(wanted)).any(axis="columns").astype(float)
    return held.where((answers >= 0).any(axis="columns"))


def held_row(name: str, held: pd.Series) -> dict:
    """Numbers of one statement."""
    base, yes = int(held.notna().sum()), int(held.sum())
    row = {"row": name, "n": yes, "others": base - yes, "base": base, "outside": len(held) - base}
    return row | {"share": yes / base if base else None}


def drugs_bought(codes: Table) -> Table:
    """Groups of drugs ever bought on a cryptomarket."""
    groups = DRUG_GROUPS.items()
    return pd.DataFrame([held_row(name, any_of(codes, [f"cm_{drug}" for drug in drugs])) for name, drugs in groups])


def harms_online_offline(codes: Table) -> Table:
    """Harms met in buying offline and online."""
    places = {"offline": "xoff", "online": "xon"}
    return pd.DataFrame(
        held_row(f"{harm}-{place}", any_of(codes, [f"{stem}_{name}" for name in names]))
        for harm, names in HARMS.items()
        for place, stem in places.items()
    )


def sources_before_now(codes: Table) -> Table:
    """Main sources of any drug used, before and now; nobody had a cryptomarket before."""
    rows = []
    for group, wanted in SOURCES.items():
        for period, stem in (("before", "bf_src"), ("now", "nw_src")):
            if (group, period) != ("cryptomarket", "before"):
                held = any_of(codes, [f"{stem}_{drug}" for drug in DRUGS], wanted)
                rows.append(held_row(f"{group}-{period}", held))
    return pd.DataFrame(rows)


def rare_motives(codes: Table, smallest: int) -> set[str]:
    """Motives of too few people: they stand with the others."""
    return {name for name in MOTIVES if 0 < any_of(codes, [f"mot_{name}"]).sum() < smallest}


def motives(codes: Table, few: set[str]) -> Table:
    """All motives, then the main one; `few`: those that stand with the others."""
    others = ["mot_oth", *(f"mot_{name}" for name in sorted(few))]
    rows = [held_row(name, any_of(codes, [f"mot_{name}"])) for name in MOTIVES]
    rows.append(held_row("other", any_of(codes, others)))
    rows += [held_row(f"main-{name}", any_of(codes, ["mot_main"], wanted)) for name, wanted in MAIN_MOTIVES.items()]
    return pd.DataFrame(rows)


def social_supply(codes: Table) -> Table:
    """For whom respondents buy; of those who say any purpose."""
    own, sells = codes["ss_own"] == 1, codes["ss_sell"] == 1
    gives = (codes[["ss_share", "ss_cost", "ss_sell"]] == 1).any(axis="columns")
    known = (codes[["ss_own", "ss_share", "ss_cost", "ss_sell"]] >= 0).all(axis="columns") & (own | gives)
    purposes = {"own-use-only": ~gives, "shared": gives & ~sells, "also-for-others": gives, "for-profit": sells}
    purposes["not-for-profit"] = ~sells
    return pd.DataFrame([held_row(name, held.astype(float).where(known)) for name, held in purposes.items()])


def practice_change(codes: Table) -> Table:
    """Steps on scales that are asked for before and now."""
    rows = []
    for name, (before, now) in PRACTICES.items():
        step = np.sign(codes[now] - codes[before])[(codes[before] >= 0) & (codes[now] >= 0)]
        row = {"row": name} | {word: int((step == way).sum()) for word, way in (("less", -1), ("same", 0), ("more", 1))}
        shares = {"share": row["more"] / len(step), "difference": step.mean()} if len(step) else {}
        rows.append(row | {"base": len(step)} | shares)
    return pd.DataFrame(rows)


def main_drug_flow(codes: Table) -> Table:
    """Main drugs before and now, of those who have one in both periods."""
    groups = {code: group for group, members in MAIN_DRUGS.items() for code in members}
    before, now = codes["main_bf"].map(groups), codes["main_nw"].map(groups)
    known = before.notna() & now.notna()
    groups = {group: [group] for group in MAIN_DRUGS} | {"sold-offline-too": list(MAIN_DRUGS)[:3]}
    groups["all-main-drugs"] = list(MAIN_DRUGS)
    total = int(known.sum())
    rows = []
    for name, members in groups.items():
        row = {"row": name, "base": total}
        for period, drugs in (("before", before), ("now", now)):
            row[period] = int(drugs[known].isin(members).sum())
            row[f"share_{period}"] = row[period] / total if total and name != "all-main-drugs" else None
        rows.append(row)
    return pd.DataFrame(rows)


def dependence_scale(codes: Table) -> Table:
    """Quartiles of the scale of dependence, of those with a main drug now: all, and each group of main drugs."""
    total = codes[[f"sds_{item}" for item in range(1, 6)]].sum(axis="columns")
    rows = []
    for name, members in (MAIN_DRUGS | {"all-main-drugs": range(1, 16)}).items():
        of_group = total[codes["main_nw"].isin(members)]
        low, middle, high = (float(of_group.quantile(part)) for part in (0.25, 0.5, 0.75))
        row = {"row": name, "quartile_low": low, "median": middle, "quartile_high": high}
        rows.append(row | {"base": len(of_group), "outside": len(codes) - len(of_group)})
    return pd.DataFrame(rows)


def answer_tables(codes: Table, few: set[str]) -> dict[str, Table]:
    """All tables about purchases and habits."""
    return {
        "drugs-bought": drugs_bought(codes),
        "harms-online-offline": harms_online_offline(codes),
        "sources-before-now": sources_before_now(codes),
        "motives": motives(codes, few),
        "social-supply": social_supply(codes),
        "practice-change": practice_change(codes),
        "main-drug-flow": main_drug_flow(codes),
        "dependence-scale": dependence_scale(codes),
    }
