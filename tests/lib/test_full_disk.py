"""A disk without room: a clear error, nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptodrug.provenance.records import PROJECT

JOB = """
import resource, signal, sys
from types import SimpleNamespace
sys.path[:0] = [{lib!r}, {tests!r}]
from test_job import Named
from cryptodrug.files import write_text
from cryptodrug.job import run_job

if {limit}:
    # what a full disk does, for a user who may not mount one: no file may grow beyond a few kilobytes
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

def fills(large):
    write_text(large, "x" * 1_000_000)

outputs = Named(large={large!r})
run_job(SimpleNamespace(rule="fills", input=Named(code=[]), output=outputs, params=Named(), log=[]), fills)
"""


def run(target: Path, limit: bool) -> subprocess.CompletedProcess:
    script = JOB.format(
        lib=str(PROJECT / "workflow" / "lib"), tests=str(PROJECT / "tests" / "lib"), limit=limit, large=str(target)
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


def check(done: subprocess.CompletedProcess, target: Path) -> None:
    assert done.returncode == 2, done.stderr
    assert "there is no room left to write" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
    assert [path for path in target.parent.iterdir() if path.is_file()] == []


def test_a_file_that_may_not_grow_leaves_nothing_behind(tmp_path):
    target = tmp_path / "results" / "demo" / "large.txt"
    check(run(target, limit=True), target)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_leaves_nothing_behind(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        target = disk / "results" / "demo" / "large.txt"
        check(run(target, limit=False), target)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
