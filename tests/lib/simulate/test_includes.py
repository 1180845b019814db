"""Scenario files that name others."""

import pytest
from cryptodrug.errors import SettingsError
from cryptodrug.simulate.includes import files_of, read_with_includes


def refuse(what):
    return SettingsError(what, where="test", not_done="nothing", do="nothing")


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "one.yaml"


def test_a_block_can_stand_in_a_file_of_its_own(tmp_path):
    path = write(tmp_path, one="seed: 1\nsurvey: {file: two.yaml}\n", two="records: 5\n")
    assert read_with_includes(path, refuse) == {"seed": 1, "survey": {"records": 5}}
    assert files_of(path, refuse) == [path, tmp_path / "two.yaml"]


def test_what_stands_beside_a_base_is_laid_over_it_key_by_key(tmp_path):
    path = write(
        tmp_path,
        one="base: two.yaml\nmoves: stays\nweights: {2: 0}\nnew: 1\n",
        two="moves: {1: {2: 3}}\nweights: {1: 5, 2: 6}\nkept: [1, 2]\n",
    )
    assert read_with_includes(path, refuse) == {"moves": "stays", "weights": {1: 5, 2: 0}, "kept": [1, 2], "new": 1}


def test_a_base_can_include_and_a_block_can_have_a_base(tmp_path):
    path = write(
        tmp_path,
        one="base: two.yaml\nsurvey: {file: four.yaml}\n",
        two="seed: 1\nsurvey: {file: three.yaml}\n",
        three="records: 5\nrate: 2\n",
        four="base: three.yaml\nrate: 0\n",
    )
    assert read_with_includes(path, refuse) == {"seed": 1, "survey": {"records": 5, "rate": 0}}
    assert {one.name for one in files_of(path, refuse)} == {"one.yaml", "two.yaml", "three.yaml", "four.yaml"}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"one": "survey: {file: two.yaml}\n"}, "two.yaml: the file does not exist"),
        ({"one": "base: one.yaml\n"}, "one.yaml names itself"),
        ({"one": "base: two.yaml\n", "two": "survey: {file: one.yaml}\n"}, "one.yaml names itself"),
        ({"one": "survey: {file: two.yaml}\n", "two": "a: 1\na: 2\n"}, "two.yaml: not readable as YAML"),
    ],
)
def test_a_file_that_is_absent_broken_or_names_itself_is_refused(tmp_path, files, wanted):
    with pytest.raises(SettingsError, match=wanted):
        read_with_includes(write(tmp_path, **files), refuse)
