"""What analyses of vendors load: a step of the workflow is a process of its own, and pays for its imports each time."""

import json
import re
import subprocess
import sys

import pytest
from cryptodrug.provenance.records import PROJECT

# none of them fits a model of these packages; what a single step needs of scipy it loads when it is needed
HEAVY = ("statsmodels", "sklearn", "scipy.optimize", "scipy.stats", "matplotlib", "pandera", "duckdb", "snakemake")
RULES = ("coverage", "offer", "sales", "vendors")
LOADED = "import importlib, json, sys; importlib.import_module(sys.argv[1]); print(json.dumps(sorted(sys.modules)))"


def scripts():
    """Scripts of the analyses of vendors and of what was read."""
    texts = ((PROJECT / "workflow" / "rules" / f"{name}.smk").read_text(encoding="utf-8") for name in RULES)
    return [name for text in texts for name in re.findall(r"scripts/analyse/(\w+)\.py", text)]


def loaded_by(*command):
    folders = [PROJECT / "workflow" / "scripts" / "analyse", PROJECT / "workflow" / "lib"]
    paths = {"PYTHONPATH": ":".join(map(str, folders))}
    done = subprocess.run(
        [sys.executable, "-c", *command], env=paths, capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def test_no_analysis_of_vendors_loads_what_it_may_not_need():
    """All together: what is not loaded by all of them is loaded by none."""
    names = scripts()
    assert len(names) > 20
    every = "import importlib, json, sys; [importlib.import_module(name) for name in sys.argv[1:]]; "
    loaded = loaded_by(every + "print(json.dumps(sorted(sys.modules)))", *names)
    assert set(names) <= set(loaded)
    assert not [name for name in HEAVY if name in loaded]


@pytest.mark.parametrize("heavy", ["scipy.stats", "duckdb"])
def test_the_check_sees_a_heavy_import(heavy):
    assert heavy in loaded_by(LOADED, heavy)
