"""How buyers buy, what they lose and know of risks: counted by hand, and of whatever respondents there are."""

import pytest
from analyse.experience import experience_comparison_table, experience_table
from analyse.information_sources import information_sources_table
from analyse.losses import losses_table
from analyse.market_closures import market_closures_table
from analyse.practice_levels import practice_levels_table
from analyse.purchase_practice import amount_paid_table, purchase_practice_table
from analyse.risk_awareness import risk_awareness_table
from analyse.vendor_choice import barriers_table, vendor_choice_table
from buyers import NEVER, SHARES, judged_rows, people
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.paired import tango

CLOSED = {f"clo_{name}": 0 for name in ("move", "direct", "app", "offl", "wait", "stop", "money")} | {"clo_exp": 1}
INFORMED = {
    f"inf_{period}_{name}": 0 for period in ("bf", "nw") for name in ("forum", "feed", "vend", "org", "frnd", "sci")
}
ASKED = (
    CLOSED
    | INFORMED
    | {f"aw_{name}": 3 for name in ("vend", "admin", "parcel", "police", "priv", "drug", "crypto")}
    | {f"vc_{name}": 1 for name in ("rate", "price")}
    | {f"bar_{name}": 0 for name in ("police", "none")}
    | {f"sat_{place}_{name}": 4 for place in ("off", "on") for name in ("qual", "price", "safe")}
    | {f"hr_{period}_test": 2 for period in ("bf", "nw")}
    | {"lp_eur": 80}
)
UNKNOWN = dict.fromkeys(ASKED, -9)
TABLES = {
    "closures": lambda table: market_closures_table(table, **SHARES),
    "awareness": lambda table: risk_awareness_table(table, **SHARES),
    "choice": lambda table: vendor_choice_table(table, **SHARES),
    "barriers": lambda table: barriers_table(table, **SHARES),
    "experience": lambda table: experience_table(table, **SHARES),
    "comparison": lambda table: experience_comparison_table(table, **SHARES),
    "levels": lambda table: practice_levels_table(table, **SHARES),
    "information": lambda table: information_sources_table(table, **SHARES),
    "paid": lambda table: amount_paid_table(table, SHARES["level"]),
}
DEGENERATE = {
    "nobody": people(ASKED).iloc[:0],
    "one": people(ASKED),
    "five": people(*[ASKED] * 4, ASKED | {"clo_exp": 0}),
    "everybody the same": people(*[ASKED] * 40),
    "no answer at all": people(*[UNKNOWN] * 30),
}


@pytest.mark.parametrize("case", DEGENERATE)
@pytest.mark.parametrize("name", TABLES)
def test_any_respondents_give_a_valid_table(name, case, tmp_path):
    judged, rows = judged_rows(TABLES[name](DEGENERATE[case]), tmp_path)
    assert judged.status != "withheld" or judged.reason != "empty"
    if len(DEGENERATE[case]) < 20:
        estimates = ("share", "share_before", "share_now", "difference", "p")
        assert all(row.get(one) is None for row in rows.values() for one in estimates)


@pytest.mark.parametrize("name", TABLES)
def test_a_survey_that_did_not_ask_gives_an_empty_table_that_is_withheld(name, tmp_path):
    judged, _ = judged_rows(TABLES[name](people(NEVER)[["respondent"]]), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")


def book(**items):
    return {"variables": {name: {"answers": [{"category": one} for one in of]} for name, of in items.items()}}


def test_an_item_with_a_category_of_too_few_takes_the_coarser_ones(tmp_path):
    lost = ["none"] * 20 + ["one"] * 8 + ["more"] * 2
    respondents = people(*[NEVER] * 30).assign(lost_n=lost, scam_n=["none"] * 10 + ["one"] * 10 + ["more"] * 10)
    categories = ("none", "one", "more")
    _, rows = judged_rows(losses_table(respondents, book(lost_n=categories, scam_n=categories), **SHARES), tmp_path)
    assert [rows[f"lost-n-{name}"]["n"] for name in ("none", "any")] == [20, 10]
    assert "lost-n-more" not in rows and rows["scam-n-more"]["n"] == 10


def test_items_of_a_purchase_are_those_that_were_asked(tmp_path):
    origins = ["belgium"] * 12 + ["netherlands"] * 9 + ["other-europe"] * 9
    respondents = people(*[NEVER] * 30).assign(lp_origin=origins)
    asked = book(lp_origin=("belgium", "netherlands", "other-europe", "outside-europe"))
    _, rows = judged_rows(purchase_practice_table(respondents, asked, **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {
        "lp-origin-belgium": 12, "lp-origin-netherlands": 9, "lp-origin-other-europe": 9,
        "lp-origin-outside-europe": 0, "lp-origin-missing": 0,
    }  # fmt: skip


def test_the_amount_is_a_median_with_its_order_statistics(tmp_path):
    respondents = people(*[{"lp_eur": 10 * amount} for amount in range(1, 16)], {"lp_eur": -8})
    _, rows = judged_rows(amount_paid_table(respondents, 0.95), tmp_path)
    # ranks 4 and 12 of fifteen (Conover 1999)
    assert [rows["all"][name] for name in ("median", "median_low", "median_high", "base", "outside")] == [
        80, 40, 120, 15, 1,
    ]  # fmt: skip
    _, few = judged_rows(amount_paid_table(respondents.iloc[:9], 0.95), tmp_path)
    assert few["all"]["median"] is None


def test_moved_on_is_the_sum_of_another_market_and_of_vendor_or_app_alone(tmp_path):
    respondents = people(
        *[CLOSED | {"clo_move": 1, "clo_app": 1}] * 10,
        *[CLOSED | {"clo_direct": 1}] * 7,
        *[CLOSED | {"clo_stop": 1}] * 13,
        *[{"clo_exp": 0}] * 5,
    )
    _, rows = judged_rows(market_closures_table(respondents, **SHARES), tmp_path)
    found = {name: rows[name]["n"] for name in ("experienced", "other-market", "direct-only", "moved-on")}
    assert found == {"experienced": 30, "other-market": 10, "direct-only": 7, "moved-on": 17}
    assert (rows["moved-on"]["base"], rows["moved-on"]["outside"]) == (30, 5)
    assert (rows["moved-on"]["share_low"], rows["moved-on"]["share_high"]) == pytest.approx(wilson(17, 30, 0.95))
    few = people(*[CLOSED | {"clo_move": 1}] * 20, *[CLOSED | {"clo_app": 1}] * 3, *[CLOSED | {"clo_wait": 1}] * 10)
    _, rows = judged_rows(market_closures_table(few, **SHARES), tmp_path)
    assert "other-market" not in rows and rows["moved-on"]["n"] == 23


def test_only_moderate_and_great_risks_count(tmp_path):
    respondents = people(*[{"aw_priv": code} for code in (1, 2, 3, 4) for _ in range(6)], {"aw_priv": -7})
    _, rows = judged_rows(risk_awareness_table(respondents, **SHARES), tmp_path)
    assert {name: [row["n"], row["base"], row["outside"]] for name, row in rows.items()} == {"privacy": [12, 24, 1]}


def test_places_are_compared_within_those_who_judged_both(tmp_path):
    def judged(offline, online):
        return {"sat_off_safe": offline, "sat_on_safe": online}

    respondents = people(*[judged(1, 5)] * 16, *[judged(3, 3)] * 8, *[judged(4, 3)] * 6, *[judged(-6, 4)] * 9)
    _, rows = judged_rows(experience_comparison_table(respondents, **SHARES), tmp_path)
    safety = rows["safety"]
    assert [safety[name] for name in ("offline_better", "same", "online_better", "base")] == [6, 8, 16, 30]
    assert safety["difference"] == pytest.approx(1 / 3)
    assert (safety["difference_low"], safety["difference_high"]) == pytest.approx(tango(16, 6, 30, 0.95))
    assert safety["p"] == "not-below-005"  # 16 against 6: p = 0.052
    _, shares = judged_rows(experience_table(respondents, **SHARES), tmp_path)
    assert (shares["safety-online"]["n"], shares["safety-online"]["base"]) == (25, 39)
    assert (shares["safety-offline"]["n"], shares["safety-offline"]["base"]) == (6, 30)


def test_who_changed_a_source_is_shown_only_where_nobody_can_be_told_apart(tmp_path):
    forum = [
        INFORMED | {"inf_bf_forum": before, "inf_nw_feed": now} for before, now in ((1, 1), (0, 1), (1, 0), (0, 0))
    ]
    enough = people(*[forum[0]] * 10, *[forum[1]] * 20, *[forum[2]] * 5, *[forum[3]] * 15)
    _, rows = judged_rows(information_sources_table(enough, **SHARES), tmp_path)
    row = rows["forum-or-feedback"]
    assert [row[name] for name in ("before", "now", "base", "before_only", "now_only")] == [15, 30, 50, 5, 20]
    assert (row["share_now"], row["difference"], row["p"]) == (0.6, pytest.approx(0.3), "below-001")  # 20 against 5
    few = people(*[forum[0]] * 10, *[forum[1]] * 20, *[forum[2]] * 3, *[forum[3]] * 15)
    _, rows = judged_rows(information_sources_table(few, **SHARES), tmp_path)
    row = rows["forum-or-feedback"]
    assert [row[name] for name in ("before", "now", "base")] == [13, 30, 48]
    assert {row[name] for name in ("before_only", "now_only", "difference", "p")} == {None}


def test_a_habit_is_what_is_done_often_or_always(tmp_path):
    respondents = people(*[{"hr_nw_test": code, "hr_bf_test": 0} for code in (0, 1, 2, 3) for _ in range(6)])
    _, rows = judged_rows(practice_levels_table(respondents, **SHARES), tmp_path)
    assert (rows["hr-test-now"]["n"], rows["hr-test-now"]["base"], rows["hr-test-before"]["n"]) == (12, 24, 0)


ANSWERS = {"lost_n": ("none", "one", "more"), "scam_n": ("none", "one", "more"), "seized": ("no", "yes")}


def lost(*answers):
    return people(*[NEVER] * len(answers)).assign(**{item: list(answers) for item in ANSWERS})


@pytest.mark.parametrize(
    "respondents",
    [lost(), lost("missing:-9"), lost(*["missing:-9"] * 30), lost(*["missing:-6"] * 3, *["missing:-8"] * 2)],
)
def test_losses_of_nobody_who_answers_have_no_share(respondents, tmp_path):
    _, rows = judged_rows(losses_table(respondents, book(**ANSWERS), **SHARES), tmp_path)
    assert {row["share"] for row in rows.values()} <= {None}
    assert all(row["n"] in (0, None) for name, row in rows.items() if not name.endswith("missing"))


def test_losses_of_a_survey_that_did_not_ask_are_withheld(tmp_path):
    respondents = people(*[NEVER] * 30)
    judged, _ = judged_rows(losses_table(respondents, book(), **SHARES), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")


def test_five_who_lost_a_parcel_are_a_count_without_a_share(tmp_path):
    respondents = people(*[NEVER] * 5).assign(lost_n=["one"] * 5)
    _, rows = judged_rows(losses_table(respondents, book(lost_n=ANSWERS["lost_n"]), **SHARES), tmp_path)
    assert (rows["lost-n-one"]["n"], rows["lost-n-one"]["share"]) == (5, None)


def test_a_survey_without_a_time_before_has_the_habits_of_now(tmp_path):
    respondents = people(*[{"hr_nw_test": 3, "rk_nw_mix": 0}] * 25)
    _, rows = judged_rows(practice_levels_table(respondents, **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {"hr-test-now": 25, "rk-mix-now": 0}
    judged, _ = judged_rows(information_sources_table(respondents, **SHARES), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")
