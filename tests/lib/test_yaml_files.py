"""No YAML file loses anything silently, whoever reads it."""

import pytest
from cryptodrug.errors import AdapterError, CorrectionError, SettingsError, StudyError
from cryptodrug.findings import read_definitions
from cryptodrug.harmonise.corrections import read_corrections
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.settings.load import load_settings
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.survey.mapping import read_mapping
from cryptodrug.yaml_files import parse_yaml

READERS = [
    (load_settings, SettingsError),
    (read_adapter, AdapterError),
    (read_scenario, SettingsError),
    (lambda path: read_mapping(path, None), SettingsError),
    (read_definitions, SettingsError),
    (lambda path: read_corrections(path, []), CorrectionError),
]


@pytest.mark.parametrize(("read", "error"), READERS)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: 1\na: 2\n", "the key 'a' is given twice"),
        (b"a: [1\n", "not readable as YAML"),
        (b"a: \xe9", "not written in UTF-8"),
        (b"? {a: 1}\n: 2\n", "not readable as YAML"),
        (None, "file"),
    ],
)
def test_every_reader_refuses_in_words_and_names_the_file(tmp_path, read, error, content, said):
    path = tmp_path / "some.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StudyError) as caught:
        read(path)
    assert type(caught.value) is error
    assert said in str(caught.value)
    assert "some.yaml" in str(caught.value)


def test_a_date_is_a_date_and_one_that_no_calendar_has_stays_text():
    assert str(parse_yaml("2019-02-28")) == "2019-02-28"
    assert parse_yaml("2019-02-30") == "2019-02-30"


def test_what_a_merge_brings_may_be_overwritten():
    assert parse_yaml("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}")["b"] == {"x": 1, "y": 3}
