"""The same respondents as SPSS, LimeSurvey and Qualtrics write them: one and the same table, nothing personal in it."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from cryptodrug.files import sha256_of
from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.survey import limesurvey, limesurvey_structure, qualtrics
from cryptodrug.simulate.survey.personal import USER_AGENT, traces
from cryptodrug.simulate.survey.respondents import REMARK, draw_respondents
from cryptodrug.simulate.survey.sav import export_sav
from cryptodrug.survey.questionnaire import files_of
from survey.read_survey import read_survey
from survey_maps import DEMO, limesurvey_map, qualtrics_map
from survey_scenarios import SEED, survey_of

CONFIG = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))["survey"]
PLATFORMS = ("spss", "limesurvey", "qualtrics")


@pytest.fixture(scope="module")
def respondents():
    return draw_respondents(survey_of("survey.yaml"), SEED)


def written(folder, respondents):
    """Export, structure and map of each platform."""
    questionnaire = respondents.questionnaire
    files = {
        "survey.sav": export_sav(respondents),
        "lime.csv": limesurvey.export_limesurvey(respondents),
        "lime.lss": limesurvey_structure.export_structure(questionnaire),
        "qualtrics.csv": qualtrics.export_qualtrics(respondents),
        "qualtrics.qsf": qualtrics.export_structure(questionnaire),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    demo = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    return {
        "spss": ("survey.sav", None, demo),
        "limesurvey": ("lime.csv", "lime.lss", limesurvey_map(questionnaire)),
        "qualtrics": ("qualtrics.csv", "qualtrics.qsf", qualtrics_map()),
    }


@pytest.fixture(scope="module")
def read(tmp_path_factory, respondents):
    """What the reading makes of each export: folder of outputs."""
    folder, made = tmp_path_factory.mktemp("platforms"), {}
    for platform, (file, structure, mapping) in written(folder, respondents).items():
        made[platform] = folder / platform
        made[platform].mkdir()
        (made[platform] / "map.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
        names = ("respondent", "respondent_drug", "codebook", "flow")
        read_survey(
            str(folder / file),
            str(made[platform] / "map.yaml"),
            sha256_of(folder / file),
            files_of(PROJECT / CONFIG["questionnaire"]),
            CONFIG["exclusions"],
            **{name: str(made[platform] / name) for name in names},
            study="toy",
            structure=str(folder / structure) if structure else None,
        )
    return made


def table(folder: Path, respondents, by_place: bool) -> pd.DataFrame:
    """Respondents in the order of the export, without their number."""
    rows = pd.read_parquet(folder / "respondent")
    places = {record.resp_id: place for place, record in enumerate(respondents.records, 1)}
    order = rows["respondent"] if by_place else rows["respondent"].map(places)
    return rows.assign(respondent=order).sort_values("respondent").reset_index(drop=True)


@pytest.mark.parametrize("platform", ["limesurvey", "qualtrics"])
def test_every_respondent_is_the_same_in_every_answer_and_every_reason(platform, read, respondents):
    wanted = table(read["spss"], respondents, by_place=False)
    found = table(read[platform], respondents, by_place=platform == "limesurvey")
    assert len(wanted) == 99 and wanted.shape[1] > 580
    pd.testing.assert_frame_equal(found, wanted[found.columns.tolist()], check_dtype=False)
    assert set(found.columns) == set(wanted.columns)


@pytest.mark.parametrize("platform", ["limesurvey", "qualtrics"])
def test_the_flow_is_the_same(platform, read):
    flows = [json.loads((read[name] / "flow").read_text(encoding="utf-8")) for name in ("spss", platform)]
    assert flows[0] == flows[1]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_personal_passes_the_door(platform, read, respondents):
    planted = {USER_AGENT, REMARK, "192.0.2.", "@example.org"}
    planted |= {traces(record).start_time for record in respondents.records}
    planted |= {record.start.strftime("%H:%M:%S") for record in respondents.records}
    for name in ("respondent", "respondent_drug"):
        rows = pd.read_parquet(read[platform] / name)
        texts = rows.select_dtypes(exclude="number").astype(str).stack().unique()
        text = "\n".join([*rows.columns, *texts])
        assert not [word for word in planted if word in text], name
    for name in ("codebook", "flow"):
        text = (read[platform] / name).read_text(encoding="utf-8")
        assert not [word for word in planted if word in text], name


def test_the_personal_data_are_really_in_the_exports(tmp_path, respondents):
    for file, _, _ in written(tmp_path, respondents).values():
        data = (tmp_path / file).read_bytes()
        if file != "survey.sav":  # compressed
            assert all(word in data for word in (b"192.0.2.", b"@example.org", REMARK.encode()))
