"""Which project files a script depends on, read from its source.

Snakemake does not run a rule again when a module that its script imports has changed. The import closure is
therefore given to each rule as input, and its hashes go into the content id of what the rule makes.
"""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent.parent
PACKAGE = "cryptodrug"


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Every statement, wherever it stands. An import is one, so the far more numerous expressions are passed by."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            within = getattr(node, field, None)
            if isinstance(within, list):  # the body of a lambda or of `a if b else c` is an expression
                waiting += within
                yield from within


def _imported_names(tree: ast.AST, package: str) -> Iterator[str]:
    """Dotted names a module may import from the project, `from a import b` as both `a` and `a.b`."""
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, base] if base else parents)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


@functools.cache
def _module_file(name: str) -> Path | None:
    """The file of a project module, or None when the name is no module of ours (a function, another library)."""
    if name != PACKAGE and not name.startswith(f"{PACKAGE}."):
        return None
    path = LIBRARY.joinpath(*name.split("."))
    if path.is_dir() and (path / "__init__.py").is_file():
        return path / "__init__.py"
    file = path.with_suffix(".py")
    return file if file.is_file() else None


def _package_of(path: Path) -> str:
    """Dotted name of the package that holds `path`; empty for a script."""
    if LIBRARY not in path.parents:
        return ""
    return ".".join(path.relative_to(LIBRARY).parent.parts)


@functools.cache
def _direct_imports(path: Path) -> frozenset[Path]:
    """Project files that `path` imports itself, the `__init__.py` of each package on the way included."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    files = set()
    for name in _imported_names(tree, _package_of(path)):
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            if file := _module_file(".".join(parts[:end])):
                files.add(file)
    return frozenset(files)


def closure(script: str | Path) -> list[Path]:
    """The script and every project module it imports, directly or not, sorted. Imports inside functions count."""
    start = Path(script).resolve()
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_direct_imports(path) - found)
    return sorted(found)
