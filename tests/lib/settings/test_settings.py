"""A configuration is refused as a whole, every fault named with its place."""

import pytest
from babel import Locale
from cryptodrug.errors import AdapterError, SettingsError
from cryptodrug.plan import make_plan, study_settings
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.countries import ISO_3166
from cryptodrug.settings.describe import SNAPSHOT_COLUMNS, configuration_markdown, configuration_schema
from cryptodrug.settings.load import load_settings, settings_from
from cryptodrug.snapshots import COLUMNS
from cryptodrug.yaml_files import parse_yaml


@pytest.fixture
def demo():
    return parse_yaml((PROJECT / "config.yaml").read_text(encoding="utf-8"))


STUDIES = [
    "config.yaml",
    *sorted(path.relative_to(PROJECT).as_posix() for path in PROJECT.glob("studies/*/study.yaml")),
]


@pytest.mark.parametrize("path", STUDIES)
def test_every_configuration_of_the_repository_is_in_order(path):
    assert load_settings(PROJECT / path, PROJECT).study.id in path.replace("config.yaml", "demo")


def test_all_faults_are_reported_at_once_each_with_its_path(demo):
    demo["focus_contry"] = "BE"
    demo["analysis"]["draws"] = "many"
    demo["markets"][0]["colour"] = "red"
    del demo["period"]
    with pytest.raises(SettingsError) as caught:
        settings_from(demo, "config.yaml", PROJECT)
    text = str(caught.value)
    assert "4 faults" in text
    assert "focus_contry: unknown key" in text
    assert "analysis.draws:" in text
    assert "'many'" in text
    assert "markets.0.colour: unknown key" in text
    assert "period: missing" in text


def survey_alone():
    return parse_yaml((PROJECT / "studies/uci-recency/study.yaml").read_text(encoding="utf-8"))


def test_a_study_of_markets_needs_every_key_that_speaks_of_them(demo):
    demo["period"] = demo["currency"] = None
    with pytest.raises(SettingsError, match="a study of markets also needs `period`, `currency`"):
        settings_from(demo, "config.yaml", PROJECT)


def test_a_study_of_a_survey_alone_has_nothing_of_markets():
    study = survey_alone()
    study["focus_country"] = "BE"
    with pytest.raises(SettingsError, match="a study without `markets` cannot have `focus_country`"):
        settings_from(study, "study.yaml", PROJECT)


def test_groups_of_a_weighted_survey_are_among_its_items():
    study = survey_alone()
    study["survey"]["public_file"] = {"weight": None, "by": ["colour"]}
    with pytest.raises(SettingsError, match="names no `items`: colour"):
        settings_from(study, "study.yaml", PROJECT)


def test_answers_that_are_not_public_are_never_shown_as_if_they_were(demo):
    demo["survey"]["public_file"] = {"weight": None, "by": []}
    with pytest.raises(SettingsError, match="is given exactly when"):
        settings_from(demo, "config.yaml", PROJECT)


def test_a_missing_file_is_named_with_the_key_that_asks_for_it(demo):
    demo["snapshots"] = "data/demo/absent.csv"
    with pytest.raises(SettingsError, match=r"snapshots: no such file or folder: data/demo/absent\.csv"):
        settings_from(demo, "config.yaml", PROJECT)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("focus_country: BE", "focus_country: XX", "focus_country: no country has this code"),
        ("focus_country: BE", "focus_country: NO", "focus_country: Input should be a valid string; YAML takes NO"),
        ("last: 2019-05-31", "last: 2019-02-30", "period.last: Input should be a valid date"),
        ("when: scr_be == 0", "when: scr_be < 0", "survey.exclusions.2.when: 'scr_be < 0' compares in another way"),
        ("id: under-age", "id: test", "two `survey.exclusions` have the same id: test"),
        ("id: under-age", "id: hurried", "must not use the id `hurried`: it is that of `survey.speeders`"),
        ("below: third-of-median", "below: 300", "survey.speeders.below: Input should be 'third-of-median' or"),
        ("questionnaires/cryptodrug", "questionnaires/none", "survey.questionnaire: no such file or folder"),
        ("file: SP2877-summary", "file: SP2876-final-report", "written to the same file: SP2876-final-report.en"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_with_its_key(tmp_path, old, new, fault):
    text = (PROJECT / "config.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "study.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "study.yaml", PROJECT)
    assert fault in str(caught.value)


@pytest.mark.parametrize(("content", "fault"), [(b"", "is empty"), (b"name: \xe9", "not written in UTF-8")])
def test_a_file_that_is_no_configuration_is_refused_in_words(tmp_path, content, fault):
    (tmp_path / "study.yaml").write_bytes(content)
    with pytest.raises(SettingsError, match=fault):
        load_settings(tmp_path / "study.yaml", PROJECT)


def test_the_countries_are_those_of_the_locale_data():
    exceptional = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
    assert {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - exceptional == ISO_3166


def test_the_columns_of_the_snapshot_table_are_all_explained():
    assert tuple(SNAPSHOT_COLUMNS) == COLUMNS


def test_a_study_without_a_snapshot_in_its_period_or_with_an_unknown_adapter_is_refused(tmp_path, monkeypatch):
    table = (PROJECT / "data" / "demo" / "snapshots.csv").read_text(encoding="utf-8")
    (tmp_path / "snapshots.csv").write_text(table.replace(",cardboard,", ",cardbord,"), encoding="utf-8")
    text = (PROJECT / "config.yaml").read_text(encoding="utf-8")
    config = tmp_path / "study.yaml"
    config.write_text(text.replace("data/demo/snapshots.csv", str(tmp_path / "snapshots.csv")), encoding="utf-8")
    with pytest.raises(AdapterError, match=r"there is no such file\n.*cardbord\.yaml"):
        make_plan({}, [config])
    config.write_text(text.replace("2019-", "2012-"), encoding="utf-8")
    with pytest.raises(SettingsError, match="no snapshot lies between 2012-"):
        make_plan({}, [config])


def test_a_key_given_twice_is_refused(tmp_path):
    (tmp_path / "study.yaml").write_text("study: 1\nstudy: 2\n")
    with pytest.raises(SettingsError, match="given twice"):
        load_settings(tmp_path / "study.yaml", PROJECT)


def test_a_simulated_study_cannot_give_advice(demo):
    demo["study"]["advice"] = "recommendations"
    with pytest.raises(SettingsError, match="illustration"):
        settings_from(demo, "config.yaml", PROJECT)


def test_two_configurations_are_never_merged(demo):
    with pytest.raises(SettingsError, match="more than one configuration"):
        study_settings(demo, ["config.yaml", "studies/agora-2014/study.yaml"])


def test_single_keys_on_the_command_line_are_refused():
    with pytest.raises(SettingsError, match="--config focus_country"):
        study_settings({"focus_country": "DE"}, [])


def test_the_real_study_inherits_nothing_from_the_demo(demo):
    """Snakemake hands over a merged dictionary when two files are in play; only the named file may count."""
    given = PROJECT / "studies" / "agora-2014" / "study.yaml"
    settings = study_settings(demo, [given])
    assert not settings.study.simulated
    assert settings.simulation is None


def test_another_team_can_put_another_country_in_the_focus(demo):
    demo["focus_country"], demo["neighbours"] = "DE", ["BE", "NL"]
    assert settings_from(demo, "config.yaml", PROJECT).focus_country == "DE"


def test_the_documentation_of_the_configuration_has_not_drifted():
    page = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == configuration_markdown(), "renew it with: make documentation"
    schema = (PROJECT / "docs" / "configuration.schema.json").read_text(encoding="utf-8")
    assert schema == configuration_schema(), "renew it with: make documentation"


def test_every_key_is_documented():
    page = configuration_markdown()
    assert "`focus_country`" in page
    assert " |  |\n" not in page, "a key without a description"
