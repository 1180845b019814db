"""Pages of lists by snapshot: which are missing, and how much lists show that change while they are read."""

import pandas as pd
from cryptodrug.captures import gaps, is_second, number_in, printed_pages, two_passes
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.coverage import FEWEST_RECAPTURED, Seen, chapman, good_turing, recapture_interval

# of the sightings on lists that change; with fewer, the order is rather kept than drawn anew
LEAST_AGAIN = 0.1
NO_ESTIMATE = {"two_passes": None, "two_passes_low": None, "two_passes_high": None}
NOT_SHIFTING = {"good_turing": None, "good_turing_low": None, "good_turing_high": None}


def _two_passes(page: pd.DataFrame, link: pd.DataFrame, level: float) -> dict[str, float | None]:
    """Share of the listings on second captures of lists that the first captures of lists show."""
    passes = two_passes(page, link)
    if passes is None or sum(found for _, found in passes.again) < FEWEST_RECAPTURED:
        return NO_ESTIMATE
    again, both = sum(size for size, _ in passes.again), sum(found for _, found in passes.again)
    share = min(1.0, passes.first / chapman(passes.first, again, min(both, passes.first)).size)
    low, high = recapture_interval(passes.again, level)
    return {"two_passes": share, "two_passes_low": low, "two_passes_high": high}


def shifting_lists(page: pd.DataFrame, link: pd.DataFrame) -> pd.DataFrame:
    """How often each listing was seen on each list that shows one listing on two of its pages.

    Parameters
    ----------
    page : page_id, list_text, list_page_text of first captures.
    link : listing_id, page_id.

    Returns
    -------
    list_text, listing_id, times (pages of the list that show the listing).
    """
    seen = link.merge(page, on="page_id").drop_duplicates(["list_text", "list_page_text", "listing_id"])
    times = seen.groupby(["list_text", "listing_id"]).size().reset_index(name="times")
    moved = times.loc[times["times"] > 1, "list_text"].unique()
    return times[times["list_text"].isin(moved)].reset_index(drop=True)


def estimate_shifting(times: pd.DataFrame, page: pd.DataFrame, level: float) -> Seen | None:
    """Share of the offer of lists that change which they showed; None where too little was seen again."""
    total, again = int(times["times"].sum()), int((times["times"] - 1).sum())
    if again < FEWEST_RECAPTURED or again < LEAST_AGAIN * total:
        return None
    pages = page[page["list_text"].isin(times["list_text"])].groupby("list_text")["list_page_text"].nunique()
    return good_turing(times["times"].tolist(), int(pages.max()), level)


def list_pages_table(page: pd.DataFrame, link: pd.DataFrame, level: float) -> ResultTable:
    """One row per snapshot.

    Parameters
    ----------
    page : page_id, market, snapshot_date, kind, note, list_text, list_page_text, printed of every page.
    link : listing_id, page_id of every page on which a listing was seen.
    """
    rows = []
    lists = page[page["kind"] == "list"]
    lists = lists.assign(number=[number_in(text) for text in lists["list_page_text"]])
    for (market, date), _ in page.groupby(["market", "snapshot_date"], sort=True):
        of_day = lists[(lists["market"] == market) & (lists["snapshot_date"] == date)]
        shown = link[link["page_id"].isin(of_day["page_id"])]
        numbered = of_day[of_day["number"].notna() & of_day["list_text"].notna()]
        numbers = zip(numbered["list_text"], numbered["number"].astype(int), numbered["printed"], strict=True)
        found = gaps((name, number, printed_pages(text)) for name, number, text in numbers)
        first = numbered[~is_second(numbered)]
        times = shifting_lists(first[["page_id", "list_text", "list_page_text"]], shown)
        seen = estimate_shifting(times, first, level)
        rows.append(
            {"row": f"{market}-{date}", "market": market, "snapshot": str(date), "pages": len(of_day)}
            | {"numbered": len(numbered), "without_number": len(of_day) - len(numbered)}
            | {"lists": found.lists, "whole": found.whole, "expected": found.expected}
            | {"seen": found.seen, "missing": found.missing}
            | {"listings": shown["listing_id"].nunique(), "shifting": times["list_text"].nunique()}
            | _two_passes(of_day, shown, level)
            | (NOT_SHIFTING if seen is None else dict(zip(NOT_SHIFTING, seen, strict=True)))
        )
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        *(Column(name, "count", "page") for name in ("pages", "numbered", "without_number")),
        *(Column(name, "count", "list") for name in ("lists", "whole", "shifting")),
        *(Column(name, "count", "page") for name in ("expected", "seen", "missing")),
        Column("listings", "count", "listing"),
        *(
            Column(name, "share", digits=1, low=f"{name}_low", high=f"{name}_high", level=level, method=method)
            for name, method in (("two_passes", "chapman"), ("good_turing", "good-turing"))
        ),
    ]
    sums = [{"total": "pages", "parts": ["numbered", "without_number"]}]
    sums += [{"total": "expected", "parts": ["seen", "missing"]}]
    table = pd.DataFrame(rows).astype(dict.fromkeys([*NO_ESTIMATE, *NOT_SHIFTING], float))
    return ResultTable("list-pages", "public", columns, table, column_sums=sums, notes=["lists"])


def list_pages(page: str, listing_page: str, list_pages: str, list_pages_description: str, level: float) -> None:
    """Pages of lists.

    1. A list has as many pages as the largest number that one of its pages has or prints; those without a capture are
       `missing`. A list none of whose pages was read cannot be seen. Pages that print no number, or whose list has no
       name, are counted apart.
    2. `two_passes`: the share of the listings on second captures of lists that first captures show (Chapman 1951).
    3. A list is `shifting` when one listing stands on two of its pages: its order changed while it was read, and what
       moved the other way was missed. Of what these lists hold, `good_turing` is the share that they showed (Good
       1953), where a tenth of what they show was shown before: with less, the order is kept rather than drawn anew,
       and the estimate would be much too low.
    """
    columns = ["page_id", "market", "snapshot_date", "kind", "note", "list_text", "list_page_text", "printed"]
    links = pd.read_parquet(listing_page, columns=["listing_id", "page_id"])
    table = list_pages_table(pd.read_parquet(page, columns=columns), links, level)
    write_result(table, list_pages, list_pages_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, list_pages)
