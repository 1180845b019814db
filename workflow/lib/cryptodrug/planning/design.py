"""The size of a planned study, and the scenario that stands for it."""

import datetime
from dataclasses import dataclass, replace
from itertools import pairwise

from cryptodrug.errors import SettingsError
from cryptodrug.harmonise.listings import Rules
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.simulate.scenario import Scenario, read_scenario

MONTHS, MARKETS, BELGIAN, RESPONDENTS, REPLICATES = (1, 24), (1, 4), (3, 300), (10, 5000), (5, 200)
COVERAGE = (0.5, 1.0)
FIRST = datetime.date(2019, 1, 15)
OTHERS = 3  # vendors elsewhere for each vendor of the country
FEWEST_OTHERS, MOST_OTHERS = 60, 400
BOTH = 25  # weight of trading on two markets against 75 for trading on one


@dataclass(frozen=True)
class Design:
    """How large a study is.

    Attributes
    ----------
    months : monthly snapshots of each market.
    markets : how many are downloaded.
    coverage : share of pages that a download gets.
    belgian_vendors : vendors of the country of the study, on all markets together.
    respondents : of the survey.
    """

    months: int
    markets: int
    coverage: float
    belgian_vendors: int
    respondents: int

    def __post_init__(self) -> None:
        """Refuse a size for which nothing can be simulated or said."""
        wanted = {
            "months": MONTHS,
            "markets": MARKETS,
            "coverage": COVERAGE,
            "belgian_vendors": BELGIAN,
            "respondents": RESPONDENTS,
        }
        faults = [
            f"--{name.replace('_', '-')} {getattr(self, name)} lies outside {low} to {high}"
            for name, (low, high) in wanted.items()
            if not low <= getattr(self, name) <= high
        ]
        if faults:
            raise SettingsError(
                "; ".join(faults),
                where="arguments of `cryptodrug plan`",
                not_done="nothing was simulated",
                do="give numbers within these ranges; docs/planning.md explains them",
            )

    @property
    def other_vendors(self) -> int:
        """Vendors of other countries: three for each of the country, within limits that a simulation can bear."""
        return min(MOST_OTHERS, max(FEWEST_OTHERS, OTHERS * self.belgian_vendors))

    @property
    def missed(self) -> int:
        """Share of pages that are missed, in thousandths."""
        return round(1000 * (1 - self.coverage))


def day_of(month: int) -> datetime.date:
    """The day of the snapshot of a month, counted from 0."""
    return FIRST.replace(year=FIRST.year + month // 12, month=month % 12 + 1)


def _shares_out(total: int, weights: list[int]) -> list[int]:
    """Whole numbers with this total in proportion to weights, at least one each (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    found = [max(1, int(one)) for one in exact]
    order = sorted(range(len(weights)), key=lambda place: exact[place] - int(exact[place]), reverse=True)
    for place in order[: max(0, total - sum(found))]:
        found[place] += 1
    return found


def scenario_of(design: Design, months: int, focus: str) -> Scenario:
    """The demo scenario in this size: same goods, prices and lives of vendors; no market closes, every page alike.

    `months`: of the study; those of the design, or others of which the same question is asked.
    """
    data = read_scenario(SCENARIOS["scenario"]).model_dump(mode="json")
    templates = {market["design"]: market for market in data["markets"]}
    designs = list(templates)
    markets = []
    for number in range(design.markets):
        own = templates[designs[number % len(designs)]]
        name = f"market-{number + 1}"
        days = [str(day_of(month)) for month in range(months)]
        markets.append(own | {"id": name, "name": f"Market {number + 1}", "snapshots": days, "closes": None})
    names = [market["id"] for market in markets]
    homes = dict.fromkeys(names, 100 - BOTH)
    homes |= {f"{one}+{other}": BOTH for one, other in pairwise(names)}
    for product in data["products"].values():
        known = product["category"]
        product["category"] = {market["id"]: known[_origin_of(market, templates)] for market in markets}
    groups = data["groups"]
    others = _shares_out(design.other_vendors, [one["vendors"] for one in groups if one["origin"] != focus])
    numbers = iter(others)
    data["groups"] = [
        one | {"vendors": design.belgian_vendors if one["origin"] == focus else next(numbers)} for one in groups
    ]
    data["markets"], data["accounts"] = markets, data["accounts"] | {"homes": homes, "homonyms": 0, "run_away": 0}
    data["exchange_rate"]["usd_per_btc"] = [data["exchange_rate"]["usd_per_btc"][0]] * months
    return Scenario.model_validate(data | {"scenario": "plan"})


def rules_for(rules: Rules, scenario: Scenario) -> Rules:
    """Judgements with the categories of each market of the plan: those of the demo market with its design and name."""
    names = {
        (market.id, path): read_as
        for market in scenario.markets
        for (known, path), read_as in rules.drugs.names.items()
        if known == market.design
    }
    return replace(rules, drugs=replace(rules.drugs, names=rules.drugs.names | names))


def _origin_of(market: dict, templates: dict[str, dict]) -> str:
    """The market of the demo that has the same page design: its categories are used."""
    return templates[market["design"]]["id"]
