"""Where the real archives and survey files for tests stand, or a skip with one clear line.

They are not part of the repository. `CRYPTODRUG_SHARED_DATA` names the folder that holds `markets/` and
`surveys/`; otherwise it is looked for as `shared/data` beside the repository.
"""

import os
from pathlib import Path

import pytest


def shared_data() -> Path:
    """The folder with `markets/` and `surveys/`; skips the calling test when it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("CRYPTODRUG_SHARED_DATA", beside))
    if not (folder / "markets").is_dir():
        pytest.skip(f"real data not found in {folder} (set CRYPTODRUG_SHARED_DATA)", allow_module_level=True)
    return folder


def agora_folder() -> Path:
    """The archived pages and tables of Agora 2014."""
    return shared_data() / "markets" / "agora"
