"""YAML files that people write: read without silent loss, every fault in words."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cryptodrug.errors import StudyError

Refuse = Callable[[str], StudyError]
Model = TypeVar("Model", bound=BaseModel)


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML without silent overwriting: a key given twice is an error, not the last one wins."""


def _mapping_without_repeats(loader: yaml.Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":  # `<<`: what it brings may be overwritten, that is its use
            continue
        key = loader.construct_object(key_node)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(None, None, "a key is no plain text", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is given twice", key_node.start_mark)
        seen.add(key)
    return yaml.constructor.SafeConstructor.construct_mapping(loader, node, deep=True)


def _date(loader: yaml.Loader, node: yaml.ScalarNode) -> Any:
    """A date; one that no calendar has stays text, so that the model names its key."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_UniqueKeyLoader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_repeats)


def parse_yaml(text: str) -> Any:
    """Content of a YAML text in which no key stands twice; `yaml.YAMLError` when it cannot be read."""
    return yaml.load(text, Loader=_UniqueKeyLoader)


def read_yaml(path: str | Path, refuse: Refuse) -> Any:
    """Content of a YAML file in which no key stands twice.

    Raises
    ------
    what `refuse` makes of the reason : the file is absent, not in UTF-8, no YAML, or repeats a key.
    """
    try:
        return parse_yaml(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise refuse("the file does not exist") from None
    except UnicodeDecodeError as error:
        raise refuse(f"not written in UTF-8 ({error.reason} at byte {error.start})") from None
    except yaml.YAMLError as error:
        raise refuse(f"not readable as YAML: {error}") from None


def listed(lines: list[str]) -> str:
    """How many faults, and each on a line of its own."""
    return f"{len(lines)} fault{'s' if len(lines) > 1 else ''}:\n    " + "\n    ".join(lines)


def fault_lines(error: ValidationError) -> list[str]:
    """Every fault as `path: what is wrong (what was found)`."""
    return [_line(fault) for fault in error.errors(include_url=False)]


def _line(fault: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "(whole file)"
    if fault["type"] == "extra_forbidden":
        return f"{place}: unknown key"
    if fault["type"] == "missing":
        return f"{place}: missing"
    message = fault["msg"].removeprefix("Value error, ")
    if isinstance(fault["input"], bool):
        message += "; YAML takes NO, ON, YES and OFF for truth values, write them in quotes"
    found = "" if isinstance(fault["input"], dict | list) else f" (found: {fault['input']!r})"
    return f"{place}: {message}{found}"


def read_model(
    model: type[Model], path: str | Path, refuse: Refuse, read: Callable[[str | Path, Refuse], Any] = read_yaml
) -> Model:
    """A YAML file checked against its model; all faults at once go into what `refuse` makes."""
    data = read(path, refuse)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise refuse(listed(fault_lines(error))) from None
