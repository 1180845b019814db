"""All observed tables appear, or none; every page and every row is in them."""

import gzip
import io
import logging
import tarfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archive_files import damage
from cryptodrug.archive import Report
from cryptodrug.archive.account import account_of, require_account
from cryptodrug.errors import InputError
from cryptodrug.files import read_json, sha256_of
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.schemas import SCHEMAS
from observe.join_parts import join_parts
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


LIMITS = {"damaged": "keep", "largest_page": 64, "largest_unpacked": 1000, "largest_ratio": 200, "deepest": 3}


def account(source, folder, **more):
    """The account of one job; its tables stand in the same folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {table: str(folder / f"{table}.parquet") for table in TABLES}
    observe_archive(
        str(source), str(MARKETS / "agora.yaml"), "agora", "2014-01-01", sha256_of(source), "pages", **paths,
        coverage=str(folder / "coverage.json"), archives=LIMITS, **more,
    )  # fmt: skip
    return read_json(folder / "coverage.json")


def test_the_account_says_what_became_of_every_member(whole, tmp_path):
    source = archive(tmp_path / "b.tar.gz", [("../outside", b"x"), ("box.png", b"\x89PNG\r\n"), sample(), sample()])
    found = account(source, tmp_path / "out")
    assert found["kinds"] == {SAMPLES[0].kind: 2}
    assert (found["members"], found["pages"]) == (4, {"number": 2, "bytes": 2 * len(OFFER)})
    assert found["not_read"] == {
        "path leads out of the archive": {"number": 1, "bytes": 1},
        "picture, sound, font, style or script": {"number": 1, "bytes": 6},
    }
    assert (found["again"], found["bytes"]) == (1, source.stat().st_size)
    pages = pq.read_table(tmp_path / "out" / "page.parquet").to_pylist()
    assert len({page["page_id"] for page in pages}) == 2
    assert "duplicate-capture" in pages[1]["note"]


def test_of_a_damaged_archive_that_the_study_keeps_the_account_says_what_is_lost(tmp_path):
    data = gzip.decompress(archive(tmp_path / "a.tar.gz", [(f"p/{n}", OFFER) for n in range(3)]).read_bytes())
    source = tmp_path / "a.tar"
    source.write_bytes(damage(data, data.index(b"p/1")))
    found = account(source, tmp_path / "out")
    assert found["pages"]["number"] == 2
    assert found["damages"] == {"a head that is none": {"number": 1, "bytes": 512 + -(-len(OFFER) // 512) * 512}}


@pytest.mark.parametrize("parts", [2, 5])
def test_parts_joined_are_the_tables_of_one_job_byte_for_byte(tmp_path, monkeypatch, parts):
    for module in ("cryptodrug.reading.writer", "observe.join_parts"):
        monkeypatch.setattr(f"{module}.BATCH", 7)
    held = [(f"{number}/{one.path}", one.html.encode()) for number in range(20) for one in SAMPLES]
    source = archive(tmp_path / "a.tar.gz", [*held, ("../outside", b"x"), held[0]])
    account(source, tmp_path / "one")
    made = [tmp_path / f"{part}-of-{parts}" for part in range(1, parts + 1)]
    for part, folder in enumerate(made, start=1):
        account(source, folder, part=part, parts=parts)
    joint = tmp_path / "joint"
    joint.mkdir()
    files = [str(folder / f"{table}.parquet") for folder in made for table in TABLES]
    files += [str(folder / "coverage.json") for folder in made]
    paths = {table: str(joint / f"{table}.parquet") for table in TABLES}
    join_parts(files, "a.tar.gz", "agora", str(joint / "coverage.json"), **paths)
    for name in [*(f"{table}.parquet" for table in TABLES), "coverage.json"]:
        assert (joint / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_parts_of_an_archive_of_another_market_stop_the_run_when_they_are_joined(tmp_path):
    source = archive(tmp_path / "a.tar.gz", [("p/1", b"<html>what</html>")])
    account(source, tmp_path / "part", part=2, parts=2)
    paths = {table: str(tmp_path / "joint" / f"{table}.parquet") for table in TABLES}
    with pytest.raises(InputError, match="none of 1 pages"):
        join_parts([str(tmp_path / "part" / "coverage.json")], "a.tar.gz", "agora", "coverage.json", **paths)


def test_members_that_are_nothing_stop_the_run():
    report = Report(members=2)
    with pytest.raises(InputError, match="2 members came in, and not every one was accounted for"):
        require_account(account_of(report, {}, 1), "a.tar")
    report.given.add(5)
    with pytest.raises(InputError, match="1 pages came in and 0 were given a kind"):
        require_account(account_of(report, {}, 1), "a.tar")
