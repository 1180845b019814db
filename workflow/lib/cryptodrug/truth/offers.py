"""The true offer: every drug listing that stands on a market on the day of a snapshot, whether or not it was seen."""

import pandas as pd

from cryptodrug.simulate.market.truth import listing_table
from cryptodrug.simulate.market.world import World

Table = pd.DataFrame
# fewer vendors of the focus country than this: the class is printed together with others
FEWEST_OF_A_CLASS = 3
MERGED = "other-classes"


def true_offer(world: World, focus: str) -> Table:
    """One row per drug listing and snapshot, with the columns of the true listings and those below.

    `day`: market and date, the row key of a snapshot; `month`; `last`: whether the snapshot is the last of its market;
    `country`: the only origin that is declared, else several, region (a name that is no country) or not-stated;
    `inclusive`, `strict`: the focus country is among the declared origins, is the only one; `ever`: its vendor declares
    the focus country in any snapshot in which it has a drug listing; `registered`: month in which its vendor did.
    """
    offer = listing_table(world)
    offer = offer[offer["is_drug"]].drop(columns="is_drug").reset_index(drop=True)
    places = {(market.id, str(day)): n for market in world.scenario.markets for n, day in enumerate(market.snapshots)}
    texts = [
        world.entities[entity].origin_texts[places[market, day]]
        for entity, market, day in zip(offer["entity"], offer["market"], offer["snapshot_date"], strict=True)
    ]
    codes = [tuple(filter(None, (origins or "").split("|"))) for origins in offer["ships_from"]]
    offer["country"] = [
        of[0] if len(of) == 1 else "several" if of else "region" if text else "not-stated"
        for of, text in zip(codes, texts, strict=True)
    ]
    offer["day"] = offer["market"] + "-" + offer["snapshot_date"]
    offer["month"] = offer["snapshot_date"].str[:7]
    offer["last"] = offer["snapshot_date"] == offer.groupby("market")["snapshot_date"].transform("max")
    offer["inclusive"] = [focus in of for of in codes]
    offer["strict"] = [of == (focus,) for of in codes]
    offer["registered"] = [f"{world.entities[entity].registered:%Y-%m}" for entity in offer["entity"]]
    offer["ever"] = offer["entity"].isin(set(offer.loc[offer["inclusive"], "entity"]))
    return offer


def _size(rows: Table, part: str) -> dict:
    """Listings and vendors of some snapshots, and those of them that belong to the focus country."""
    here = rows[rows[part]]
    listings, vendors = len(rows), rows["entity"].nunique()
    return {
        "listings": listings,
        "listings_focus": len(here),
        "share_listings": len(here) / listings,
        "vendors": vendors,
        "vendors_focus": here["entity"].nunique(),
        "share_vendors": here["entity"].nunique() / vendors,
    }


def market_size(offer: Table) -> Table:
    """Listings and vendors by snapshot."""
    return pd.DataFrame([{"row": day} | _size(rows, "inclusive") for day, rows in offer.groupby("day")])


def offer_adjusted(offer: Table) -> Table:
    """Drug listings of the focus country that stand on the day of each snapshot, and their mean by market."""
    days = offer.groupby(["market", "day"])["inclusive"].sum()
    means = days.groupby("market").mean()
    rows = [{"row": day, "listings": int(number), "adjusted": number} for (_, day), number in days.items()]
    return pd.DataFrame(rows + [{"row": f"{market}-mean", "adjusted": mean} for market, mean in means.items()])


def key_figures(offer: Table) -> Table:
    """First and last month, mean over snapshots, whole window."""
    days = market_size(offer)
    months = sorted(offer["month"].unique())
    rows = [
        {"row": name} | _size(offer[offer["month"] == month], "inclusive")
        for name, month in (("first", months[0]), ("last", months[-1]))
    ]
    rows.append({"row": "mean"} | days[["share_listings", "share_vendors"]].mean().to_dict())
    window = {"vendors": offer["entity"].nunique(), "vendors_focus": offer.loc[offer["inclusive"], "entity"].nunique()}
    return pd.DataFrame([*rows, {"row": "window"} | window])


def definition_sensitivity(offer: Table) -> Table:
    """Three definitions: numbers in the last snapshots, shares as means over snapshots."""
    rows = []
    for definition in ("strict", "inclusive", "ever"):
        days = [_size(of_day, definition) for _, of_day in offer.groupby("day")]
        last = offer[offer["last"] & offer[definition]]
        rows.append(
            {"row": definition, "listings": len(last), "vendors": last["entity"].nunique()}
            | {name: sum(day[name] for day in days) / len(days) for name in ("share_listings", "share_vendors")}
        )
    table = pd.DataFrame(rows)
    core = table.loc[table["row"] == "inclusive", "share_listings"].iloc[0]
    return table.assign(change=table["share_listings"] / core)


def _mean_shares(offer: Table, by: str) -> pd.Series:
    """Share of each value of a column: mean over snapshots."""
    counts = offer.groupby(["day", by]).size().unstack(by, fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0).mean()


def origin_countries(offer: Table) -> Table:
    """Declared origins: listings of the last snapshots, vendors of all, mean share, rank by it."""
    shares = _mean_shares(offer, "country")
    countries = shares[[name.isupper() for name in shares.index]]
    ranks = countries.rank(ascending=False, method="min")
    rows = [
        {
            "row": name.lower(),
            "listings": int((offer["last"] & (offer["country"] == name)).sum()),
            "vendors": offer.loc[offer["country"] == name, "entity"].nunique(),
            "share": share,
            "rank": ranks.get(name),
        }
        for name, share in shares.items()
    ]
    return pd.DataFrame(rows)


def focus_rank(offer: Table, focus: str) -> Table:
    """Rank of the focus country and number of countries that are declared."""
    table = origin_countries(offer).set_index("row")
    return pd.DataFrame([{"row": "all", "rank": table.loc[focus.lower(), "rank"], "countries": table["rank"].count()}])


def printed_classes(offer: Table) -> set[str]:
    """Classes that the report prints by themselves: those of at least three focus vendors."""
    vendors = offer[offer["inclusive"]].groupby("drug_class")["entity"].nunique()
    return set(vendors.index[vendors >= FEWEST_OF_A_CLASS])


def drug_classes(offer: Table, printed: set[str]) -> Table:
    """Classes of the focus country, of the rest, of all; those that are not printed by themselves together."""
    offer = offer.assign(printed=offer["drug_class"].where(offer["drug_class"].isin(printed), MERGED))
    here = offer[offer["inclusive"]]
    shares = {"focus": here, "rest": offer[~offer["inclusive"]], "all": offer}
    shares = {f"share_{name}": _mean_shares(rows, "printed") for name, rows in shares.items()}
    table = pd.DataFrame(shares).fillna(0.0)
    table["listings_focus"] = here[here["last"]].groupby("printed").size()
    table["listings_all"] = offer[offer["last"]].groupby("printed").size()
    table["vendors_focus"] = here.groupby("printed")["entity"].nunique()
    return table.fillna(0).rename_axis("row").reset_index()


def specialisation(offer: Table, printed: set[str]) -> Table:
    """Ratio of shares to the rest, and to the whole."""
    table = drug_classes(offer, printed)
    table["ratio"] = table["share_focus"] / table["share_rest"]
    table["quotient"] = table["share_focus"] / table["share_all"]
    return table.loc[table["row"] != MERGED, ["row", "vendors_focus", "ratio", "quotient"]]
