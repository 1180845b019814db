"""The import closure decides what is made again when code changes; a hole in it would leave stale results."""

from pathlib import Path

import pytest
from cryptodrug import closure as closure_module
from cryptodrug.closure import closure


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A small library with an import chain, a function-level import and an unrelated module."""
    package = tmp_path / "cryptodrug"
    (package / "money").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "money" / "__init__.py").write_text("")
    (package / "money" / "rates.py").write_text("from cryptodrug import files\n")
    (package / "files.py").write_text("")
    (package / "unrelated.py").write_text("")
    (package / "late.py").write_text("from .files import something\n")
    monkeypatch.setattr(closure_module, "LIBRARY", tmp_path)
    closure_module._direct_imports.cache_clear()
    yield tmp_path
    closure_module._direct_imports.cache_clear()


def names(paths: list[Path], root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in paths}


def test_indirect_imports_are_followed_and_unrelated_modules_are_not(library):
    script = library / "script.py"
    script.write_text("from cryptodrug.money.rates import euro\n")
    assert names(closure(script), library) == {
        "script.py",
        "cryptodrug/__init__.py",
        "cryptodrug/money/__init__.py",
        "cryptodrug/money/rates.py",
        "cryptodrug/files.py",
    }


def test_an_import_inside_a_function_counts(library):
    script = library / "script.py"
    script.write_text("def f():\n    from cryptodrug import late\n    return late\n")
    assert {"cryptodrug/late.py", "cryptodrug/files.py"} <= names(closure(script), library)


def test_modules_that_import_each_other_do_not_loop(library):
    (library / "cryptodrug" / "files.py").write_text("import cryptodrug.late\n")
    script = library / "script.py"
    script.write_text("import cryptodrug.files\n")
    assert {"cryptodrug/late.py", "cryptodrug/files.py"} <= names(closure(script), library)


def test_other_libraries_are_left_out(library):
    script = library / "script.py"
    script.write_text("import json\nfrom pathlib import Path\nimport cryptodrug_other\n")
    assert names(closure(script), library) == {"script.py"}
