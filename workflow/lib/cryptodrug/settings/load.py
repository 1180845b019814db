"""Reading one configuration, with every fault in it reported at once."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cryptodrug.errors import SettingsError
from cryptodrug.settings.models import Settings


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML without silent overwriting: a key given twice is an error, not the last one wins."""


def _mapping_without_repeats(loader: yaml.Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
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


def _refusal(what: str, path: Path) -> SettingsError:
    return SettingsError(
        what,
        where=str(path),
        not_done="no job was started",
        do="mend the lines named above; docs/configuration.md says what each key may hold",
    )


def read_yaml(path: str | Path) -> Any:
    """Read a YAML file in which no key stands twice.

    Raises
    ------
    SettingsError : the file is absent, no YAML, or repeats a key.
    """
    path = Path(path)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
    except FileNotFoundError:
        raise _refusal("the configuration file does not exist", path) from None
    except yaml.YAMLError as error:
        raise _refusal(f"not readable as YAML: {error}", path) from None
    except UnicodeDecodeError as error:
        raise _refusal(f"not written in UTF-8 ({error.reason} at byte {error.start})", path) from None


def _line(error: dict[str, Any]) -> str:
    """One fault as `path: what is wrong (what was found)`."""
    place = ".".join(str(part) for part in error["loc"]) or "(whole file)"
    if error["type"] == "extra_forbidden":
        return f"{place}: unknown key"
    if error["type"] == "missing":
        return f"{place}: missing"
    message = error["msg"].removeprefix("Value error, ")
    if isinstance(error["input"], bool):
        message += "; YAML takes NO, ON, YES and OFF for truth values, write them in quotes"
    found = "" if isinstance(error["input"], dict | list) else f" (found: {error['input']!r})"
    return f"{place}: {message}{found}"


def _missing_files(settings: Settings, root: Path) -> list[str]:
    """Files named in the settings that are not there; what the simulator makes is not asked for."""
    wanted = {
        "snapshots": settings.snapshots,
        "judgements.folder": settings.judgements.folder,
        "judgements.corrections": settings.judgements.corrections,
        "survey.mapping": settings.survey and settings.survey.mapping,
        "simulation.scenario": settings.simulation and settings.simulation.scenario,
    }
    return [
        f"{place}: no such file or folder: {path}"
        for place, path in wanted.items()
        if path is not None and not (root / path).exists()
    ]


def settings_from(data: Any, path: str | Path, root: str | Path = ".") -> Settings:
    """Check `data`, the content of the configuration file `path`; relative paths in it start at `root`.

    Raises
    ------
    SettingsError : one message that lists every fault with its path in the file.
    """
    if data is None:
        raise _refusal("the configuration file is empty", Path(path))
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        lines = [_line(fault) for fault in error.errors(include_url=False)]
    else:
        lines = _missing_files(settings, Path(root))
        if not lines:
            return settings
    count = f"{len(lines)} fault{'s' if len(lines) > 1 else ''}"
    raise _refusal(f"the configuration has {count}:\n    " + "\n    ".join(lines), Path(path))


def load_settings(path: str | Path, root: str | Path = ".") -> Settings:
    """Read and check one configuration file."""
    return settings_from(read_yaml(path), path, root)
