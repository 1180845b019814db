"""Tables in other forms than CSV, in archives, packed, larger than memory."""

import gzip
import tracemalloc
from collections import Counter

import pytest
from archive_files import PACKERS, tar_bytes, zip_bytes
from cryptodrug.archive import Limits, Report
from cryptodrug.errors import InputError
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.observe import observe_table
from cryptodrug.reading.reader import Reader

FIELDS = {"native_id": {"header": "id"}, "title": {"header": "title"}}
SHOPS = {"vendor": {"header": "name"}}
ADAPTER = Adapter.model_validate(
    {
        "market": "sample",
        "description": "x",
        "tables": [
            {"kind": "list", "columns": ["id", "title"], "rows": [{"table": "listing", "fields": FIELDS}]},
            {"kind": "vendor", "columns": ["name"], "rows": [{"table": "vendor", "fields": SHOPS}]},
        ],
    }
)
FORMS = {
    "a.csv": b'id,title\n1,"Tea, green"\n2,\n',
    "a.tsv": b"id\ttitle\n1\tTea, green\n2\t\n",
    "a.jsonl": b'{"id": 1, "title": "Tea, green"}\n\n{"title": null, "id": 2}\n',
    "a.sql": b"INSERT INTO t (id, title) VALUES (1, 'Tea, green'), (2, NULL);",
}
EXPECTED = [("1", "Tea, green"), ("2", None)]


class Kept:
    """Takes rows as a table writer does."""

    def __init__(self):
        self.rows = []

    def add(self, names, rows):
        self.rows += [dict(zip(names, row, strict=True)) for row in rows]


def read(path, limits=None):
    """Rows by table, pages by kind, report."""
    writers, report = {table: Kept() for table in ("listing", "vendor", "page")}, Report()
    kinds = observe_table(Reader(ADAPTER), path, "sample", "2014-01-01", writers, report, limits)
    assert report.unaccounted == 0
    assert sum(kinds.values()) == report.pages
    return {table: writer.rows for table, writer in writers.items()}, kinds, report


def listings(found):
    return [(row["native_id"], row["title"]) for row in found["listing"]]


@pytest.fixture
def written(tmp_path):
    def written(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return written


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("end", PACKERS)
def test_a_table_gives_the_same_rows_in_every_form_and_packing(written, name, end):
    found, kinds, _ = read(written(name + end, PACKERS[end](FORMS[name])))
    assert listings(found) == EXPECTED
    assert [row["position"] for row in found["listing"]] == [0, 1]
    assert kinds == Counter(list=1)
    assert found["page"][0]["note"] is None


@pytest.mark.parametrize("pack", [tar_bytes, zip_bytes])
def test_each_table_of_an_archive_is_a_page(written, pack):
    shops = b"name\nsample-one\n"
    held = [*FORMS.items(), ("shops.csv.gz", gzip.compress(shops)), ("readme.txt", b"made by\nsomebody\n" * 50_000)]
    found, kinds, report = read(written("a", pack(held)))
    assert listings(found) == EXPECTED * 4
    assert [row["vendor"] for row in found["vendor"]] == ["sample-one"]
    assert kinds == Counter(list=4, vendor=1, unknown=1)
    assert [page["path"] for page in found["page"]] == [name for name, _ in held]
    assert len({page["page_id"] for page in found["page"]}) == len(held)
    assert report.given.bytes == sum(len(data) for _, data in held)


def test_an_archive_without_a_known_table_is_refused(written):
    with pytest.raises(InputError, match="no table of the market file has these columns"):
        read(written("a.zip", zip_bytes([("b.csv", b"x,y\n1,2\n")])))


def test_a_dump_of_several_tables_gives_the_rows_of_each(written):
    dump = b"INSERT INTO l (id, title) VALUES (1, 'Tea'); INSERT INTO v VALUES (9); INSERT INTO s (name) VALUES ('o');"
    found, kinds, _ = read(written("a.sql", dump))
    assert (listings(found), [row["vendor"] for row in found["vendor"]]) == ([("1", "Tea")], ["o"])
    assert kinds == Counter(list=1)
    assert found["page"][0]["note"] == "lines-of-no-known-form"


def test_objects_inside_objects_have_names_with_a_point_and_numbers_stay_as_written(tmp_path):
    fields = {"native_id": {"header": "item.id"}, "title": {"header": "tags"}, "price_text": {"header": "price"}}
    rule = {"kind": "list", "columns": ["item.id"], "rows": [{"table": "listing", "fields": fields}]}
    adapter = Adapter.model_validate({"market": "sample", "description": "x", "tables": [rule]})
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"item": {"id": 7}, "tags": ["a", "b"], "price": 1.50}\n[1]\n{"item": \n' + b"[" * 100_000)
    writers = {table: Kept() for table in ("listing", "page")}
    observe_table(Reader(adapter), path, "sample", "", writers)
    row = writers["listing"].rows[0]
    assert (row["native_id"], row["title"], row["price_text"]) == ("7", "a|b", "1.50")
    assert writers["page"].rows[0]["note"] == "lines-of-no-known-form"


def test_a_cut_table_stops_the_run_or_is_read_up_to_the_cut(written):
    text = b"id,title\n" + b"".join(b"%d,Tea %d\n" % (number, number * 7919 % 1000) for number in range(20_000))
    path = written("a.csv.gz", gzip.compress(text)[:-5000])
    with pytest.raises(InputError, match="damaged or cut off"):
        read(path)
    found, _, report = read(path, Limits(keep_damaged=True))
    assert 1000 < len(found["listing"]) < 20_000
    assert found["page"][0]["note"].startswith("cut")
    assert (report.cut, len(report.damages)) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(written, encoding, ends):
    text = ends.join(["id,title", "1,Thé", '2,"two', 'lines"'])
    found, _, _ = read(written("a.csv", text.encode(encoding)))
    assert listings(found) == [("1", "Thé"), ("2", "two lines")]
    assert found["page"][0]["note"] == (None if encoding.startswith("utf-8") else "encoding")


@pytest.mark.parametrize("form", ["csv", "jsonl", "sql"])
def test_memory_does_not_grow_with_the_table(written, monkeypatch, form):
    monkeypatch.setattr("cryptodrug.reading.table_file.BATCH", 500)

    def text(count):
        title = "x" * 200
        if form == "csv":
            return "id,title\n" + "".join(f"{number},{title}\n" for number in range(count))
        if form == "jsonl":
            return "".join(f'{{"id": {number}, "title": "{title}"}}\n' for number in range(count))
        return "INSERT INTO t (id, title) VALUES " + ",".join(f"({number}, '{title}')" for number in range(count))

    class Counted(Kept):
        def add(self, _names, rows):
            self.rows.append(len(rows))

    peaks = []
    for count in (3_000, 9_000):
        path = written(f"a.{form}", text(count).encode())
        writers = {table: Counted() for table in ("listing", "vendor", "page")}
        tracemalloc.start()
        observe_table(Reader(ADAPTER), path, "sample", "", writers)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert sum(writers["listing"].rows) == count
    assert peaks[1] < 1.2 * peaks[0]


def test_a_file_that_is_one_endless_line_is_no_table(written, monkeypatch):
    monkeypatch.setattr("cryptodrug.reading.table_text.LONGEST", 100_000)
    with pytest.raises(InputError, match="longer than any can be"):
        read(written("a.csv", b"id,title\n1," + b"x" * 600_000))
