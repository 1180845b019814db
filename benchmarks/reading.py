"""Speed of reading listing pages: this project, a loop written by hand, and BeautifulSoup, in one run.

All three read the same fields of the same pages. The loop knows one market and one layout and keeps its rows in
memory; it is about the least that Python can do with this parser. What is compared are ratios: seconds belong to the
machine they were measured on.
"""

import argparse
import contextlib
import gc
import json
import os
import re
import resource
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
from bs4 import BeautifulSoup
from cryptodrug.archive import Page, pages
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages, some_at_a_time
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.schemas import SCHEMAS
from cryptodrug.reading.writer import table_writers
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("CRYPTODRUG_SHARED_DATA", str(ROOT.parent / "shared" / "data")))
ARCHIVE = DATA / "markets" / "agora" / "2014-04-06.tar.gz"
EVERY = 40  # BeautifulSoup reads every n-th page: all of them would take minutes
ROUNDS = 3  # the fastest counts: the others were disturbed
LISTING_FIELDS = (
    "native_id",
    "title",
    "vendor",
    "price_text",
    "price_currency",
    "category_path",
    "ships_from_text",
    "ships_to_text",
    "rating_text",
    "sales_text",
)
FEEDBACK_FIELDS = ("score_text", "text_key", "text_length", "posted_text")
RATING, SALES, SCORE = re.compile(r"([0-9.]+/5)"), re.compile(r"([0-9~]+) deals"), re.compile(r"\d+/\d+")
Rows = list[tuple]


def _first(pattern: re.Pattern, text: str) -> str | None:
    found = pattern.search(text)
    return found.group(pattern.groups and 1) if found else None


def _places(text: str) -> tuple[str | None, str | None]:
    """Origin and destination of the text of the block; the label stands at most once each."""
    head, _, destination = text.partition("To:")
    origin = head.partition("From:")[2]
    return " ".join(origin.split()) or None, " ".join(destination.split()) or None


def _opinion(score: str, text: str, posted: str) -> tuple | None:
    score, text = _first(SCORE, score), " ".join(text.split())
    if score is None:
        return None
    key = sha256(text.encode()).hexdigest()[:16] if text else None
    return score, key, len(text) if text else None, " ".join(posted.split()) or None


def _listing(path: str, title: str, vendor: str, price: str, way: list[str], ships: str, rating: str) -> tuple:
    words = price.split()
    sale = _first(RATING, rating), _first(SALES, rating)
    heads = path.rpartition("/")[2], " ".join(title.split()), vendor.strip(), words[0], words[-1]
    return *heads, "/".join(way) or None, *_places(ships), *sale


def loop_page(path: str, page: bytes) -> tuple[tuple, Rows]:
    """The loop: selectolax, selectors written into the code."""
    tree = LexborHTMLParser(page)
    product = tree.css_first("#single-product")
    price = product.css_first("h1 + div").text()
    way = [link.text().strip() for link in tree.css('.topnav-element a[href^="/cat/"]')]
    ships, rating = tree.css_first(".product-page-ships"), product.css_first("a.gen-user-link + .gen-user-ratings")
    title, vendor = product.css_first("h1").text(), product.css_first("a.gen-user-link").text()
    shown = ships.text() if ships else "", rating.text() if rating else ""
    listing = _listing(path, title, vendor, price, way, *shown)
    opinions = []
    for row in tree.css(".embedded-feedback-list tr"):
        cells = row.css("td")
        opinion = _opinion(cells[0].text(), cells[1].text(), cells[2].text())
        if opinion:
            opinions.append(opinion)
    return listing, opinions


def soup_page(path: str, page: bytes) -> tuple[tuple, Rows]:
    """The same with BeautifulSoup on lxml, the way most such work is written."""
    tree = BeautifulSoup(page, "lxml", from_encoding="utf-8")
    product = tree.find(id="single-product")
    price = product.h1.find_next_sibling("div").get_text()
    way = [link.get_text().strip() for link in tree.select('.topnav-element a[href^="/cat/"]')]
    seller = product.find("a", class_="gen-user-link")
    ships, rating = tree.find(class_="product-page-ships"), seller.find_next(class_="gen-user-ratings")
    shown = ships.get_text() if ships else "", rating.get_text() if rating else ""
    # the market writes `<a .../>NAME</a>`; lxml takes the element for empty, and the name stands behind it
    vendor = seller.get_text() or str(seller.next_sibling)
    listing = _listing(path, product.h1.get_text(), vendor, price, way, *shown)
    opinions = []
    for row in tree.select(".embedded-feedback-list tr"):
        opinion = _opinion(*(cell.get_text() for cell in row.find_all("td")[:3]))
        if opinion:
            opinions.append(opinion)
    return listing, opinions


def _listing_pages(archive: Path) -> Iterator[Page]:
    """The product pages of the archive, whole ones with a vendor."""
    for page in pages(archive):
        path, data = page
        if "/p/" in path and b'id="single-product"' in data and b"<h1>" in data:
            yield page


def _pages_by_tarfile(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The same pages, unpacked by the standard library."""
    with tarfile.open(archive, "r|gz") as members:
        for member in members:
            if member.isreg() and "/p/" in member.name:
                data = members.extractfile(member).read()
                if b'id="single-product"' in data and b"<h1>" in data:
                    yield member.name, data


def _reader() -> Reader:
    return Reader(read_adapter(ROOT / "workflow" / "markets" / "agora.yaml"))


def _pieces(reader: Reader, archive: Path) -> None:
    """Unpacking, kinds, and the trees of the pieces that are looked at."""
    for path, page in some_at_a_time(_listing_pages(archive)):
        next(kind for kind in reader.kinds if kind.condition.holds(path, page)).tree(page, set())


def _ours(reader: Reader, archive: Path, folder: Path) -> int:
    """This project, from archive to Parquet."""
    tables = {table: folder / f"{table}.parquet" for table in ("page", "listing", "vendor", "feedback")}
    with table_writers(tables) as writers:
        return sum(observe_pages(reader, _listing_pages(archive), "agora", "2014-04-06", writers).values())


def _by_page(folder: Path) -> dict[str, tuple[tuple, Rows]]:
    """What this project wrote, in the form of the other two."""
    paths = {row["page_id"]: row["path"] for row in pq.read_table(folder / "page.parquet").to_pylist()}
    found: dict[str, tuple[tuple, Rows]] = {}
    for row in pq.read_table(folder / "listing.parquet").to_pylist():
        found[paths[row["page_id"]]] = tuple(row[name] for name in LISTING_FIELDS), []
    for row in pq.read_table(folder / "feedback.parquet").to_pylist():
        found[paths[row["page_id"]]][1].append(tuple(row[name] for name in FEEDBACK_FIELDS))
    return found


def _fastest(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of processor time for each task, the least of some rounds; in turn, so that all meet the same weather."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            gc.collect()
            begin = time.process_time()
            task()
            taken[name].append(time.process_time() - begin)
    return {name: min(seconds) for name, seconds in taken.items()}


def _refuse_differences(found: dict, expected: list[tuple[str, tuple]], name: str) -> None:
    """A fast reader that reads something else has won nothing."""
    wrong = [path for path, values in expected if found[path] != values]
    if wrong:
        raise SystemExit(f"{len(wrong)} of {len(expected)} pages are read differently by {name}")


def measure(archive: Path) -> dict[str, float | int]:
    """Read the listing pages in three ways; pages a second, ratios, memory of the whole process."""
    reader = _reader()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        count = _ours(reader, archive, folder)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = _by_page(folder)
        sample = [page for number, page in enumerate(_listing_pages(archive)) if number % EVERY == 0]
        seconds = _fastest(
            {
                "unpack": lambda: sum(1 for _ in _listing_pages(archive)),
                "tree": lambda: sum(LexborHTMLParser(page) is not None for _, page in _listing_pages(archive)),
                "pieces": lambda: _pieces(reader, archive),
                "read": lambda: sum(reader.read(*page) is not None for page in some_at_a_time(_listing_pages(archive))),
                "ours": lambda: _ours(reader, archive, folder),
                "loop": lambda: [loop_page(*page) for page in _listing_pages(archive)],
                "tarfile": lambda: [loop_page(*page) for page in _pages_by_tarfile(archive)],
                "soup": lambda: [soup_page(*page) for page in sample],
            }
        )
    ours, loop, plain = (count / seconds[name] for name in ("ours", "loop", "tarfile"))
    # the sample is read from memory; its share of the unpacking is added, as the other two unpack as well
    soup = 1 / (seconds["soup"] / len(sample) + seconds["unpack"] / count)
    _refuse_differences(found, [(path, loop_page(path, page)) for path, page in _listing_pages(archive)], "the loop")
    _refuse_differences(found, [(path, soup_page(path, page)) for path, page in sample], "BeautifulSoup")
    if sum(1 for _ in _pages_by_tarfile(archive)) != count:
        raise SystemExit("the standard library finds other pages in the archive")
    return {
        "pages": count,
        "sample_pages": len(sample),
        "ours_pages_per_s": round(ours),
        "loop_pages_per_s": round(loop),
        "beautifulsoup_pages_per_s": round(soup, 1),
        "tarfile_pages_per_s": round(plain),
        "ratio_loop": round(ours / loop, 2),
        "ratio_tarfile": round(ours / plain, 2),
        "ratio_beautifulsoup": round(ours / soup, 1),
        "peak_memory_mb": round(memory),
        "share_unpack": seconds["unpack"] / seconds["ours"],
        "share_pieces": (seconds["pieces"] - seconds["unpack"]) / seconds["ours"],
        "share_fields": (seconds["read"] - seconds["pieces"]) / seconds["ours"],
        "share_writing": (seconds["ours"] - seconds["read"]) / seconds["ours"],
        "limit_pieces": seconds["pieces"] / seconds["ours"],
        "limit_tree": seconds["tree"] / seconds["ours"],
    }


def _job(archive: Path, part: int, parts: int) -> tuple[int, float]:
    """Pages and seconds of processor time of one of several jobs that read an archive."""
    reader = _reader()
    with tempfile.TemporaryDirectory() as name:
        begin = time.process_time()
        with table_writers({table: Path(name) / f"{table}.parquet" for table in SCHEMAS}) as writers:
            kinds = observe_pages(reader, pages(archive, part=part, parts=parts), "agora", "2014-04-06", writers)
        return sum(kinds.values()), time.process_time() - begin


def measure_jobs(archive: Path) -> dict[str, float | int]:
    """The whole archive in one job, and in two at the same time; what counts is the job that takes longer."""
    with ProcessPoolExecutor(2) as pool:
        one, two = [], []
        for number in range(ROUNDS + 1):
            alone = pool.submit(_job, archive, 0, 1).result()
            shares = [job.result() for job in [pool.submit(_job, archive, part, 2) for part in (0, 1)]]
            if sum(count for count, _ in shares) != alone[0]:
                raise SystemExit("two jobs read other pages than one")
            if number:  # what is loaded once is no part of a job
                one.append(alone[1])
                two.append(max(seconds for _, seconds in shares))
    return {"pages": alone[0], "one_s": min(one), "two_s": min(two), "ratio": min(one) / min(two)}


def main() -> None:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, default=ARCHIVE, help="archive of pages of the market agora")
    options = parser.parse_args()
    if not options.archive.is_file():
        raise SystemExit(f"no archive at {options.archive}; name one with --archive")
    print(json.dumps(measure(options.archive), indent=1))


if __name__ == "__main__":
    main()
