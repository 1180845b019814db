"""A correction applies wholly, as it was meant, or stops the run."""

import pandas as pd
import pytest
import yaml
from cryptodrug.errors import CorrectionError
from cryptodrug.harmonise.corrections import apply_corrections, read_corrections

SNAPSHOTS = ["toy/2019-01-01", "toy/2019-01-30"]
ENTRY = {
    "id": "lost-mark",
    "market": "toy",
    "snapshot_date": "2019-01-30",
    "table": "listing",
    "rows": ["toy:a"],
    "column": "price_text",
    "expect": "15",
    "value": "1.5",
    "why": "the mark was lost on the page",
    "who": "data manager",
    "date": "2024-03-01",
}


def table():
    columns = {"listing_id": ["toy:a", "toy:b"], "price_text": ["15", None], "quantity_g": [5.0, None]}
    return pd.DataFrame(columns).assign(sales=pd.array([3, None], "Int64"), is_drug=pd.array([True, None], "boolean"))


@pytest.fixture
def corrections(tmp_path):
    """A function that writes corrections to a file and reads them."""

    def read(*changes, base=ENTRY):
        path = tmp_path / "corrections.yaml"
        path.write_text(yaml.safe_dump([base | change for change in changes]), encoding="utf-8")
        return read_corrections(path, SNAPSHOTS)

    return read


def test_a_correction_changes_its_rows_only_and_counts_them(corrections):
    changed = table()
    assert apply_corrections(changed, corrections({}), "c.yaml") == 1
    assert changed["price_text"].tolist() == ["1.5", None]
    pd.testing.assert_frame_equal(changed.drop(columns="price_text"), table().drop(columns="price_text"))


@pytest.mark.parametrize(
    ("column", "row", "expect", "value"),
    [
        ("price_text", "toy:b", None, "2"),
        ("price_text", "toy:a", "15", None),
        ("quantity_g", "toy:a", 5, 2.5),
        ("quantity_g", "toy:b", None, 3),
        ("sales", "toy:b", None, 4),
        ("is_drug", "toy:a", True, False),
        ("is_drug", "toy:b", None, True),
    ],
)
def test_missing_values_can_be_expected_and_given_in_every_type(corrections, column, row, expect, value):
    changed = table()
    apply_corrections(changed, corrections({"column": column, "rows": [row], "expect": expect, "value": value}), "c")
    found = changed.set_index("listing_id").at[row, column]
    assert pd.isna(found) if value is None else found == value
    assert changed.dtypes.tolist() == table().dtypes.tolist()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expect": "16"}, "`expect: '16'` no longer holds for toy:a"),
        ({"rows": ["toy:a", "toy:b"]}, "`expect: '15'` no longer holds for toy:b"),
        ({"rows": ["toy:a", "toy:gone"]}, "rows that are not there (any more): toy:gone"),
        ({"rows": ["toy:a", "toy:a"]}, "`rows` names the same row several times: toy:a"),
        ({"column": "pirce_text"}, "there is no column 'pirce_text' that can be corrected"),
        ({"column": "listing_id"}, "there is no column 'listing_id' that can be corrected"),
        ({"value": 1.5}, "`value: 1.5` is not of the type of 'price_text'"),
        ({"column": "sales", "expect": 3, "value": 3.5}, "`value: 3.5` is not of the type of 'sales'"),
        ({"column": "quantity_g", "expect": 5, "value": True}, "`value: True` is not of the type of 'quantity_g'"),
        ({"column": "is_drug", "expect": True, "value": "no"}, "`value: 'no'` is not of the type of 'is_drug'"),
    ],
)
def test_a_correction_that_does_not_fit_is_named_and_nothing_is_changed(corrections, change, said):
    changed = table()
    with pytest.raises(CorrectionError) as caught:
        apply_corrections(changed, corrections(change), "c.yaml")
    assert said in str(caught.value)
    assert "c.yaml, correction lost-mark" in str(caught.value)
    assert "mend the correction, or remove it" in str(caught.value)
    pd.testing.assert_frame_equal(changed, table())


def test_an_id_that_two_rows_of_the_table_have_is_told_as_such(corrections):
    twice = table().assign(listing_id="toy:a")
    with pytest.raises(CorrectionError, match="several rows of the table have the same id: toy:a"):
        apply_corrections(twice, corrections({}), "c.yaml")


@pytest.mark.parametrize("change", [{"market": "tyo"}, {"snapshot_date": "2019-01-31"}])
def test_a_correction_of_a_snapshot_that_is_not_in_the_study_stops_the_run(corrections, change):
    snapshot = f"{change.get('market', 'toy')}/{change.get('snapshot_date', '2019-01-30')}"
    with pytest.raises(CorrectionError) as caught:
        corrections(change)
    assert f"corrections of snapshots that the study does not have: lost-mark ({snapshot})" in str(caught.value)


def test_two_corrections_with_one_id_are_refused(corrections):
    with pytest.raises(CorrectionError, match="the same `id` stands at several corrections: lost-mark"):
        corrections({}, {"snapshot_date": "2019-01-01"})


def test_all_faults_of_entries_are_told_at_once(corrections):
    with pytest.raises(CorrectionError) as caught:
        corrections({"why": "short"}, {"table": "page"}, {"date": "long ago"})
    assert all(name in str(caught.value) for name in ("why", "table", "date", "corrections.yaml"))


@pytest.mark.parametrize("name", ["market", "date", "who", "why", "expect"])
def test_no_part_can_be_left_out(corrections, name):
    with pytest.raises(CorrectionError, match=name):
        corrections({}, base={key: value for key, value in ENTRY.items() if key != name})


def test_dates_may_be_written_without_quotation_marks(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(yaml.safe_dump([ENTRY]).replace("'", ""), encoding="utf-8")
    assert read_corrections(path, SNAPSHOTS)[0].snapshot == "toy/2019-01-30"


def test_a_file_that_is_no_list_of_corrections_is_refused(tmp_path):
    path = tmp_path / "c.yaml"
    for text in ("just words", "a: [", "- 3"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CorrectionError, match="the corrections cannot be read"):
            read_corrections(path, SNAPSHOTS)
    path.write_text("", encoding="utf-8")
    assert read_corrections(path, SNAPSHOTS) == []
