"""Tables made by others: every line is read in its form, or counted and noted."""

import gzip

import pytest
from cryptodrug.errors import AdapterError, InputError
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.table_file import read_table
from hypothesis import given
from hypothesis import strategies as st

HEAD = {"kind": "list", "columns": ["id", "title"]}
LINES = {
    "kind": "list",
    "lines": [
        {"columns": ["id", "title", "price"], "where": {"price": "^USD "}},
        {"columns": ["id", "price"], "where": {"price": "^USD "}},
    ],
}
WITHIN_A_LINE = st.characters(exclude_characters="\r\n")
FIELDS = {"native_id": {"header": "id"}, "title": {"header": "title"}, "price_text": {"header": "price"}}


def adapter(**table):
    rows = [{"table": "listing", "fields": FIELDS}]
    return Adapter.model_validate({"market": "sample", "description": "x", "tables": [{"rows": rows} | table]})


def read(data, **table):
    done = read_table(adapter(**table), "sample.csv", data)
    (rows, values), *_ = done.rows
    return done, [dict(zip(rows.names, row, strict=True)) for row in values]


def test_a_line_is_read_by_the_form_that_fits_it():
    done, rows = read(b'1,"Tea, green",USD 5\n2,USD 6\n3,Tea\n', **LINES)
    assert rows == [
        {"native_id": "1", "title": "Tea, green", "price_text": "USD 5"},
        {"native_id": "2", "title": None, "price_text": "USD 6"},
    ]
    assert done.notes == {"lines-of-another-length", "lines-of-no-known-form"}


def test_lines_all_of_the_first_form_need_no_note():
    assert read(b"1,Tea,USD 5\n2,Tea,USD 6\n", **LINES)[0].notes == set()


def test_the_name_of_a_column_given_twice_is_the_first_one():
    assert read(b"id,title,id\n1,Tea,9\n", **HEAD)[1][0]["native_id"] == "1"


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_rare_line_end_inside_a_title_ends_no_line(mark):
    _, rows = read(f"id,title\n1,Green{mark}tea\n2,Tea\n".encode(), **HEAD)
    assert [row["native_id"] for row in rows] == ["1", "2"]


def test_byte_order_mark_compression_and_empty_lines_make_no_difference():
    plain = b"id,title\n1,Tea\n"
    expected = read(plain, **HEAD)[1]
    assert read(b"\xef\xbb\xbf" + plain, **HEAD)[1] == expected
    assert read(gzip.compress(plain), **HEAD)[1] == expected
    assert read(b"\n" + plain + b"\n\n", **HEAD)[1] == expected


def test_a_table_in_another_encoding_is_read_and_noted():
    done, rows = read("id,title\n1,Thé\n".encode("cp1252"), **HEAD)
    assert rows[0]["title"] == "Thé"
    assert done.notes == {"encoding"}


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_another_separator(separator):
    data = "id,title\n1,Tea\n".replace(",", separator).encode()
    assert read(data, **HEAD, separator=separator)[1][0]["title"] == "Tea"


@pytest.mark.parametrize("data", [b"", b"name,price\n1,2\n"])
def test_a_table_that_no_rule_knows_is_refused_with_its_columns(data):
    with pytest.raises(InputError, match="no table of the market file has these columns"):
        read(data, **HEAD)


def test_a_table_of_which_most_lines_fit_no_form_is_another_table():
    with pytest.raises(InputError):
        read(b"1,Tea,USD 5\n2,x\n3,y\n", **LINES)


@given(fields=st.lists(st.lists(st.text(WITHIN_A_LINE, max_size=8), max_size=4), max_size=6))
def test_any_lines_give_rows_or_a_note(fields):
    data = "1,Tea,USD 5\n" * (2 * len(fields)) + "\n".join(",".join(line) for line in fields)
    if not fields:
        return
    _, rows = read(data.encode("utf-8", "surrogatepass"), **LINES)
    assert len(rows) >= len(fields)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("{kind: list, rows: []}", "either `columns` (its first line names them) or `lines`"),
        (
            "{kind: list, columns: [a], rows: [{table: listing, fields: {title: {select: p}}}]}",
            "title: a field of a table has one of the sources `header` and `constant`",
        ),
        (
            "{kind: list, lines: [{columns: [a, b]}], rows: [{table: listing, fields: {title: {header: c}}}]}",
            "title: no form of a line has the column 'c'; there are a, b",
        ),
        ("{kind: list, lines: [{columns: [a], where: {b: x}}], rows: []}", "`where` names no column of this form: b"),
    ],
)
def test_a_mistake_in_a_table_rule_is_named(tmp_path, table, words):
    (tmp_path / "a.yaml").write_text(f"market: sample\ndescription: x\ntables:\n  - {table}\n")
    with pytest.raises(AdapterError) as caught:
        read_adapter(tmp_path / "a.yaml")
    assert words in str(caught.value)
