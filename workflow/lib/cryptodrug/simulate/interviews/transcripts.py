"""Write the transcripts of a scenario, and remember where each passage stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.interviews.scenario import Interview, InterviewScenario, Topic


@dataclass(frozen=True)
class Passage:
    """What is said on one topic: characters `start` to `end` of the transcript.

    `shorter` and `longer` are other ends that a coder could choose: a sentence earlier, a sentence later.
    """

    code: str
    direction: str
    start: int
    end: int
    shorter: int
    longer: int


@dataclass(frozen=True)
class Transcript:
    """One interview as text."""

    id: str
    language: str
    training: bool
    text: str
    passages: tuple[Passage, ...]


class _Writer:
    """A text that grows, and knows how long it is."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _family(topic: Topic) -> str:
    return topic.code.partition("-")[0]


def _answer(
    writer: _Writer, scenario: InterviewScenario, language: str, topics: list[Topic], draws: Draws
) -> Iterator[Passage]:
    """One answer: a passage of two or three sentences for each topic, between sentences that belong to no code."""
    fillers = scenario.fillers[language]
    writer.add(f" {draws.one(fillers)}")
    for topic in topics:
        choice = scenario.passages[topic.code][topic.direction][language]
        number = draws.between(2, min(3, len(choice)))
        sentences = [choice[place] for place in sorted(draws.some(range(len(choice)), number))]
        writer.add(" ")
        start = writer.length
        writer.add(" ".join(sentences[:-1]))
        shorter = writer.length
        writer.add(f" {sentences[-1]}")
        end = writer.length
        writer.add(f" {draws.one(fillers)}")
        yield Passage(topic.code, topic.direction, start, end, shorter, writer.length)


def _transcript(scenario: InterviewScenario, interview: Interview) -> Transcript:
    form, draws, writer = scenario.languages[interview.language], Draws(scenario.seed, interview.id), _Writer()
    writer.add(f"{form.notice} ({interview.id})\n\n{form.asks}: {form.opening}\n{form.answers}: {form.agrees}\n")
    passages: list[Passage] = []
    for family, topics in groupby(interview.codes, key=_family):
        question = draws.one(scenario.questions[family][interview.language])
        writer.add(f"\n{form.asks}: {question}\n{form.answers}:")
        passages += _answer(writer, scenario, interview.language, list(topics), draws)
        writer.add("\n")
    writer.add(f"\n{form.asks}: {form.closing}\n")
    return Transcript(interview.id, interview.language, interview.training, "".join(writer.pieces), tuple(passages))


def transcripts(scenario: InterviewScenario) -> list[Transcript]:
    """Every interview of the scenario, in its order."""
    return [_transcript(scenario, interview) for interview in scenario.interviews]
