"""How far a vendor says it sends (typology, section 1)."""

import pandas as pd

# from narrow to wide; named countries outside Europe reach further than Europe and less far than the world
ORDER = ("domestic", "neighbours", "europe", "other-countries", "worldwide-except", "worldwide")
NOT_STATED = "not-stated"


def stated_policy(listing: pd.DataFrame) -> pd.Series:
    """Policy of each listing; a destination that could not be read counts as not stated."""
    return listing["ships_to_policy"].where(listing["ships_to_policy"].isin(ORDER), NOT_STATED)


def widest_policy(policies: pd.Series, entities: pd.Series) -> pd.Series:
    """Widest stated policy of each vendor; `not-stated` only when none of its listings states one."""
    widths = {name: width for width, name in enumerate((NOT_STATED, *ORDER))}
    widest = policies.map(widths).groupby(entities).max()
    return widest.map((NOT_STATED, *ORDER).__getitem__)
