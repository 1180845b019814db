"""The parts of a market file that say how pages are recognised and where their fields stand."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cryptodrug.reading.hints import about_selector, did_you_mean, is_selector
from cryptodrug.reading.tables import COLUMNS_OF, PAGE_KINDS
from cryptodrug.transforms import TRANSFORMS


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
    match: int | None = Field(default=None, ge=0, description="group of the pattern `matches` of the rows")
    of_page: bool = Field(default=False, description="select in the whole page, not in the row")
    of_block: bool = Field(default=False, description="select in the element of `within`, not in the row")
    attribute: str | None = Field(default=None, description="attribute instead of the text")
    behind: bool = Field(default=False, description="the text behind the element, up to the end of the line")
    own_text: bool = Field(default=False, description="without the text of the elements inside")
    label: str | None = Field(default=None, description="the text behind this label, up to the next line break")
    head: Literal["row", "column"] | None = Field(default=None, description="the head of the row or column of a cell")
    last: bool = Field(default=False, description="the last match counts, not the first")
    count: bool = Field(default=False, description="the number of matches instead of a text")
    join: str | None = Field(default=None, description="all matches, joined by this text")
    branch: Selector | None = Field(default=None, description="of a tree, the way to the match that fits this selector")
    depth: Pattern | None = Field(default=None, description="what states the depth in the class of a match, for branch")
    length: bool = Field(default=False, description="the number of characters instead of the text")
    regex: Pattern | None = Field(default=None, description="keep its first group (or all of it); no match: absent")
    steps: list[Step] = Field(default=["collapse"], description="clean-up steps, in order")
    words: dict[str, str] | None = Field(default=None, description="texts and what is kept in their place")
    otherwise: "FieldRule | None" = Field(default=None, description="where to look when this gives nothing")

    @model_validator(mode="after")
    def _one_source(self) -> "FieldRule":
        inside = self.select is not None or self.cell is not None
        others = [self.path, self.page, self.header, self.constant, self.match]
        if inside + sum(source is not None for source in others) != 1:
            raise ValueError("a field has one source: select (and/or cell), path, page, match, header or constant")
        if not inside and (self.attribute or self.label or self.head or self.own_text or self.behind):
            raise ValueError("attribute, own_text, behind, label and head need `select` or `cell`")
        if self.select is None and (self.count or self.last or self.join is not None):
            raise ValueError("count, last and join need `select`")
        if (self.branch is None) != (self.depth is None) or (self.branch is not None and self.join is None):
            raise ValueError("`branch` needs `depth` and `join`, the text between two levels")
        return self


class RowRule(Block):
    """Rows of one observed table on a page."""

    table: Literal[tuple(COLUMNS_OF)] = Field(description="observed table the rows belong to")
    within: Selector | None = Field(default=None, description="elements in which `select` looks: rows inside an offer")
    select: Selector | None = Field(default=None, description="one row per match; absent: the page is one row")
    matches: Pattern | None = Field(default=None, description="one row per place in the text where this is found")
    required: str | None = Field(default=None, description="field without which there is no row (a table head)")
    fields: dict[str, FieldRule]

    @model_validator(mode="after")
    def _known_fields(self) -> "RowRule":
        if unknown := sorted(set(self.fields) - set(COLUMNS_OF[self.table])):
            known = ", ".join(COLUMNS_OF[self.table])
            slip = did_you_mean(unknown[0], COLUMNS_OF[self.table])
            raise ValueError(f"{self.table} has no field {', '.join(unknown)}{slip}; there are {known}")
        for name, rule in self.fields.items():
            if rule.match is not None and (self.matches is None or rule.match > re.compile(self.matches).groups):
                raise ValueError(f"{name}: `match: {rule.match}` names no group of a pattern `matches` of these rows")
            if rule.of_block and self.within is None:
                raise ValueError(f"{name}: `of_block` needs `within` in these rows")
        if self.required and self.required not in self.fields:
            raise ValueError(f"`required: {self.required}` names no field of these rows")
        return self


class Printed(Block):
    """Numbers that a page prints, each with its name: totals of categories, exchange rates."""

    select: Selector = Field(description="one row per match")
    matches: Pattern | None = Field(default=None, description="one row per place in its text where this is found")
    nested: bool = Field(default=False, description="names inside each other are joined to a path")
    depth: Pattern | None = Field(default=None, description="the same, by what states the depth in the class of a row")
    levels: list[Selector] = Field(default=[], description="the same, by selectors for depth 0, 1, ... of the rows")
    name: FieldRule
    number: FieldRule

    @model_validator(mode="after")
    def _groups_of_matches(self) -> "Printed":
        groups = -1 if self.matches is None else re.compile(self.matches).groups
        for part, rule in (("name", self.name), ("number", self.number)):
            if (rule.match is None) != (self.matches is None) or (rule.match is not None and rule.match > groups):
                raise ValueError(f"{part}: with `matches`, and only then, `match` names one of its groups")
        return self


class PageRule(Block):
    """One kind of page, in one layout."""

    kind: Kind
    layout: str = Field(default="main", description="name of the template; several layouts may read one kind")
    when: When
    regions: list[Region] = Field(default=[], description="pieces that are parsed; absent: the whole page")
    rate: FieldRule | None = Field(default=None, description="the exchange rate that the page prints")
    rate_pair: str | None = Field(default=None, description="what the rate is, e.g. BTC/USD")
    rates: Printed | list[Printed] | None = Field(
        default=None, description="several exchange rates, each with its pair"
    )
    clock: FieldRule | None = Field(default=None, description="date and time that the page prints of itself")
    list_name: FieldRule | None = Field(default=None, description="what the page lists: category or search")
    list_page: FieldRule | None = Field(default=None, description="which page of a longer list this is")
    message: FieldRule | None = Field(default=None, description="what a page says that is no page of the market")
    refresh: FieldRule | None = Field(default=None, description="seconds after which a page sends on")
    redirect: FieldRule | None = Field(default=None, description="where it sends on to")
    printed: Printed | list[Printed] | None = Field(default=None, description="totals that the page prints")
    rows: list[RowRule] = []

    @property
    def texts(self) -> dict[str, FieldRule]:
        """Rules for the texts of the page itself, by column of the page table."""
        rules = {"rate_text": self.rate, "clock_text": self.clock}
        rules |= {"list_text": self.list_name, "list_page_text": self.list_page}
        rules |= {"message_text": self.message, "refresh_text": self.refresh, "redirect_text": self.redirect}
        return {name: rule for name, rule in rules.items() if rule is not None}

    @property
    def numbers(self) -> dict[str, list[Printed]]:
        """Rules for named numbers of the page, by column of the page table."""
        rules = {"printed": self.printed, "rates": self.rates}
        return {name: found if isinstance(found, list) else [found] for name, found in rules.items() if found}


class PathNote(Block):
    """A note that follows from the path of a page."""

    path: Pattern
    note: Literal["duplicate-capture"]
