"""One download of the market: which pages are asked for, in which order, and what arrives."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptodrug.simulate import pages
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.faults import spoil
from cryptodrug.simulate.market import Listing, Truth
from cryptodrug.simulate.shown import Offer, Seller, dollars, offer, seller, tally

AGAIN = ".again.html"


@dataclass(frozen=True)
class Wanted:
    """A page that is asked for. `subject`: what it shows; `cents`: dollar cents per bitcoin at that moment."""

    path: str
    kind: str
    subject: Seller | tuple[Offer, ...] | dict[str, str]
    cents: int
    category: str | None = None
    fault: str | None = None
    crlf: bool = False


def printed_totals(truth: Truth, snapshot: int) -> dict[str, str]:
    """Numbers on the front page: offers by top category, and by the category below it, rounded down."""
    totals: dict[str, int] = {}
    for listing in truth.standing(snapshot):
        parts = truth.scenario.products[listing.product].category.split("/")
        for name in parts[:2]:
            totals[name] = totals.get(name, 0) + 1
    return {name: tally(number) for name, number in sorted(totals.items())}


def _drawn_faults(faults: dict[str, int], paths: list[str], draws: Draws) -> dict[str, str]:
    """Which page gets which fault."""
    names = [fault for fault, count in sorted(faults.items()) for _ in range(count)]
    return dict(zip(draws.some(paths, len(names)), names, strict=True))


def _lists(truth: Truth, snapshot: int) -> list[tuple[str, str, list[Listing]]]:
    """Pages of the lists: path, category, listings."""
    by_category: dict[str, list[Listing]] = {}
    for listing in truth.standing(snapshot):
        by_category.setdefault(truth.scenario.products[listing.product].category, []).append(listing)
    rows, found = truth.scenario.crawl.rows_a_page, []
    for category, listings in sorted(by_category.items()):
        shelf = category.lower().replace("/", "-").replace(" ", "-")
        for number, start in enumerate(range(0, len(listings), rows), start=1):
            found.append((f"browse/{shelf}/{number}.html", category, listings[start : start + rows]))
    return found


class Crawl:
    """The download of one snapshot."""

    def __init__(self, truth: Truth, snapshot: int) -> None:
        self.truth, self.snapshot = truth, snapshot
        self.market = truth.scenario.market.name
        self.printed = printed_totals(truth, snapshot)
        self._draws = Draws(truth.scenario.seed, "crawl", snapshot)
        self._cents = 100 * truth.scenario.exchange_rate.usd_per_btc[snapshot]
        self.wanted = list(self._plan())

    def _next_rate(self) -> int:
        """The rate drifts while the download runs."""
        drift = self.truth.scenario.exchange_rate.drift_cents
        self._cents += self._draws.between(-drift, drift)
        return self._cents

    def _offers(self, listings: list[Listing], cents: int) -> tuple[Offer, ...]:
        return tuple(offer(self.truth, listing, self.snapshot, cents) for listing in listings)

    def _plan(self) -> Iterator[Wanted]:
        """Front page, lists, offers, vendors, some lists again."""
        rules, draws, lists = self.truth.scenario.crawl, self._draws, _lists(self.truth, self.snapshot)
        standing = sorted(self.truth.standing(self.snapshot), key=lambda one: one.native_id)
        offers = [(f"offer/{one.native_id}.html", one) for one in standing]
        vendors = [self.truth.vendors[number] for number in sorted({one.vendor for one in standing})]
        faults = _drawn_faults(rules.offer_faults, [path for path, _ in offers], draws)
        faults |= _drawn_faults(rules.browse_faults, [path for path, _, _ in lists], draws)
        faults |= _drawn_faults(rules.seller_faults, [f"seller/{one.handle}.html" for one in vendors], draws)
        whole = [path for path, _ in offers if path not in faults]
        crlf = set(draws.some(whole, rules.crlf))
        yield Wanted("front.html", "front", self.printed, self._next_rate())
        for path, category, listings in lists:
            cents = self._next_rate()
            yield Wanted(path, "list", self._offers(listings, cents), cents, category, faults.get(path))
        for path, listing in offers:
            cents = self._next_rate()
            yield Wanted(
                path, "listing", self._offers([listing], cents), cents, None, faults.get(path), crlf=path in crlf
            )
        for one in vendors:
            path = f"seller/{one.handle}.html"
            subject = seller(self.truth, one, self.snapshot)
            yield Wanted(path, "vendor", subject, self._next_rate(), None, faults.get(path))
        for path, category, listings in lists:
            if draws.happens(rules.second_captures):
                cents = self._next_rate()
                again = path.removesuffix(".html") + AGAIN
                yield Wanted(again, "list", self._offers(listings, cents), cents, category)

    def _written(self, page: Wanted) -> str:
        rate = dollars(page.cents)
        if page.kind == "listing":
            return pages.offer_page(self.market, rate, page.subject[0])
        if page.kind == "list":
            return pages.browse_page(self.market, rate, page.category or "", page.subject)
        if page.kind == "vendor":
            return pages.seller_page(self.market, rate, page.subject)
        return pages.front_page(self.market, rate, page.subject)

    def arrived(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of every page in the archive, in the order of the download."""
        for page in self.wanted:
            front = lambda cents=page.cents: pages.front_page(self.market, dollars(cents), self.printed)  # noqa: E731
            text = spoil(page.fault, self._written(page), self.market, front)
            if text is not None:
                yield page.path, (text.replace("\n", "\r\n") if page.crlf else text).encode()
