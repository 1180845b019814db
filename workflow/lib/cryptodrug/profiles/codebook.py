"""The code book of profiles: what each code means, and which values it takes."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError

COLUMNS = ("code", "present", "include", "exclude", "example", "values")
NO = "no"


@dataclass(frozen=True)
class ProfileCode:
    """One code. `present`: when it is, behind "the profile or terms ..."; `values`: allowed ones, one of them `no`."""

    code: str
    present: str
    include: str
    exclude: str
    example: str
    values: tuple[str, ...]


def read_profile_codes(path: str | Path) -> list[ProfileCode]:
    """The codes in the order of the file.

    Raises
    ------
    InputError : a column is missing or unknown, a code is empty or stands twice, or its values do not hold `no` and
        another.
    """

    def refuse(what: str, line: int) -> InputError:
        return InputError(
            f"the code book of profiles cannot be used: {what}",
            where=f"{path}, line {line}",
            not_done="no profile was read",
            do=f"mend the line; the columns are {', '.join(COLUMNS)}",
        )

    codes: dict[str, ProfileCode] = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise refuse(f"its columns are {reader.fieldnames}", 1)
        for row in reader:
            values = tuple((row["values"] or "").split("|"))
            if not row["code"] or row["code"] in codes:
                raise refuse(f"the code {row['code']!r} is empty or stands twice", reader.line_num)
            if NO not in values or len(set(values)) < 2 or len(set(values)) < len(values):
                raise refuse(f"the values of {row['code']} are {row['values']!r}: `no` and others", reader.line_num)
            codes[row["code"]] = ProfileCode(**row | {"values": values})
    return list(codes.values())
