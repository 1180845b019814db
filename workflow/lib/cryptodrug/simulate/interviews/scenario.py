"""What a scenario of interviews may say: who speaks of what, in which words, and where the coders differ."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.simulate.market.blocks import Block, Positive
from cryptodrug.yaml_files import read_model

Direction = Literal["yes", "no", "both"]
Speech = Literal["en", "nl", "fr"]
Sentences = dict[Speech, list[str]]


class Topic(Block):
    """A code that an interview holds, and its direction; written `b-more` or `b-more no`."""

    code: str
    direction: Direction = "yes"


def _topic(written: object) -> object:
    """`b-more no` as code and direction."""
    if not isinstance(written, str):
        return written
    code, _, direction = written.partition(" ")
    return {"code": code, "direction": direction or "yes"}


class Interview(Block):
    """One interview: its language and what it speaks of, in order."""

    id: str = Field(pattern=r"^interview-\d{2}$")
    language: Speech
    training: bool = Field(default=False, description="whether it was coded together to learn the code book")
    codes: list[Annotated[Topic, BeforeValidator(_topic)]]


class LanguageForm(Block):
    """First line of a transcript, how the two who speak are called, and how every talk opens and closes."""

    notice: str
    asks: str
    answers: str
    opening: str
    agrees: str
    closing: str


class CoderFaults(Block):
    """Where a coder differs from what was said, in numbers of passages."""

    missed: dict[str, Positive] = Field(default={}, description="passages not marked, by code")
    other: dict[str, dict[str, Positive]] = Field(default={}, description="passages marked with another code")
    shifted: int = Field(default=0, ge=0, description="passages whose end is another than the true one")


class InterviewScenario(Block):
    """The whole truth of the interviews."""

    scenario: str
    seed: int
    date: datetime.date
    coders: tuple[str, str]
    consensus: str
    languages: dict[Speech, LanguageForm]
    interviews: list[Interview]
    disagreement: dict[str, CoderFaults]
    questions: dict[str, Sentences]
    fillers: Sentences
    passages: dict[str, dict[Direction, Sentences]]

    @model_validator(mode="after")
    def _parts_fit(self) -> "InterviewScenario":
        faults = [fault for interview in self.interviews for fault in self._unsayable(interview)]
        if sorted(self.disagreement) != sorted(self.coders):
            faults.append("`disagreement` does not name the two `coders`")
        if len({interview.id for interview in self.interviews}) < len(self.interviews):
            faults.append("two `interviews` have the same id")
        for coder, one in self.disagreement.items():
            faults += [f"`disagreement.{coder}`: {fault}" for fault in self._too_many(one)]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _unsayable(self, interview: Interview) -> list[str]:
        """Topics for which there are no words in the language of the interview."""
        words = {
            topic: self.passages.get(topic.code, {}).get(topic.direction, {}).get(interview.language, [])
            for topic in interview.codes
        }
        faults = [
            f"`passages.{topic.code}.{topic.direction}.{interview.language}` has not two sentences for {interview.id}"
            for topic, sentences in words.items()
            if len(sentences) < 2
        ]
        families = {topic.code.partition("-")[0] for topic in interview.codes}
        return faults + [
            f"`questions.{family}.{interview.language}` is missing"
            for family in sorted(families)
            if not self.questions.get(family, {}).get(interview.language)
        ]

    def _too_many(self, faults: CoderFaults) -> list[str]:
        """More faults of a code than it has passages."""
        spoken = [topic.code for interview in self.interviews for topic in interview.codes]
        wanted = {code: faults.missed.get(code, 0) for code in faults.missed}
        for code, others in faults.other.items():
            wanted[code] = wanted.get(code, 0) + sum(others.values())
        strangers = {other for others in faults.other.values() for other in others} - set(self.passages)
        return [f"{code} has {spoken.count(code)} passages" for code in wanted if wanted[code] > spoken.count(code)] + [
            f"{code} is no code of `passages`" for code in sorted(strangers)
        ]


def read_interview_scenario(path: str | Path) -> InterviewScenario:
    """Read a scenario of interviews.

    Raises
    ------
    SettingsError : names every fault with its path in the file.
    """
    return read_model(
        InterviewScenario,
        path,
        lambda what: SettingsError(
            f"the scenario of the interviews cannot be used: {what}",
            where=str(path),
            not_done="no interview was simulated",
            do="mend the keys named above; docs/demo.md explains the scenario",
        ),
    )
