"""Scenario files that name others: a block in a file of its own, and a scenario that differs in a few places.

`survey: {file: survey.yaml}` puts the content of that file in the place of the block. `base: survey.yaml` starts from
that file; what stands beside it is laid over it: blocks key by key, anything else in whole.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptodrug.yaml_files import Refuse, read_yaml

BASE, FILE = "base", "file"


def _over(base: Any, above: Any) -> Any:
    """`above` laid over `base`."""
    if not isinstance(base, dict) or not isinstance(above, dict):
        return above
    return base | {key: _over(base.get(key), value) for key, value in above.items()}


def _parts(path: Path, refuse: Refuse, seen: tuple[Path, ...]) -> Iterator[tuple[Path, Any]]:
    """Every file that takes part, with its own content; a file comes before those it names."""
    if path.resolve() in seen:
        raise refuse(f"{path.name} names itself, directly or through another file")
    data = read_yaml(path, lambda what: refuse(f"{path.name}: {what}"))
    yield path, data
    if isinstance(data, dict):
        blocks = [value[FILE] for value in data.values() if isinstance(value, dict) and list(value) == [FILE]]
        for name in [data[BASE], *blocks] if BASE in data else blocks:
            yield from _parts(path.parent / str(name), refuse, (*seen, path.resolve()))


def files_of(path: str | Path, refuse: Refuse) -> list[Path]:
    """The file and all those it names, each once."""
    return list(dict.fromkeys(part for part, _ in _parts(Path(path), refuse, ())))


def read_with_includes(path: str | Path, refuse: Refuse) -> Any:
    """Content of a scenario file with all it names.

    Raises
    ------
    what `refuse` makes of the reason : a file is absent, is no YAML, or names itself.
    """
    own = {part.resolve(): data for part, data in _parts(Path(path), refuse, ())}

    def whole(part: Path) -> Any:
        data = own[part.resolve()]
        if not isinstance(data, dict):
            return data
        blocks = {
            key: whole(part.parent / value[FILE]) if isinstance(value, dict) and list(value) == [FILE] else value
            for key, value in data.items()
            if key != BASE
        }
        return _over(whole(part.parent / data[BASE]), blocks) if BASE in data else blocks

    return whole(Path(path))
