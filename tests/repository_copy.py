"""A copy of the repository in which the workflow runs."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

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
