"""Create or renew `.venv` from the lock files. Needs Python 3.11 or later and nothing else.

uv (itself a wheel pinned by hash) installs everything and compiles it to bytecode: without compiled files every step
of the workflow is three to five times slower. Where uv cannot reach a package registry, pip does the same work.
Nothing is done when the environment already fits the lock files.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
BOOTSTRAP = ROOT / "envs" / "bootstrap.lock"
LOCK = ROOT / "envs" / "requirements.lock"
OLDEST = (3, 11)


def state() -> str:
    """What the environment was made from: both locks, the project file, the Python version, the folder."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for path in (BOOTSTRAP, LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*command: str | Path) -> bool:
    """Run a command without PYTHONDONTWRITEBYTECODE; True if it ended well."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([str(part) for part in command], env=environment, check=False, cwd=ROOT).returncode == 0


def install(python: Path) -> bool:
    """Install the locked packages and the project (editable), by uv or else by pip."""
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check")
    if run(*pip, "install", "--require-hashes", "-r", BOOTSTRAP):
        uv = (python.parent / "uv", "pip", "--quiet")
        if run(*uv, "install", "--python", python, "--compile-bytecode", "--require-hashes", "-r", LOCK) and run(
            *uv, "install", "--python", python, "--no-deps", "--no-build-isolation", "--editable", "."
        ):
            return True
        print("uv did not succeed; trying with pip, which takes longer", file=sys.stderr)
    return (
        run(*pip, "install", "--require-hashes", "-r", LOCK)
        and run(*pip, "install", "--no-deps", "--no-build-isolation", "--editable", ".")
        and run(python, "-m", "compileall", "-q", VENV / "lib")
    )


def main() -> int:
    """Bring `.venv` up to date; 0 when it is ready."""
    if sys.version_info < OLDEST:
        print(
            f"Python {'.'.join(map(str, OLDEST))} or later is needed; this is {sys.version.split()[0]}.\n"
            "Name another one: make reports PYTHON=python3.12",
            file=sys.stderr,
        )
        return 2
    wanted = state()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return 0
    if VENV.is_symlink():  # what it leads to belongs to somebody else and would be emptied
        print(".venv is a link; nothing was done. Remove the link, or renew what it leads to.", file=sys.stderr)
        return 2
    print("creating the environment in .venv (once, about a minute)", file=sys.stderr)
    venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    if not install(VENV / "bin" / "python"):
        print("the environment could not be installed: see the messages above. Nothing else was done.", file=sys.stderr)
        return 2
    run(VENV / "bin" / "python", "-m", "compileall", "-q", ROOT / "workflow" / "lib")
    STAMP.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
