"""Real SPSS files with the quirks of the field."""

import pytest
from cryptodrug.errors import InputError
from cryptodrug.survey.read_sav import read_sav
from real_data import shared_data


@pytest.fixture(scope="module")
def surveys():
    return shared_data() / "surveys"


def test_user_missing_codes_stay_codes_and_other_columns_are_not_read(surveys):
    export = read_sav(surveys / "ctns-2020/ctns_2020_pumf_eng.sav", ["PUMFID", "CAN_10AR"])
    assert list(export.rows.columns) == ["PUMFID", "CAN_10AR"]
    assert (len(export.rows), export.left) == (8112, 97)
    named_missing = {code for code, label in export.labels("CAN_10AR", "en").items() if label == "Valid skip"}
    assert named_missing and named_missing <= set(export.rows["CAN_10AR"].dropna())


def test_a_date_outside_what_python_knows_does_not_lose_the_file(surveys):
    export = read_sav(surveys / "spss-quirks/haven/datetime.sav", ["date"])
    assert len(export.rows) == 2


def test_text_is_refused_in_a_real_file_too(surveys):
    with pytest.raises(InputError, match="hold text, not codes: mychar"):
        read_sav(surveys / "spss-quirks/pyreadstat/basic/sample.sav", ["mychar"])


def test_accented_labels_are_read_as_written(surveys):
    export = read_sav(surveys / "french-labels/exampledataFrancais_processed.sav", ["rCSILessQlty"])
    assert "é" in export.question("rCSILessQlty", "fr") + "".join(export.labels("rCSILessQlty", "fr").values())
