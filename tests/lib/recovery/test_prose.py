"""The words of the page of recovery."""

import pandas as pd
from cryptodrug.recovery.cases import CASES
from cryptodrug.recovery.page import with_earlier
from cryptodrug.recovery.prose import case_line

DEMO = CASES[0]


def scores_with(replicates: int) -> pd.DataFrame:
    return pd.DataFrame({"case": [DEMO.name, DEMO.name, "half"], "replicates": [replicates - 1, replicates, 7]})


def test_a_case_that_was_not_run_again_says_so(tmp_path):
    assert "earlier run" in case_line(DEMO, scores_with(12), {"half"})
    assert "earlier run" not in case_line(DEMO, scores_with(12), {DEMO.name})
    path = tmp_path / "scores.csv"
    scores_with(12).to_csv(path, index=False)
    found = with_earlier(pd.DataFrame({"case": [DEMO.name], "replicates": [200]}), path)
    assert found.to_dict("records") == [{"case": DEMO.name, "replicates": 200}, {"case": "half", "replicates": 7}]


def test_a_whole_run_states_its_replicates():
    assert f"`{DEMO.name}`: {DEMO.replicates} replicates of" in case_line(
        DEMO, scores_with(DEMO.replicates), {DEMO.name}
    )


def test_a_shorter_run_says_that_it_is_one():
    line = case_line(DEMO, scores_with(12), {DEMO.name})
    assert f"`{DEMO.name}`: 12 (of the {DEMO.replicates} that it asks for) replicates" in line
