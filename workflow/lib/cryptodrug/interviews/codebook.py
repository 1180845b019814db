"""The code book of the interviews: families, codes, and the directions that a passage can have."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError

COLUMNS = ("code", "family", "kind", "name", "definition", "include", "exclude", "example", "sensitive", "asked")
KINDS = ("family", "code", "direction")
ASKED = ("yes", "partly", "no")


@dataclass(frozen=True)
class Code:
    """One line of the code book. `asked`: whether the guide of the interviews asks about it."""

    code: str
    family: str
    kind: str
    name: str
    definition: str
    include: str
    exclude: str
    example: str
    sensitive: bool
    asked: str

    def description(self) -> str:
        """Everything that a coder must know of it, in lines."""
        parts = (
            ("", self.name),
            ("Definition: ", self.definition),
            ("Include: ", self.include),
            ("Exclude: ", self.exclude),
            ("Invented example: ", self.example),
            ("", "Sensitive." if self.sensitive else ""),
        )
        return "\n".join(head + text for head, text in parts if text)


def _refuse(what: str, path: str | Path, line: int) -> InputError:
    return InputError(
        f"the code book cannot be used: {what}",
        where=f"{path}, line {line}",
        not_done="no interview was read",
        do=f"mend the line; the columns are {', '.join(COLUMNS)}",
    )


def _fault(fields: dict[str, str], known: dict[str, Code]) -> str | None:
    """What is wrong with a line, or None."""
    kind, family = fields["kind"], known.get(fields["family"])
    if kind not in KINDS:
        return f"`kind` is none of {', '.join(KINDS)}: {kind!r}"
    if not fields["code"] or fields["code"] in known:
        return f"the code {fields['code']!r} is empty or stands twice"
    if fields["code"] == fields["family"]:
        return f"the code {fields['code']!r} is named as its parent"
    if (kind == "family") != (fields["family"] == ""):
        return "a family has no `family`, everything else has one"
    if kind != "family" and (family is None or family.kind != "family"):
        return f"the family {fields['family']!r} does not stand in front of it"
    if fields["sensitive"] not in ("", "yes"):
        return f"`sensitive` is `yes` or empty: {fields['sensitive']!r}"
    if (kind == "code") != (fields["asked"] in ASKED):
        return f"`asked` is one of {', '.join(ASKED)} for a code and empty for all else: {fields['asked']!r}"
    return None


def read_codebook(path: str | Path) -> list[Code]:
    """The lines of a code book, in its order.

    Raises
    ------
    InputError : a column is missing or unknown, a code stands twice, is named as its parent, or has no family.
    """
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise _refuse(f"the columns are not {', '.join(COLUMNS)}", path, 1)
        known: dict[str, Code] = {}
        for fields in reader:
            if None in fields or None in fields.values():
                raise _refuse("the line has not as many fields as the head", path, reader.line_num)
            if fault := _fault(fields, known):
                raise _refuse(fault, path, reader.line_num)
            known[fields["code"]] = Code(**fields | {"sensitive": fields["sensitive"] == "yes"})
    return list(known.values())


def counted_codes(codes: list[Code]) -> list[str]:
    """Ids of the codes proper: those whose interviews are counted."""
    return [code.code for code in codes if code.kind == "code"]
