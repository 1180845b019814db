"""`--compared FILE` writes what the comparisons of this run came to."""

from pathlib import Path

from compared import OUTCOMES, page


def pytest_addoption(parser):
    parser.addoption("--compared", metavar="FILE", help="write the outcome of all comparisons with real pages")


def pytest_sessionfinish(session, exitstatus):
    # of a run that failed nothing is written: its page would lack what failed
    target = session.config.getoption("--compared", None)
    if target and exitstatus == 0:
        Path(target).write_text(page(OUTCOMES), encoding="utf-8")
