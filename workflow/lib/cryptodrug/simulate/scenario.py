"""What a scenario file may say. It is the truth of a simulated study."""

from pathlib import Path

from pydantic import Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.simulate.includes import read_with_includes
from cryptodrug.simulate.market.blocks import (
    Accounts,
    Block,
    ExchangeRate,
    Group,
    Listings,
    Market,
    Product,
)
from cryptodrug.simulate.survey.models import Survey
from cryptodrug.yaml_files import read_model


class Scenario(Block):
    """The whole truth."""

    scenario: str
    seed: int
    markets: list[Market] = Field(min_length=1)
    exchange_rate: ExchangeRate
    groups: list[Group]
    accounts: Accounts
    listings: Listings
    products: dict[str, Product]
    survey: Survey

    @property
    def months(self) -> int:
        """Months of the study: those of the market with the most snapshots."""
        return max(len(market.snapshots) for market in self.markets)

    @property
    def market_ids(self) -> list[str]:
        """Ids of the markets, in order."""
        return [market.id for market in self.markets]

    def market(self, name: str) -> Market:
        """The market with this id."""
        return next(market for market in self.markets if market.id == name)

    @model_validator(mode="after")
    def _parts_fit(self) -> "Scenario":
        faults = []
        if len(self.exchange_rate.usd_per_btc) != self.months:
            faults.append("`exchange_rate.usd_per_btc` has not one rate per month")
        if len(set(self.market_ids)) < len(self.markets):
            faults.append("two `markets` have the same id")
        sold = {product for group in self.groups for product in group.products}
        if strangers := sorted(sold - set(self.products)):
            faults.append(f"`groups` sell what `products` does not know: {', '.join(strangers)}")
        for name, product in self.products.items():
            if missing := sorted(set(self.market_ids) - set(product.category)):
                faults.append(f"`products.{name}.category` is missing for {', '.join(missing)}")
        if abroad := sorted(
            {home for homes in self.accounts.homes for home in homes.split("+")} - set(self.market_ids)
        ):
            faults.append(f"`accounts.homes` names markets that `markets` does not: {', '.join(abroad)}")
        if faults:
            raise ValueError("; ".join(faults))
        return self


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario file, with the files that it names (see `includes`).

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
        read_with_includes,
    )
