"""A number of pages of a folder or archive, the same on every machine, kept in memory with their trees."""

import heapq
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from cryptodrug.archive import Page, pages
from cryptodrug.reading.encoding import as_utf8

_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|div|table|p|title|meta)\b", re.IGNORECASE)
LARGEST = 4 << 20  # bytes; a larger page says nothing more of its template


@dataclass
class SampledPage:
    """One page of an archive."""

    path: str
    data: bytes = field(repr=False)
    tree: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.data = as_utf8(self.data[:LARGEST], "utf-8", set())
        self.tree = LexborHTMLParser(self.data)


def choose(source: Path, at_most: int, wanted: Callable[[bytes], bool] = lambda data: True) -> list[Page]:
    """At most so many pages, sorted by path, chosen by the hash of their paths.

    A hash chooses evenly over an archive of any order, and the same pages every time.
    """
    chosen: list[tuple[int, int, Page]] = []
    for number, page in enumerate(pages(source)):
        if not wanted(page[1]):
            continue
        rank = -int(sha256(page[0].encode("utf-8", "surrogateescape")).hexdigest()[:12], 16)
        if len(chosen) < at_most:
            heapq.heappush(chosen, (rank, number, page))
        else:
            heapq.heappushpop(chosen, (rank, number, page))
    return sorted((page for _, _, page in chosen), key=lambda page: page[0])


def sample_pages(source: Path, at_most: int) -> list[SampledPage]:
    """At most so many pages with their trees; what holds no HTML is left out."""
    chosen = choose(source, at_most, lambda data: _HTML.search(data[:LARGEST]) is not None)
    return [SampledPage(path, data) for path, data in chosen]
