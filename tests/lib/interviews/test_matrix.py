"""Code x interview, small enough to check by eye."""

import numpy as np
import pandas as pd
from cryptodrug.interviews.matrix import agreed, code_matrix, ratings, together

COLUMNS = ["interview", "segment", "coder", "code", "direction", "begins", "ends"]
CODINGS = pd.DataFrame(
    [
        ("i1", "i1-s1", "a", "x", "yes", 0, 10),
        ("i1", "i1-s1", "b", "x", "yes", 0, 10),
        ("i1", "i1-s2", "a", "y", "no", 5, 20),
        ("i1", "i1-s3", "b", "y", "both", 30, 40),
        ("i2", "i2-s1", "a", "y", "yes", 0, 10),
        ("i2", "i2-s2", "a", "y", "no", 20, 30),
        ("i2", "i2-s3", "c", "x", "yes", 0, 10),
    ],
    columns=COLUMNS,
)


def test_a_coder_who_has_not_coded_an_interview_rates_nothing_there():
    made, interviews = ratings(CODINGS, ["a", "b"], ["x", "y"], ["i1", "i2"])
    expected = [[1, 0, 0, 1], [1, np.nan, 1, np.nan]]
    np.testing.assert_array_equal(made, expected)
    assert interviews.tolist() == ["i1", "i2", "i1", "i2"]


def test_without_a_consensus_counts_what_every_coder_has():
    assert agreed(CODINGS, ["a", "b"], None) == {("x", "i1")}
    assert agreed(CODINGS, ["a", "b"], "c") == {("x", "i2")}


def test_both_directions_in_one_interview_make_both():
    matrix = code_matrix(CODINGS, ["a"], ["i1", "i2"]).set_index(["code", "interview"])["direction"]
    assert matrix.to_dict() == {("x", "i1"): "yes", ("y", "i1"): "no", ("y", "i2"): "both"}


def test_codes_stand_together_where_their_passages_touch():
    assert together(CODINGS, "a").values.tolist() == [["x", "y", 1]]
    assert together(CODINGS, "b").empty
