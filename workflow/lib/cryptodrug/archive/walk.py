"""One pass over an archive and the archives inside it, with its account: no member passes uncounted."""

from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from cryptodrug.archive.damage import DAMAGE, damaged_archive, reason_of
from cryptodrug.archive.kinds import HEAD, kind_of
from cryptodrug.archive.limits import Budget, Limits
from cryptodrug.archive.members import Capture, Damaged, Member, Taken
from cryptodrug.archive.page import Page, as_served, without_host
from cryptodrug.archive.refusal import TOO_LARGE, content_refusal, name_refusal
from cryptodrug.archive.report import Count, Report, count
from cryptodrug.archive.seen import Names
from cryptodrug.archive.source import Source, spool

T = TypeVar("T")


class Walk:
    """What a pass over one archive knows: its limits, its share of the work, its account.

    `part` of `parts`: of several jobs that share an archive, each passes over all of it in front of its own share (the
    names count, for second captures) and reads only that.
    """

    def __init__(self, path: Path, report: Report, limits: Limits, part: int, parts: int) -> None:
        self.path, self.report, self.limits = path, report, limits
        self._part, self._parts = part, parts
        self.passing(0)
        self._names = Names()
        self._done = (0, 1)
        report.position = lambda: self._done[0] / self._done[1]

    def turn(self, place: int, of: int) -> int:
        """Whose share a place of the outermost archive is: 0 ours, below 0 an earlier one, above 0 a later one."""
        self._done = (place, of)
        return bisect_right(self._bounds, place / of) - self._part

    def passing(self, cost: float) -> None:
        """Cut the shares of the jobs so that all take the same time.

        `cost`: what passing over a piece costs, compared with reading it (0: nothing). Job k passes over what stands in
        front of its share: c = cost * b[k] + (b[k + 1] - b[k]) for every k, with b[0] = 0 and b[parts] = 1.
        """
        grown = [sum((1 - cost) ** power for power in range(number)) for number in range(1, self._parts + 1)]
        self._bounds = [share / grown[-1] for share in grown[:-1]]

    def is_mine(self, source: Source, place: int) -> bool:
        """Whether what stands at a place of a file is our share; an archive inside another belongs to whom opens it."""
        return bool(source.depth) or self.turn(place, max(source.size, 1)) == 0

    def damaged(self, source: Source) -> Damaged:
        """Whom a reader tells of the damage of its container; raises when the study does not keep damaged archives."""

        last: list[Count] = []

        def tell(error: Exception | None, lost: int, place: int, of: int) -> None:
            if not source.depth and self.turn(place, of) != 0:
                return
            if error is None:
                last[0].bytes += lost
            else:
                last[:] = [self.lost(error, lost)]

        return tell

    def lost(self, error: Exception, size: int) -> Count:
        """Count a damage of a container; where it was counted.

        Raises
        ------
        InputError : the study does not keep damaged archives.
        """
        if not self.limits.keep_damaged:
            raise damaged_archive(self.path, self.report.pages, error) from error
        return count(self.report.damages, reason_of(error), size)

    def guarded(self, source: Source, items: Iterator[T]) -> Iterator[T]:
        """The items of a container up to a damage that its reader could not pass."""
        try:
            yield from items
        except DAMAGE as error:
            if source.depth or self.turn(*self._done) == 0:
                self.lost(error, 0)

    def page(
        self, path: str, data: bytes, place: str, again: bool = False, cut: bool = False, **facts: Any
    ) -> Page | None:
        """A page to hand over; None, and counted, when the bytes are none."""
        if reason := content_refusal(path, data):
            self.report.refuse(reason, len(data))
            return None
        self.report.given.add(len(data))
        self.report.again += again
        self.report.cut += cut
        if (saved := as_served(data)) is not None:
            facts["received"] = data
            path, data = saved
        if again:
            facts["again"] = True
        if cut:
            facts["cut"] = True
        return Page(path, data, place, **facts)

    def place_of(self, source: Source, name: str) -> tuple[str, bool]:
        """Where a member stands, a name for it alone; whether another capture of its page came before."""
        place = source.prefix + name
        times, again = self._names.come(place)
        return place if times == 1 else f"{place}#{times}", again


def members_of(walk: Walk, source: Source, members: Iterator[Member]) -> Iterator[Page | Source]:
    """Pages among the members of a container, and archives to be opened in their place."""
    for member in walk.guarded(source, members):
        turn = 0 if source.depth else walk.turn(member.place, member.of)
        if turn > 0:
            return
        name = without_host(member.name)
        refusal = member.refusal or name_refusal(name)
        place, again = ("", False) if refusal else walk.place_of(source, name)
        if turn < 0:
            continue
        walk.report.members += 1
        if refusal:
            walk.report.refuse(refusal, member.size)
        elif (found := _read(walk, source, member, name, place, again)) is not None:
            yield found


def _read(walk: Walk, source: Source, member: Member, name: str, place: str, again: bool) -> Page | Source | None:
    """The page or the archive that a member is; None, and counted, when it is neither."""
    if member.size > walk.limits.largest_page:
        return _large(walk, source, member, name, place)
    data = member.stream.take(member.size)
    fault = member.fault(len(data), member.checksum(data))
    if fault is not None and not _part_left(walk, member, len(data), fault):
        return None
    if kind_of(data) is None:
        return walk.page(name, data, place, again, cut=fault is not None)
    return _inside(walk, source, BytesIO(data), len(data), name, place, again)


def _inside(
    walk: Walk, outer: Source, stream: BinaryIO, size: int, name: str, place: str, again: bool = False
) -> Source:
    budget = Budget(walk.limits, size, outer.budget)
    return Source(stream, size, name, budget, place, outer.depth + 1, again)


def _part_left(walk: Walk, member: Member, length: int, fault: Exception) -> bool:
    """Whether the first part of a damaged member is there; else it is counted as unreadable.

    Raises
    ------
    InputError : the study does not keep damaged archives.
    """
    if not walk.limits.keep_damaged:
        raise damaged_archive(walk.path, walk.report.pages, fault) from fault
    if 0 < length < member.size:
        return True
    count(walk.report.unreadable, reason_of(fault), member.size)
    return False


class Peeked:
    """A stream of which the first bytes were taken to see what it is."""

    def __init__(self, head: bytes, stream: Taken) -> None:
        self._head, self._stream = head, stream

    @property
    def damage(self) -> Exception | None:
        """What stopped the stream before its end, or None."""
        return self._stream.damage

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if not self._head:
            return self._stream.take(count)
        data, self._head = self._head[:count], self._head[count:]
        return data

    read = take


def _large(walk: Walk, source: Source, member: Member, name: str, place: str) -> Source | None:
    """A member that is no page by its size: an archive, or refused."""
    head = member.stream.take(HEAD)
    if kind_of(head) is None:
        walk.report.refuse(TOO_LARGE, member.size)
        return None
    file, size, crc = spool(Peeked(head, member.stream), member.size)
    fault = member.fault(size, crc)
    if fault is not None and not _part_left(walk, member, size, fault):
        return None
    return _inside(walk, source, file, size, name, place)


def captures_of(walk: Walk, source: Source, captures: Iterator[Capture]) -> Iterator[Page]:
    """Pages among the records of a crawl."""
    for capture in walk.guarded(source, captures):
        turn = 0 if source.depth else walk.turn(capture.place, capture.of)
        if turn > 0:
            return
        name = capture.path.lstrip("/") if source.place else capture.path
        place, again = walk.place_of(source, name) if name else ("", False)
        if turn < 0:
            continue
        walk.report.members += 1
        if capture.refusal:
            walk.report.refuse(capture.refusal, capture.size)
        else:
            page = walk.page(capture.path, capture.data, place, again, capture.cut, **capture.facts)
            if page is not None:
                yield page
