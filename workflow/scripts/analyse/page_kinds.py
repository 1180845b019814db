"""Pages of each snapshot by kind, for the annex: every kind, so that nothing that went wrong stays unseen."""

import pandas as pd
from cryptodrug.reading.tables import PAGE_KINDS
from cryptodrug.results import Column, ResultTable, write_result

# the gate takes no column that is called after a key
COLUMN_OF = {"pgp": "keys"}


def column_of(kind: str) -> str:
    """Column in which pages of a kind are counted."""
    return COLUMN_OF.get(kind, kind)


def has_note(page: pd.DataFrame, note: str) -> pd.Series:
    """Pages with this note among theirs."""
    return page["note"].fillna("").str.split(";").map(lambda notes: note in notes).astype(bool)


def page_kinds_table(page: pd.DataFrame, link: pd.DataFrame) -> ResultTable:
    """One row per snapshot.

    Parameters
    ----------
    page : page_id, market, snapshot_date, kind, note.
    link : listing_id, page_id of every page on which a listing was seen.
    """
    seen = link.merge(page[["page_id", "market", "snapshot_date", "kind"]], on="page_id")
    rows = []
    for (market, date), pages in page.groupby(["market", "snapshot_date"], sort=True):
        of_day = seen[(seen["market"] == market) & (seen["snapshot_date"] == date)]
        in_lists = set(of_day.loc[of_day["kind"] == "list", "listing_id"])
        kinds = pages["kind"].value_counts()
        rows.append(
            {"row": f"{market}-{date}", "market": market, "snapshot": str(date), "pages": len(pages)}
            | {column_of(kind): int(kinds.get(kind, 0)) for kind in PAGE_KINDS}
            | {
                "second": int(has_note(pages, "duplicate-capture").sum()),
                "broken_off": int((has_note(pages, "cut") & (pages["kind"] != "cut")).sum()),
                "lists_only": len(in_lists - set(of_day.loc[of_day["kind"] == "listing", "listing_id"])),
            }
        )
    of_kinds = [column_of(kind) for kind in PAGE_KINDS]
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        *(Column(name, "count", "page") for name in ("pages", *of_kinds, "second", "broken_off")),
        Column("lists_only", "count", "listing"),
    ]
    sums = [{"total": "pages", "parts": of_kinds}]
    return ResultTable("page-kinds", "public", columns, pd.DataFrame(rows), column_sums=sums, notes=["kinds"])


def page_kinds(page: str, listing_page: str, page_kinds: str, page_kinds_description: str) -> None:
    """Pages by kind.

    1. Every page of the archive has one kind; the kinds add up to all pages.
    2. `second`: second captures, which are among the lists; `broken_off`: pages that break off behind what identifies
       them and were read up to there. One that breaks off before is of the kind `cut`.
    3. `lists_only`: listings that a list shows and whose own page was not read: what was missed without a trace in the
       pages shows here.
    """
    table = page_kinds_table(
        pd.read_parquet(page, columns=["page_id", "market", "snapshot_date", "kind", "note"]),
        pd.read_parquet(listing_page, columns=["listing_id", "page_id"]),
    )
    write_result(table, page_kinds, page_kinds_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, page_kinds)
