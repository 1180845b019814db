"""One download of a market: which pages are asked for, in which order, and what arrives."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from types import ModuleType

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market import cardboard, lantern
from cryptodrug.simulate.market.blocks import Crawl as Rules
from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.faults import KIND_AFTER, STATUS, spoil
from cryptodrug.simulate.market.shown import Offer, Seller, offer, seller
from cryptodrug.simulate.market.world import Listing, World

DESIGNS: dict[str, ModuleType] = {"cardboard": cardboard, "lantern": lantern}


# of the list in changing order, which no fault of the scenario meets, the pages that are missed, in thousandths
SHUFFLED_MISSED = 120


@dataclass(frozen=True)
class Wanted:
    """A page that is asked for. `subject`: what it shows; `cents`: dollar cents per bitcoin at that moment."""

    path: str
    kind: str
    subject: Seller | tuple[Listing, ...] | None
    cents: int
    category: str | None = None
    fault: str | None = None
    crlf: bool = False
    again: bool = False

    @property
    def arrives_as(self) -> str | None:
        """The kind that it must be read as; None when it is not in the archive."""
        after = "" if self.fault is None else KIND_AFTER[self.fault]
        return self.kind if after == "" else after


@dataclass(frozen=True)
class Arrived:
    """A page in an archive."""

    path: str
    data: bytes
    status: int


def _drawn_faults(faults: dict[str, int], paths: list[str], draws: Draws) -> dict[str, str]:
    """Which page gets which fault."""
    names = [fault for fault, count in sorted(faults.items()) for _ in range(count)]
    return dict(zip(draws.some(paths, min(len(names), len(paths))), names, strict=False))


class Crawl:
    """The download of one snapshot of one market.

    Parameters
    ----------
    world : what is true.
    market : the market.
    month : which of its snapshots, from 0.
    missed : None for the faults that the scenario names, in exact numbers; else the share of pages (in thousandths)
        that are missed, each by itself, and no other fault: the quality of a download in a simulation of many.
    scale, replicate : those of the world; they multiply the numbers of faults and name the draws.
    """

    def __init__(
        self,
        world: World,
        market: Market,
        month: int,
        missed: int | None = None,
        scale: int = 1,
        replicate: int | None = None,
    ) -> None:
        self.world, self.market, self.month = world, market, month
        self.design = DESIGNS[market.design]
        self._standing = world.standing(market, month)
        self.printed = self._printed_totals()
        self._name = ("crawl", market.id, month) if replicate is None else ("crawl", market.id, month, replicate)
        self._draws = Draws(world.scenario.seed, *self._name)
        self._cents = 100 * world.scenario.exchange_rate.usd_per_btc[month]
        pages = self._pages = list(self._plan())
        if missed is None:
            self.wanted = self._with_faults(pages, market.crawl, scale)
            self.wanted += self.shuffled(SHUFFLED_MISSED) if self.design.SHUFFLED else []
        else:
            self.wanted = self._with_missed(pages, missed)

    def _with_missed(self, pages: list[Wanted], missed: int, capture: int = 0) -> list[Wanted]:
        """Each page missed by itself; the plan of the download does not depend on how many are."""
        draws = Draws(self.world.scenario.seed, *self._name, "missed", missed, capture)
        gone = [draws.happens(missed) for _ in pages]
        return [replace(page, fault="missed") if lost else page for page, lost in zip(pages, gone, strict=True)]

    def with_missed(self, missed: int, capture: int = 0) -> "Crawl":
        """This download without faults, but with a share of its pages (in thousandths) missed.

        `capture`: another number is another download of the same pages.
        """
        other = copy(self)
        other.wanted = self._with_missed(self._pages, missed, capture)
        return other

    def category(self, listing: Listing) -> str:
        """Where the market files a listing."""
        return self.world.scenario.products[listing.product].category[self.market.id]

    def _printed_totals(self) -> dict[str, str]:
        """Numbers on the front page: offers by top category, and by the category below it."""
        totals: dict[str, int] = {}
        for listing in self._standing:
            for name in self.category(listing).split("/")[:2]:
                totals[name] = totals.get(name, 0) + 1
        return self.design.printed_totals(dict(sorted(totals.items())))

    def _next_rate(self) -> int:
        """The rate drifts while the download runs."""
        drift = self.world.scenario.exchange_rate.drift_cents
        self._cents += self._draws.between(-drift, drift)
        return self._cents

    def _lists(self) -> list[tuple[str, str, list[Listing]]]:
        """Pages of the lists: path, category, listings."""
        by_category: dict[str, list[Listing]] = {}
        for listing in self._standing:
            by_category.setdefault(self.category(listing), []).append(listing)
        rows = self.market.rows_a_page
        return [
            (self.design.browse_path(category, number), category, listings[start : start + rows])
            for category, listings in sorted(by_category.items())
            for number, start in enumerate(range(0, len(listings), rows), start=1)
        ]

    def _plan(self) -> Iterator[Wanted]:
        """Front page, lists, offers, vendors, some lists again."""
        lists = self._lists()
        yield Wanted(self.design.FRONT, "front", None, self._next_rate())
        for path, category, listings in lists:
            yield Wanted(path, "list", tuple(listings), self._next_rate(), category)
        for one in sorted(self._standing, key=lambda one: one.native_id):
            yield Wanted(self.design.offer_path(one.native_id), "listing", (one,), self._next_rate())
        for number in sorted({one.entity for one in self._standing}):
            subject = seller(self.world, self.market, self.world.entities[number], self.month)
            yield Wanted(self.design.seller_path(subject.vendor), "vendor", subject, self._next_rate())
        for path, category, listings in lists:
            if self._draws.happens(self.market.crawl.second_captures):
                again = self.design.again_path(path)
                yield Wanted(again, "list", tuple(listings), self._next_rate(), category, again=True)

    def shuffled(self, missed: int) -> list[Wanted]:
        """The list of everything, once through; the market orders it anew for each page, so that some is never seen.

        `missed`: share of its pages that are missed, in thousandths; the order does not depend on it.
        """
        draws, losses = (Draws(self.world.scenario.seed, *self._name, name) for name in ("shuffled", "shuffled missed"))
        rows, pages = self.market.rows_a_page, []
        for number in range(1, -(-len(self._standing) // rows) + 1):
            shown = tuple(draws.some(self._standing, min(rows, len(self._standing))))
            page = Wanted(self.design.browse_path("all", number), "list", shown, self._cents, "all")
            pages.append(replace(page, fault="missed") if losses.happens(missed) else page)
        return pages

    def _with_faults(self, pages: list[Wanted], rules: Rules, scale: int) -> list[Wanted]:
        """The faults of the scenario: so many pages of each kind, drawn; and a stretch without any answer."""
        draws, faults = self._draws, {}
        first = [page for page in pages if not page.again]
        if rules.outage is not None and rules.outage.snapshot == self.month + 1:
            # in the middle of the offers, so that one kind of page is hit
            offers = [page.path for page in first if page.kind == "listing"]
            begin = draws.below(max(1, len(offers) - rules.outage.pages * scale))
            faults |= dict.fromkeys(offers[begin : begin + rules.outage.pages * scale], "outage")
        of_kind = {"listing": rules.offer_faults, "list": rules.browse_faults, "vendor": rules.seller_faults}
        for kind, numbers in of_kind.items():
            paths = [page.path for page in first if page.kind == kind and page.path not in faults]
            faults |= _drawn_faults({name: count * scale for name, count in numbers.items()}, paths, draws)
        whole = [page.path for page in first if page.kind == "listing" and page.path not in faults]
        crlf = set(draws.some(whole, min(rules.crlf * scale, len(whole))))
        return [
            page if page.again else replace(page, fault=faults.get(page.path), crlf=page.path in crlf) for page in pages
        ]

    def offers(self, page: Wanted) -> tuple[Offer, ...]:
        """What a page of offers shows, at the rate of that page; opinions stand on the page of one offer alone."""
        alone = page.kind == "listing"
        return tuple(offer(self.world, self.market, one, self.month, page.cents, alone) for one in page.subject)

    def _written(self, page: Wanted) -> str:
        rate, name, design = self.design.rate_of(page.cents), self.market.name, self.design
        if page.kind == "listing":
            return design.offer_page(name, rate, self.offers(page)[0])
        if page.kind == "list":
            return design.browse_page(name, rate, page.category or "", self.offers(page))
        if page.kind == "vendor":
            return design.seller_page(name, rate, page.subject)
        return design.front_page(name, rate, self.printed)

    def arrived(self) -> Iterator[Arrived]:
        """Every page in the archive, in the order of the download."""
        for page in self.wanted:
            if page.arrives_as is None:
                continue
            front = lambda cents=page.cents: self.design.front_page(  # noqa: E731
                self.market.name, self.design.rate_of(cents), self.printed
            )
            text = spoil(page.fault, self._written(page), self.market.name, self.design, front)
            data = (text.replace("\n", "\r\n") if page.crlf else text).encode()
            yield Arrived(page.path, data, STATUS.get(page.fault or "", 200))
