"""The scripts of the workflow as modules, from their files: what is tested here is what a study runs."""

import importlib.util
from functools import lru_cache
from types import ModuleType

from cryptodrug.provenance.records import PROJECT

SCRIPTS = PROJECT / "workflow" / "scripts"


@lru_cache(maxsize=64)
def script(name: str) -> ModuleType:
    """A script by its path below `workflow/scripts` without ending, e.g. `analyse/market_size`."""
    spec = importlib.util.spec_from_file_location(f"cryptodrug_script_{name.replace('/', '_')}", SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
