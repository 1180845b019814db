"""The import closure decides what is made again when code changes; a hole in it would leave stale results."""

import ast
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
    for cached in (closure_module._direct_imports, closure_module._module_file):
        cached.cache_clear()
    yield tmp_path
    for cached in (closure_module._direct_imports, closure_module._module_file):
        cached.cache_clear()


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


IMPORTS_ANYWHERE = """
import cryptodrug.a
if x:
    import cryptodrug.b
elif y: import cryptodrug.c; import cryptodrug.d
else:
    from cryptodrug import e
for _ in x:
    import cryptodrug.f
else:
    import cryptodrug.g
try:
    import cryptodrug.h
except ImportError:
    import cryptodrug.i
else:
    import cryptodrug.j
finally:
    import cryptodrug.k
with x as y:
    import cryptodrug.l
match x:
    case 1:
        import cryptodrug.m
class Some:
    async def method(self):
        async with x:
            import cryptodrug.n
        return (lambda: 1) if self else 2
while x:
    import cryptodrug.o
"""


def test_an_import_counts_wherever_a_statement_may_stand():
    found = set(closure_module._imported_names(ast.parse(IMPORTS_ANYWHERE), ""))
    assert found == {f"cryptodrug.{letter}" for letter in "abcdefghijklmno"} - {"cryptodrug.e"} | {
        "cryptodrug",
        "cryptodrug.e",
    }


@pytest.mark.parametrize("folder", ["workflow/lib", "workflow/scripts"])
def test_no_statement_of_ours_is_passed_by(folder):
    files = sorted((Path(closure_module.__file__).parents[3] / folder).rglob("*.py"))
    assert files
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        walked = sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
        found = sum(isinstance(node, ast.Import | ast.ImportFrom) for node in closure_module._statements(tree))
        assert found == walked, path
