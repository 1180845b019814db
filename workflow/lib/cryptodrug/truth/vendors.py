"""True vendors: how large they are, where they send, which accounts they have."""

import pandas as pd

from cryptodrug.simulate.market.profiles import text_of
from cryptodrug.simulate.market.world import World
from cryptodrug.truth.offers import Table

SIZE_BANDS = {"1-4": (0, 5), "5-9": (5, 10), "10-24": (10, 25), "25-49": (25, 50), "50-more": (50, 10**9)}
STATED = ("domestic", "neighbours", "europe", "other-countries", "worldwide-except", "worldwide")
NOT_STATED = "not-stated"
FEWEST_OF_A_POLICY = 3


def listings_each(offer: Table, by: list[str]) -> pd.Series:
    """Mean number of drug listings of a vendor in the snapshots in which it has any."""
    return offer.groupby(["entity", "market", "day"]).size().groupby(by).mean()


def focus_vendors(offer: Table) -> set[int]:
    """Vendors that declare the focus country in any snapshot."""
    return set(offer.loc[offer["ever"], "entity"])


def vendor_size(offer: Table) -> Table:
    """Vendors by their mean number of listings, focus and rest."""
    sizes, focus = listings_each(offer, ["entity"]), focus_vendors(offer)
    rows = []
    for band, (low, high) in SIZE_BANDS.items():
        row = {"row": band}
        for name, of in (("focus", True), ("rest", False)):
            group = sizes[sizes.index.isin(focus) == of]
            row[f"vendors_{name}"] = int(((group >= low) & (group < high)).sum())
            row[f"share_{name}"] = row[f"vendors_{name}"] / len(group)
        rows.append(row)
    return pd.DataFrame(rows)


def vendor_size_summary(offer: Table) -> Table:
    """Medians, and how often a focus vendor has more listings than another vendor of the same market (ties half)."""
    sizes, focus = listings_each(offer, ["entity"]), focus_vendors(offer)
    here, rest = (sizes[sizes.index.isin(focus) == of] for of in (True, False))
    won, pairs = 0.0, 0
    for _, of_market in listings_each(offer, ["market", "entity"]).groupby(level="market"):
        ours = of_market.index.get_level_values("entity").isin(focus)
        mine, others = of_market.to_numpy()[ours], of_market.to_numpy()[~ours]
        won += sum(float((size > others).sum()) + float((size == others).sum()) / 2 for size in mine)
        pairs += len(mine) * len(others)
    row = {"row": "all", "vendors_focus": len(here), "vendors_rest": len(rest)}
    row |= {"median_focus": here.median(), "median_rest": rest.median(), "superiority": won / pairs}
    return pd.DataFrame([row])


def vendor_type_summary(offer: Table) -> Table:
    """Vendors of whom types are made: all, since fewer than two hundred declare a European country."""
    row = {"row": "all", "vendors": offer["entity"].nunique(), "vendors_focus": len(focus_vendors(offer))}
    return pd.DataFrame([row])


def policies(offer: Table) -> pd.Series:
    """Stated destination of each focus vendor."""
    return offer[offer["ever"]].drop_duplicates("entity").set_index("entity")["policy"]


def printed_policies(offer: Table) -> dict[str, str]:
    """Under which name each policy is printed: one of fewer than three focus vendors joins the next wider one."""
    vendors = policies(offer)
    names, waiting, number = {}, [], 0
    for name in STATED:
        waiting, number = [*waiting, name], number + int((vendors == name).sum())
        if number == 0 or number >= FEWEST_OF_A_POLICY or name == STATED[-1]:
            names |= dict.fromkeys(waiting, name)
            waiting, number = [], 0
    return names | {NOT_STATED: NOT_STATED}


def destination_policy(offer: Table, names: dict[str, str]) -> Table:
    """Stated destinations: listings of the last snapshots, vendors of all; `names`: under which each is printed."""
    vendors = policies(offer)
    last = offer[offer["last"]].assign(printed=lambda rows: rows["policy"].map(names))
    here, rest = last[last["inclusive"]], last[~last["inclusive"]]
    rows = []
    for name in dict.fromkeys(names.values()):
        count = int((vendors.map(names) == name).sum())
        row = {"row": name, "vendors_focus": count, "share_vendors": count / len(vendors)}
        for group, of in (("focus", here), ("rest", rest)):
            row[f"listings_{group}"] = int((of["printed"] == name).sum())
            row[f"share_{group}"] = row[f"listings_{group}"] / len(of)
        rows.append(row)
    return pd.DataFrame(rows)


def destination_summary(offer: Table) -> Table:
    """Focus vendors that state a destination beyond their own country; once with "not stated" as beyond.

    Who sends to its own country only, of those that state a destination: vendors, listings of the last snapshots.
    """
    vendors = policies(offer)
    silent, abroad = int((vendors == NOT_STATED).sum()), int((~vendors.isin(["domestic", NOT_STATED])).sum())
    row = {"row": "all", "vendors": len(vendors), "vendors_abroad": abroad, "share_abroad": abroad / len(vendors)}
    domestic, stated = int((vendors == "domestic").sum()), len(vendors) - silent
    row |= {"share_abroad_upper": (abroad + silent) / len(vendors)}
    row |= {"vendors_stated": stated, "vendors_domestic": domestic, "share_domestic_vendors": domestic / stated}
    last = offer[offer["last"]]
    here = last[last["inclusive"]]
    row |= {"listings": len(here), "listings_not_stated": int((here["policy"] == NOT_STATED).sum())}
    for group, rows in (("focus", here), ("rest", last[~last["inclusive"]])):
        known = rows.loc[rows["policy"] != NOT_STATED, "policy"]
        row[f"share_domestic_{group}"] = (known == "domestic").mean() if len(known) else None
    return pd.DataFrame([row])


def account_table(world: World) -> Table:
    """Every account: whose it is, its key, its snapshots, whose text it shows. What linking must find."""
    rows = [
        {
            "row": f"{account.market}-{entity.number}",
            "market": account.market,
            "vendor": account.handle,
            "entity": entity.number,
            "key": entity.key,
            "first": str(world.scenario.market(account.market).snapshots[account.first]),
            "last": str(world.scenario.market(account.market).snapshots[account.last]),
            "runs_away": entity.runs,
            "text": "-".join(str(part) for part in text_of(world, entity, account.market) if part is not None),
        }
        for entity in world.entities.values()
        for account in entity.accounts
    ]
    return pd.DataFrame(rows)


def vendor_linking(world: World) -> Table:
    """Pairs of accounts on different markets, by what they share and whether they are of one vendor."""
    accounts = account_table(world).to_dict("records")
    plain = lambda one: one["vendor"].lower().replace("-", "").replace("_", "")  # noqa: E731
    counts: dict[tuple[str, bool], int] = {}
    for place, one in enumerate(accounts):
        for other in accounts[place + 1 :]:
            if one["market"] == other["market"]:
                continue
            key, name = one["key"] is not None and one["key"] == other["key"], plain(one) == plain(other)
            text = one["text"] == other["text"]
            shared = "key-name" if key and name else "key" if key else "name" if name else "text" if text else "nothing"
            same = one["entity"] == other["entity"]
            if shared != "nothing" or same:
                counts[shared, same] = counts.get((shared, same), 0) + 1
    rows = [
        {"row": shared, "pairs": counts.get((shared, True), 0) + counts.get((shared, False), 0),
         "pairs_of_one_vendor": counts.get((shared, True), 0)}
        for shared in ("key-name", "key", "name", "text", "nothing")
    ]  # fmt: skip
    return pd.DataFrame(rows)
