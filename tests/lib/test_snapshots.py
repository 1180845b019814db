"""The snapshot table is checked line by line before anything is read."""

import datetime

import pytest
from cryptodrug.errors import InputError
from cryptodrug.snapshots import COLUMNS, check_sum, read_snapshots

SUM = "0123456789abcdef" * 4
GOOD = {
    "market": "cardboard",
    "snapshot_date": "2019-01-31",
    "file": "a.tar.gz",
    "sha256": SUM,
    "bytes": "12",
    "kind": "pages",
    "adapter": "cardboard",
    "source": "invented",
    "licence": "CC0",
}


def table(tmp_path, *rows):
    path = tmp_path / "snapshots.csv"
    lines = [",".join(COLUMNS), *(",".join((GOOD | row)[name] for name in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_snapshots(path)
    return str(caught.value)


def test_a_good_table_keeps_its_order(tmp_path):
    rates = {"kind": "rates", "snapshot_date": "", "file": "rates.csv"}
    vendors = {"kind": "vendors", "file": "vendors.csv.gz"}
    rows = read_snapshots(table(tmp_path, rates, {}, vendors))
    assert [row.kind for row in rows] == ["rates", "pages", "vendors"]
    assert [row.snapshot_date for row in rows] == [None, datetime.date(2019, 1, 31), datetime.date(2019, 1, 31)]
    assert rows[1].bytes == 12


def test_a_date_given_twice_names_both_lines(tmp_path):
    said = refusal(table(tmp_path, {}, {"file": "b.csv", "kind": "dump"}))
    assert "the snapshot of cardboard on 2019-01-31 is given twice (also in line 2)" in said
    assert "line 3" in said


def test_a_file_given_twice_is_refused(tmp_path):
    said = refusal(table(tmp_path, {}, {"snapshot_date": "2019-02-28"}))
    assert "a.tar.gz is listed twice" in said
    assert "line 3" in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "photo"}, "`kind` is none of pages, dump, vendors, front, rates: 'photo'"),
        ({"sha256": SUM[:-1]}, "`sha256` is not 64 hexadecimal digits"),
        ({"sha256": SUM.upper()}, "`sha256` is not 64 hexadecimal digits"),
        ({"bytes": "1e6"}, "`bytes` is no whole number: '1e6'"),
        ({"snapshot_date": "31.01.2019"}, "`snapshot_date` is no date of the form 2019-01-31: '31.01.2019'"),
        ({"snapshot_date": ""}, "`snapshot_date` is no date"),
        ({"file": "../a.tar.gz"}, "`file` must be a path below `archives_root`"),
        ({"file": "/a.tar.gz"}, "`file` must be a path below `archives_root`"),
    ],
)
def test_a_malformed_field_is_named_with_its_line(tmp_path, row, words):
    said = refusal(table(tmp_path, {"file": "other.tar.gz", "snapshot_date": "2018-12-31"}, row))
    assert words in said
    assert "snapshots.csv, line 3" in said
    assert "no archive was read" in said


def test_a_missing_column_is_refused(tmp_path):
    path = tmp_path / "snapshots.csv"
    path.write_text("market,file\ncardboard,a\n")
    assert "the columns are not market, snapshot_date, file" in refusal(path)


@pytest.mark.parametrize("line", ["cardboard,2019-01-31", ",".join(GOOD.values()) + ",more"])
def test_a_line_with_other_fields_than_the_head_is_refused(tmp_path, line):
    path = table(tmp_path)
    path.write_text(path.read_text() + line + "\n")
    said = refusal(path)
    assert "has not as many fields as the head" in said
    assert "line 2" in said


def test_a_wrong_checksum_names_file_expected_and_found(tmp_path):
    path = tmp_path / "a.tar.gz"
    path.write_bytes(b"abc")
    found = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    check_sum(path, found)
    with pytest.raises(InputError) as caught:
        check_sum(path, SUM)
    assert f"{path}: expected sha256 {SUM}, found {found}" in str(caught.value)
