"""The truth as tables, to hold estimates against. Nothing in front of the analysis may read them."""

import pandas as pd

from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.world import Entity, World


def _origin(entity: Entity, month: int) -> str | None:
    return "|".join(sorted(entity.origins[month])) or None


def vendor_table(world: World) -> pd.DataFrame:
    """One row per account and snapshot in which it stands: entity, declared origins (sorted, `|` between), policy."""
    rows = [
        {
            "market": account.market,
            "snapshot_date": str(world.scenario.market(account.market).snapshots[month]),
            "vendor": account.handle,
            "entity": entity.number,
            "group": entity.group,
            "key": entity.key,
            "ships_from": _origin(entity, month),
            "policy": entity.policy,
            "registered": str(entity.registered),
        }
        for entity in world.entities.values()
        for account in entity.accounts
        for month in range(account.first, account.last + 1)
    ]
    return pd.DataFrame(rows)


def listing_table(world: World) -> pd.DataFrame:
    """One row per listing and snapshot: true class, quantity (g or units), price in cents of a dollar, sales.

    `sales` is their number up to the day of the snapshot, `sales_before` up to that of the snapshot before (None in the
    first); `rate` is the expected number in thirty days.
    """
    rows = []
    for market, month in world.snapshots():
        day = market.snapshots[month]
        before = market.snapshots[month - 1] if month else None
        for one in world.standing(market, month):
            product, entity = world.scenario.products[one.product], world.entities[one.entity]
            rows.append(
                {
                    "market": market.id,
                    "snapshot_date": str(day),
                    "listing_id": one.listing_id,
                    "vendor": entity.account(market.id).handle,
                    "entity": entity.number,
                    "drug_class": product.drug_class,
                    "is_drug": product.drug_class is not None,
                    "quantity_g": None if one.size.grams is None else float(one.size.grams),
                    "quantity_units": None if one.size.units is None else float(one.size.units),
                    "usd_cents": one.usd_cents[month],
                    "holding": one.holding[month],
                    "ships_from": _origin(entity, month),
                    "policy": entity.policy,
                    "rate": one.rate,
                    "sales": one.sales.until(day),
                    "sales_before": None if before is None else one.sales.until(before),
                }
            )
    return pd.DataFrame(rows).astype({"sales_before": "Int64"})


def page_table(world: World, scale: int = 1) -> pd.DataFrame:
    """One row per page that was asked for: what it is, what went wrong, what it arrives as (None: it does not)."""
    rows = [
        {
            "market": market.id,
            "snapshot_date": str(market.snapshots[month]),
            "path": page.path,
            "asked_for": page.kind,
            "again": page.again,
            "fault": page.fault,
            "kind": page.arrives_as,
        }
        for market, month in world.snapshots()
        for page in Crawl(world, market, month, scale=scale).wanted
    ]
    return pd.DataFrame(rows)


def truth_tables(world: World) -> dict[str, pd.DataFrame]:
    """All tables of the truth by name."""
    return {"vendor": vendor_table(world), "listing": listing_table(world), "page": page_table(world)}
