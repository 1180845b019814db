"""Findings and recommendations: computed from released values, never typed.

States: `holds`, `contrary`, `open` (the interval covers both, or the figure cannot be judged), `uncorrected` (shown by
itself, no longer when all tests of the family are judged together: as undecided as `open`), `hidden` (a value is
withheld), `absent` (the study has no such data). Not published is never printed as undecided.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cryptodrug.errors import SettingsError
from cryptodrug.release import Value
from cryptodrug.statistics.paired import NOT_SIGNIFICANT
from cryptodrug.yaml_files import read_model

STATES = ("holds", "contrary", "open", "uncorrected", "hidden", "absent")
# the first state met in this order decides how a recommendation prints
ORDER = ("absent", "hidden", "contrary", "open")
UNDECIDED = {"uncorrected": "open"}  # as which a recommendation takes the state
GRADES = ("A", "B", "C", "D")
Values = Mapping[str, Value]


class Block(BaseModel):
    """Part of the definitions: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RatioAboveOne(Block):
    """Holds when any of the ratios lies above one, contrary when all lie below: by the interval, and by the test
    adjusted for its family. Where the interval alone says so the finding is `uncorrected`.

    `adjusted`: classes of the adjusted p (Holm 1979), one for each of `values`.
    """

    kind: Literal["ratio-above-one"]
    values: list[str]
    adjusted: list[str]
    rests: list[str]
    vendors: str
    fewest_vendors: int
    why: str


class ShareAtLeast(Block):
    """Holds when the lower end of the share reaches the threshold; contrary when the upper end of `upper` is below.

    `asked`: a value that is there when the study asked for it, also where the share is merged with another one.
    """

    kind: Literal["share-at-least"]
    values: list[str]
    asked: str | None = None
    upper: str
    threshold: float
    why: str


class ShareBelow(Block):
    """Holds when the upper end of the share is below the threshold; contrary when the lower end reaches it."""

    kind: Literal["share-below"]
    values: list[str] = Field(min_length=1, max_length=1)
    threshold: float
    why: str


class RatioAgainstOne(Block):
    """Holds when the interval of the ratio lies wholly above one, contrary when wholly below."""

    kind: Literal["ratio-against-one"]
    values: list[str] = Field(min_length=1, max_length=1)
    why: str


class RatiosAgainstOne(Block):
    """Holds when the intervals of all ratios that the study has lie above one, contrary when all lie below."""

    kind: Literal["ratios-against-one"]
    values: list[str] = Field(min_length=2)
    why: str


class AnyBelow(Block):
    """Holds when any of the values is below the threshold (another value); contrary when all reach it."""

    kind: Literal["any-below"]
    values: list[str]
    threshold: str
    why: str


class TextIs(Block):
    """Holds when all values are this code; else nothing is decided: its absence is no finding."""

    kind: Literal["text-is"]
    values: list[str]
    code: str
    why: str


class Change(Block):
    """Decided by the verdict of a before/after test; the estimate behind it must be published."""

    kind: Literal["change"]
    values: list[str] = Field(min_length=1, max_length=1)
    estimate: str
    holds: list[str]
    contrary: list[str]
    why: str


class Recommendation(Block):
    """A recommendation: the findings it needs, those it only reads, whom it addresses, its best grade."""

    needs: list[str]
    reads: list[str] = []
    addressees: list[str] = Field(min_length=1)
    cap: Literal["A", "B", "C"]


Finding = Annotated[
    RatioAboveOne | RatioAgainstOne | RatiosAgainstOne | ShareAtLeast | ShareBelow | AnyBelow | TextIs | Change,
    Field(discriminator="kind"),
]


class Definitions(Block):
    """The whole file."""

    findings: dict[str, Finding]
    recommendations: dict[str, Recommendation]


def read_definitions(path: str | Path) -> Definitions:
    """Read the definitions; a recommendation that needs an unknown finding is refused."""
    definitions = read_model(Definitions, path, lambda what: _refusal(what, path))
    known = set(definitions.findings)
    for name, one in definitions.recommendations.items():
        if unknown := sorted({*one.needs, *one.reads} - known):
            raise _refusal(f"{name} names findings that do not exist: {', '.join(unknown)}", path)
    return definitions


def _refusal(what: str, path: str | Path) -> SettingsError:
    return SettingsError(what, where=str(path), not_done="no finding was computed", do="mend the definitions")


def _matching(values: Values, pattern: str) -> list[Value]:
    expression = re.compile(re.escape(pattern).replace(r"\*", "[^.]+"))
    return [values[name] for name in sorted(values) if expression.fullmatch(name)]


def _ratio_above_one(finding: RatioAboveOne, values: Values) -> str:
    ratios = [values[name] for name in finding.values if name in values]
    shown = [ratio for ratio in ratios if not ratio.hidden]
    if not ratios:
        return "absent"
    if not shown:
        return "hidden"
    vendors = values.get(finding.vendors)
    if vendors is None or vendors.hidden or vendors.value < finding.fewest_vendors:
        return "open"
    tests = [values[name] for name in finding.adjusted if name in values]
    sure = {test.row for test in tests if not test.hidden and test.value not in (None, NOT_SIGNIFICANT)}
    alone = {values[name].row for name in finding.rests if name in values and values[name].value == "one-vendor"}
    above = {ratio.row for ratio in shown if ratio.interval and ratio.interval["low"] > 1} - alone
    below = {ratio.row for ratio in shown if ratio.interval and ratio.interval["high"] < 1}
    if above & sure:
        return "holds"
    all_below = len(below) == len(shown)
    if all_below and below <= sure:
        return "contrary"
    return "uncorrected" if above or all_below else "open"


def _share_at_least(finding: ShareAtLeast, values: Values) -> str:
    share, upper = (values.get(name) for name in (finding.values[0], finding.upper))
    if share is None:
        return "hidden" if finding.asked in values else "absent"
    if share.hidden:
        return "hidden"
    if share.interval and share.interval["low"] >= finding.threshold:
        return "holds"
    if upper and upper.interval and upper.interval["high"] < finding.threshold:
        return "contrary"
    return "open"


def _share_below(finding: ShareBelow, values: Values) -> str:
    share = values.get(finding.values[0])
    if share is None:
        return "absent"
    if share.hidden:
        return "hidden"
    if share.interval and share.interval["high"] < finding.threshold:
        return "holds"
    return "contrary" if share.interval and share.interval["low"] >= finding.threshold else "open"


def _against_one(ratio: Value | None) -> str:
    if ratio is None:
        return "absent"
    if ratio.hidden:
        return "hidden"
    if ratio.interval and ratio.interval["low"] > 1:
        return "holds"
    return "contrary" if ratio.interval and ratio.interval["high"] < 1 else "open"


def _ratio_against_one(finding: RatioAgainstOne, values: Values) -> str:
    return _against_one(values.get(finding.values[0]))


def _ratios_against_one(finding: RatiosAgainstOne, values: Values) -> str:
    states = {_against_one(values.get(name)) for name in finding.values} - {"absent"}
    if not states:
        return "absent"
    if "hidden" in states:
        return "hidden"
    return states.pop() if len(states) == 1 else "open"


def _any_below(finding: AnyBelow, values: Values) -> str:
    found = [value for pattern in finding.values for value in _matching(values, pattern)]
    threshold = values.get(finding.threshold)
    shown = [value for value in found if not value.hidden]
    if not found or threshold is None:
        return "absent"
    if not shown:
        return "hidden"
    return "holds" if any(value.value < threshold.value for value in shown) else "contrary"


def _text_is(finding: TextIs, values: Values) -> str:
    found = [values[name] for name in finding.values if name in values]
    if not found:
        return "absent"
    if any(value.hidden for value in found):
        return "hidden"
    return "holds" if all(value.value == finding.code for value in found) else "open"


def _change(finding: Change, values: Values) -> str:
    verdict, estimate = values.get(finding.values[0]), values.get(finding.estimate)
    if estimate is None:
        return "absent"
    if estimate.hidden:
        return "hidden"
    if verdict is None or verdict.value not in (*finding.holds, *finding.contrary):
        return "open"
    return "holds" if verdict.value in finding.holds else "contrary"


def state_of(finding: Any, values: Values) -> str:
    """The state of one finding."""
    judges = {
        RatioAboveOne: _ratio_above_one,
        RatioAgainstOne: _ratio_against_one,
        RatiosAgainstOne: _ratios_against_one,
        ShareAtLeast: _share_at_least,
        ShareBelow: _share_below,
        AnyBelow: _any_below,
        TextIs: _text_is,
        Change: _change,
    }
    return judges[type(finding)](finding, values)


def print_of(one: Recommendation, states: Mapping[str, str]) -> str:
    """How a recommendation prints: the first of absent, hidden, contrary, open that is met, else `holds`."""
    met = {UNDECIDED.get(states[name], states[name]) for name in one.needs}
    return next((state for state in ORDER if state in met), "holds")


def grade_of(printed: str, cap: str, simulated: bool) -> str:
    """Grade of a recommendation; findings are known under the core definition only in this form, which gives a C."""
    if simulated:
        return "not-graded"
    if printed != "holds":
        return "D"
    return max("C", cap, key=GRADES.index)


def compute(definitions: Definitions, values: Values, simulated: bool) -> dict[str, Any]:
    """States of all findings and printing of all recommendations, as JSON data."""
    states = {name: state_of(finding, values) for name, finding in definitions.findings.items()}
    recommendations = {}
    for name, one in definitions.recommendations.items():
        printed = print_of(one, states)
        recommendations[name] = {
            "print": printed,
            "grade": grade_of(printed, one.cap, simulated),
            "addressees": one.addressees,
        }
    findings = {
        name: {"state": state, "reads": definitions.findings[name].values} for name, state in sorted(states.items())
    }
    return {"schema": 1, "findings": findings, "recommendations": recommendations}
