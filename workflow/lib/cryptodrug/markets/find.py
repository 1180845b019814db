"""Market files by name or path, and the pages to try them on."""

import difflib
from pathlib import Path

from cryptodrug.errors import AdapterError, InputError

MARKETS = Path(__file__).parents[3] / "markets"


def as_path(name: str) -> Path:
    """Where a market file stands or would stand: `agora`, or the path of a .yaml file."""
    given = Path(name)
    return given if given.suffix in (".yaml", ".yml") else MARKETS / f"{name}.yaml"


def market_file(name: str) -> Path:
    """A market by its name, or a market file by its path.

    Raises
    ------
    AdapterError : there is none; names those that there are.
    """
    path = as_path(name)
    if not path.is_file():
        known = sorted(file.stem for file in MARKETS.glob("*.yaml"))
        near = difflib.get_close_matches(name, known, n=1)
        raise AdapterError(
            f"there is no market file {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""),
            where=str(path),
            not_done="nothing was read",
            do=f"name one of {', '.join(known)}, give the path of a .yaml file, or draft one: `cryptodrug market new`",
        )
    return path


def page_source(given: str) -> Path:
    """The path of a page, a folder of pages or an archive.

    Raises
    ------
    InputError : nothing stands there.
    """
    source = Path(given)
    if not source.exists():
        raise InputError(
            "there is no such page, folder or archive",
            where=str(source),
            not_done="nothing was read",
            do="give the path of a page, of a folder of pages, or of an archive (docs/archives.md)",
        )
    return source
