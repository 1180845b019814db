"""The simulator gives the committed checksums, on any day and in any surroundings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import SettingsError
from cryptodrug.files import sha256_of
from cryptodrug.simulate.survey import FILES
from cryptodrug.snapshots import read_snapshots
from simulate.simulate_demo import simulate_demo

PROJECT = Path(__file__).resolve().parents[3]
SCENARIO = str(PROJECT / "data/demo/scenario.yaml")
ROWS = read_snapshots(PROJECT / "data/demo/snapshots.csv")
# a second later, so that a time of writing would show
ELSEWHERE = """
import os, sys, time
from simulate.simulate_demo import simulate_demo
os.umask(0o077)
time.sleep(1.1)
simulate_demo(sys.argv[1], sys.argv[3:], sys.argv[2].split(os.pathsep))
"""


def paths(folder):
    return [str(folder / row.file) for row in ROWS]


def surveys(folder):
    return [str(folder / name) for name in FILES]


def test_the_committed_checksums_are_those_of_what_is_made(tmp_path):
    simulate_demo(SCENARIO, paths(tmp_path), None)
    for row in ROWS:
        made = tmp_path / row.file
        assert (sha256_of(made), made.stat().st_size) == (row.sha256, row.bytes), "run `cryptodrug demo make`"


def test_the_committed_configuration_names_the_checksum_of_the_survey(tmp_path):
    survey = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))["survey"]
    if survey is None:
        pytest.skip("the default study describes no survey")
    simulate_demo(SCENARIO, paths(tmp_path), surveys(tmp_path))
    assert sha256_of(tmp_path / survey["file"]) == survey["sha256"], "run `cryptodrug demo make`"


def test_the_committed_configuration_names_the_checksum_of_the_interviews(tmp_path):
    config = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))
    made = tmp_path / "interviews.qdpx"
    given = [str(PROJECT / config["simulation"]["interviews"]), str(PROJECT / config["interviews"]["codebook"])]
    simulate_demo(SCENARIO, paths(tmp_path), None, str(made), *given)
    assert sha256_of(made) == config["interviews"]["projects"][0]["sha256"], "run `cryptodrug demo make`"


def test_time_zone_hash_seed_locale_and_umask_change_no_byte(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    simulate_demo(SCENARIO, paths(one), surveys(one))
    surroundings = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    places = os.pathsep.join(str(PROJECT / part) for part in ("workflow/lib", "workflow/scripts"))
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, SCENARIO, os.pathsep.join(surveys(other)), *paths(other)],
        check=True,
        env=os.environ | surroundings | {"PYTHONPATH": places},
    )
    assert {file.name for file in one.iterdir()} == {*FILES, *(row.file for row in ROWS)}
    for file in sorted(one.iterdir()):
        assert file.read_bytes() == (other / file.name).read_bytes(), file.name


def test_archives_that_the_scenario_does_not_give_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="do not speak of the same archives") as refused:
        simulate_demo(SCENARIO, [*paths(tmp_path)[:2], str(tmp_path / "cardboard-2020-01-01.tar.gz")], None)
    assert "cryptodrug demo make" in str(refused.value)
    assert list(tmp_path.iterdir()) == []
