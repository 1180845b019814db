"""The size of a planned study, and the scenario that stands for it."""

import datetime

import pytest
from cryptodrug.errors import SettingsError
from cryptodrug.planning.design import Design, day_of, rules_for, scenario_of
from cryptodrug.recovery.memory import demo_method

USUAL = {"months": 5, "markets": 2, "coverage": 0.9, "belgian_vendors": 25, "respondents": 99}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("months", 0, "--months 0 lies outside 1 to 24"),
        ("months", 25, "--months 25 lies outside 1 to 24"),
        ("markets", 5, "--markets 5 lies outside 1 to 4"),
        ("coverage", 90, "--coverage 90 lies outside 0.5 to 1.0"),
        ("coverage", float("nan"), "--coverage nan lies outside"),
        ("belgian_vendors", 2, "--belgian-vendors 2 lies outside 3 to 300"),
        ("respondents", -1, "--respondents -1 lies outside 10 to 5000"),
    ],
)
def test_a_size_of_which_nothing_can_be_said_is_refused(name, value, said):
    with pytest.raises(SettingsError) as refused:
        Design(**USUAL | {name: value})
    assert said in str(refused.value) and "nothing was simulated" in str(refused.value)


def test_all_faults_are_named_together():
    with pytest.raises(SettingsError) as refused:
        Design(**USUAL | {"months": 99, "markets": 9})
    assert "--months 99" in str(refused.value) and "--markets 9" in str(refused.value)


@pytest.mark.parametrize(("belgian", "others"), [(3, 60), (25, 75), (50, 150), (300, 400)])
def test_there_are_three_other_vendors_for_each_within_limits(belgian, others):
    assert Design(**USUAL | {"belgian_vendors": belgian}).other_vendors == others


def test_snapshots_are_a_month_apart():
    assert [day_of(month) for month in (0, 11, 12)] == [
        datetime.date(2019, 1, 15),
        datetime.date(2019, 12, 15),
        datetime.date(2020, 1, 15),
    ]


@pytest.mark.parametrize("markets", [1, 2, 3])
def test_the_scenario_has_the_size_that_was_asked_for(markets):
    design = Design(**USUAL | {"markets": markets, "months": 7})
    scenario = scenario_of(design, design.months, "BE")
    assert [len(market.snapshots) for market in scenario.markets] == [7] * markets
    assert all(market.closes is None for market in scenario.markets)
    numbers = {group.origin: group.vendors for group in scenario.groups}
    assert numbers.pop("BE") == 25 and sum(numbers.values()) == 75
    homes = scenario.accounts.homes
    assert sum("+" in name for name in homes) == markets - 1 and len(homes) == 2 * markets - 1


def test_drugs_of_every_market_are_read_as_drugs():
    scenario = scenario_of(Design(**USUAL | {"markets": 4}), 2, "BE")
    rules = rules_for(demo_method().rules, scenario)
    weed = scenario.products["weed"].category
    assert {rules.drugs.shelf(name, path) for name, path in weed.items()} == {"Drugs/Cannabis/Weed"}
    # the judgements of the study itself are not changed
    assert ("market-2", "Cannabis") not in demo_method().rules.drugs.names
