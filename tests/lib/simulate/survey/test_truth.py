"""Tables of what is true."""

import pytest
from cryptodrug.simulate.survey.truth import (
    STEPS,
    TABLES,
    career_truth,
    flow_truth,
    respondent_drug_truth,
    respondent_truth,
)


def test_the_flow_is_whole(respondents):
    flow = flow_truth(respondents).set_index("step")["n"]
    assert list(flow.index) == ["started", *STEPS, "valid"]
    assert flow["started"] == flow.drop("started").sum() == 142
    assert flow["valid"] == 99


def test_there_is_one_row_per_record_and_a_career_for_the_valid_ones(respondents):
    truth = respondent_truth(respondents)
    assert list(truth["respondent"]) == [record.resp_id for record in respondents.records]
    assert (truth["onset"].notna() == (truth["kind"] == "valid")).all()
    assert (truth["reported_resp_id"] == truth["respondent"]).all()
    assert {"true_ever_can", "reported_ever_can", "true_main_nw"} <= set(truth.columns)


def test_there_is_one_row_per_valid_respondent_and_drug(respondents):
    table = respondent_drug_truth(respondents)
    assert len(table) == 99 * 14
    assert not table.duplicated(["respondent", "drug"]).any()
    continued = table[table["state"] == "continued"]
    assert (continued["bf_freq"] >= 1).all() and (continued["nw_freq"] >= 1).all()


def test_shares_are_counts_by_base(respondents):
    shares = career_truth(respondents).set_index(["variable", "value"])
    truth = respondent_truth(respondents)
    for variable in ("onset", "escalation", "recovery"):
        one = shares.loc[(variable, "1")]
        assert one["n"] == (truth[variable] == "1").sum()
        assert one["base"] == truth[variable].isin(["0", "1"]).sum()
        assert one["share"] == pytest.approx(one["n"] / one["base"])
    assert shares.loc[("recovery", "na"), "share"] != shares.loc[("recovery", "na"), "share"]  # no share of `na`


def test_every_table_can_be_made(respondents):
    assert all(len(make(respondents)) for make in TABLES.values())
