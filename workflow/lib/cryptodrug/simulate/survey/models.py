"""What the survey part of a scenario may say: `data/demo/survey.yaml`, with a comment at each number."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator

from cryptodrug.careers.drugs import DRUGS
from cryptodrug.simulate.market.blocks import Block, Positive, Thousandths, Weight

OTHER = "other"  # key that stands for all that are not named
STAYS = "stays"
PersonalData = Literal["ip_address", "user_agent", "start_time", "email"]
Count = Annotated[int, Field(ge=0)]
Weights = dict[int, Weight]
Moves = Literal["stays"] | dict[int, Weights]
Counts = dict[int, Count]
Value = TypeVar("Value")


def of(values: Mapping[str, Value], key: str) -> Value:
    """The value of a key, or that of `other`."""
    return values[key] if key in values else values[OTHER]


class Records(Block):
    """Exact numbers of records of each kind."""

    valid: Positive
    test: Count
    no_information: Count
    no_consent: Count
    not_belgium: Count
    under_age: Count
    never_bought: Count
    filled_in_before: Count
    repeated: Count


class LeftAfter(Block):
    """Respondents who left, by the last section they saw."""

    valid: dict[str, Count]
    drop_out: dict[str, Count]


class Minutes(Block):
    """Duration of a whole questionnaire, and how many valid respondents rush through it."""

    least: Positive
    most: Positive
    rushing: Count


class Information(Block):
    """Sources of information before, and how many items are taken up and given up since."""

    before: dict[str, Thousandths]
    gained: Thousandths
    lost: Thousandths


class Scale(Block):
    """A scale asked for before and for now."""

    before: Weights
    steps: Literal["stays"] | Weights = Field(description="steps up or down since")


class Unreadable(Block):
    """Quantities that nobody can read as a number."""

    texts: list[str]
    times: Count


class LastPurchase(Block):
    """Quantities as typed, by unit, and amounts."""

    quantities: dict[int, list[str]]
    unreadable: Unreadable
    euro: dict[Literal["least", "most"], Positive]


class Dependence(Block):
    """Answers to the items on dependence, by problems now."""

    slight: Weights
    serious: Weights


class Careers(Block):
    """First use, drugs, frequencies, amounts, sources, main drug, substitution, problems: before, and moves to now."""

    first_use: Weights
    first_drug: dict[str, Weight]
    used_before: dict[str, Thousandths]
    new_drug: Literal["none"] | dict[str, Thousandths]
    frequency_before: dict[str, Weights]
    frequency_now: Literal["stays"] | dict[str, dict[int, Weights]]
    frequency_new: Weights
    amount_before: Weights
    amount_new: Weights
    amount_now: Moves
    source_before: Weights
    source_new: Weights
    source_now: Moves
    also_bought: Thousandths
    main_drug_kept: Thousandths
    main_drug_other: Thousandths
    substitution: Thousandths
    problems_before: Weights
    problems_reduced: Moves
    problems_kept: Moves
    dependence: Dependence
    reduction_told: Thousandths

    def frequency_moves(self, drug: str) -> Moves:
        """Moves between frequency classes of a drug."""
        return STAYS if self.frequency_now == STAYS else of(self.frequency_now, drug)

    @model_validator(mode="after")
    def _tables_fit(self) -> "Careers":
        faults = []
        by_drug = ["first_drug", "used_before", "new_drug", "frequency_before", "frequency_now"]
        for name in by_drug:
            value = getattr(self, name)
            if isinstance(value, dict) and (strangers := sorted(set(value) - {*DRUGS, OTHER})):
                faults.append(f"`{name}` names what is no drug of the questionnaire: {', '.join(strangers)}")
            if isinstance(value, dict) and name != "first_drug" and OTHER not in value:
                faults.append(f"`{name}` has no `{OTHER}`")
        tables = {f"frequency_now.{drug}": table for drug, table in self._frequency_tables().items()}
        tables |= {name: getattr(self, name) for name in ("amount_now", "source_now", "problems_reduced")}
        tables |= {"problems_kept": self.problems_kept}
        for name, table in tables.items():
            if table != STAYS and (bad := [code for code, row in table.items() if not sum(row.values())]):
                faults.append(f"`{name}` leads nowhere from {bad}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _frequency_tables(self) -> dict[str, dict[int, Weights]]:
        return {} if self.frequency_now == STAYS else self.frequency_now


class Survey(Block):
    """The survey of buyers."""

    questionnaire: str = Field(description="folder of the questionnaire, from the root of the project")
    field_work: dict[datetime.date, Weight]
    records: Records
    left_after: LeftAfter
    missing: dict[str, Counts] = Field(description="exact numbers, among valid respondents who are asked")
    missing_rate: dict[int, Thousandths] = Field(description="of all questions that `missing` does not name")
    recall_error: Thousandths
    minutes: Minutes
    remarks: Thousandths
    personal: list[PersonalData]
    answers: dict[str, Weights] = Field(description="by variable, or by the start of its name")
    ticks: dict[str, dict[str, Thousandths]]
    information: Information
    scales: dict[str, Scale]
    said_changes: dict[str, Literal["stays"] | Weights]
    last_purchase: LastPurchase
    careers: Careers

    @model_validator(mode="after")
    def _numbers_fit(self) -> "Survey":
        left = sum(self.left_after.valid.values())
        if left + self.minutes.rushing + self.records.repeated > self.records.valid:
            raise ValueError("`records.valid` is smaller than those who left, rush and are repeated")
        return self
