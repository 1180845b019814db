"""Rules that leave records out, as they stand in the configuration of a study."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from cryptodrug.survey.routing import parse_condition

REPEATED = "repeated"  # in place of a condition: all answers are those of an earlier record
HURRIED = "hurried"  # the rule for questionnaires filled in too fast, and the word for its reason
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Exclusion(BaseModel):
    """A kind of record that is left out before anything is counted. Rules are applied in order; the first that fits a
    record counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Code = Field(description="Name of the rule; the flow of respondents counts the records it leaves out.")
    reason: Code = Field(description="Word for it in documents: `exclusion` in `reports/templates/vocabulary.yaml`.")
    when: str = Field(
        description="Condition on variables of the questionnaire, as in its column `asked_if` "
        "(`workflow/questionnaires/README.md`); or `repeated`: all answers are those of an earlier record."
    )

    @field_validator("when")
    @classmethod
    def _is_condition(cls, text: str) -> str:
        if text != REPEATED:
            parse_condition(text)
        return text


class Speeders(BaseModel):
    """Questionnaires filled in too fast: counted among the doubts, or left out after all other rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    exclude: bool = Field(
        description="true: left out, after `exclusions`, with a step of their own in the flow of respondents; false: "
        "kept, and counted among the answers that raise a doubt."
    )
    variable: str = Field(description="Variable of the questionnaire with the time taken, in any unit.")
    below: Literal["third-of-median", "half-of-median"] = Field(
        description="Too fast is less than this part of the median of those whom the other rules keep."
    )
