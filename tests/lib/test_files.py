"""Files are written whole or not at all."""

import os

import pytest
from cryptodrug.files import canonical_json, sha256_of, whole_file, write_json, write_text


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    target = tmp_path / "table.csv"
    with pytest.raises(RuntimeError), whole_file(target) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_when_writing_fails(tmp_path):
    target = tmp_path / "table.csv"
    write_text(target, "old")
    with pytest.raises(RuntimeError), whole_file(target) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"


def test_the_umask_does_not_change_who_may_read_a_result(tmp_path):
    before = os.umask(0o077)
    try:
        write_text(tmp_path / "a", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_json_is_the_same_whatever_the_order_of_keys(tmp_path):
    write_json(tmp_path / "a", {"b": 1, "a": {"d": 2, "c": 3}})
    write_json(tmp_path / "b", {"a": {"c": 3, "d": 2}, "b": 1})
    assert sha256_of(tmp_path / "a") == sha256_of(tmp_path / "b")
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


def test_not_a_number_is_refused_in_json(tmp_path):
    with pytest.raises(ValueError):
        write_json(tmp_path / "a", {"share": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_the_sum_of_a_folder_follows_names_and_contents_and_not_dates(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "p").mkdir(parents=True)
        (tmp_path / name / "p" / "1").write_bytes(b"a")
        (tmp_path / name / "2").write_bytes(b"b")
    before = sha256_of(tmp_path / "one")
    assert before == sha256_of(tmp_path / "two")
    (tmp_path / "two" / "2").write_bytes(b"c")
    assert before != sha256_of(tmp_path / "two")
    (tmp_path / "one" / "2").rename(tmp_path / "one" / "3")
    assert before != sha256_of(tmp_path / "one")
