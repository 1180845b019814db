"""Numbers that a market prints of its offer, against what was found: all drugs, by category, on its lists."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pandas as pd
from cryptodrug.captures import largest_printed
from cryptodrug.harmonise.drugs import read_drug_rules
from cryptodrug.results import Column, ResultTable, write_result

DRUGS = "Drugs"
FOUND = "found"  # under this name a list prints how many offers it has
KINDS = ("drugs", "categories", "lists")


class Count(NamedTuple):
    """A printed number, whether it is a lower bound, and how many were found."""

    printed: int
    at_least: bool
    found: int


def shelf_below(shelf: str | None) -> str | None:
    """The category right below drugs: `Drugs/Cannabis/Weed` -> `Drugs/Cannabis`; None elsewhere."""
    parts = shelf.split("/") if isinstance(shelf, str) else []
    return "/".join(parts[:2]) if len(parts) > 1 and parts[0] == DRUGS else None


def _of_drugs(printed: dict[str, tuple[int, bool]], shelves: pd.Series) -> Iterator[Count]:
    if DRUGS in printed:
        yield Count(*printed[DRUGS], int(shelves.fillna("").str.split("/").str[0].eq(DRUGS).sum()))


def _of_categories(printed: dict[str, tuple[int, bool]], shelves: pd.Series) -> Iterator[Count]:
    """Categories right below drugs; a name without its top counts where no listing stands in a top of that name."""
    found, tops = shelves.map(shelf_below).value_counts(), set(shelves.dropna().str.split("/").str[0])
    done = set()
    for name, (number, at_least) in sorted(printed.items()):
        full = name if name.startswith(f"{DRUGS}/") else f"{DRUGS}/{name}"
        below = shelf_below(full) == full and (name == full or (full in found.index and name not in tops))
        if below and full not in done:
            done.add(full)
            yield Count(number, at_least, int(found.get(full, 0)))


def _of_lists(pages: pd.DataFrame, link: pd.DataFrame) -> Iterator[Count]:
    """Lists that print how many offers they have: as such, or beside their own name."""
    for name, group in pages[pages["kind"] == "list"].groupby("list_text", sort=True):
        printed = largest_printed(group["printed"])
        number = printed.get(FOUND, printed.get(name))
        if number is not None:
            yield Count(*number, link.loc[link["page_id"].isin(group["page_id"]), "listing_id"].nunique())


def _row(counts: list[Count]) -> dict:
    printed = sum(one.printed for one in counts)
    reached = sum(min(one.found, one.printed) for one in counts)
    return {
        "numbers": len(counts),
        "at_least": sum(one.at_least for one in counts),
        "reached": sum(one.found >= one.printed for one in counts),
        "printed": printed,
        "found": sum(one.found for one in counts),
        "share": reached / printed if printed else None,
    }


def printed_counts_table(
    page: pd.DataFrame, listing: pd.DataFrame, link: pd.DataFrame, shelf: Callable[[str, str | None], str | None]
) -> ResultTable:
    """One row per snapshot and kind of printed number; none where the market prints none.

    Parameters
    ----------
    page : page_id, market, snapshot_date, kind, list_text, printed.
    listing : market, snapshot_date, category_path of each listing.
    link : listing_id, page_id of every page on which a listing was seen.
    shelf : the category in the common tree, of market and path.
    """
    rows = []
    for (market, date), pages in page.groupby(["market", "snapshot_date"], sort=True):
        of_day = (listing["market"] == market) & (listing["snapshot_date"] == date)
        paths = listing.loc[of_day, "category_path"]
        shelves = pd.Series([shelf(market, path) for path in paths.dropna()], dtype=object)
        printed = largest_printed(pages["printed"])
        counts = (_of_drugs(printed, shelves), _of_categories(printed, shelves), _of_lists(pages, link))
        for kind, found in zip(KINDS, map(list, counts), strict=True):
            if found:
                row = {"row": f"{market}-{date}-{kind}", "market": market, "snapshot": str(date), "what": kind}
                rows.append(row | _row(found))
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        Column("what", "text", "printed_number"),
        *(Column(name, "count", "number") for name in ("numbers", "at_least", "reached")),
        *(Column(name, "count", "listing") for name in ("printed", "found")),
        Column("share", "share", digits=1, base="printed"),
    ]
    names = ["row", *(column.name for column in columns)]
    return ResultTable("printed-counts", "public", columns, pd.DataFrame(rows, columns=names), notes=["printed"])


def printed_counts(
    page: str,
    listing: str,
    listing_page: str,
    judgements: list[str],
    printed_counts: str,
    printed_counts_description: str,
) -> None:
    """Printed numbers against what was found.

    1. `drugs`: what pages (the front page, the menu beside a list) print of all drugs; `categories`: of the categories
       right below; `lists`: what lists print of themselves. Of several pages with one number the largest counts.
    2. Found are listings seen on any page; of a list those seen on its pages. Categories are those of the common tree.
    3. The share takes of each number what was found of it, at most all. Of a number that is rounded down it is an upper
       bound. A name of a category that no listing found stands in may be of another level, and is left out.
    """
    files = {path.rsplit("/", 1)[-1]: path for path in judgements}
    rules = read_drug_rules(files["drug_classes.csv"], files["drug_words.csv"], files["category_names.csv"])
    columns = ["page_id", "market", "snapshot_date", "kind", "list_text", "printed"]
    table = printed_counts_table(
        pd.read_parquet(page, columns=columns),
        pd.read_parquet(listing, columns=["market", "snapshot_date", "category_path"]),
        pd.read_parquet(listing_page, columns=["listing_id", "page_id"]),
        rules.shelf,
    )
    write_result(table, printed_counts, printed_counts_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, printed_counts)
