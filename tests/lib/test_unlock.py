"""A dead run's lock goes, a living run's lock stays."""

from cryptodrug import unlock


def lock_in(folder):
    locks = folder / ".snakemake" / "locks"
    locks.mkdir(parents=True)
    (locks / "0.input.lock").write_text("a\n")
    return locks


def test_the_lock_of_a_dead_run_is_removed(tmp_path):
    locks = lock_in(tmp_path)
    assert unlock.remove_dead_lock(tmp_path) == 1
    assert not list(locks.iterdir())


def test_the_lock_of_a_living_run_stays(tmp_path, monkeypatch):
    locks = lock_in(tmp_path)
    monkeypatch.setattr(unlock, "working_here", lambda folder: [4711])
    assert unlock.remove_dead_lock(tmp_path) == 0
    assert list(locks.iterdir())


def test_without_a_lock_nothing_happens(tmp_path):
    assert unlock.remove_dead_lock(tmp_path) == 0


def test_what_a_killed_job_had_begun_goes_with_its_lock_and_nothing_else(tmp_path):
    lock_in(tmp_path)
    folder = tmp_path / "results/demo/observed"
    folder.mkdir(parents=True)
    kept = [folder / "listing.parquet", folder / ".snakemake_timestamp"]
    for path in [*kept, folder / ".listing.parquet.55jtj9ee"]:
        path.write_text("x")
    unlock.remove_dead_lock(tmp_path)
    assert sorted(folder.iterdir()) == sorted(kept)
