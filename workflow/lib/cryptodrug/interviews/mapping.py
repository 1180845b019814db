"""The map from the names of a project to those of the study: codes, coders, interviews."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.yaml_files import read_model

# a label, since names of coders stand in the projects of their programs
Coder = Annotated[str, Field(pattern=r"^coder-[a-z0-9]+$")]
CONSENSUS = "consensus"


class Block(BaseModel):
    """Part of the map: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InterviewOf(Block):
    """What a source is. Without such a line a source is an interview of its own name."""

    interview: str = Field(pattern=r"^interview-[a-z0-9-]+$", description="number of the interview, never a name")
    language: Literal["en", "nl", "fr", "de"]
    training: bool = Field(default=False, description="coded together to learn the code book")


class InterviewMap(Block):
    """A whole map."""

    coders: dict[Coder, str] = Field(
        min_length=1,
        description="those whose coding is compared: a label that names nobody, and the user of the project",
    )
    consensus: str | None = Field(
        description="user with the coding that all agreed on; null: a code counts where every coder has it"
    )
    codes: dict[str, str] = Field(
        default={}, description="code of the study by id, path or name in the project, where they differ"
    )
    left_out: dict[str, str] = Field(default={}, description="codes that are not counted, each with the reason")
    interviews: dict[str, InterviewOf] = Field(default={}, description="by name of the source")

    @model_validator(mode="after")
    def _names_once(self) -> "InterviewMap":
        faults = []
        users = [*self.coders.values(), self.consensus]
        if len(set(users)) < len(users):
            faults.append("a user stands twice among `coders` and `consensus`")
        if both := sorted(set(self.codes) & set(self.left_out)):
            faults.append(f"mapped and left out: {', '.join(both)}")
        numbers = [one.interview for one in self.interviews.values()]
        if twice := sorted({one for one in numbers if numbers.count(one) > 1}):
            faults.append(f"two sources are the same interview: {', '.join(twice)}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def agreed(self) -> str | None:
        """Label of the consensus, where there is one."""
        return CONSENSUS if self.consensus else None

    def labels(self) -> list[str]:
        """Labels of everybody whose codings are read."""
        return [*self.coders, *([CONSENSUS] if self.consensus else [])]

    def label(self, user: str | None) -> str | None:
        """Label of a user of the project; None: nobody that the map knows."""
        known = {name: label for label, name in self.coders.items()} | {self.consensus: self.agreed}
        return known.get(user) if user is not None else None


def read_interview_map(path: str | Path) -> InterviewMap:
    """Read a map.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """
    return read_model(
        InterviewMap,
        path,
        lambda what: SettingsError(
            f"the map of the interviews cannot be used: {what}",
            where=str(path),
            not_done="no interview was read",
            do="mend the keys named above",
        ),
    )
