"""What every job of the workflow does around the one function of its script."""

import contextlib
import errno
import inspect
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptodrug import opened
from cryptodrug.errors import InputError, StudyError
from cryptodrug.provenance.records import PROJECT, make_record, write_records

SERVICE_INPUTS = frozenset(
    {"code", "records", "internal_records"}
)  # watched by the workflow, not arguments of the function
SERVICE_OUTPUTS = frozenset({"record"})
SERVICE_PARAMS = frozenset({"archives_root", "figure"})  # where things stand: part of no id
FAILURE = 2
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _set_up_logging(log: str | None) -> None:
    """One handler to the rule's log file; warnings also to the terminal."""
    logger = logging.getLogger("cryptodrug")
    logger.setLevel(logging.INFO)
    logger.handlers.clear()
    logger.propagate = False
    if log:
        Path(log).parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log, mode="w", encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)


def _named(items: Any, kind: str) -> dict[str, Any]:
    """Inputs, outputs or params of a job by name; every one must have a name."""
    named = dict(items.items())
    count = sum(1 if isinstance(value, str) else len(list(value)) for value in named.values()) if kind else 0
    if kind and count != len(list(items)):
        raise ValueError(f"a rule gives {kind} without a name")
    return named


def _as_list(value: Any) -> list[str]:
    return [str(value)] if isinstance(value, str | Path) else [str(item) for item in value]


def _plain(value: Any) -> Any:
    """A parameter as plain data (tuples, Snakemake's lists and paths become JSON types)."""
    return json.loads(json.dumps(value, default=str))


def _arguments(function: Callable, given: dict[str, Any]) -> dict[str, Any]:
    """What the function asks for; a missing one is a mistake in the rule."""
    wanted = inspect.signature(function).parameters
    missing = sorted(
        name for name, kind in wanted.items() if kind.default is inspect.Parameter.empty and name not in given
    )
    if missing:
        raise ValueError(f"the rule does not give {missing} to {function.__name__}")
    return {name: given[name] for name in wanted if name in given}


@contextlib.contextmanager
def _room_on_disk() -> Iterator[None]:
    """A full disk is nobody's bug: say so, instead of a traceback."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise InputError(
            f"there is no room left to write ({error.strerror})",
            where=str(error.filename or "the disk or quota of the results folder"),
            not_done="the step was not finished; no half-written file is left",
            do="make room and run the same command again; finished steps are not repeated",
        ) from error


def results_of(path: str) -> Path:
    """The folder `results/<study>` that a made file stands in."""
    parts = Path(path).parts
    return Path(*parts[: len(parts) - parts[::-1].index("results") + 1])


def run_job(snakemake: Any, function: Callable[..., Any]) -> None:
    """Call `function` with the named inputs, outputs and parameters of the job; write the records of what it made.

    A function whose file differs in its bytes from run to run returns the hash of its content by path. A StudyError is
    printed for a person and ends the job with exit status 2; any other exception is a bug of ours and
    keeps its traceback. Records are written after the function has ended well, never before.
    """
    log = snakemake.log[0] if len(snakemake.log) else None
    _set_up_logging(log)
    inputs = _named(snakemake.input, "an input")
    outputs = _named(snakemake.output, "an output")
    params = {name: _plain(value) for name, value in _named(snakemake.params, "").items()}
    paths = {
        name: value if isinstance(value, str) else [str(item) for item in value]
        for name, value in (inputs | outputs).items()
        if name not in SERVICE_INPUTS | SERVICE_OUTPUTS
    }
    watch = opened.Watch(PROJECT) if opened.VARIABLE in os.environ else None
    try:
        with _room_on_disk():
            contents = function(**_arguments(function, paths | params))
    except StudyError as error:
        logging.getLogger("cryptodrug").error("%s", error)
        print(error, file=sys.stderr)
        sys.exit(FAILURE)
    if watch:
        declared = [path for value in (inputs | outputs).values() for path in _as_list(value)]
        opened.report(watch, snakemake.rule, [*declared, *snakemake.log], PROJECT)
    shared = make_record(
        code=_as_list(inputs["code"]),
        rule=snakemake.rule,
        settings={name: value for name, value in params.items() if name not in SERVICE_PARAMS},
        inputs={name: _as_list(value) for name, value in inputs.items() if name not in SERVICE_INPUTS},
        archives_root=params.get("archives_root"),
    )
    made = [path for name, value in outputs.items() if name not in SERVICE_OUTPUTS for path in _as_list(value)]
    write_records(results_of(made[0]), made, shared, contents)
