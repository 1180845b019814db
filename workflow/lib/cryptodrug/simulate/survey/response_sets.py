"""Multiple response sets of an SPSS file. pyreadstat reads and cannot write them: the record is put in by hand.

A system file is a header of 176 bytes, records that describe the variables, and one of type 999, behind which the data
begin. Sets stand in an extension record (type 7, subtype 7) among those in front of it: four whole numbers of 32 bits
(type, subtype, 1, length in bytes) and a text with one line per set. A set of variables of which each is ticked or not:

    $name=D<bytes of the counted value> <counted value> <bytes of the label> <label> <short names, lower case>

The names are the short ones of eight characters; the record of subtype 13 says which variable each of them is. Source:
the description of the file format in the developers' manual of GNU PSPP (Pfaff, section "System File Format").
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

HEADER = 176
VARIABLE, LABELS, LABELLED, DOCUMENTS, EXTENSION, END = 2, 3, 4, 6, 7, 999
SETS, LONG_NAMES = 7, 13  # subtypes of the extension record


@dataclass(frozen=True)
class ResponseSet:
    """Items of one question with several answers: label, the code that counts as ticked, its variables."""

    label: str
    counted: str
    variables: Sequence[str]


def _integer(data: bytes, place: int) -> int:
    return struct.unpack_from("<i", data, place)[0]


def _padded(length: int, to: int) -> int:
    return -(-length // to) * to


def _variable_size(data: bytes, place: int) -> int:
    has_label, missing = _integer(data, place + 8), _integer(data, place + 12)
    label = 4 + _padded(_integer(data, place + 32), 4) if has_label else 0
    return 32 + label + 8 * abs(missing)


def _labels_size(data: bytes, place: int) -> int:
    size = 8
    for _ in range(_integer(data, place + 4)):
        size += 8 + _padded(1 + data[place + size + 8], 8)
    return size


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, place and size of each record of the dictionary, that of type 999 included.

    Raises
    ------
    ValueError : a type that no such file has.
    """
    place = HEADER
    while True:
        kind = _integer(data, place)
        if kind == VARIABLE:
            size = _variable_size(data, place)
        elif kind == LABELS:
            size = _labels_size(data, place)
        elif kind == LABELLED:
            size = 8 + 4 * _integer(data, place + 4)
        elif kind == DOCUMENTS:
            size = 8 + 80 * _integer(data, place + 4)
        elif kind == EXTENSION:
            size = 16 + _integer(data, place + 8) * _integer(data, place + 12)
        elif kind == END:
            size = 8
        else:
            raise ValueError(f"record of type {kind} at byte {place}: no dictionary of an SPSS file")
        yield kind, place, size
        if kind == END:
            return
        place += size


def _short_names(data: bytes) -> dict[str, str]:
    """Short name of each variable."""
    for kind, place, size in records(data):
        if kind == EXTENSION and _integer(data, place + 4) == LONG_NAMES:
            pairs = [pair.split("=") for pair in data[place + 16 : place + size].decode().split("\t")]
            return {name: short for short, name in pairs}
    return {}


def with_response_sets(data: bytes, sets: Mapping[str, ResponseSet]) -> bytes:
    """The bytes of a file with its multiple response sets, by name without the dollar sign."""
    short, lines = _short_names(data), []
    for name, one in sets.items():
        names = " ".join(short[variable].lower() for variable in one.variables)
        counted, label = one.counted, one.label
        lines.append(f"${name}=D{len(counted.encode())} {counted} {len(label.encode())} {label} {names}\n")
    text = "".join(lines).encode()
    end = next(place for kind, place, _ in records(data) if kind == END)
    return data[:end] + struct.pack("<4i", EXTENSION, SETS, 1, len(text)) + text + data[end:]
