"""Builds of the demo in fresh copies of the repository."""

import pytest
from repository_copy import Copy, copy_of_repository


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
