"""What a scenario says of markets, vendors, listings and downloads."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["en", "nl", "de", "fr"]
Currency = Literal["EUR", "USD", "GBP", "CAD"]
Policy = Literal["domestic", "neighbours", "europe", "worldwide", "worldwide-except", "not-stated"]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Weight = Annotated[int, Field(ge=0)]
Thousandths = Annotated[int, Field(ge=0, le=1000)]
Positive = Annotated[int, Field(ge=1)]


class Block(BaseModel):
    """Part of a scenario: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Outage(Block):
    """A stretch of the download in which nothing arrived."""

    snapshot: Positive = Field(description="in which snapshot, from 1")
    pages: Positive = Field(description="pages asked for one after the other, all missed")


class Crawl(Block):
    """What goes wrong in each download of a market, in exact numbers."""

    second_captures: Thousandths = Field(default=0, description="share of list pages that are captured again")
    offer_faults: dict[str, int]
    browse_faults: dict[str, int] = {}
    seller_faults: dict[str, int] = {}
    outage: Outage | None = None
    crlf: int = Field(default=0, ge=0, description="pages with Windows line ends")


class Market(Block):
    """One invented market."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    design: Literal["cardboard", "lantern"] = Field(description="which of the two page designs it has")
    container: Literal["tar.gz", "warc"] = Field(description="how its downloads are delivered")
    snapshots: list[datetime.date]
    closes: datetime.date | None = Field(default=None, description="day on which it closes for ever")
    rows_a_page: Positive
    feedback_shown: int = Field(ge=0, description="newest feedbacks on an offer page; older ones are not shown")
    first_listing: Positive = Field(description="number of its first listing")
    crawl: Crawl

    @model_validator(mode="after")
    def _days_in_order(self) -> "Market":
        if sorted(set(self.snapshots)) != self.snapshots:
            raise ValueError("`snapshots` are not in order, or one is given twice")
        if self.closes is not None and self.snapshots and self.closes <= self.snapshots[-1]:
            raise ValueError("`closes` lies before the last snapshot")
        return self


class ExchangeRate(Block):
    """Dollars per bitcoin in each month, how it drifts from page to page, and other currencies."""

    usd_per_btc: list[Positive]
    drift_cents: int = Field(ge=0, description="largest change from one page to the next")
    per_100_usd: dict[Currency, Positive] = Field(description="units of a currency for a hundred dollars")


class Group(Block):
    """Vendors with the same main origin."""

    origin: Country
    vendors: Positive = Field(description="in the study itself; in a replicate the weight of the group")
    currency: Currency
    languages: dict[Language, Weight]
    products: dict[str, Weight] = Field(description="what they sell; weights of drawing a product")
    policies: dict[Policy, Weight]
    price_percent: Positive = Field(description="their price level against the product's price")
    enter_later: Thousandths = Field(default=0, description="vendors who come while the study runs")
    leave_a_month: Thousandths = Field(default=0, description="vendors who go before the next month")
    moves_to: dict[Country, Thousandths] = Field(default={}, description="vendors who change their origin once")
    also_from: dict[Country, Thousandths] = Field(default={}, description="vendors with a second origin")
    vague: dict[str, Thousandths] = Field(default={}, description="vendors who write this instead of a country")


class Accounts(Block):
    """On which markets a vendor trades, under which name, with which key."""

    homes: dict[str, Weight] = Field(description="markets joined by `+`, with weights")
    same_handle: Thousandths = Field(description="vendors on several markets who keep their name")
    no_key: Thousandths = Field(description="vendors who publish no key")
    homonyms: int = Field(ge=0, description="pairs of different vendors who use one name on two markets")
    flee: Thousandths = Field(description="vendors of a market that closed who open an account on another one")
    run_away: int = Field(ge=0, description="vendors who take the money of their last weeks and leave")


class Listings(Block):
    """How many listings, how long they live, what they sell."""

    products_each: dict[Positive, Weight]
    varieties_each: tuple[Positive, Positive] = Field(description="names under which one vendor sells one product")
    lots_each: tuple[Positive, Positive] = Field(description="listings of one vendor for one variety")
    opened_before_days: Positive
    opened_later: Thousandths
    closed_early: Thousandths
    price_spread_percent: int = Field(ge=0, lt=50)
    sales_a_month: dict[int, Weight] = Field(description="sales in thirty days; at most one a day")
    sales_with_feedback: Thousandths
    feedback_deleted: Thousandths
    feedback_edited: Thousandths
    scores: dict[int, Weight]
    holding: Thousandths = Field(description="share of listings with a holding price in a snapshot")
    holding_times: Positive
    double_escaped: Thousandths = Field(description="listings with `&` in the title that is escaped twice")
    bulk_table: Thousandths = Field(description="listings with cheaper prices for several pieces")


class Product(Block):
    """A kind of goods."""

    category: dict[str, str] = Field(description="category path by market")
    drug_class: str | None = Field(description="the true drug class; null: no drug")
    sold_by: Literal["gram", "pill", "blotter", "tablet", "millilitre", "piece"]
    names: list[str]
    lots: list[str] = Field(description="sizes, as decimal numbers of the unit")
    usd_cents: Positive = Field(description="price of one unit at the smallest lot, in cents")
    discount_percent: int = Field(ge=0, lt=20, description="discount for each step to a larger lot")
