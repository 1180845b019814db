"""The promises of the whole: same bytes anywhere, nothing made twice, everything through the gate."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptodrug.closure import closure
from cryptodrug.database.build import content_hash
from cryptodrug.disclosure.audit import audit_study
from cryptodrug.files import sha256_of
from cryptodrug.provenance.gate_check import ways_around
from cryptodrug.provenance.records import PROJECT, read_records

PUBLISHED = ("documents", "tables", "figures", "truth", "values.json", "release.json", "findings.json", "provenance")
BEHIND_THE_GATE = ("figures.smk", "documents.smk")
IN_FRONT = re.compile(r"internal/|/database|DATABASE|harmonised|observed|archives_root")
ALWAYS = {"all", "reports"}
ANALYSES = {path.stem for path in (PROJECT / "workflow" / "scripts" / "analyse").glob("*.py")}


def published(copy) -> dict[str, str]:
    """sha256 of every published file of the demo."""
    results = copy.root / "results" / "demo"
    files = [path for name in PUBLISHED for path in [results / name, *(results / name).rglob("*")] if path.is_file()]
    return {path.relative_to(results).as_posix(): sha256_of(path) for path in files}


def test_the_same_commit_gives_the_same_bytes_anywhere(built, elsewhere):
    first, second = published(built), published(elsewhere)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert sum(name.startswith("documents/") and name.endswith(".pdf") for name in first) == 4


def test_the_database_has_the_same_content_anywhere(built, elsewhere):
    hashes = {content_hash(copy.root / "results/demo/database/markets.duckdb") for copy in (built, elsewhere)}
    assert len(hashes) == 1


def test_every_way_from_a_public_file_to_an_internal_one_goes_through_the_gate(built):
    records = {
        f"results/demo/{record['path']}": record for record in read_records(built.root / "results" / "demo").values()
    }
    assert any(record["rule"] == "release_gate" for record in records.values())
    assert list(ways_around(records)) == []


def test_the_attacker_gets_no_small_count_out_of_what_is_published(built):
    lines, broken = audit_study(built.root / "results" / "demo")
    assert len(lines) > 50
    assert not broken, [line for line in lines if not line.endswith("safe")]


@pytest.mark.parametrize("name", BEHIND_THE_GATE)
def test_no_rule_file_behind_the_gate_names_a_path_in_front_of_it(name):
    text = (PROJECT / "workflow" / "rules" / name).read_text(encoding="utf-8")
    assert IN_FRONT.findall(text) == []


def test_no_script_reads_a_file_that_its_rule_does_not_declare(built):
    folder = Path(built.environment["CRYPTODRUG_OPENED"])
    found = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    assert found == []


def test_a_chain_ends_at_the_archives_and_names_nothing_inside_them(built):
    environment = os.environ | {"PYTHONPATH": str(built.root / "workflow" / "lib")}
    for target in ("results/demo/documents/SP2876-final-report.en.pdf", "key-figures.last.share_listings"):
        command = [sys.executable, "-m", "cryptodrug.cli", "trace", target, "--verbose"]
        done = subprocess.run(command, cwd=built.root, env=environment, capture_output=True, text=True, check=True)
        assert "archive:cardboard-2019-05-15.tar.gz" in done.stdout
        assert not re.search(r"sim-vendor|offer/|\.html\b(?! )|tar\.gz/", done.stdout.replace("page.html", ""))
    ends = {"tables/career-summary.csv": "survey.sav", "tables/interview-themes.csv": "interviews.qdpx"}
    for target, leaf in ends.items():
        command = [sys.executable, "-m", "cryptodrug.cli", "trace", target]
        done = subprocess.run(command, cwd=built.root, env=environment, capture_output=True, text=True, check=True)
        assert set(re.findall(r"archive:(\S+)", done.stdout)) == {leaf}
    ledger = (built.root / "results/demo/provenance/public-ledger.json").read_text(encoding="utf-8")
    leaves = {one["name"]: one for one in json.loads(ledger)["archives"]}
    assert {leaves[name]["kind"] for name in ends.values()} == {"survey", "interviews"}
    assert all("bytes" not in leaves[name] and leaves[name]["licence"] for name in ends.values())
    assert "sim-vendor" not in ledger
    assert "offer/" not in ledger


def test_a_typed_number_stops_the_document(built):
    path = built.root / "reports/templates/final-report/abstract.md.j2"
    before = edited(path, "Cryptomarkets are online marketplaces", "Cryptomarkets are 7 marketplaces")
    try:
        done = built.run("reports", check=False)
    finally:
        path.write_text(before, encoding="utf-8")
        built.run("reports")
    assert done.returncode != 0
    assert "a typed-in number: '7'" in done.stdout + done.stderr


def test_a_finished_build_has_nothing_to_do(built):
    assert set(built.jobs("reports")) <= ALWAYS


def test_changed_dates_alone_make_nothing_again(built):
    now = time.time()
    for path in [
        *(built.root / "workflow").rglob("*"),
        *(built.root / "reports").rglob("*"),
        built.root / "config.yaml",
    ]:
        if path.is_file():
            os.utime(path, (now, now))
    assert set(built.jobs("reports")) <= ALWAYS


def test_an_archive_that_several_jobs_share_gives_the_same_tables_and_only_lost_parts_are_read_again(built):
    text = (built.root / "config.yaml").read_text(encoding="utf-8")
    shared = built.root / "parts.yaml"
    for old, new in (("parts: 1", "parts: 3"), ("id: demo", "id: parts"), ("results/demo/", "results/parts/")):
        text = text.replace(old, new)
    shared.write_text(text, encoding="utf-8")
    one = next((built.root / "results/demo/observed").glob("*/*/*-tar-gz"))
    folder = built.root / "results/parts" / one.relative_to(built.root / "results/demo")
    wanted = [(folder / "page.parquet").relative_to(built.root).as_posix(), "--configfile", "parts.yaml"]
    try:
        built.run(*wanted)
        for path in one.iterdir():
            assert (folder / path.name).read_bytes() == path.read_bytes(), path.name
        shutil.rmtree(folder / "parts" / "2-of-3")
        (folder / "page.parquet").unlink()
        assert built.jobs(*wanted) == {"observe_archive": 1, "join_parts": 1}
    finally:
        shared.unlink()
        shutil.rmtree(built.root / "results/parts", ignore_errors=True)


def edited(path: Path, old: str, new: str) -> str:
    """Change a file once; its text before."""
    before = path.read_text(encoding="utf-8")
    assert old in before, f"{old!r} is not in {path.name}"
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return before


def rules_with(module: str) -> set[str]:
    """Rules whose script imports a module of the library, directly or not."""
    wanted = PROJECT / "workflow" / "lib" / "cryptodrug" / module
    scripts = (PROJECT / "workflow" / "scripts").rglob("*.py")
    return {script.stem for script in scripts if wanted in closure(script)}


def test_a_changed_helper_makes_again_what_imports_it_and_nothing_that_is_published(built):
    """A comment in the module of the concentration measures: no released byte changes."""
    path = built.root / "workflow/lib/cryptodrug/statistics/concentration.py"
    before = edited(path, "def gini(", "# a remark\ndef gini(")
    earlier = published(built)
    names = [name for name in earlier if name.startswith(("documents", "figures/drawn", "tables"))]
    drawn = [name for name in names if not name.startswith("tables")]
    dates = {name: (built.root / "results/demo" / name).stat().st_mtime_ns for name in drawn}
    try:
        planned = set(built.jobs("reports"))
        assert planned & ANALYSES == rules_with("statistics/concentration.py") == {"concentration"}
        built.run("reports")
        later = published(built)
        assert [name for name in names if later[name] != earlier[name]] == []
        after = {name: (built.root / "results/demo" / name).stat().st_mtime_ns for name in drawn}
        assert after == dates, "a figure or document was made again although no released byte changed"
    finally:
        path.write_text(before, encoding="utf-8")
        built.run("reports")


def test_a_changed_setting_makes_again_what_was_given_it(built):
    before = edited(built.root / "config.yaml", "coverage_minimum: 0.9", "coverage_minimum: 0.91")
    try:
        planned = set(built.jobs("reports"))
    finally:
        (built.root / "config.yaml").write_text(before, encoding="utf-8")
    assert "study_facts" in planned
    assert not planned & {"observe_archive", "harmonise_snapshot", "build_database", "market_size", "price_per_gram"}


def test_a_changed_sentence_makes_only_documents_again(built):
    path = built.root / "reports/templates/final-report/abstract.md.j2"
    before = edited(path, "Cryptomarkets are online marketplaces", "Cryptomarkets are marketplaces")
    try:
        planned = built.jobs("reports")
    finally:
        path.write_text(before, encoding="utf-8")
    assert set(planned) - ALWAYS <= {"render_markdown", "convert_document", "public_ledger", "stamp_figure"}
    assert planned["render_markdown"] == 1


def test_a_fuzzy_message_stops_its_language_after_the_english_documents(built):
    path = built.root / "reports/translations/nl.po"
    template = built.root / "reports/templates/summary.md.j2"
    before = edited(path, 'msgctxt "summary"\nmsgid "Conclusions"', '#, fuzzy\nmsgctxt "summary"\nmsgid "Conclusions"')
    before_template = edited(template, "A stated destination is not a shipment.", "Stated is not shipped.")
    try:
        done = built.run("reports", check=False)
        assert done.returncode != 0
        output = done.stdout + done.stderr
        assert "not translated into nl" in output
        assert "fuzzy: summary.md.j2" in output
        assert "missing: summary.md.j2" in output
        english = built.root / "results/demo/documents/source/SP2877-summary.en.md"
        assert "Stated is not shipped." in english.read_text(encoding="utf-8")
    finally:
        path.write_text(before, encoding="utf-8")
        template.write_text(before_template, encoding="utf-8")
        built.run("reports")


def test_two_configurations_are_refused_before_any_job(built):
    done = built.run("reports", "--configfile", "config.yaml", "studies/agora-2014/study.yaml", check=False)
    assert done.returncode != 0
    assert "more than one configuration" in done.stdout + done.stderr


def test_a_study_without_its_archives_says_where_they_are_expected(built):
    text = (built.root / "studies/agora-2014/study.yaml").read_text(encoding="utf-8")
    text = re.sub(r"archives_root: .*", "archives_root: no/such/folder", text)
    (built.root / "elsewhere.yaml").write_text(text, encoding="utf-8")
    done = built.run("reports", "--configfile", "elsewhere.yaml", check=False)
    assert done.returncode != 0
    output = done.stdout + done.stderr
    assert "archives_root: no/such/folder" in output
    assert "Traceback" not in output


def test_killed_in_the_middle_it_goes_on(built, tmp_path):
    """kill -9 of the whole process group; then the lock is taken away and the build ends well."""
    copy_root = tmp_path / "killed"
    shutil.copytree(built.root, copy_root, ignore=shutil.ignore_patterns(".snakemake", "results"))
    environment = os.environ | {
        "PYTHONPATH": str(copy_root / "workflow" / "lib"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    command = [sys.executable, "-m", "snakemake", "tables", "--cores", "2"]
    process = subprocess.Popen(
        command,
        cwd=copy_root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.time() + 60
    while not list(copy_root.glob("results/demo/observed/*/*/*/page.parquet")) and time.time() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert list((copy_root / ".snakemake" / "locks").glob("*.lock")), "the run had already ended"
    subprocess.run([sys.executable, "-m", "cryptodrug.unlock"], cwd=copy_root, env=environment, check=True)
    done = subprocess.run(command, cwd=copy_root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert not [path for path in (copy_root / "results").rglob(".*") if path.is_file()], "half-written files are left"
    again = (copy_root / "results/demo/values.json").read_bytes()
    assert again == (built.root / "results/demo/values.json").read_bytes()
