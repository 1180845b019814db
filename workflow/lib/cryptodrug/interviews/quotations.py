"""The register of quotations: which words of an interview may be printed, and how they came to be allowed."""

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from cryptodrug.errors import DisclosureError, SettingsError
from cryptodrug.interviews.citing import CITABLE
from cryptodrug.yaml_files import listed, read_model

# the way of a quotation; a step can be left out by nobody
STEPS = ("candidate", "consent-checked", "cleaned", "second-reader", "approved", "released")
ENDS = ("refused", "withdrawn")
LARGEST_SHARE_OF_ONE_PERSON = 2
COLUMNS = ["quotation", "interview", "code", "language", "form", "consent", "removed", "state", "month", "role"]

Language = Literal["en", "nl", "fr"]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Block(BaseModel):
    """Part of the register: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Block):
    """One step on the way: what was done, by whom (the role, never a name), in which month."""

    step: Literal[
        "candidate", "consent-checked", "cleaned", "second-reader", "approved", "released", "refused", "withdrawn"
    ]
    role: Literal["interviewer", "second-reader", "coordinator", "interviewee"]
    month: Month


class Quotation(Block):
    """One quotation. Its id says nothing of the person."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    interview: str
    code: str
    language: Language = Field(description="language in which it was said")
    form: Literal["paraphrase", "verbatim"]
    consent: Literal["none", "paraphrase", "verbatim"] = Field(
        description="the narrower of what was agreed before and after the interview; no entry is none"
    )
    passage_consent: bool = Field(default=False, description="consent was given for this passage by itself")
    removed: list[str] = Field(description="what was taken out, in kinds: places, dates, amounts, ...")
    steps: list[Step] = Field(min_length=1)
    text: dict[Language, str] = Field(description="the words as they may be printed, by language")

    @property
    def state(self) -> str:
        """The last step."""
        return self.steps[-1].step

    @property
    def citable(self) -> bool:
        """Whether a document may print it."""
        return self.state in CITABLE

    def faults(self, sensitive: bool) -> list[str]:
        """What stands against it; an approved one must have nothing."""
        taken = [one.step for one in self.steps if one.step not in ENDS]
        months = [one.month for one in self.steps]
        roles = {one.step: one.role for one in self.steps}
        found = []
        if taken != list(STEPS[: len(taken)]) or any(one.step in ENDS for one in self.steps[:-1]):
            found.append(f"its steps are not in the order {', '.join(STEPS)}")
        if months != sorted(months):
            found.append("its months go back")
        if not self.citable:
            return found
        if self.consent == "none" or (self.form == "verbatim" and self.consent != "verbatim"):
            found.append(f"it is approved as {self.form} with consent for {self.consent}")
        if roles.get("second-reader") != "second-reader" or roles.get("approved") != "coordinator":
            found.append("it needs a second reader, who is not the interviewer, and then the coordinator")
        if sensitive and not self.passage_consent:
            found.append(f"its code {self.code} is sensitive and no consent was given for this passage")
        return found


class Rules(Block):
    """What no quotation may hold."""

    redaction: list[str] = Field(description="words that point to a person, a place, a market, a vendor")
    number_step: int = Field(ge=1, description="numbers must be multiples of this: 10 lets `20` pass and not `23`")
    words_in_common: int = Field(ge=3, description="most words in a row that it may share with a passage")


class Register(Block):
    """The whole register."""

    rules: Rules
    quotations: list[Quotation]

    @model_validator(mode="after")
    def _ids_once(self) -> "Register":
        names = [one.id for one in self.quotations]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two quotations have the same id: {', '.join(twice)}")
        return self


def read_register(path: str | Path) -> Register:
    """Read a register.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """
    return read_model(
        Register,
        path,
        lambda what: SettingsError(
            f"the register of quotations cannot be used: {what}",
            where=str(path),
            not_done="no interview was read",
            do="mend the keys named above",
        ),
    )


def check_register(register: Register, interviews: set[str], sensitive: dict[str, bool], path: str | Path) -> None:
    """Stop at a quotation that came to its state in a wrong way.

    Parameters
    ----------
    interviews : ids of the interviews of the study.
    sensitive : whether a code is sensitive, for every code.

    Raises
    ------
    DisclosureError : lists every fault: a step left out, consent too narrow, an unknown code or interview, more than
        two of one person.
    """
    faults = []
    for one in register.quotations:
        if one.interview not in interviews:
            faults.append(f"{one.id}: there is no {one.interview}")
        if one.code not in sensitive:
            faults.append(f"{one.id}: {one.code} is no code")
        faults += [f"{one.id}: {fault}" for fault in one.faults(sensitive.get(one.code, False))]
    of_one = pd.Series([one.interview for one in register.quotations if one.citable], dtype=object).value_counts()
    faults += [f"{n} quotations of one person are approved" for n in of_one if n > LARGEST_SHARE_OF_ONE_PERSON]
    refuse_faults(faults, path)


def refuse_faults(faults: list[str], path: str | Path) -> None:
    """All faults of quotations as one error, if there are any. Words of a quotation are never shown."""
    if faults:
        raise DisclosureError(
            f"quotations may not be used as they stand, {listed(faults)}",
            where=str(path),
            not_done="nothing of the interviews was released",
            do="take the quotation back to `candidate`, or refuse it; one that was refused is not reworded",
        )


def quotation_table(quotations: list[Quotation]) -> pd.DataFrame:
    """One row per quotation, without its words."""
    rows = [
        {
            "quotation": one.id,
            "interview": one.interview,
            "code": one.code,
            "language": one.language,
            "form": one.form,
            "consent": one.consent,
            "removed": "|".join(sorted(one.removed)),
            "state": one.state,
            "month": one.steps[-1].month,
            "role": one.steps[-1].role,
        }
        for one in quotations
    ]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("quotation", ignore_index=True)
