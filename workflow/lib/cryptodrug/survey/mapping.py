"""The map from the variables of an export to those of the study. It is an allow-list: what it does not name is left."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.yaml_files import read_model

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Category = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Block(BaseModel):
    """Part of the map: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Block):
    """One answer code of the export."""

    code: int = Field(ge=0)
    label: str = Field(description="what the export calls it; another label for the code stops the reading")
    category: Category = Field(description="the published category, merged before the data were seen")


class Variable(Block):
    """One question with coded answers. There is no other kind: no text, no address, no time can pass."""

    column: str | None = Field(default=None, description="name in the export, when it is another one")
    question: str
    answers: list[Answer] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_once(self) -> "Variable":
        codes = [answer.code for answer in self.answers]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"code given twice: {twice}")
        return self


class Respondent(Block):
    """The number of the respondent and the state of the questionnaire."""

    column: str
    status: str
    partial: list[int] = Field(description="states of those who dropped out: what they did not see is `drop-out`")
    complete: list[int]


class Mapping(Block):
    """A whole map."""

    instrument: str
    respondent: Respondent
    missing: dict[int, str] = Field(description="codes of missing answers, with their reason; each is kept apart")
    variables: dict[Name, Variable] = Field(min_length=1)

    @model_validator(mode="after")
    def _columns_once(self) -> "Mapping":
        columns = [self.respondent.column, self.respondent.status]
        columns += [one.column or name for name, one in self.variables.items()]
        if twice := sorted({column for column in columns if columns.count(column) > 1}):
            raise ValueError(f"column of the export used twice: {', '.join(twice)}")
        return self

    def column(self, variable: str) -> str:
        """Name of a variable in the export."""
        return self.variables[variable].column or variable


def read_mapping(path: str | Path) -> Mapping:
    """Read a map.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """
    return read_model(
        Mapping,
        path,
        lambda what: SettingsError(
            f"the map of the survey cannot be used: {what}",
            where=str(path),
            not_done="the survey was not read",
            do="mend the keys named above",
        ),
    )
