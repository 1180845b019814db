"""An exhibit of a document as Markdown: a table or a picture with caption, source, notes and id."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from cryptodrug.errors import ProvenanceError
from cryptodrug.release import ReleasedTable
from cryptodrug.words.context import Translator

NUMERIC = frozenset({"count", "share", "ratio", "number", "money"})
EMPTY = "–"
LINE = 94  # letters of a table that stand beside each other on a page
SHORT_LINE = 14  # letters of a text in a full table
SYLLABLES = 7  # letters of a head that stand together when words break
ALONE = "p_alone"
# an interval whose ends stand together, and one that may break between them
BRACKETS = re.compile(r"(\[[^\];]*;)\u00a0")
BROKEN = re.compile(r"(\[[^\];]*;) ")
OWN_SOURCE = {
    "comparators": "frame.source-published",
    "comparator-definitions": "frame.source-published",
    "comparison": "frame.source-compared",
    "profile-codes": "frame.source-profiles",
    "profile-coding": "frame.source-profiles",
    "profile-types": "frame.source-profiles",
    "profile-type-tests": "frame.source-profiles",
    "truth-recovery": "frame.source-simulated",
    "recovery": "frame.source-simulated",
}
# figures that are named otherwise than the table they are drawn from, where the source is not the market
DRAWN_FROM = {"career-forest": "career-summary"}


@dataclass
class Exhibits:
    """All exhibits of one document.

    Attributes
    ----------
    figures : figure id -> file name of the picture without ending.
    ids : content id of each exhibit; a missing one stops a build.
    functions : the value functions for alternative texts.
    """

    tables: Mapping[str, ReleasedTable]
    figures: Mapping[str, str]
    ids: Mapping[str, str]
    translator: Translator
    numbers: dict[str, int] = field(default_factory=lambda: {"table": 0, "figure": 0})
    functions: dict[str, Any] = field(default_factory=dict)

    def markdown(self, name: str, form: str = "figure") -> str:
        """The exhibit, or nothing when its table was not released or no figure was drawn.

        `form`: `figure` gives the picture where there is one, else the table; `table` always the table.
        """
        if form == "figure" and name in self.figures:
            return self._figure(name)
        if name in self.tables:
            return self._table(name)
        return ""

    def _id_line(self, name: str) -> str:
        if name not in self.ids:
            raise ProvenanceError(
                "an exhibit has no content id",
                where=name,
                not_done="the document was not made",
                do="build the exhibit again: its record is missing",
            )
        return f"[{self.translator.text('frame.id')} {self.ids[name]}]{{.id}}"

    def _number(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{self.translator.text(f'frame.{kind}')}\u00a0{self.numbers[kind]}"

    def _caption(self, kind: str, name: str) -> str:
        colon = self.translator.formatter.sign(":")
        return f"{self._number(kind)}{colon} {self.translator.text(f'{name}.title')}"

    def _source(self, name: str) -> str:
        table = self.tables.get(DRAWN_FROM.get(name, name))
        if name in OWN_SOURCE:
            return self.translator.text(OWN_SOURCE[name])
        of_people = {
            "respondents": "frame.source-survey",
            "interviews": "frame.source-interviews",
            "public-survey": "frame.source-public-survey",
        }
        return self.translator.text(of_people.get(table.domain if table else "", "frame.source"))

    def _foot(self, name: str) -> str:
        """Population, source, notes, why cells are empty, and the id."""
        parts = [f"{self.translator.text(f'{name}.population')}.", self._source(name)]
        table = self.tables.get(name)
        if table is not None:
            parts += [self.translator.text(note) for note in table.notes]
            if table.hidden:
                parts.append(self.translator.text("frame.hidden"))
        return f"::: {{.foot}}\n{' '.join(parts)} {self._id_line(name)}\n:::"

    def _figure(self, name: str) -> str:
        template = SandboxedEnvironment(undefined=StrictUndefined).from_string(self.translator.text(f"{name}.alt"))
        alternative = template.render(self.functions).replace('"', "'")
        picture = f'![{self._caption("figure", name)}]({self.figures[name]}){{alt="{alternative}"}}'
        return f"{picture}\n\n{self._foot(name)}"

    def _cell(self, table: ReleasedTable, row: pd.Series, column: Mapping[str, Any]) -> str:
        value = row[column["name"]]
        if pd.isna(value):
            return "" if column.get("blank") else EMPTY
        column = of_row(column, row)
        if column["kind"] == "date":
            return self.translator.formatter.short_date(value)
        text = self.translator.plain(column["kind"], value, column["unit"], column["digits"], with_unit=False)
        low, high = (row[column[end]] if column[end] else None for end in ("low", "high"))
        if low is None or pd.isna(low) or pd.isna(high):
            return text
        ends = [
            self.translator.plain(column["kind"], end, column["unit"], column["digits"], with_unit=False)
            for end in (low, high)
        ]
        return f"{text} {self.translator.formatter.interval(*ends)}"

    def _table(self, name: str) -> str:
        """A pipe table; column widths by content, numbers to the right."""
        table = self.tables[name]
        columns = [column for column in table.columns if worth_a_column(table, column)]
        heads = [self.translator.text(column["label"]) for column in columns]
        body = [[self._cell(table, row, column) for column in columns] for _, row in table.rows.iterrows()]
        numeric = [column["kind"] in NUMERIC for column in columns]
        if crowded(heads, by_column(body, heads), numeric):
            body = [[BRACKETS.sub(r"\1 ", cell) for cell in line] for line in body]
        widths = column_widths(heads, by_column(body, heads), numeric)
        rule = [
            "-" * width + ":" if column["kind"] in NUMERIC else ":" + "-" * width
            for width, column in zip(widths, columns, strict=True)
        ]
        lines = [heads, rule, *body]
        text = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        return f"{text}\n\n: {self._caption('table', name)}\n\n{self._foot(name)}"


def by_column(body: Sequence[Sequence[str]], heads: Sequence[str]) -> list[list[str]]:
    """Cells of each column."""
    return [[line[index] for line in body] for index in range(len(heads))]


def crowded(heads: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool]) -> bool:
    """Whether a line does not hold the table with whole intervals: a number would run into that of its neighbour.

    The ends of an interval then stand below each other.
    """
    return sum(least_widths(heads, cells, numeric)) > LINE


def least_widths(heads: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool]) -> list[int]:
    """Letters without which a column cannot do: numbers break nowhere, heads at syllables, texts between words."""
    return [
        max([min(longest_word(head), SYLLABLES), *(needed(cell) if number else breaking(cell) for cell in column)]) + 1
        for head, column, number in zip(heads, cells, numeric, strict=True)
    ]


def column_widths(heads: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool]) -> list[int]:
    """Letters given to each column, by what its head and cells need.

    Where that is more than a line holds, text breaks between its words and long words of heads at syllables, so that
    numbers, which break nowhere, keep their room.
    """
    wanted = [max([longest_word(head), *map(needed, column)]) + 1 for head, column in zip(heads, cells, strict=True)]
    if sum(wanted) <= LINE:
        return wanted
    least = least_widths(heads, cells, numeric)
    # what is left of the line goes to the columns that asked for more
    spare = max(0, LINE - sum(least))
    asked = max(1, sum(wanted) - sum(least))
    return [low + (want - low) * min(spare, asked) // asked for low, want in zip(least, wanted, strict=True)]


def of_row(column: Mapping[str, Any], row: pd.Series) -> Mapping[str, Any]:
    """A column as it prints in a row, which can say kind, unit and digits itself (columns `<by_row>_kind`, ...)."""
    by = column.get("by_row")
    if by is None:
        return column
    given = {name: row[f"{by}_{name}"] for name in ("kind", "unit", "digits") if f"{by}_{name}" in row.index}
    own = {name: None if pd.isna(value) else value for name, value in given.items()}
    digits = own.get("digits", column["digits"])
    return {**column, **own, "digits": None if digits is None else int(digits)}


def longest_word(text: str) -> int:
    """Length of the longest word: the least a column head needs."""
    return max((len(word) for word in text.split()), default=0)


def breaking(cell: str) -> int:
    """Width of a text that breaks between its words, not into a column of single words."""
    return max(longest_word(cell), min(needed(cell), SHORT_LINE))


def needed(cell: str) -> int:
    """Width that a cell needs: an interval may stand below its estimate, a long text on several lines."""
    below = BROKEN.sub(r"\1\n", cell.replace(" [", "\n["))
    return min(max(len(part) for part in below.split("\n")), 22)


def worth_a_column(table: ReleasedTable, column: Mapping[str, Any]) -> bool:
    """Whether a column is printed.

    Not when it is empty, when it names the one market of the study in every row, or when it counts pages of a kind that
    never occurs; nor p-values that are not adjusted, which stand in the list of tests.
    """
    values = table.rows[column["name"]].dropna()
    if column["name"] == ALONE:
        return False
    if column["unit"] == "page" and (values == 0).all():
        return False
    return len(values) > 0 and not (column["unit"] == "market" and values.nunique() == 1)
