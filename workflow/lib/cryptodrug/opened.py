"""Which project files a job opens: a test compares them with what its rule declares.

Python's own `open` is seen (also by json, csv, yaml, polib); libraries that open files in C (Parquet) are not.
"""

import os
import sys
from pathlib import Path
from typing import Any

from cryptodrug.files import write_json

VARIABLE = "CRYPTODRUG_OPENED"
WATCHED = ("results", "workflow", "reports", "data", "studies", "config.yaml")
# the ledger is told of one record of each job; it reads the records of the other files of these jobs too
IGNORED = (".snakemake", ".pyc", "__pycache__", "/provenance/records/")


class Watch:
    """Collects the files below the project that are opened for reading."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.seen: set[str] = set()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], str | os.PathLike):
            return
        mode = arguments[1]
        if isinstance(mode, str) and set(mode) & set("wax+"):
            return
        path = os.path.abspath(os.fspath(arguments[0]))  # noqa: PTH100 - the hook must not touch the file system
        if path.startswith(f"{self._root}/"):
            name = path[len(str(self._root)) + 1 :]
            if name.startswith(WATCHED) and not any(part in name for part in IGNORED):
                self.seen.add(name)


def report(watch: Watch, rule: str, declared: list[str], root: Path) -> None:
    """Write the opened files that are not declared, beside others of the same build."""
    own = {os.path.abspath(path)[len(str(root)) + 1 :] for path in declared}  # noqa: PTH100
    undeclared = sorted(name for name in watch.seen - own if "/." not in f"/{name}")
    if undeclared:
        folder = Path(os.environ[VARIABLE])
        write_json(folder / f"{rule}-{os.getpid()}.json", {"rule": rule, "undeclared": undeclared})
