"""Tables that others made: the one that a file is, or those in an archive; read forward, larger than memory."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cryptodrug.archive.damage import damaged_archive, reason_of, unknown_archive
from cryptodrug.archive.folder import folder_members
from cryptodrug.archive.kinds import HEAD, PACKINGS, kind_by_name, kind_of
from cryptodrug.archive.limits import Budget, Limits
from cryptodrug.archive.members import Member
from cryptodrug.archive.page import without_host
from cryptodrug.archive.refusal import name_refusal
from cryptodrug.archive.report import Report, count
from cryptodrug.archive.seven_zip import seven_zip_members
from cryptodrug.archive.source import Source
from cryptodrug.archive.tar import tar_members
from cryptodrug.archive.unpack import PIECE, Forward
from cryptodrug.archive.walk import Peeked, Walk
from cryptodrug.archive.zip import zip_members


class _Received:
    """The bytes of a member as the archive holds them, with their number and checksums so far."""

    def __init__(self, member: Member) -> None:
        self._member, self.size, self.sum, self._crc = member, 0, hashlib.sha256(), 0

    @property
    def damage(self) -> Exception | None:
        """What is wrong with the bytes, taken to their end."""
        return self._member.fault(self.size, self._crc)

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""
        data = self._member.stream.take(min(count, self._member.size - self.size))
        self.size += len(data)
        self.sum.update(data)
        self._crc = self._member.checksum(data, self._crc)
        return data


class Table:
    """The bytes of one table in their order, unpacked; `place`: where it stands, a name for it alone."""

    def __init__(self, member: Member, place: str, limits: Limits, budget: Budget) -> None:
        self.place, self._received = place, _Received(member)
        head = self._received.take(HEAD)
        self._stream, packing = Peeked(head, self._received), kind_of(head)
        if packing in PACKINGS:
            self._stream = Forward(self._stream, packing, Budget(limits, member.size, budget))

    @property
    def size(self) -> int:
        """Bytes as received that were taken."""
        return self._received.size

    @property
    def sha256(self) -> str:
        """Checksum of the bytes as received that were taken."""
        return self._received.sum.hexdigest()

    @property
    def damage(self) -> Exception | None:
        """What is wrong with the table, once it is taken to its end; None when nothing is."""
        return self._stream.damage or self._received.damage

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""
        return self._stream.take(count)

    def finish(self) -> None:
        """Take what is left, so that size, checksum and damage are those of the whole table."""
        while self._stream.take(PIECE):
            pass


def table_of(name: str, data: bytes) -> Table:
    """A table that is in memory."""
    limits = Limits()
    return Table(Member(name, len(data), Forward(BytesIO(data))), name, limits, Budget(limits, len(data)))


def _container(walk: Walk, source: Source) -> Iterator[Member] | None:
    """The members of an archive; None for a file that is a table, packed or not."""
    head = source.stream.read(HEAD)
    source.stream.seek(0)
    kind, damaged = kind_of(head) or kind_by_name(source.name), walk.damaged(source)
    if kind in PACKINGS:
        packed = Forward(source.stream, kind, source.budget, fast=not walk.limits.keep_damaged)
        if kind_of(packed.peek(HEAD)) == "tar":
            return tar_members(packed, source.size, damaged)
        source.stream.seek(0)
        return None
    if kind == "tar":
        return tar_members(Forward(source.stream), source.size, damaged)
    if kind == "zip":
        return zip_members(source.stream, source.size, source.budget, damaged)
    if kind == "7z":
        return seven_zip_members(source.stream, source.budget)
    if kind is not None:
        raise unknown_archive(walk.path, kind)
    return None


def _tables(walk: Walk, source: Source, members: Iterator[Member]) -> Iterator[Table]:
    for member in walk.guarded(source, members):
        name = without_host(member.name)
        refusal = member.refusal or name_refusal(name)
        walk.report.members += 1
        if refusal:
            walk.report.refuse(refusal, member.size)
            continue
        table = Table(member, walk.place_of(source, name)[0], walk.limits, source.budget)
        yield table
        _account(walk, table)


def _account(walk: Walk, table: Table) -> None:
    """Count a table that was read to its end.

    Raises
    ------
    InputError : it is damaged, and the study does not keep what is.
    """
    if (damage := table.damage) is not None:
        if not walk.limits.keep_damaged:
            raise damaged_archive(walk.path, walk.report.pages, damage) from damage
        walk.report.cut += 1
        count(walk.report.damages, reason_of(damage), 0)
    walk.report.given.add(table.size)


def tables(path: str | Path, report: Report | None = None, limits: Limits | None = None) -> Iterator[Table]:
    """Every table of a file, an archive or a folder; each is to be taken to its end before the next is asked for.

    Raises
    ------
    InputError : see `cryptodrug.archive.pages`.
    """
    path, report, limits = Path(path), report if report is not None else Report(), limits or Limits()
    walk = Walk(path, report, limits, 0, 1)
    if path.is_dir():
        source = Source(None, 0, path.name, Budget(limits, limits.largest_unpacked))
        yield from _tables(walk, source, folder_members(path, False))
        return
    with path.open("rb") as stream:
        size = path.stat().st_size
        source = Source(stream, size, path.name, Budget(limits, size))
        members = _container(walk, source)
        if members is None:
            members = iter([Member(path.name, size, Forward(stream))])
        yield from _tables(walk, source, members)
