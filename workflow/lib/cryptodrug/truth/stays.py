"""Truth about how long vendors stay: a first cohort, those who come later, the focus country against the others."""

from dataclasses import dataclass

import pandas as pd

from cryptodrug.truth.offers import Table
from cryptodrug.truth.time import months_of, watched_months

HORIZON = 3


@dataclass(frozen=True)
class Stay:
    """One vendor. Months are counted from the first of the study.

    `start`: first month with a snapshot of a market of its own; `seen`: months with such a snapshot; `left`: there was
    one after its last month; `focus`: it declares the focus country in its first month.
    """

    first: int
    last: int
    start: int
    seen: frozenset[int]
    left: bool
    focus: bool

    @property
    def entered(self) -> bool:
        """Whether it came after the first snapshot of its markets."""
        return self.first > self.start

    @property
    def stayed(self) -> int:
        """Months from its first to its last one."""
        return self.last - self.first


def stays_of(offer: Table) -> list[Stay]:
    """Every vendor with a drug listing on the day of a snapshot."""
    begin = min(offer["month"])

    def number(month: str) -> int:
        return (int(month[:4]) - int(begin[:4])) * 12 + int(month[5:]) - int(begin[5:])

    there, watched = months_of(offer), watched_months(offer)
    declares = set(offer.loc[offer["inclusive"], ["entity", "month"]].itertuples(index=False, name=None))
    found = []
    for entity, months in there.items():
        seen = frozenset(number(month) for month in watched[entity])
        first, last = number(min(months)), number(max(months))
        found.append(Stay(first, last, min(seen), seen, max(seen) > last, (entity, min(months)) in declares))
    return found


def vendor_cohort(offer: Table) -> Table:
    """Of those who are there in the first snapshot of their markets: who is still there so many months later."""
    members = [one for one in stays_of(offer) if not one.entered]
    rows = []
    for months in range(1, max(max(one.seen) for one in members) + 1):
        row: dict = {"row": f"after-{months}", "months": months}
        for ending, of in (("", members), ("_focus", [one for one in members if one.focus])):
            followed = [one for one in of if one.start + months in one.seen]
            still = sum(one.stayed >= months for one in followed)
            row |= {f"followed{ending}": len(followed), f"still{ending}": still}
            row[f"share{ending}"] = still / len(followed) if followed else None
        rows.append(row)
    return pd.DataFrame(rows)


def _lasting(stays: list[Stay], months: int) -> float | None:
    """Product over the months of the shares that last each of them (Kaplan & Meier 1958)."""
    lasting = 1.0
    for month in range(1, months + 1):
        leave = sum(one.left and one.stayed + 1 == month for one in stays)
        stay = sum(one.stayed >= month for one in stays)
        if not leave + stay:
            return None
        lasting *= stay / (leave + stay)
    return lasting


def vendor_survival(offer: Table) -> Table:
    """Of the vendors who come after the first snapshot, the share that stays longer than so many months."""
    entrants = [one for one in stays_of(offer) if one.entered]
    rows = []
    for group, of in (("all", entrants), ("focus", [one for one in entrants if one.focus])):
        for months in range(1, max((one.stayed for one in of), default=0) + 1):
            rows.append({"row": f"{group}-{months}", "share": _lasting(of, months)})
    return pd.DataFrame(rows, columns=["row", "share"])


def _ratio_of_odds(stays: list[Stay]) -> float | None:
    """Odds to leave after a month, focus against others, pooled over months (Mantel & Haenszel 1959)."""
    above = below = 0.0
    for month in range(max(one.last for one in stays) + 1):
        leave = [one for one in stays if one.left and one.last == month]
        stay = [one for one in stays if one.first <= month < one.last]
        if leave or stay:
            n = len(leave) + len(stay)
            above += sum(one.focus for one in leave) * sum(not one.focus for one in stay) / n
            below += sum(not one.focus for one in leave) * sum(one.focus for one in stay) / n
    return above / below if below else None


def vendor_survival_summary(offer: Table) -> Table:
    """How many are there first, come and leave; the focus country against the others."""
    every = stays_of(offer)
    row: dict = {"row": "all"}
    lasting = []
    for ending, of in (("", every), ("_focus", [one for one in every if one.focus])):
        cohort, entrants = ([one for one in of if one.entered == late] for late in (False, True))
        stayed = sum(not one.left for one in cohort)
        row |= {f"cohort{ending}": len(cohort), f"stayed{ending}": stayed}
        row[f"stayed_share{ending}"] = stayed / len(cohort) if cohort else None
        row |= {f"entrants{ending}": len(entrants), f"exits{ending}": sum(one.left for one in entrants)}
    for focus in (True, False):
        lasting.append(_lasting([one for one in every if one.entered and one.focus == focus], HORIZON))
    row["difference"] = None if None in lasting else lasting[0] - lasting[1]
    return pd.DataFrame([row | {"ratio": _ratio_of_odds(every)}])


SPANS = ((0, 12), (12, 24), (24, 36), (36, 60))


def vendor_age_survival(offer: Table) -> Table:
    """Of accounts of one age, the share that lasts to another: at risk from the age at which they are first there."""
    begin = min(offer["month"])
    months = offer.drop_duplicates("entity").set_index("entity")["registered"]
    since = {one: 12 * (int(m[:4]) - int(begin[:4])) + int(m[5:]) - int(begin[5:]) for one, m in months.items()}
    stays = list(zip(stays_of(offer), (since[entity] for entity in months_of(offer)), strict=True))
    rows = []
    for group, of in (("all", stays), ("focus", [pair for pair in stays if pair[0].focus])):
        for low, high in SPANS:
            lasting, seen, exits = 1.0, set(), set()
            for age in range(low, high):
                leave = {n for n, (one, month) in enumerate(of) if one.left and one.last - month == age}
                stay = {n for n, (one, month) in enumerate(of) if one.first - month <= age < one.last - month}
                seen, exits = seen | leave | stay, exits | leave
                lasting *= len(stay) / (len(leave) + len(stay)) if leave or stay else float("nan")
            if seen:
                row: dict = {"row": f"{group}-{low}-{high}", "vendors": len(seen), "exits": len(exits)}
                rows.append(row | {"share": None if lasting != lasting else lasting})
    return pd.DataFrame(rows, columns=["row", "vendors", "exits", "share"])


def registration_shown(offer: Table) -> Table:
    """Drug vendors of each market; every profile of the demo states its month."""
    vendors = offer.groupby("market")["entity"].nunique()
    return pd.DataFrame(
        {"row": vendors.index, "vendors": vendors.to_numpy(), "known": vendors.to_numpy(), "share": 1.0}
    )
