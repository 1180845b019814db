"""Remove the workflow's lock when whoever held it is dead (killed, or the machine went down).

Snakemake's lock names no owner. It is taken away only when no Snakemake process works in this folder.
"""

import re
import sys
from pathlib import Path

import psutil

# as `cryptodrug.files.whole_file` and the writer of observed tables name them
TEMPORARY = re.compile(r"\..+\.[a-z0-9_]{8}")


def working_here(folder: Path) -> list[int]:
    """Process ids of living Snakemake processes whose working folder is `folder`."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            words = process.info["cmdline"] or []
            if any(Path(word).name == "snakemake" for word in words[:3]) and Path(process.cwd()) == folder:
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return sorted(found)


def half_written(results: Path) -> list[Path]:
    """Files that a killed job had begun: temporary names (`.<name>.<eight characters>`) beside their place."""
    return sorted(path for path in results.rglob(".*") if path.is_file() and TEMPORARY.fullmatch(path.name))


def remove_dead_lock(folder: Path) -> int:
    """Remove the locks of `folder` unless somebody works there; the number of removed lock files.

    What the killed jobs had begun to write goes too.
    """
    locks = sorted((folder / ".snakemake" / "locks").glob("*.lock"))
    if not locks or working_here(folder):
        return 0
    for lock in locks:
        lock.unlink()
    for left in half_written(folder / "results"):
        left.unlink(missing_ok=True)
    print("the last run was cut off; its lock is removed and unfinished files are made again", file=sys.stderr)
    return len(locks)


if __name__ == "__main__":
    remove_dead_lock(Path.cwd())
