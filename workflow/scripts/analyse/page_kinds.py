"""Pages of each snapshot by kind, for the annex: every kind, so that nothing that went wrong stays unseen."""

from collections.abc import Mapping, Sequence

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


def page_variants_table(page: pd.DataFrame, templates: Mapping[str, Sequence[Sequence[str]]]) -> ResultTable:
    """One row per market, kind of page and template that read pages of this kind.

    Parameters
    ----------
    page : market, snapshot_date, kind, layout.
    templates : kind and layout of every rule of the market files of each market, in their order.
    """
    rows = []
    for market, pages in page.groupby("market", sort=True):
        layouts: dict[str, list[str]] = {kind: [] for kind in PAGE_KINDS}
        for kind, layout in templates[market]:
            layouts[kind] += [layout] if layout not in layouts[kind] else []
        for kind, known in layouts.items():
            of_kind = pages[pages["kind"] == kind]
            for number, layout in enumerate([None, *known]):
                read = of_kind[of_kind["layout"].isna() if layout is None else of_kind["layout"] == layout]
                if layout is None and read.empty:
                    continue
                days = sorted(read["snapshot_date"].astype(str))
                rows.append(
                    {"row": f"{market}-{kind}-{number}", "market": market, "kind": kind, "template": number}
                    | {"pages": len(read), "first": days[0] if days else None, "last": days[-1] if days else None}
                )
    table = pd.DataFrame(rows)
    if table["pages"].sum() != len(page):
        raise ValueError("a page was read by a template that no market file of its market has")
    columns = [
        Column("market", "text", "market"),
        Column("kind", "text", "page_kind"),
        Column("template", "number", digits=0),
        Column("pages", "count", "page"),
        Column("first", "date", "day"),
        Column("last", "date", "day"),
    ]
    return ResultTable("page-variants", "public", columns, table, notes=["templates"])


def page_kinds(
    page: str,
    listing_page: str,
    page_kinds: str,
    page_kinds_description: str,
    page_variants: str,
    page_variants_description: str,
    templates: Mapping[str, Sequence[Sequence[str]]],
) -> None:
    """Pages by kind, and by the template that read them.

    1. Every page of the archive has one kind; the kinds add up to all pages.
    2. `second`: second captures, which are among the lists; `broken_off`: pages that break off behind what identifies
       them and were read up to there. One that breaks off before is of the kind `cut`.
    3. `lists_only`: listings that a list shows and whose own page was not read: what was missed without a trace in the
       pages shows here.
    4. Templates are numbered by kind in the order of the market file; a page that needs none (empty, cut, unknown) has
       the number nought. A template that read no page stays, so that a change of the market shows by its dates.
    """
    pages = pd.read_parquet(page, columns=["page_id", "market", "snapshot_date", "kind", "layout", "note"])
    table = page_kinds_table(pages, pd.read_parquet(listing_page, columns=["listing_id", "page_id"]))
    write_result(table, page_kinds, page_kinds_description)
    write_result(page_variants_table(pages, templates), page_variants, page_variants_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, page_kinds)
