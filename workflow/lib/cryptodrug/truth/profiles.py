"""True profiles of a simulated study: to how many vendors each code was given when their profiles were invented."""

from pathlib import Path

import pandas as pd

from cryptodrug.truth.offers import Table


def profile_tables(planted: str | Path) -> dict[str, Table]:
    """`profile-codes`, `profile-types`, `profile-type-tests`: profiles in pairs, of the country and not, and by type.

    Parameters
    ----------
    planted : one profile a line: group (empty: without a match), type in which its vendor is placed, 1 or 0 by code.
    """
    table = pd.read_csv(planted, dtype={"profile": str, "group": str, "type": str})
    pairs = table[table["group"].notna()]
    codes = [name for name in table if name not in ("profile", "group", "type")]
    groups = {name: rows[codes].sum() for name, rows in pairs.groupby("group")}
    of_group = pairs["group"].value_counts()
    by_code = [
        {"row": code, "n_focus": groups["focus"][code], "n_other": groups["other"][code], "pairs": of_group["focus"]}
        for code in codes
    ]
    by_type = [
        {"row": f"{code}-{name}", "n": int(rows[code].sum()), "vendors": len(rows)}
        for code in codes
        for name, rows in pairs.groupby("type")
    ]
    return {
        "profile-codes": pd.DataFrame(by_code),
        "profile-types": pd.DataFrame(by_type),
        "profile-type-tests": pd.DataFrame(
            {"row": code, "difference": max(_apart(pairs[code], pairs["type"] == name) for name in set(pairs["type"]))}
            for code in codes
        ),
    }


def _apart(yes: pd.Series, here: pd.Series) -> float:
    """Share of the vendors here that have a code less that of all others."""
    return yes[here].mean() - yes[~here].mean()
