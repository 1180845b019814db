"""What happened to respondents when they bought offline, and because they bought on cryptomarkets."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, is_small, share_row, shares_table
from cryptodrug.survey.statements import has, says, says_any

HARMS = {"violence": ("viol", "threat", "theft", "press"), "cheated": ("cheat",), "police": ("police",)}
ANY = "any-harm"
PLACES = {"offline": "xoff", "online": "xon"}


def harms_of(respondent: pd.DataFrame, smallest: int) -> dict[tuple[str, str], pd.Series]:
    """Whether a harm was met in a place; all kinds together where one of them is that of too few."""
    asked = {name for kinds in HARMS.values() for name in kinds}
    places = {place: stem for place, stem in PLACES.items() if has(respondent, *(f"{stem}_{name}" for name in asked))}
    kinds = {
        (harm, place): says_any([says(respondent, f"{stem}_{name}") for name in names])
        for harm, names in HARMS.items()
        for place, stem in places.items()
    }
    if not any(is_small(counted(one).yes, smallest) for one in kinds.values()):
        return kinds
    return {(ANY, place): says_any([kinds[harm, place] for harm in HARMS]) for place in places}


def harms_online_offline_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per kind of harm and place."""
    rows = [
        share_row(f"{harm}-{place}", {"harm": harm, "place": place}, counted(one), smallest, level)
        for (harm, place), one in harms_of(respondent, smallest).items()
    ]
    words = [Column("harm", "text", "harm"), Column("place", "text", "buying_place")]
    return shares_table("harms-online-offline", words, rows, len(respondent), level, notes=["bases"])


def harms_online_offline(
    respondent: str, harms_online_offline: str, harms_online_offline_description: str, smallest: int, level: float
) -> None:
    """Count harms.

    1. Offline: asked of those who ever bought offline. Online: asked of all.
    2. Violence stands with threat, theft and pressure. Where any kind is that of too few, all stand together.
    3. The bases differ, and so do the years in which people bought: the two columns are no comparison of risks.
    """
    table = harms_online_offline_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, harms_online_offline, harms_online_offline_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, harms_online_offline)
