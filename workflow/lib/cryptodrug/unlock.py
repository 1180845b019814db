"""Remove the workflow's lock when whoever held it is dead (killed, or the machine went down).

Snakemake's lock names no owner. It is taken away only when no Snakemake process works in this folder.
"""

import sys
from pathlib import Path

import psutil


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


def remove_dead_lock(folder: Path) -> int:
    """Remove the locks of `folder` unless somebody works there; the number of removed lock files."""
    locks = sorted((folder / ".snakemake" / "locks").glob("*.lock"))
    if not locks or working_here(folder):
        return 0
    for lock in locks:
        lock.unlink()
    print("the last run was cut off; its lock is removed and unfinished files are made again", file=sys.stderr)
    return len(locks)


if __name__ == "__main__":
    remove_dead_lock(Path.cwd())
