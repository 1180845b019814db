"""The coded interviews of the demo scenario: read back by others, counted by others."""

import io
import zipfile
from pathlib import Path

import krippendorff
import numpy as np
import pytest
import qdapy
from cryptodrug.errors import SettingsError
from cryptodrug.interviews.codebook import counted_codes, read_codebook
from cryptodrug.simulate.interviews import export
from cryptodrug.simulate.interviews.scenario import read_interview_scenario
from cryptodrug.simulate.interviews.transcripts import transcripts
from cryptodrug.simulate.interviews.truth import (
    planted_agreement,
    planted_alpha,
    planted_codes,
    planted_marks,
)
from pyrefiqda import RefiProject

PROJECT = Path(__file__).resolve().parents[3]
SCENARIO = PROJECT / "data/demo/interviews.yaml"
CODEBOOK = PROJECT / "workflow/questionnaires/interviews/codebook.csv"


@pytest.fixture(scope="module")
def scenario():
    return read_interview_scenario(SCENARIO)


@pytest.fixture(scope="module")
def codes():
    return counted_codes(read_codebook(CODEBOOK))


@pytest.fixture(scope="module")
def qdpx(tmp_path_factory):
    path = tmp_path_factory.mktemp("project") / "interviews.qdpx"
    path.write_bytes(export(SCENARIO, CODEBOOK))
    return path


@pytest.fixture(scope="module")
def planted(scenario):
    """Every coding as (interview, coder, code, start, end); a direction is a coding of its own."""
    table = planted_marks(scenario)
    marks = {(row.interview, row.coder, row.code, row.start, row.end) for row in table.itertuples()}
    turned = table[table["direction"] != "yes"]
    return marks | {(row.interview, row.coder, f"x-{row.direction}", row.start, row.end) for row in turned.itertuples()}


def test_qdapy_reads_every_coding_and_its_words(qdpx, planted, scenario):
    project = qdapy.read_qdpx(qdpx, warn=False)
    found = project.fragments
    rows = zip(
        found["title"],
        found["codedBy"],
        found["code"].str.rpartition("/")[2],
        found["positionStart"].astype(int),
        found["positionEnd"].astype(int),
        strict=True,
    )
    assert set(rows) == planted
    texts = {one.id: one.text for one in transcripts(scenario)}
    for row in found.itertuples():
        assert row.text == texts[row.title][int(row.positionStart) : int(row.positionEnd)]


def test_pyrefiqda_reads_every_coding(qdpx, planted, tmp_path):
    project = RefiProject.load(qdpx, extract_dir=tmp_path)
    users = {user.guid: user.name for user in project.users.user}
    names = {}
    families = list(project.code_book.codes.code)
    for code in families:
        names[code.guid] = code.name
        names |= {one.guid: one.name for one in code.code}
    found = {
        (
            source.name,
            users[coding.creating_user],
            names[coding.code_ref.target_guid],
            one.start_position,
            one.end_position,
        )
        for source in project.sources.text_source
        for one in source.plain_text_selection
        for coding in one.coding
    }
    assert found == planted
    assert [code.is_codable for code in families] == [False] * 7


def test_alpha_of_the_independent_package_is_the_planted_one(scenario, codes):
    table = planted_marks(scenario)
    said = table[table["direction"] != "no"]
    interviews = [one.id for one in scenario.interviews]
    ratings = []
    for coder in scenario.coders:
        yes = set(
            zip(said.loc[said["coder"] == coder, "code"], said.loc[said["coder"] == coder, "interview"], strict=True)
        )
        ratings.append([int((code, interview) in yes) for code in codes for interview in interviews])
    alpha = krippendorff.alpha(reliability_data=np.array(ratings), level_of_measurement="nominal")
    assert planted_alpha(scenario, codes) == pytest.approx(alpha, abs=1e-12)
    assert 0.8 < alpha < 0.95


def test_planted_agreement_counts_every_interview_once_and_holds_the_planted_faults(scenario, codes):
    table = planted_agreement(scenario, codes).set_index("code")
    assert (table.sum(axis=1) == len(scenario.interviews)).all()
    assert table.loc["f-know", "only_first"] + table.loc["f-know", "only_second"] == 0
    assert table.loc["f-risky"].tolist() == [7, 1, 0, 2]
    assert table.loc["a-exit"].tolist() == [0, 0, 0, 10]


def test_sensitive_codes_cover_what_may_and_what_may_not_be_printed(scenario, codes):
    counts = planted_codes(scenario, codes).set_index("code")["interviews"]
    sensitive = [code.code for code in read_codebook(CODEBOOK) if code.sensitive]
    assert counts[sensitive].to_dict() == {"a-onset": 1, "d-social": 4, "f-risky": 8, "f-help": 3}


def test_every_transcript_says_first_that_it_is_simulated_in_its_language(qdpx, scenario):
    with zipfile.ZipFile(qdpx) as archive:
        texts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.startswith("sources/")]
    assert len(texts) == 10
    heads = [text.partition("\n")[0] for text in texts]
    words = {"en": "SIMULATED INTERVIEW", "nl": "GESIMULEERD INTERVIEW", "fr": "ENTRETIEN SIMULÉ"}
    for head, one in zip(heads, scenario.interviews, strict=True):
        assert head.startswith(words[one.language])
    assert sorted(one.language for one in scenario.interviews) == ["en"] * 8 + ["fr", "nl"]
    assert all(400 < len(text.split()) < 900 for text in texts)


def test_nothing_in_the_zip_depends_on_day_machine_or_compression(qdpx):
    with zipfile.ZipFile(io.BytesIO(qdpx.read_bytes())) as archive:
        for info in archive.infolist():
            assert (info.compress_type, info.date_time, info.create_system) == (
                zipfile.ZIP_STORED,
                (1980, 1, 1, 0, 0, 0),
                3,
            )
    assert export(SCENARIO, CODEBOOK) == qdpx.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("missed: {b-glut: 1,", "missed: {b-glut: 5,", "b-glut has 3 passages"),
        ("f-practice: {f-know: 1}", "f-practice: {g-none: 1}", "g-none is no code"),
        ("b-less both", "b-less no", r"passages\.b-less\.no\.en"),
        ("b-less both", "b-less perhaps", r"interviews\.3\.codes\.2\.direction"),
        ("id: interview-02", "id: interview-01", "two `interviews` have the same id"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused_with_its_place(tmp_path, old, new, fault):
    text = SCENARIO.read_text(encoding="utf-8")
    path = tmp_path / "interviews.yaml"
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        read_interview_scenario(path)
