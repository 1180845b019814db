"""What pages of a market say of its size: numbers they print, pages that lists must have, second captures."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

SECOND = "duplicate-capture"
_NUMBER = re.compile(r"\d+")
_PRINTED = re.compile(r"(\d[\d,]*)(\+?)")


class Passes(NamedTuple):
    """What was found without second captures, and per second capture (listings, of which found otherwise)."""

    first: int
    again: list[tuple[int, int]]


class Captures(NamedTuple):
    """Listings met in each capture, the first pass foremost; per later page (listings, of which met before it).

    `others`: how many more the first pass met, which no later one did.
    """

    met: list[set[str]]
    pages: list[tuple[int, int]]
    others: int = 0


def is_second(page: pd.DataFrame) -> pd.Series:
    """Pages of which the archive holds an earlier capture."""
    return page["note"].fillna("").str.contains(SECOND)


def two_passes(page: pd.DataFrame, link: pd.DataFrame, others: int = 0) -> Passes | None:
    """Listings found without second captures, and what each second capture shows; None without second captures.

    `others`: how many more were found without them, where `link` has only listings that a second capture shows.

    Everything found on `page` counts as the first pass: while the market reorders its lists, a listing moves from one
    page to the next, and pairing pages would measure that.
    """
    second = page[is_second(page)]
    of_day = link[link["page_id"].isin(page["page_id"])]
    again = of_day[of_day["page_id"].isin(second["page_id"])]
    first = set(of_day.loc[~of_day["page_id"].isin(second["page_id"]), "listing_id"])
    groups = again.groupby("page_id")["listing_id"]
    counts = [(len(ids), sum(name in first for name in ids)) for ids in (set(group) for _, group in groups)]
    return Passes(len(first) + others, counts) if counts else None


def more_captures(page: pd.DataFrame, link: pd.DataFrame, others: int = 0) -> Captures | None:
    """All captures of a snapshot where some page was captured three times or more, else None.

    The first capture is everything found without second captures, as in `two_passes`. Those of a page that follow are
    numbered by the time they were made, else by their path: the k-th of any page belongs to the k-th capture. A page of
    a list is known by the list and its number, another one by the listings it shows.

    Parameters
    ----------
    page : of one snapshot, with `page_id`, `note`, `list_text`, `list_page_text`, `captured_at`, `path`.
    link : `listing_id`, `page_id`.
    others : as for `two_passes`.
    """
    second = is_second(page)
    later = page[second].sort_values(["captured_at", "path"], kind="stable", na_position="first")
    of_day = link[link["page_id"].isin(page["page_id"])]
    shown = of_day.groupby("page_id")["listing_id"].agg(frozenset)
    later = later[later["page_id"].isin(shown.index)]
    times: Counter = Counter()
    ranks = []
    lists = zip(later["page_id"], later["list_text"], later["list_page_text"].fillna(""), strict=True)
    for page_id, name, number in lists:
        key = (name, number) if isinstance(name, str) else shown[page_id]
        ranks.append(times[key])
        times[key] += 1
    if max(ranks, default=0) < 1:
        return None
    rank_of = pd.Series(ranks, index=later["page_id"])
    met, pages = [set(of_day.loc[of_day["page_id"].isin(page.loc[~second, "page_id"]), "listing_id"])], []
    before = set(met[0])
    for rank in range(max(ranks) + 1):
        groups = [shown[page_id] for page_id in rank_of.index[rank_of == rank]]
        pages += [(len(ids), len(ids & before)) for ids in groups]
        met.append(set().union(*groups))
        before |= met[-1]
    return Captures(met, pages, others)


def number_in(text: str | None) -> int | None:
    """The number of a page of a list as it is printed; None where none is."""
    found = _NUMBER.search(text.replace(",", "")) if isinstance(text, str) else None
    return int(found[0]) if found else None


def printed_number(text: str | None) -> tuple[int, bool] | None:
    """A printed total, and whether it is only a lower bound: `"12,900+"` -> (12900, True); None where it is none."""
    found = _PRINTED.fullmatch(text) if isinstance(text, str) else None
    return (int(found[1].replace(",", "")), found[2] == "+") if found else None


def largest_printed(texts: Iterable[str | None]) -> dict[str, tuple[int, bool]]:
    """The largest number that pages print under each name, and whether it is a lower bound.

    `texts`: numbers by name of each page, JSON.
    """
    best: dict[str, tuple[int, bool]] = {}
    for text in texts:
        for name, number in json.loads(text).items() if isinstance(text, str) else ():
            found = printed_number(number)
            if found and (name not in best or found[0] > best[name][0]):
                best[name] = found
    return best


def printed_pages(text: str | None) -> int | None:
    """How many pages a list says it has, from the numbers that one of its pages prints (JSON)."""
    return number_in(json.loads(text).get("pages")) if isinstance(text, str) else None


class Gaps(NamedTuple):
    """Lists, pages that they must have had, and how many of these were read."""

    lists: int
    whole: int
    expected: int
    seen: int

    @property
    def missing(self) -> int:
        """Pages of which no capture is there."""
        return self.expected - self.seen


def gaps(pages: Iterable[tuple[str, int, int | None]]) -> Gaps:
    """Missing pages of lists, from (list, number of the page, how many the list says it has).

    A list has as many pages as the largest number that is read or printed; numbers begin with 1. One whose pages are
    all missing cannot be seen.
    """
    read: dict[str, set[int]] = {}
    last: dict[str, int] = {}
    for name, number, printed in pages:
        read.setdefault(name, set()).add(number)
        last[name] = max(last.get(name, 0), number, printed or 0)
    seen = {name: len(numbers - {0}) for name, numbers in read.items()}
    whole = sum(seen[name] == last[name] for name in read)
    return Gaps(len(read), whole, sum(last.values()), sum(seen.values()))
