"""Public files of surveys, read as studies of their own: counts of their sources, weighted shares in another way."""

import math
import subprocess
import sys

import pandas as pd
import pyreadstat
import pytest
from analyse.recency_by_drug import recency_tables
from analyse.weighted_shares import weighted_tables
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.load import load_settings
from cryptodrug.survey.questionnaire import files_of
from real_data import shared_data
from survey.read_survey import read_survey

CLASSES = ["never", "decade_ago", "last_decade", "last_year", "last_month", "last_week", "last_day"]


def read_study(study, folder):
    """The respondents of a study of the repository, as its build reads them."""
    survey = load_settings(PROJECT / f"studies/{study}/study.yaml", PROJECT).survey
    made = {name: str(folder / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    read_survey(
        str(shared_data() / "surveys" / survey.file),
        str(PROJECT / survey.mapping),
        survey.sha256,
        [str(PROJECT / path) for path in files_of(survey.questionnaire)],
        [],
        **made,
        study=study,
        structure=str(PROJECT / survey.structure) if survey.structure else None,
    )
    return pd.read_parquet(made["respondent"])


@pytest.fixture(scope="module")
def ctns(tmp_path_factory):
    return read_study("ctns-2020", tmp_path_factory.mktemp("ctns"))


def test_recency_by_drug_is_that_of_the_source_to_the_last_count(tmp_path):
    respondent = read_study("uci-recency", tmp_path)
    settings = load_settings(PROJECT / "studies/uci-recency/study.yaml", PROJECT)
    classes, users = (one.rows for one in recency_tables(respondent, settings.survey.recency, 0.95, "public-survey"))
    table = classes.merge(users, on=["row", "drug", "base"], validate="one_to_one")
    wanted = pd.read_csv(shared_data() / "surveys/uci-drug-consumption/recency_by_drug.csv", index_col=0)
    assert list(table["drug"]) == [name.lower() for name in wanted.index]
    found = table[[*CLASSES, "ever_users", "decade_users", "year_users"]].to_numpy()
    assert found.tolist() == wanted.iloc[:, :10].to_numpy().tolist()
    assert [round(100 * share, 2) for share in table["decade_share"]] == wanted["decade_%"].tolist()


def test_the_base_of_several_answers_is_who_was_asked_and_answered(ctns):
    # 963 had vaped cannabis or it is not stated; 36 did not say where it came from
    answers = ctns["from_shop"].value_counts()
    assert answers.to_dict() == {"missing:-6": 7149, "no": 611, "yes": 316, "missing:-9": 36}
    asked = ctns["cannabis_vaped_code"] == 1
    assert (ctns.loc[asked, "from_shop"] == "missing:-6").sum() == 0


def test_user_missing_codes_keep_their_reason(ctns):
    kinds = ctns["vaping_harm"].value_counts()
    assert kinds["missing:-7"] == 2403 and kinds["missing:-9"] == 32
    assert ctns["vaped_often"].value_counts()["missing:-6"] == 6490


def test_weighted_shares_and_intervals_are_those_of_the_raw_file(ctns):
    items = {"smoker": ["current-smoker", "former-smoker", "never-smoked"], "gender": ["men", "women"]}
    table, by = weighted_tables(ctns, items, "weight", ["gender"], 0.95)
    rows, _ = pyreadstat.read_sav(shared_data() / "surveys/ctns-2020/ctns_2020_pumf_eng.sav")
    given = rows["DV_SSR"].notna()
    weights, smokes = rows["WTPP"], (rows["DV_SSR"] == 1).astype(float)
    base = weights[given].sum()
    share = (weights * smokes)[given].sum() / base
    # the same linearisation, written for totals: the variance of w (y - p) over the whole sample
    residual = (weights * (smokes - share)).where(given, 0.0)
    error = math.sqrt(len(rows) * residual.var(ddof=1)) / base
    row = table.rows.set_index("row").loc["smoker-current-smoker"]
    assert (row["n"], row["base"], row["weighted"]) == (792, 8101, round((weights * smokes)[given].sum()))
    assert row["share"] == pytest.approx(share)
    logit = math.log(share / (1 - share))
    half = 1.9602 * error / (share * (1 - share))
    assert row["share_low"] == pytest.approx(1 / (1 + math.exp(half - logit)), abs=1e-5)
    men = by.rows.set_index("row").loc["gender-men.smoker-current-smoker"]
    among = given & (rows["GENDER"] == 1)
    assert men["share"] == pytest.approx((weights * smokes)[among].sum() / weights[among].sum())


def test_the_interval_is_wider_than_if_everybody_weighed_the_same(ctns):
    items = {"smoker": ["current-smoker", "former-smoker", "never-smoked"]}
    table, _ = weighted_tables(ctns, items, "weight", [], 0.95)
    row = table.rows.iloc[0]
    plain = 2 * 1.96 * math.sqrt(row["share"] * (1 - row["share"]) / row["base"])
    assert 1.1 * plain < row["share_high"] - row["share_low"] < 2 * plain
    assert 4000 < row["effective"] < row["base"]


@pytest.mark.parametrize("study", ["uci-recency", "ctns-2020"])
def test_a_study_of_a_survey_alone_has_no_rule_of_markets_careers_or_interviews(study, tmp_path):
    text = (PROJECT / f"studies/{study}/study.yaml").read_text(encoding="utf-8")
    config = tmp_path / "study.yaml"
    config.write_text(text.replace("../shared/data", str(shared_data())), encoding="utf-8")
    command = [sys.executable, "-m", "snakemake", "reports", "--configfile", str(config), "--cores", "1", "--dry-run"]
    done = subprocess.run(
        [*command, "--forceall", "--quiet", "reason", "--directory", str(PROJECT)],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    planned = {line.split()[0] for line in done.stdout.splitlines() if line and line[0].islower()}
    assert {"read_survey", "respondent_profile", "release_gate"} <= planned
    assert not planned & {"observe_archive", "build_database", "market_size", "derive_careers", "read_interviews"}
