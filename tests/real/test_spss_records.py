"""The records of SPSS files that other programs wrote: the place of a multiple response set is found in each."""

import pyreadstat
from cryptodrug.simulate.survey.response_sets import END, ResponseSet, records, with_response_sets
from real_data import shared_data


def test_the_dictionary_of_every_real_file_is_walked_to_its_end():
    files = sorted((shared_data() / "surveys").rglob("*.sav"))
    assert len(files) > 15
    for file in files:
        assert [kind for kind, _, _ in records(file.read_bytes())][-1] == END, file.name


def test_a_set_put_into_a_real_file_is_read_back_and_changes_no_answer(tmp_path):
    file = shared_data() / "surveys/spss-quirks/pyreadstat/multiple_response/simple_alltypes.sav"
    ours = {"ours": ResponseSet("Ours", "1", ["bool1", "bool3"])}
    (tmp_path / "more.sav").write_bytes(with_response_sets(file.read_bytes(), ours))
    rows, meta = pyreadstat.read_sav(tmp_path / "more.sav")
    assert meta.mr_sets["ours"]["variable_list"] == ["bool1", "bool3"]
    assert rows.equals(pyreadstat.read_sav(file)[0])
