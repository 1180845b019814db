"""What a scenario file may say. It is the truth of a simulated study."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.yaml_files import read_model

Language = Literal["en", "nl", "de", "fr"]
Policy = Literal["domestic", "neighbours", "europe", "worldwide", "worldwide-except", "not-stated"]
PersonalData = Literal["ip_address", "user_agent", "start_time", "email", "remark"]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Weight = Annotated[int, Field(ge=0)]
Thousandths = Annotated[int, Field(ge=0, le=1000)]
Positive = Annotated[int, Field(ge=1)]


class Block(BaseModel):
    """Part of a scenario: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Market(Block):
    """The invented market."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str


class ExchangeRate(Block):
    """Dollars per bitcoin at the first page of each snapshot, and how it drifts from page to page."""

    usd_per_btc: list[Positive]
    drift_cents: int = Field(ge=0, description="largest change from one page to the next")


class VendorGroup(Block):
    """Vendors with the same main origin."""

    origin: Country
    vendors: Positive
    languages: dict[Language, Weight]
    products: dict[str, Weight] = Field(description="what they sell; weights of drawing a product")
    policies: dict[Policy, Weight]
    price_percent: Positive = Field(description="their price level against the product's price")


class Particular(Block):
    """What is special about one vendor; `vendor` is its number, counted through all groups from 1."""

    vendor: Positive
    enters: Positive | None = Field(default=None, description="first snapshot it is seen in, from 1")
    leaves: Positive | None = Field(default=None, description="last snapshot it is seen in")
    moves_to: Country | None = None
    moves_at: Positive | None = Field(default=None, description="snapshot with the new origin")
    also: Country | None = Field(default=None, description="a second origin beside the first")
    origin_text: str | None = Field(default=None, description="instead of a country; empty: no origin is shown")

    @model_validator(mode="after")
    def _move_is_whole(self) -> "Particular":
        if (self.moves_to is None) != (self.moves_at is None):
            raise ValueError("`moves_to` and `moves_at` go together")
        return self


class Listings(Block):
    """How many listings, how long they live, what they sell."""

    products_each: tuple[Positive, Positive]
    varieties_each: tuple[Positive, Positive] = Field(description="names under which one vendor sells one product")
    lots_each: tuple[Positive, Positive] = Field(description="listings of one vendor for one variety")
    opened_before_days: Positive
    opened_later: Thousandths
    closed_early: Thousandths
    price_spread_percent: int = Field(ge=0, lt=50)
    sales_a_month: dict[int, Weight]
    sales_with_feedback: Thousandths
    scores: dict[int, Weight]
    holding: int = Field(ge=0, description="listings with a holding price in each snapshot")
    holding_times: Positive
    double_escaped: int = Field(ge=0, description="listings whose title is escaped twice")


class Product(Block):
    """A kind of goods."""

    category: str
    drug_class: str | None = Field(description="the true drug class; null: no drug")
    sold_by: Literal["gram", "pill", "blotter", "tablet", "millilitre", "piece"]
    names: list[str]
    lots: list[str] = Field(description="sizes, as decimal numbers of the unit")
    usd_cents: Positive = Field(description="price of one unit at the smallest lot, in cents")
    discount_percent: int = Field(ge=0, lt=20, description="discount for each step to a larger lot")


class Crawl(Block):
    """How the market shows its pages and what the download program does to them, per snapshot."""

    rows_a_page: Positive
    feedback_shown: Positive
    second_captures: Thousandths = Field(description="share of list pages that are captured again")
    offer_faults: dict[str, int]
    browse_faults: dict[str, int]
    seller_faults: dict[str, int]
    crlf: int = Field(ge=0, description="pages with Windows line ends")


class Variable(Block):
    """A variable of the survey: answers with their weights, and how many of each kind of missing."""

    label: str
    answers: dict[int, tuple[str, Weight]]
    missing: dict[int, int] = {}
    same_as: str | None = Field(default=None, description="an earlier variable with the same answers")
    same: Thousandths = Field(default=0, description="share of respondents who give the answer of that variable")


class Survey(Block):
    """The survey export."""

    respondents: Positive
    partial: int = Field(ge=0, description="respondents who dropped out")
    partial_after: str = Field(description="the last variable that those who dropped out saw")
    missing_labels: dict[int, str]
    variables: dict[str, Variable]
    forbidden: list[PersonalData] = Field(description="personal data that hide in the export, by variable")


def _unknown_models(survey: Survey) -> list[str]:
    """Variables that follow one which does not stand before them."""
    names = list(survey.variables)
    return [
        f"`survey.variables.{name}.same_as` is no earlier variable: {one.same_as}"
        for place, (name, one) in enumerate(survey.variables.items())
        if one.same_as is not None and one.same_as not in names[:place]
    ]


class Scenario(Block):
    """The whole truth."""

    scenario: str
    seed: int
    market: Market
    snapshots: list[datetime.date]
    exchange_rate: ExchangeRate
    groups: list[VendorGroup]
    particular: list[Particular]
    listings: Listings
    products: dict[str, Product]
    crawl: Crawl
    survey: Survey

    @model_validator(mode="after")
    def _parts_fit(self) -> "Scenario":
        faults = []
        if len(self.exchange_rate.usd_per_btc) != len(self.snapshots):
            faults.append("`exchange_rate.usd_per_btc` has not one rate per snapshot")
        if sorted(set(self.snapshots)) != self.snapshots:
            faults.append("`snapshots` are not in order, or one is given twice")
        sold = {product for group in self.groups for product in group.products}
        if strangers := sorted(sold - set(self.products)):
            faults.append(f"`groups` sell what `products` does not know: {', '.join(strangers)}")
        most = sum(group.vendors for group in self.groups)
        if beyond := [one.vendor for one in self.particular if one.vendor > most]:
            faults.append(f"`particular` names vendors beyond the {most} there are: {beyond}")
        if self.survey.partial_after not in self.survey.variables:
            faults.append(f"`survey.partial_after` is no variable: {self.survey.partial_after}")
        faults += _unknown_models(self.survey)
        if faults:
            raise ValueError("; ".join(faults))
        return self


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario file.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """
    return read_model(
        Scenario,
        path,
        lambda what: SettingsError(
            f"the scenario cannot be used: {what}",
            where=str(path),
            not_done="nothing was simulated",
            do="mend the keys named above; docs/demo.md explains the scenario",
        ),
    )
