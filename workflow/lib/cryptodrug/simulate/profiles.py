"""Coded profiles of a simulated study: what vendors say is drawn by known rates, and two coders err in known cells."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pandas as pd
from pydantic import Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.profiles.codebook import NO, ProfileCode
from cryptodrug.profiles.sample import Sampled, pseudonym
from cryptodrug.profiles.types import types_text
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market.blocks import Block, Thousandths, Weight
from cryptodrug.simulate.market.truth import listing_table
from cryptodrug.simulate.market.world import World
from cryptodrug.yaml_files import read_model

YES = "yes"
CODERS = ("coder-a", "coder-b")
CELLS = ("both", "only_first", "only_second", "neither")
TRUTH = "planted-profiles.csv"


class PlantedCode(Block):
    """How often a code is true of a vendor, and how often one of the coders does not see it so."""

    rate: Thousandths
    focus: Thousandths | None = Field(default=None, description="of vendors that ever stated the country")
    one_class: Thousandths | None = Field(default=None, alias="one-class", description="of vendors of a single class")
    differ: Thousandths
    values: dict[str, Weight] = Field(default={YES: 1}, alias="as", description="what present codes have as value")

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if self.focus is not None and self.one_class is not None:
            raise ValueError("`focus` and `one-class` stand together: it is not said which of them counts")
        return self


class ProfileScenario(Block):
    """The whole truth of the profiles."""

    scenario: str
    seed: int
    key: str = Field(min_length=16)
    codes: dict[str, PlantedCode]


def read_profile_scenario(path: str | Path, codes: Sequence[ProfileCode]) -> ProfileScenario:
    """The file, checked against its model and the code book.

    Raises
    ------
    SettingsError : a key is unknown or missing, a code is not in the code book or left out, or a value is none of it.
    """

    def refuse(what: str) -> SettingsError:
        return SettingsError(what, where=str(path), not_done="no profile was made", do="mend the entries")

    scenario = read_model(ProfileScenario, path, refuse)
    known = {code.code: set(code.values) - {NO} for code in codes}
    faults = [f"{name} stands in one of scenario and code book" for name in sorted(set(known) ^ set(scenario.codes))]
    faults += [
        f"{name}: {value!r} is none of its values"
        for name, one in scenario.codes.items()
        for value in sorted(set(one.values) - known.get(name, set(one.values)))
    ]
    if faults:
        raise refuse("; ".join(faults))
    return scenario


def classes_offered(world: World) -> dict[tuple[str, str], int]:
    """How many drug classes the vendor of each account (market, handle in lower case) truly offers on all markets."""
    offer = listing_table(world)
    classes = offer[offer["is_drug"]].groupby("entity")["drug_class"].nunique()
    return {
        (account.market, account.handle.lower()): int(classes.get(number, 0))
        for number, entity in world.entities.items()
        for account in entity.accounts
    }


def said(scenario: ProfileScenario, one: Sampled, one_class: bool) -> dict[str, str]:
    """What is true of the profile of a vendor, by code. Each code draws from a stream of its own."""
    found = {}
    for code, planted in scenario.codes.items():
        draws = Draws(scenario.seed, "profile", one.entity, code)
        rate = planted.rate
        if planted.focus is not None and one.group == "focus":
            rate = planted.focus
        if planted.one_class is not None and one_class:
            rate = planted.one_class
        found[code] = draws.weighted(planted.values) if draws.happens(rate) else NO
    return found


def coded(scenario: ProfileScenario, entity: str, truth: Mapping[str, str]) -> list[dict[str, str]]:
    """What the two coders give: the truth, but where one of them, never both, errs."""
    sheets = [dict(truth), dict(truth)]
    for code, planted in scenario.codes.items():
        draws = Draws(scenario.seed, "coders", entity, code)
        if draws.happens(planted.differ):
            wrong = draws.weighted(planted.values) if truth[code] == NO else NO
            sheets[draws.below(2)][code] = wrong
    return sheets


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def _totals(codes: Sequence[str], truths: Sequence[Mapping], sheets: Sequence[Sequence[Mapping]], groups: list) -> list:
    """By code: cells of the two coders, and how many in pairs truly have it."""
    rows = []
    for code in codes:
        given = [tuple(sheet[code] != NO for sheet in both) for both in sheets]
        cells = [given.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))]
        true = [group for truth, group in zip(truths, groups, strict=True) if truth[code] != NO]
        rows.append([code, *cells, true.count("focus"), true.count("other")])
    return rows


def profile_files(
    scenario: ProfileScenario, sampled: Sequence[Sampled], one_class: Mapping[str, bool], placed: pd.DataFrame
) -> dict[str, str]:
    """Text of each file by name: sheets, consensus, sample and types as a study has them, and what was planted.

    Parameters
    ----------
    sampled : as `profiles export` draws it. one_class : by entity, whether it truly offers one class of drugs.
    placed : types of vendors (entity, type).
    """
    key, codes = scenario.key.encode(), list(scenario.codes)
    rows = sorted((pseudonym(one.entity, key), one) for one in sampled)
    truths = [said(scenario, one, one_class[one.entity]) for _, one in rows]
    sheets = [coded(scenario, one.entity, truth) for (_, one), truth in zip(rows, truths, strict=True)]
    whole = {pair for pair in {one.pair for one in sampled} if sum(one.pair == pair for one in sampled) == 2}
    groups = [one.group if one.pair in whole else None for _, one in rows]
    kinds = dict(placed[["entity", "type"]].itertuples(index=False))
    apart = [
        [name, code, first[code], second[code], truth[code]]
        for (name, _), truth, (first, second) in zip(rows, truths, sheets, strict=True)
        for code in codes
        if first[code] != second[code]
    ]
    told = [
        [name, group or "", kinds.get(one.entity, ""), *(int(truth[code] != NO) for code in codes)]
        for (name, one), truth, group in zip(rows, truths, groups, strict=True)
    ]
    made = {
        f"{coder}.csv": _csv(
            ["profile", *codes], [[name, *both[place].values()] for (name, _), both in zip(rows, sheets, strict=True)]
        )
        for place, coder in enumerate(CODERS)
    }
    return made | {
        "consensus.csv": _csv(["profile", "code", "first", "second", "consensus"], apart),
        "sample.csv": _csv(["profile", "group", "pair"], [[name, one.group, one.pair] for name, one in rows]),
        "types.csv": types_text(placed, [name for name, _ in rows], key),
        "planted.csv": _csv(["code", *CELLS, "n_focus", "n_other"], _totals(codes, truths, sheets, groups)),
        TRUTH: _csv(["profile", "group", "type", *codes], told),
    }


def demo_profiles(
    scenario: ProfileScenario, world: World, results: str | Path, focus: str, seed: int
) -> dict[str, str]:
    """The files for a built simulated study, whose database and typology stand under `results`."""
    from cryptodrug.populations import drug_listings
    from cryptodrug.profiles.sample import draw_sample

    results = Path(results)
    sampled = draw_sample(drug_listings(results / "database" / "listing.parquet"), focus, seed)
    vendor = pd.read_parquet(results / "database" / "vendor.parquet", columns=["entity_id", "market", "vendor"])
    classes = classes_offered(world)
    accounts = vendor.drop_duplicates().sort_values(["entity_id", "market", "vendor"]).drop_duplicates("entity_id")
    one_class = {
        entity: classes[market, name.lower()] == 1 for entity, market, name in accounts.itertuples(index=False)
    }
    sampled = [one for one in sampled if one.entity in one_class]  # a vendor without a page has no profile
    return profile_files(scenario, sampled, one_class, pd.read_parquet(results / "internal" / "vendor-type-of.parquet"))
