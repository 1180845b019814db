"""The truth of a simulated study must not reach the release gate."""

from cryptodrug.provenance.truth_check import reads_the_truth

R = "results/demo/"


def made(path, rule, *inputs, code=()):
    return {"path": path, "rule": rule, "inputs": dict.fromkeys(inputs, "0"), "code": dict.fromkeys(code, "0")}


def chain(**changed):
    """A small study as it should be; `changed` replaces records by their path (`_` for `/`, `.csv` added)."""
    records = [
        made("inputs/a.tar.gz", "simulate_demo", "data/scenario.yaml", code=["workflow/lib/cryptodrug/simulate/x.py"]),
        made("observed/page.csv", "observe_archive", "archive:a.tar.gz", "workflow/markets/a.yaml"),
        made("internal/size.csv", "market_size", f"{R}observed/page.csv"),
        made("tables/size.csv", "release_gate", f"{R}internal/size.csv"),
        made("truth/size.csv", "demo_truth", "data/scenario.yaml", code=["workflow/lib/cryptodrug/truth/offers.py"]),
        made("tables/truth.csv", "truth_recovery", f"{R}tables/size.csv", f"{R}truth/size.csv"),
    ]
    by_name = {R + one["path"]: one for one in records}
    for path, more in changed.items():
        name = R + path.replace("_", "/") + ".csv"
        by_name[name] = by_name[name] | more
    return by_name


def test_a_study_whose_truth_is_read_behind_the_gate_alone_is_clean():
    assert list(reads_the_truth(chain())) == []


def test_an_analysis_that_reads_the_truth_is_named():
    records = chain(internal_size={"inputs": {f"{R}observed/page.csv": "0", f"{R}truth/size.csv": "0"}})
    assert list(reads_the_truth(records)) == ["internal/size.csv (rule market_size) <- results/demo/truth/size.csv"]


def test_a_step_that_reads_the_scenario_is_named_however_far_in_front():
    records = chain(observed_page={"inputs": {"archive:a.tar.gz": "0", "data/scenario.yaml": "0"}})
    assert list(reads_the_truth(records)) == ["observed/page.csv (rule observe_archive) <- data/scenario.yaml"]


def test_a_published_fact_may_stand_in_the_truth_and_in_an_analysis():
    fact = {"data/reference/union.csv": "0"}
    inputs = {"internal_size": {f"{R}observed/page.csv": "0"}, "truth_size": {"data/scenario.yaml": "0"}}
    records = chain(**{path: {"inputs": given | fact} for path, given in inputs.items()})
    assert list(reads_the_truth(records)) == []


def test_a_step_whose_code_knows_the_world_is_named():
    records = chain(observed_page={"code": {"workflow/lib/cryptodrug/simulate/market/world.py": "0"}})
    assert list(reads_the_truth(records)) == [
        "observed/page.csv (rule observe_archive) <- workflow/lib/cryptodrug/simulate/market/world.py"
    ]


def test_the_gate_itself_must_not_read_it():
    records = chain(tables_size={"inputs": {f"{R}internal/size.csv": "0", f"{R}truth/size.csv": "0"}})
    assert list(reads_the_truth(records)) == ["tables/size.csv (rule release_gate) <- results/demo/truth/size.csv"]


def test_a_simulator_that_writes_past_the_archives_is_named():
    records = chain(
        observed_page={"rule": "simulate_demo", "inputs": {"data/scenario.yaml": "0"}, "code": {}},
    )
    assert list(reads_the_truth(records)) == ["observed/page.csv (rule simulate_demo) <- data/scenario.yaml"]
