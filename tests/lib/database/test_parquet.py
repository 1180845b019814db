"""Parquet files of the database name their study."""

import pandas as pd
from cryptodrug.database.parquet import study_of, write_table
from cryptodrug.release import study_label


def test_a_table_says_of_which_study_it_is_and_reads_as_before(tmp_path):
    table = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": ["x", None]})
    write_table(table, tmp_path / "t.parquet", study_label("toy", True))
    assert study_of(tmp_path / "t.parquet") == "toy (simulated)"
    table.to_parquet(tmp_path / "plain.parquet", index=False)
    assert study_of(tmp_path / "plain.parquet") is None
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t.parquet"), pd.read_parquet(tmp_path / "plain.parquet"))


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_table(pd.DataFrame({"a": [1, 2]}), tmp_path / name, "toy")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_study_is_marked_exactly_when_its_data_are_simulated():
    assert (study_label("toy", True), study_label("toy", False)) == ("toy (simulated)", "toy")
