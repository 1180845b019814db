"""Two coders read the transcripts: what each marks, with the faults that the scenario plants."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.interviews.scenario import CoderFaults, InterviewScenario
from cryptodrug.simulate.interviews.transcripts import Passage, Transcript


@dataclass(frozen=True)
class Mark:
    """One coding: characters `start` to `end` of an interview, by a coder, with a code and its direction."""

    interview: str
    coder: str
    code: str
    direction: str
    start: int
    end: int


def _faulty(passages: dict[int, Passage], faults: CoderFaults, draws: Draws) -> dict[int, Passage]:
    """The passages as this coder marks them, by their number."""
    left = dict(passages)

    def take(code: str, count: int) -> list[int]:
        return draws.some([number for number in left if passages[number].code == code], count)

    marked: dict[int, Passage] = {}
    for code, count in faults.missed.items():
        for number in take(code, count):
            del left[number]
    for code, others in faults.other.items():
        for other, count in others.items():
            for number in take(code, count):
                marked[number] = replace(left.pop(number), code=other)
    marked |= left
    for number in draws.some(sorted(marked), faults.shifted):
        one = marked[number]
        marked[number] = replace(one, end=one.shorter if draws.happens(500) else one.longer)
    return marked


def _marks(coder: str, places: list[tuple[str, Passage]], marked: dict[int, Passage]) -> Iterator[Mark]:
    for number in sorted(marked):
        one = marked[number]
        yield Mark(places[number][0], coder, one.code, one.direction, one.start, one.end)


def marks(scenario: InterviewScenario, spoken: list[Transcript]) -> list[Mark]:
    """What both coders marked, and the consensus: what was truly said."""
    places = [(transcript.id, passage) for transcript in spoken for passage in transcript.passages]
    passages = {number: passage for number, (_, passage) in enumerate(places)}
    found: list[Mark] = []
    for coder in scenario.coders:
        faulty = _faulty(passages, scenario.disagreement[coder], Draws(scenario.seed, "coder", coder))
        found += _marks(coder, places, faulty)
    return found + list(_marks(scenario.consensus, places, passages))
