"""All observed tables appear, or none; every page and every row is in them."""

import gzip
import io
import logging
import tarfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.tables import SCHEMAS
from observe.observe_archive import observe_archive

MARKETS = Path(__file__).parents[3] / "workflow" / "markets"
SAMPLES = read_adapter(MARKETS / "agora.yaml").samples
OFFER = SAMPLES[0].html.encode()
TABLES = tuple(SCHEMAS)


def archive(path, pages):
    """A compressed archive that is the same in every run."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in pages:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    path.write_bytes(gzip.compress(buffer.getvalue(), mtime=0))
    return path


def observe(source, folder, sha256=None, kind="pages", adapter="agora.yaml"):
    folder.mkdir(exist_ok=True)
    paths = {table: str(folder / f"{table}.parquet") for table in TABLES}
    observe_archive(
        str(source), str(MARKETS / adapter), "agora", "2014-01-01", sha256 or sha256_of(source), kind, **paths
    )
    return {table: pq.read_table(path) for table, path in paths.items()}


def sample():
    return SAMPLES[0].path, SAMPLES[0].html.encode()


@pytest.fixture
def whole(tmp_path):
    return archive(tmp_path / "a.tar.gz", [(sample.path, sample.html.encode()) for sample in SAMPLES])


def test_every_page_is_one_row_and_every_row_has_its_page(whole, tmp_path):
    tables = observe(whole, tmp_path / "out")
    assert {table: found.schema for table, found in tables.items()} == SCHEMAS
    pages = tables["page"].to_pylist()
    assert [page["kind"] for page in pages] == [sample.kind for sample in SAMPLES]
    names = {page["page_id"] for page in pages}
    assert len(names) == len(SAMPLES)
    for table in ("listing", "vendor", "feedback"):
        expected = sum(len(sample.rows.get(table, [])) for sample in SAMPLES)
        assert tables[table].num_rows == expected > 0
        assert set(tables[table]["page_id"].to_pylist()) <= names


def test_the_same_archive_gives_the_same_bytes(whole, tmp_path):
    observe(whole, tmp_path / "one")
    observe(whole, tmp_path / "two")
    for table in TABLES:
        assert sha256_of(tmp_path / "one" / f"{table}.parquet") == sha256_of(tmp_path / "two" / f"{table}.parquet")


def test_a_truncated_archive_leaves_no_table(tmp_path):
    noise = [bytes((i * i * 31 + number * 7 + (i >> 3) * 17) % 256 for i in range(3000)) for number in range(20)]
    source = archive(tmp_path / "a.tar.gz", [(f"p/{number}", OFFER + tail) for number, tail in enumerate(noise)])
    source.write_bytes(source.read_bytes()[: source.stat().st_size * 6 // 10])
    with pytest.raises(InputError, match=r"after [1-9][0-9]* whole pages") as caught:
        observe(source, tmp_path / "out")
    assert "no table was made of this archive" in str(caught.value)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failed_reading_leaves_the_tables_of_the_reading_before(whole, tmp_path):
    observe(whole, tmp_path / "out")
    before = {path.name: sha256_of(path) for path in (tmp_path / "out").iterdir()}
    whole.write_bytes(whole.read_bytes()[:-400])
    with pytest.raises(InputError):
        observe(whole, tmp_path / "out")
    assert {path.name: sha256_of(path) for path in (tmp_path / "out").iterdir()} == before


def test_another_file_than_the_snapshot_table_names_is_not_read(whole, tmp_path):
    with pytest.raises(InputError, match=f"a.tar.gz: expected sha256 {'0' * 64}, found {sha256_of(whole)}"):
        observe(whole, tmp_path / "out", sha256="0" * 64)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unknown_page_is_named_by_its_id_and_not_by_its_path(tmp_path, caplog):
    source = archive(tmp_path / "a.tar.gz", [("vendor/sample-secret", b"<html>what</html>"), ("empty", b""), sample()])
    with caplog.at_level(logging.INFO, "cryptodrug"):
        tables = observe(source, tmp_path / "out")
    assert tables["page"]["kind"].to_pylist() == ["unknown", "empty", SAMPLES[0].kind]
    assert tables["page"]["page_id"][0].as_py() in caplog.text
    assert "sample-secret" not in caplog.text
    assert "1 pages of kind unknown" in caplog.text


def test_an_archive_of_another_market_stops_the_run(tmp_path):
    source = archive(tmp_path / "a.tar.gz", [("p/1", b"<html>what</html>"), ("p/2", b"")])
    with pytest.raises(InputError, match="none of 2 pages") as caught:
        observe(source, tmp_path / "out")
    assert "a.tar.gz, read with" in str(caught.value)
    assert list((tmp_path / "out").iterdir()) == []


def test_members_that_are_not_read_are_counted_in_the_log(tmp_path, caplog):
    source = archive(tmp_path / "a.tar.gz", [("../outside", b"x"), sample()])
    tables = observe(source, tmp_path / "out")
    assert tables["page"].num_rows == 1
    assert "1 members not read: path leads out of the archive" in caplog.text


def test_a_table_made_by_others_is_one_page_and_a_row_a_line(tmp_path):
    source = tmp_path / "listings.csv.gz"
    text = ",name,price,from,to,vendor,cat_hash,cat,date\n0,Box  Kush,0.1,Belgium,,sample-one,x,Drugs/Cannabis,2014\n"
    source.write_bytes(gzip.compress(text.encode(), mtime=0))
    tables = observe(source, tmp_path / "out", kind="dump", adapter="agora-dump.yaml")
    assert tables["page"]["kind"].to_pylist() == ["list"]
    row = tables["listing"].to_pylist()[0]
    assert (row["title"], row["ships_from_text"], row["ships_to_text"]) == ("Box  Kush", "Belgium", None)


def test_a_table_with_other_columns_is_refused(tmp_path):
    source = tmp_path / "listings.csv"
    source.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no table of the market file has these columns") as caught:
        observe(source, tmp_path / "out", kind="dump", adapter="agora-dump.yaml")
    assert "listings.csv: a, b" in str(caught.value)
    assert list((tmp_path / "out").iterdir()) == []
