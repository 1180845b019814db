"""Mistakes in a market file in words: the line, what is wrong, what would be right."""

import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from cryptodrug.reading.hints import did_you_mean


def line_of(text: str, place: tuple[Any, ...]) -> int:
    """Line of the file where a path of keys stands, or of the deepest part of it that exists."""
    node, line = yaml.compose(text, Loader=yaml.CSafeLoader), 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _blocks_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The blocks that a type holds: `list[PageRule] | None` -> PageRule."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _blocks_in(inner)


def _keys_at(model: type[BaseModel], place: tuple[Any, ...]) -> list[str]:
    """The keys that a block may have; `place` leads to the block."""
    blocks = [model]
    for part in place:
        fields = [
            field for block in blocks for name, field in block.model_fields.items() if part in (name, field.alias)
        ]
        if fields:  # a number in a list or a name in a mapping leads to no other block
            blocks = [block for field in fields for block in _blocks_in(field.annotation)]
    return sorted({field.alias or name for block in blocks for name, field in block.model_fields.items()})


def _advice(error: dict[str, Any]) -> str:
    """What would be right, where that can be told."""
    given, wanted = error["input"], error["type"]
    if wanted == "literal_error" and isinstance(given, str):
        return did_you_mean(given, error["ctx"]["expected"].split("'")[1::2])
    if wanted != "string_type":
        return ""
    if isinstance(given, bool):
        return "; YAML takes NO, ON, YES and OFF for truth values, write them in quotation marks"
    return f'; write "{given}", with the quotation marks' if isinstance(given, int | float | date) else ""


def _message(model: type[BaseModel], error: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        known = _keys_at(model, error["loc"][:-1])
        return f"unknown key{did_you_mean(str(error['loc'][-1]), known)}; there are {', '.join(known)}"
    if error["type"] == "missing":
        return "missing"
    return error["msg"].removeprefix("Value error, ") + _advice(error)


def model_faults(model: type[BaseModel], text: str, error: ValidationError) -> list[str]:
    """Every fault of a file with its line."""
    faults = []
    for one in error.errors(include_url=False):
        place = ".".join(str(part) for part in one["loc"]) or "whole file"
        faults.append(f"line {line_of(text, one['loc'])}: {place}: {_message(model, one)}")
    return faults


def yaml_fault(error: yaml.YAMLError) -> str:
    """Where and why a text is no YAML, and the slip that is behind most of them."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None:
        return f"not readable as YAML: {error}"
    advice = "a text with one of : # [ ] { } , & * % @ stands in quotation marks; blanks indent, never tabs"
    if "given twice" in problem:
        advice = "give it once"
    return f"line {mark.line + 1}: not readable as YAML: {problem} (character {mark.column + 1}); {advice}"
