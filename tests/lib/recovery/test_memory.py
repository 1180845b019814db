"""A simulated study in memory equals the same study by the files of the workflow."""

import inspect

import pandas as pd
import pytest
from cryptodrug.files import sha256_of
from cryptodrug.plan import JUDGEMENTS, SHOWN, adapter_path
from cryptodrug.provenance.records import PROJECT
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.recovery.memory import demo_method, study_of, whole_snapshots
from cryptodrug.recovery.through_pages import differences
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.observed import observed
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.study import archive_name, write_download
from database.build_database import build_database
from harmonise.harmonise_snapshot import harmonise_snapshot
from observe.observe_archive import observe_archive

MISSED = 150
OF_THE_PAGE = ["sha256", "bytes", "layout"]  # what only a page has
METHOD = demo_method()
SETTINGS = METHOD.settings
WORLD = draw_world(read_scenario(SCENARIOS["scenario"]), replicate=7, vendors=14)
SNAPSHOTS = whole_snapshots(WORLD, 7)


@pytest.fixture(scope="module")
def study():
    return study_of(WORLD, SNAPSHOTS, MISSED, METHOD)


def outputs(function, folder, before):
    """Paths for the outputs of a step: its parameters that are not given and have no value of their own."""
    parameters = inspect.signature(function).parameters.items()
    wanted = [name for name, one in parameters if name not in before and one.default is inspect.Parameter.empty]
    return {name: str(folder / f"{name}.{'json' if name == 'quality' else 'parquet'}") for name in wanted}


@pytest.fixture(scope="module")
def by_files(tmp_path_factory):
    """Tables of the database, by way of archives, observed and harmonised files."""
    harmonised = {}
    for one in SNAPSHOTS:
        crawl, folder = one.crawl.with_missed(MISSED), tmp_path_factory.mktemp("snapshot")
        adapter = PROJECT / adapter_path(one.crawl.market.design)
        archive = folder / archive_name(one.crawl.market, one.crawl.month)
        write_download(archive, crawl)
        given = {"archive": str(archive), "adapter": str(adapter), "market": one.market, "snapshot_date": one.date}
        given |= {"sha256": sha256_of(archive), "kind": "pages"}
        seen = outputs(observe_archive, folder, given)
        observe_archive(**given, **seen)
        wanted = inspect.signature(harmonise_snapshot).parameters
        read = read_adapter(adapter)
        given = {name: [path] for name, path in seen.items() if name in wanted}
        given |= {"market": one.market, "snapshot_date": one.date, "rates": [], "corrections": [], "snapshots": []}
        given |= {"judgements": [str(PROJECT / SETTINGS.judgements.folder / name) for name in JUDGEMENTS]}
        given |= {"focus_country": SETTINGS.focus_country, "neighbours": SETTINGS.neighbours}
        given |= {"widest_gap": SETTINGS.currency.widest_gap, "feedback_maximum": read.feedback_maximum}
        given |= {"shown": {field: read.kinds_showing(field) for field in SHOWN}}
        made = outputs(harmonise_snapshot, tmp_path_factory.mktemp("harmonised"), given)
        harmonise_snapshot(**given, **made)
        for name, path in made.items():
            harmonised.setdefault(name if name.startswith("snapshot_") else f"snapshot_{name}", []).append(path)
    limits, tracking = SETTINGS.holding_price, SETTINGS.tracking
    given = {name: harmonised[name] for name in inspect.signature(build_database).parameters if name in harmonised}
    given |= {"holding_own": limits.own, "holding_by_class": limits.by_class, "holding_cap": limits.cap}
    given |= {"link_by": SETTINGS.population.link_by, "title_similarity": tracking.title_similarity}
    given |= {"snapshot_gap": tracking.snapshot_gap, "study": SETTINGS.study.id}
    tables = outputs(build_database, tmp_path_factory.mktemp("database"), given)
    build_database(**given, **tables)
    return {name: pd.read_parquet(path) for name, path in tables.items() if name != "quality"}


def test_tables_in_memory_are_those_of_the_files(study, by_files):
    assert set(study.joined) == set(by_files)
    for name, table in by_files.items():
        ours = study.table(name)
        kept = [column for column in table.columns if name != "page" or column not in OF_THE_PAGE]
        pd.testing.assert_frame_equal(
            ours[kept].astype(object), table[kept].reset_index(drop=True).astype(object), check_dtype=False, obj=name
        )


def test_pages_missed_are_pages_whose_rows_are_not_there(study):
    crawl = study.crawls[0]
    arrived = {page.path for page in crawl.wanted if page.arrives_as}
    assert 0 < len(arrived) < len(crawl.wanted)
    rows = observed(crawl)
    frames = SNAPSHOTS[0].arrived(crawl)
    assert {row["path"] for row in rows["page"]} == arrived == set(frames["page"]["path"])
    for name, table in frames.items():
        assert len(table) == len(rows[name])


def test_a_read_page_that_differs_is_named(monkeypatch):
    crawl = SNAPSHOTS[-1].crawl.with_missed(MISSED)
    assert list(differences(crawl)) == []
    plain = crawl.design.offer_row
    monkeypatch.setattr(crawl.design, "offer_row", lambda *one: plain(*one) | {"price_text": "1.00"})
    assert "listing, row 0, price_text" in differences(crawl)


def test_a_download_keeps_its_plan_whatever_is_missed():
    crawl = SNAPSHOTS[0].crawl
    one, other = crawl.with_missed(100), crawl.with_missed(600)
    assert [page.path for page in one.wanted] == [page.path for page in other.wanted]
    assert [page.cents for page in one.wanted] == [page.cents for page in other.wanted]
    assert [page.fault for page in one.wanted] == [page.fault for page in crawl.with_missed(100).wanted]
    assert [page.fault for page in one.wanted] != [page.fault for page in crawl.with_missed(100, capture=1).wanted]
