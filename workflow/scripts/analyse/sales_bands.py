"""Sales bands that the market prints beside its vendors (typology, V7, simple form)."""

import pandas as pd
from cryptodrug.populations import drug_offer, focus_vendors
from cryptodrug.results import Column, ResultTable, write_result

BANDS = ((0, "0-9"), (10, "10-49"), (50, "50-99"), (100, "100-499"), (500, "500-more"))


def band_of(sales: float) -> str:
    """Band of a number of sales."""
    return [name for low, name in BANDS if sales >= low][-1]


def sales_bands_table(listing: pd.DataFrame, vendor: pd.DataFrame, focus: str, definition: str) -> ResultTable:
    """One row per band, in the last snapshot of each market for which bands or numbers of sales are printed."""
    vendor = vendor[vendor["sales_low"].notna()]
    vendor = vendor[vendor["snapshot_date"] == vendor.groupby("market")["snapshot_date"].transform("max")]
    here: set[str] = set()
    selling: set[str] = set()
    for (market, date), group in listing.groupby(["market", "snapshot_date"]):
        if ((vendor["market"] == market) & (vendor["snapshot_date"] == date)).any():
            here |= focus_vendors(group, focus, definition, listing)
            selling |= set(group["entity"])
    # a vendor with several accounts has the sales of all of them
    vendor = vendor[vendor["entity"].isin(selling)].groupby("entity", sort=True, as_index=False)["sales_low"].sum()
    bands = vendor["sales_low"].astype(float).map(band_of)
    in_focus = vendor["entity"].isin(here)
    rows = []
    for _, name in BANDS:
        count, every = int((in_focus & (bands == name)).sum()), int((bands == name).sum())
        rows.append(
            {
                "row": name,
                "band": name,
                "vendors": every,
                "share": every / len(vendor) if len(vendor) else None,
                "vendors_focus": count,
                "share_focus": count / in_focus.sum() if in_focus.any() else None,
                "support_vendors": count,
                "support_all": every,
            }
        )
    columns = [
        Column("band", "text", "sales_band"),
        Column("vendors", "count", "vendor", guard_vendors="support_all"),
        Column("share", "share", digits=1, guard_vendors="support_all"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("share_focus", "share", digits=1, guard_vendors="support_vendors"),
    ]
    # anybody who knows how many vendors there are can subtract the shown bands from it
    sums = [
        {"total": None, "value": total, "parts": [name for _, name in BANDS], "columns": [column]}
        for column, total in (("vendors", len(vendor)), ("vendors_focus", int(in_focus.sum())))
    ]
    table = pd.DataFrame(rows).astype({"share": float, "share_focus": float})
    return ResultTable("sales-bands", "revenue", columns, table, row_sums=sums)


def sales_bands(
    listing: str,
    vendor: str,
    sales_bands: str,
    sales_bands_description: str,
    focus_country: str,
    definition: str,
) -> None:
    """Drug vendors by the lower end of the sales band that the market prints for them.

    A band counts all sales of the account since it opened, drugs or not. Vendors without a band are left out.
    """
    vendors = pd.read_parquet(vendor, columns=["market", "snapshot_date", "entity_id", "sales_low"])
    vendors = vendors.rename(columns={"entity_id": "entity"})
    table = sales_bands_table(drug_offer(listing), vendors, focus_country, definition)
    write_result(table, sales_bands, sales_bands_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, sales_bands)
