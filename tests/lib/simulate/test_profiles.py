"""Coded profiles of the demo: its files are those that the scenario makes, for vendors who are in it."""

import csv
import io
from collections import Counter

import pandas as pd
import pytest
from cryptodrug.errors import SettingsError
from cryptodrug.profiles.codebook import NO, read_profile_codes
from cryptodrug.profiles.sample import Sampled, pseudonym, read_sample
from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.profiles import (
    ProfileScenario,
    classes_offered,
    coded,
    profile_files,
    read_profile_scenario,
    said,
)
from cryptodrug.simulate.scenario import read_scenario

DEMO = PROJECT / "data/demo/profiles"
FILE = PROJECT / "data/demo/profiles.yaml"
CODES = read_profile_codes(PROJECT / "workflow/questionnaires/profiles/codebook.csv")


@pytest.fixture(scope="module")
def scenario():
    return read_profile_scenario(FILE, CODES)


@pytest.fixture(scope="module")
def classes():
    return classes_offered(draw_world(read_scenario(PROJECT / "data/demo/scenario.yaml")))


@pytest.fixture(scope="module")
def sampled(scenario, classes):
    """The committed sample with its vendors: the key of the demo is no secret, so that they can be found again."""
    names = {f"{market}:{handle}" for market, handle in classes}
    entities = {pseudonym(name, scenario.key.encode()): name for name in names}
    rows = read_sample(DEMO / "sample.csv").itertuples(index=False)
    return [Sampled(entities[profile], group, int(pair)) for profile, group, pair in rows]


def test_every_profile_is_of_a_vendor_of_the_simulated_markets(sampled):
    # the fixture fails for a pseudonym that is none of theirs
    assert len(sampled) == 59 and Counter(one.group for one in sampled) == {"focus": 30, "other": 29}


def test_the_committed_files_are_made_of_the_scenario(scenario, sampled, classes):
    one_class = {one.entity: classes[tuple(one.entity.split(":"))] == 1 for one in sampled}
    key = scenario.key.encode()
    types = pd.read_csv(DEMO / "types.csv", dtype=str).set_index("profile")["type"]
    placed = pd.DataFrame({"entity": [one.entity for one in sampled]})
    placed["type"] = [types[pseudonym(one.entity, key)] for one in sampled]
    texts = profile_files(scenario, sampled, one_class, placed)
    # which names the typology of all vendors of a build: tests/workflow/test_profiles.py
    del texts["types.csv"]
    assert {name: (DEMO / name).read_text(encoding="utf-8") for name in texts} == texts
    assert {path.name for path in DEMO.iterdir()} == {*texts, "types.csv"}


def test_what_is_true_follows_the_rates_and_the_reason_of_each(scenario):
    many = [Sampled(f"m:v{n}", ("focus", "other")[n % 2], n) for n in range(1200)]
    for code, planted in scenario.codes.items():
        for one_class in (False, True):
            for group in ("focus", "other"):
                rate = planted.rate
                if planted.focus is not None and group == "focus":
                    rate = planted.focus
                if planted.one_class is not None and one_class:
                    rate = planted.one_class
                true = [said(scenario, one, one_class)[code] != NO for one in many if one.group == group]
                # four standard errors of 600
                assert abs(sum(true) / len(true) - rate / 1000) < 4 * 0.5 / 600**0.5, code


def test_one_coder_errs_at_most_and_each_of_them_does(scenario):
    first = second = both = 0
    for n in range(2000):
        truth = said(scenario, Sampled(f"m:v{n}", "other", n), False)
        one, other = coded(scenario, f"m:v{n}", truth)
        for code in truth:
            wrong = (one[code] != NO) != (truth[code] != NO), (other[code] != NO) != (truth[code] != NO)
            first, second, both = first + wrong[0], second + wrong[1], both + all(wrong)
    share = sum(one.differ for one in scenario.codes.values()) / 1000 / len(scenario.codes)
    assert both == 0
    assert (first + second) / (2000 * len(scenario.codes)) == pytest.approx(share, abs=0.005)
    assert first / (first + second) == pytest.approx(0.5, abs=0.05)


def test_a_vendor_without_a_match_counts_for_no_group():
    codes = {"p-a": {"rate": 1000, "differ": 0}}
    small = ProfileScenario.model_validate({"scenario": "s", "seed": 1, "key": "0123456789abcdef", "codes": codes})
    sampled = [Sampled("m:a", "focus", 1), Sampled("m:b", "other", 1), Sampled("m:c", "focus", 2)]
    placed = pd.DataFrame({"entity": ["m:a", "m:b"], "type": ["type-1", "type-2"]})
    texts = profile_files(small, sampled, {one.entity: False for one in sampled}, placed)
    assert texts["planted.csv"].splitlines()[1] == "p-a,3,0,0,0,1,1"
    told = {row["profile"]: row for row in csv.DictReader(io.StringIO(texts["planted-profiles.csv"]))}
    alone = told[pseudonym("m:c", b"0123456789abcdef")]
    assert (alone["group"], alone["type"], alone["p-a"]) == ("", "", "1")
    assert len(texts["types.csv"].splitlines()) == 3


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("p-brand:", "p-brands:", "p-brand stands in one of scenario and code book"),
        ("as: {nl: 5", "as: {it: 5", "p-lang: 'it' is none of its values"),
        ("one-class: 700", "one-class: 700, focus: 1", "it is not said which of them counts"),
        ("one-class: 700", "one-class: 1700", "codes.p-brand.one-class"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused(tmp_path, old, new, fault):
    path = tmp_path / "profiles.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        read_profile_scenario(path, CODES)
