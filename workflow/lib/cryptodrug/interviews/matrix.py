"""Code x interview: what each coder says of each interview, and what both agreed on. It stays with the team."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

SPOKEN = ("yes", "both")


def said(codings: pd.DataFrame, coder: str) -> set[tuple[str, str]]:
    """(code, interview) of which the coder says yes: a passage of direction yes or both."""
    rows = codings[(codings["coder"] == coder) & codings["direction"].isin(SPOKEN)]
    return set(zip(rows["code"], rows["interview"], strict=True))


def agreed(codings: pd.DataFrame, coders: Sequence[str], consensus: str | None) -> set[tuple[str, str]]:
    """(code, interview) that count: those of the consensus; without one, those that every coder has."""
    if consensus is not None:
        return said(codings, consensus)
    return set.intersection(*(said(codings, coder) for coder in coders))


def ratings(
    codings: pd.DataFrame, coders: Sequence[str], codes: Sequence[str], interviews: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Yes (1) and no (0) of each coder on all codes x interviews; NaN in an interview that the coder has not coded.

    Returns
    -------
    (coders, codes x interviews) ratings, and the interview of each unit.
    """
    units = [(code, interview) for code in codes for interview in interviews]
    made = np.full((len(coders), len(units)), np.nan)
    for row, coder in enumerate(coders):
        yes, coded = said(codings, coder), set(codings.loc[codings["coder"] == coder, "interview"])
        for column, unit in enumerate(units):
            if unit[1] in coded:
                made[row, column] = unit in yes
    return made, np.array([interview for _, interview in units])


def code_matrix(codings: pd.DataFrame, users: Sequence[str], interviews: Sequence[str]) -> pd.DataFrame:
    """One row per user, code and interview that is spoken of: user, code, interview, direction.

    Passages of both directions, or one that says both, make `both`.
    """
    rows = codings[codings["coder"].isin(users) & codings["interview"].isin(interviews)]
    kinds = rows.groupby(["coder", "code", "interview"])["direction"].agg(lambda found: "|".join(sorted(set(found))))
    direction = kinds.where(kinds.isin(["yes", "no"]), "both")
    return direction.rename("direction").reset_index()


def together(codings: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Pairs of codes on passages of one interview that overlap: first, second, interviews.

    For the team only: in ten interviews a pair of codes can single a person out.
    """
    rows = codings[(codings["coder"] == coder) & codings["begins"].notna()]
    rows = rows[["interview", "code", "begins", "ends"]]
    pairs = rows.merge(rows, on="interview", suffixes=("_one", "_other"))
    touch = (pairs["begins_one"] < pairs["ends_other"]) & (pairs["begins_other"] < pairs["ends_one"])
    pairs = pairs[touch & (pairs["code_one"] < pairs["code_other"])]
    counted = pairs.groupby(["code_one", "code_other"])["interview"].nunique()
    return counted.rename_axis(["first", "second"]).rename("interviews").reset_index()
