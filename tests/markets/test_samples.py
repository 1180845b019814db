"""Every market file reads its own samples as they say."""

from pathlib import Path

import pytest
import yaml
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.samples import run_samples

FILES = sorted((Path(__file__).parents[2] / "workflow" / "markets").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_samples_are_read_as_they_say(path):
    assert run_samples(read_adapter(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_market_file_for_pages_has_samples(path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert bool(content.get("pages")) == bool(content.get("samples"))
