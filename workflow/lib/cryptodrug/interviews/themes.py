"""Themes of the interviews: unions of codes, named before coding."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.interviews.codebook import Code

COLUMNS = ("theme", "name", "codes")


@dataclass(frozen=True)
class Theme:
    """One theme and its codes."""

    theme: str
    name: str
    codes: tuple[str, ...]

    def asked(self, known: dict[str, Code]) -> str:
        """Whether the guide asks about it: `yes` or `no` when it does so for all its codes, else `partly`."""
        answers = {known[code].asked for code in self.codes}
        return answers.pop() if len(answers) == 1 else "partly"


def _refuse(what: str, path: str | Path, line: int) -> InputError:
    return InputError(
        f"the themes cannot be used: {what}",
        where=f"{path}, line {line}",
        not_done="no theme was counted",
        do=f"mend the line; the columns are {', '.join(COLUMNS)}, codes joined by `|`",
    )


def read_themes(path: str | Path, codebook: list[Code]) -> list[Theme]:
    """The themes, in their order.

    Raises
    ------
    InputError : a theme names a code that is none, or a sensitive one: its count would give that of the code back.
    """
    known = {code.code: code for code in codebook if code.kind == "code"}
    themes: list[Theme] = []
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise _refuse(f"the columns are not {', '.join(COLUMNS)}", path, 1)
        for fields in reader:
            if None in fields or None in fields.values():
                raise _refuse("the line has not as many fields as the head", path, reader.line_num)
            codes = tuple(fields["codes"].split("|"))
            if strangers := [code for code in codes if code not in known]:
                raise _refuse(f"{', '.join(map(repr, strangers))} is no code", path, reader.line_num)
            if sensitive := [code for code in codes if known[code].sensitive]:
                raise _refuse(f"{', '.join(sensitive)} is sensitive", path, reader.line_num)
            if fields["theme"] in {theme.theme for theme in themes}:
                raise _refuse(f"{fields['theme']!r} stands twice", path, reader.line_num)
            themes.append(Theme(fields["theme"], fields["name"], codes))
    return themes
