"""What a market file may say, and how its mistakes are reported."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from cryptodrug.errors import AdapterError
from cryptodrug.reading.faults import line_of, model_faults, yaml_fault
from cryptodrug.reading.hints import about_selector, did_you_mean, is_selector
from cryptodrug.reading.reach import never_reached
from cryptodrug.reading.tables import COLUMNS_OF, PAGE_KINDS
from cryptodrug.transforms import TRANSFORMS
from cryptodrug.yaml_files import parse_yaml


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression ({error})") from None
    return text


def _selector(text: str) -> str:
    if not is_selector(text):
        raise ValueError(f"no CSS selector: {text!r}{about_selector(text)}")
    return text


def _known_step(name: str) -> str:
    if name not in TRANSFORMS:
        raise ValueError(
            f"unknown step {name!r}{did_you_mean(name, TRANSFORMS)}; there are {', '.join(sorted(TRANSFORMS))}"
        )
    return name


Pattern = Annotated[str, AfterValidator(_regular_expression)]
Selector = Annotated[str, AfterValidator(_selector)]
Step = Annotated[str, AfterValidator(_known_step), Field(json_schema_extra={"enum": sorted(TRANSFORMS)})]
Kind = Literal[PAGE_KINDS]


class Block(BaseModel):
    """Part of a market file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class When(Block):
    """How a page is recognised, from its bytes and its path; all given conditions must hold."""

    contains: list[str] = Field(default=[], description="texts that all stand in the page")
    contains_any: list[str] = Field(default=[], description="texts of which one stands in the page")
    lacks: list[str] = Field(default=[], description="texts of which none stands in the page")
    path: Pattern | None = Field(default=None, description="regular expression found in the path")
    shorter_than: int | None = Field(default=None, description="largest number of bytes, exclusive")

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if not (self.contains or self.contains_any or self.lacks or self.path or self.shorter_than):
            raise ValueError("`when` holds no condition, so every page would be of this kind")
        return self


class Region(Block):
    """A piece of the page that is parsed; the rest is not looked at."""

    start: str = Field(alias="from", description="text with which the piece begins")
    end: str | None = Field(default=None, alias="to", description="text before which it ends; absent: end of page")


class FieldRule(Block):
    """Where one field stands. Exactly one source; then regex, then steps."""

    select: Selector | None = Field(default=None, description="CSS selector; the first match counts")
    cell: int | None = Field(default=None, ge=1, description="n-th child element of the row (a table cell)")
    path: Pattern | None = Field(default=None, description="regular expression on the path; its group is the value")
    page: Pattern | None = Field(default=None, description="regular expression on the bytes of the whole page")
    header: str | None = Field(default=None, description="column of a table file")
    constant: str | None = Field(default=None, description="the same text for every row")
    of_page: bool = Field(default=False, description="select in the whole page, not in the row")
    attribute: str | None = Field(default=None, description="attribute instead of the text")
    label: str | None = Field(default=None, description="the text behind this label, up to the next line break")
    join: str | None = Field(default=None, description="all matches, joined by this text")
    length: bool = Field(default=False, description="the number of characters instead of the text")
    regex: Pattern | None = Field(default=None, description="keep its first group (or all of it); no match: absent")
    steps: list[Step] = Field(default=["collapse"], description="clean-up steps, in order")

    @model_validator(mode="after")
    def _one_source(self) -> "FieldRule":
        inside = self.select is not None or self.cell is not None
        others = [self.path, self.page, self.header, self.constant]
        if inside + sum(source is not None for source in others) != 1:
            raise ValueError("a field has one source: select (and/or cell), path, page, header or constant")
        if not inside and (self.attribute or self.label or self.join is not None):
            raise ValueError("attribute, label and join need `select` or `cell`")
        return self


class RowRule(Block):
    """Rows of one observed table on a page."""

    table: Literal["listing", "vendor", "feedback"] = Field(description="observed table the rows belong to")
    select: Selector | None = Field(default=None, description="one row per match; absent: the page is one row")
    required: str | None = Field(default=None, description="field without which there is no row (a table head)")
    fields: dict[str, FieldRule]

    @model_validator(mode="after")
    def _known_fields(self) -> "RowRule":
        if unknown := sorted(set(self.fields) - set(COLUMNS_OF[self.table])):
            known = ", ".join(COLUMNS_OF[self.table])
            slip = did_you_mean(unknown[0], COLUMNS_OF[self.table])
            raise ValueError(f"{self.table} has no field {', '.join(unknown)}{slip}; there are {known}")
        if self.required and self.required not in self.fields:
            raise ValueError(f"`required: {self.required}` names no field of these rows")
        return self


class Printed(Block):
    """Totals that a front page prints: name and number of each row."""

    select: Selector = Field(description="one row per match")
    name: FieldRule
    number: FieldRule


class PageRule(Block):
    """One kind of page, in one layout."""

    kind: Kind
    layout: str = Field(default="main", description="name of the template; several layouts may read one kind")
    when: When
    regions: list[Region] = Field(default=[], description="pieces that are parsed; absent: the whole page")
    rate: FieldRule | None = Field(default=None, description="the exchange rate that the page prints")
    rate_pair: str | None = Field(default=None, description="what the rate is, e.g. BTC/USD")
    printed: Printed | None = None
    rows: list[RowRule] = []


class PathNote(Block):
    """A note that follows from the path of a page."""

    path: Pattern
    note: Literal["duplicate-capture"]


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
    page: dict[str, Any] = {}
    rows: dict[str, list[dict[str, str | int | bool | None]]] = {}

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
    path_notes: list[PathNote] = []
    pages: list[PageRule] = []
    tables: list[TableFile] = []
    samples: list[Sample] = []

    @model_validator(mode="after")
    def _reads_something(self) -> "Adapter":
        if not self.pages and not self.tables:
            raise ValueError("a market file needs `pages` or `tables`")
        names = [(rule.kind, rule.layout) for rule in self.pages]
        if twice := sorted({f"{kind}/{layout}" for kind, layout in names if names.count((kind, layout)) > 1}):
            raise ValueError(f"kind and layout given twice: {', '.join(twice)}; give each layout its own name")
        return self


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
