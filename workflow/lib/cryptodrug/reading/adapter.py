"""What a market file may say as a whole, and how its mistakes are reported."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from cryptodrug.errors import AdapterError
from cryptodrug.reading.faults import line_of, model_faults, yaml_fault
from cryptodrug.reading.reach import never_reached
from cryptodrug.reading.rules import Block, Kind, PageRule, PathNote, Pattern, RowRule
from cryptodrug.yaml_files import parse_yaml


class LineForm(Block):
    """What the fields of a line are, by their place, in a table without a line of names."""

    columns: list[str] = Field(min_length=1, description="names for the fields, in their order")
    where: dict[str, Pattern] = Field(default={}, description="column and a pattern that is found in it")

    @model_validator(mode="after")
    def _known_columns(self) -> "LineForm":
        if unknown := sorted(set(self.where) - set(self.columns)):
            raise ValueError(f"`where` names no column of this form: {', '.join(unknown)}")
        return self


class TableFile(Block):
    """A table that somebody else made of pages (CSV, perhaps gzipped)."""

    kind: Kind
    layout: str = Field(default="table", description="name of the form of the table")
    columns: list[str] = Field(default=[], description="columns that the file must have, named in its first line")
    lines: list[LineForm] = Field(default=[], description="forms of the lines of a file without a line of names")
    separator: str = Field(default=",", min_length=1, max_length=1, description="character between two fields")
    blank_after_separator: bool = Field(default=False, description="a blank behind each separator is no text")
    rows: list[RowRule]

    @model_validator(mode="after")
    def _named_columns(self) -> "TableFile":
        if bool(self.columns) == bool(self.lines):
            raise ValueError("a table has either `columns` (its first line names them) or `lines` (it has none)")
        known = list(dict.fromkeys(name for form in self.lines for name in form.columns))
        for name, rule in ((name, rule) for rows in self.rows for name, rule in rows.fields.items()):
            if rule.header is None and rule.constant is None:
                raise ValueError(f"{name}: a field of a table has one of the sources `header` and `constant`")
            if self.lines and rule.header is not None and rule.header not in known:
                there_are = ", ".join(known)
                raise ValueError(f"{name}: no form of a line has the column {rule.header!r}; there are {there_are}")
        return self


class Sample(Block):
    """An invented page or table and what must be read from it."""

    name: str
    path: str
    html: str | None = Field(default=None, description="the page")
    table: str | None = Field(default=None, description="the table file, in place of a page")
    kind: Kind
    layout: str | None = None
    page: dict[str, Any] = Field(default={}, description="values of the page that must be read")
    rows: dict[str, list[dict[str, str | int | bool | None]]] = Field(default={}, description="rows by table")

    @model_validator(mode="after")
    def _one_text(self) -> "Sample":
        if (self.html is None) == (self.table is None):
            raise ValueError("a sample is a page (`html`) or a table file (`table`)")
        return self


class Adapter(Block):
    """A whole market file."""

    market: str
    description: str
    encoding: str = "utf-8"
    feedback_maximum: int | None = Field(default=None, description="a page shows only this many feedbacks")
    whole_page: str | None = Field(default=None, description="text without which a page counts as cut off")
    path_notes: list[PathNote] = Field(default=[], description="notes that follow from the path of a page")
    pages: list[PageRule] = Field(default=[], description="kinds of pages; the first rule that fits reads the page")
    tables: list[TableFile] = Field(default=[], description="tables that others made of pages")
    samples: list[Sample] = Field(default=[], description="invented pages and what must be read from them")

    @model_validator(mode="after")
    def _reads_something(self) -> "Adapter":
        if not self.pages and not self.tables:
            raise ValueError("a market file needs `pages` or `tables`")
        names = [(rule.kind, rule.layout) for rule in self.pages]
        if twice := sorted({f"{kind}/{layout}" for kind, layout in names if names.count((kind, layout)) > 1}):
            raise ValueError(f"kind and layout given twice: {', '.join(twice)}; give each layout its own name")
        return self

    def kinds_showing(self, field: str) -> list[str]:
        """Kinds of page (and of table) whose listings have this field, sorted."""
        readers = [*self.pages, *self.tables]
        return sorted(
            {one.kind for one in readers for rows in one.rows if rows.table == "listing" and field in rows.fields}
        )


def _unreachable(text: str, adapter: Adapter) -> list[str]:
    """Page rules that can never read a page, with their lines."""
    faults = []
    for index, front in never_reached(adapter.pages):
        rule, wide = adapter.pages[index], adapter.pages[front]
        line, behind = line_of(text, ("pages", index)), line_of(text, ("pages", front))
        faults.append(
            f"line {line}: pages.{index}: {rule.kind}/{rule.layout} never reads a page: {wide.kind}/{wide.layout} "
            f"(line {behind}) fits all its pages and stands in front; put the narrower one first, or give the wider "
            "one `lacks`"
        )
    return faults


def read_adapter(path: str | Path) -> Adapter:
    """Read a market file.

    Raises
    ------
    AdapterError : names every fault with its line and what would be right.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        adapter = Adapter.model_validate(parse_yaml(text))
        if not (faults := _unreachable(text, adapter)):
            return adapter
    except FileNotFoundError:
        faults = ["there is no such file"]
    except UnicodeDecodeError as error:
        faults = [f"not written in UTF-8 ({error.reason} at byte {error.start})"]
    except yaml.YAMLError as error:
        faults = [yaml_fault(error)]
    except ValidationError as error:
        faults = model_faults(Adapter, text, error)
    raise AdapterError(
        "the market file cannot be used:\n    " + "\n    ".join(faults),
        where=str(path),
        not_done="no page was read",
        do="mend the lines named above; workflow/markets/README.md explains every key",
    )
