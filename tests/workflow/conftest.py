"""Builds of the demo in fresh copies of the repository."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptodrug.provenance.records import PROJECT

MINUTES = 60 * 8


@dataclass
class Copy:
    """A copy of the repository in which the workflow runs; it imports its own library, not the installed one."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    cores: int = 2
    umask: int = 0o022

    def run(self, *arguments: str, check: bool = True, **more) -> subprocess.CompletedProcess:
        """Run Snakemake here."""
        environment = os.environ | {
            "PYTHONPATH": str(self.root / "workflow" / "lib"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "snakemake", *arguments, "--cores", str(self.cores)]
        done = subprocess.run(
            command, cwd=self.root, env=environment | self.environment | more, capture_output=True, text=True,
            timeout=MINUTES, check=False, umask=self.umask,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
        return done

    def jobs(self, *arguments: str) -> dict[str, int]:
        """Rules that a dry run would execute, with the number of jobs."""
        text = self.run(*arguments, "--dry-run", "--quiet", "reason").stdout
        counts: dict[str, int] = {}
        lines = iter(text.splitlines())
        for line in lines:
            if line.startswith("job") and "count" in line:
                next(lines)
                for row in lines:
                    parts = row.split()
                    if len(parts) != 2 or parts[0] == "total":
                        break
                    counts[parts[0]] = int(parts[1])
                break
        return counts


def copy_of_repository(target: Path) -> Path:
    """Tracked and new files of the working tree, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, copy = PROJECT / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
    return target


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Copy:
    """The demo, built once; tests that change the copy put it back."""
    folder = tmp_path_factory.mktemp("opened")
    copy = Copy(copy_of_repository(tmp_path_factory.mktemp("first") / "project"), {"CRYPTODRUG_OPENED": str(folder)})
    copy.run("reports")
    return copy


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory) -> Copy:
    """The same in another folder, another time zone, another locale, with other hashes, umask and cores."""
    environment = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "0"}
    target = tmp_path_factory.mktemp("second") / "another" / "deeper folder"
    copy = Copy(copy_of_repository(target), environment, cores=1, umask=0o077)
    copy.run("reports")
    return copy
