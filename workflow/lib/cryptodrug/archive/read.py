"""Every page of an archive, whatever it is packed in; archives inside it are opened in their place."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.damage import reason_of, unknown_archive
from cryptodrug.archive.folder import folder_members
from cryptodrug.archive.kinds import HEAD, PACKINGS, kind_by_name, kind_of, unpacked_name
from cryptodrug.archive.limits import Budget, Limits, TooMuch
from cryptodrug.archive.mhtml import mhtml_captures
from cryptodrug.archive.page import Page
from cryptodrug.archive.refusal import TOO_DEEP, TOO_LARGE, UNKNOWN_KIND
from cryptodrug.archive.report import Report, count
from cryptodrug.archive.seven_zip import seven_zip_members
from cryptodrug.archive.source import Source, spool
from cryptodrug.archive.tar import tar_members
from cryptodrug.archive.unpack import Forward
from cryptodrug.archive.wacz import is_wacz, wacz_warcs
from cryptodrug.archive.walk import Walk, captures_of, members_of
from cryptodrug.archive.warc import warc_captures
from cryptodrug.archive.warc_records import one_record_each
from cryptodrug.archive.zip import zip_members

Found = Iterator[Page | Source]
# what passing over a part of an archive costs, about, compared with reading its pages: all of it must be unpacked
PASSING = {"gzip": 0.08, "zstd": 0.04, "xz": 0.3, "bzip2": 0.45, "7z": 0.3, "warc": 0.2}


def _container(walk: Walk, source: Source, kind: str, stream: Forward | None = None) -> Found:
    """What a container of a known kind holds. `stream`: its bytes, unpacked, where it was packed."""
    damaged = walk.damaged(source)
    if not source.depth and stream is None:
        walk.passing(PASSING.get(kind, 0))
    if source.depth:
        count(walk.report.opened, kind, source.size)
    if kind == "tar":
        return members_of(walk, source, tar_members(stream or Forward(source.stream), source.size, damaged))
    if kind == "7z":
        return members_of(walk, source, seven_zip_members(source.stream, source.budget))
    if kind == "mhtml":
        return captures_of(walk, source, mhtml_captures(source.stream))
    if kind == "warc":
        captures = warc_captures(source, walk.limits.largest_page, lambda place: walk.is_mine(source, place), damaged)
        return captures_of(walk, source, captures)
    members = zip_members(source.stream, source.size, source.budget, damaged)
    return members_of(walk, source, wacz_warcs(members) if is_wacz(source) else members)


def _lone_page(walk: Walk, source: Source, stream: Forward, name: str) -> Found:
    """A single page, perhaps packed: the file itself, or a member that is counted already."""
    if not source.depth:
        if not walk.is_mine(source, 0):
            return
        walk.report.members += 1
    data = stream.take(walk.limits.largest_page + 1)
    damage = stream.damage
    if damage is not None and (not source.depth or isinstance(damage, TooMuch)):
        walk.lost(damage, source.size - stream.position)
    if len(data) > walk.limits.largest_page:
        walk.report.refuse(TOO_LARGE, source.size)
    elif damage is not None and not data:
        count(walk.report.unreadable, reason_of(damage), source.size)
    else:
        page = walk.page(name, data, source.place or name, source.again, cut=damage is not None)
        if page is not None:
            yield page


def _packed(walk: Walk, source: Source, packing: str) -> Found:
    """What is packed: a tar archive, a page, or another container, which is unpacked before it is read."""
    # a packed page inside an archive may be cut off, and is read up to there
    stops = not walk.limits.keep_damaged and not source.depth
    stream = Forward(source.stream, packing, source.budget, fast=stops)
    name = unpacked_name(source.name)
    kind = kind_of(stream.peek(HEAD)) or (None if source.depth else kind_by_name(name))
    if kind is None:
        yield from _lone_page(walk, source, stream, name)
    elif kind == "tar":
        if not source.depth:
            walk.passing(PASSING[packing])
        yield from _container(walk, source, kind, stream)
    elif kind == "warc" and packing == "gzip" and one_record_each(source.stream):
        yield from _container(walk, source, kind)
    else:
        file, size, _ = spool(stream, walk.limits.largest_unpacked)
        if stream.damage is not None:
            walk.damaged(source)(stream.damage, source.size - stream.position, 0, 1)
        yield dataclasses.replace(source, stream=file, size=size, name=name, layers=source.layers + 1)


def _refused(walk: Walk, source: Source, kind: str) -> Found:
    """An archive that is not opened."""
    if not source.depth:
        raise unknown_archive(walk.path, kind)
    walk.report.refuse(UNKNOWN_KIND if kind == "rar" else TOO_DEEP, source.size)
    return iter(())


def _inside(walk: Walk, source: Source) -> Found:
    """What the bytes of a source are: pages, and archives to be opened in their turn."""
    source.stream.seek(0)
    head = source.stream.read(HEAD)
    source.stream.seek(0)
    kind = kind_of(head) or (None if source.depth else kind_by_name(source.name))
    if kind is None:
        return _lone_page(walk, source, Forward(source.stream), source.name)
    if kind == "rar" or max(source.depth, source.layers) > walk.limits.deepest:
        return _refused(walk, source, kind)
    return _packed(walk, source, kind) if kind in PACKINGS else _container(walk, source, kind)


def _open(walk: Walk, found: Found) -> Iterator[Page]:
    """Pages, with those of archives inside where these stand."""
    for one in found:
        if isinstance(one, Page):
            yield one
        else:
            with one.stream:
                yield from _open(walk, _inside(walk, one))


def pages(
    path: str | Path,
    report: Report | None = None,
    limits: Limits | None = None,
    part: int = 0,
    parts: int = 1,
) -> Iterator[Page]:
    """Every page as (path, bytes), in the order of the archive (a folder: sorted by path).

    Reads folders, `.tar` (also packed by gzip, bzip2, xz, zstd), `.zip`, `.7z`, `.warc` (also gzip), `.wacz`, `.mhtml`,
    archives inside archives, and single pages, packed or not. docs/archives.md says how each is read.

    Parameters
    ----------
    report : counts what was met; after the last page, `report.unaccounted` is 0.
    part, parts : one of several jobs that share the archive; their pages, one behind the other, are those of one job.

    Raises
    ------
    InputError : the archive is damaged, cut off, or unpacks to more than `limits` allow; says after how many whole
        pages. With `limits.keep_damaged`, damage is counted in the report and the rest is read.
    """
    path, report = Path(path), report if report is not None else Report()
    limits = limits or Limits()
    walk = Walk(path, report, limits, part, parts)
    if path.is_dir():
        everything = Budget(limits, limits.largest_unpacked)
        source = Source(None, 0, path.name, everything)
        yield from _open(walk, members_of(walk, source, folder_members(path, parts > 1)))
        return
    with path.open("rb") as stream:
        size = path.stat().st_size
        yield from _open(walk, _inside(walk, Source(stream, size, path.name, Budget(limits, size))))
