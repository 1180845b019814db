"""Worth of visible sales."""

import pandas as pd
import pytest
from analyse.revenue_bounds import revenue_bounds_table, revenue_by_class_table, revenue_summary_table
from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.gate import judge
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.load import load_settings
from offer_frames import DRAWING, FIRST, FOCUS, LAST, both_days, feedback_of, many, offer

HOW = FOCUS | DRAWING
RULES: DisclosureRules = load_settings("config.yaml", PROJECT).disclosure
MIDDLE = "2019-01-15"


def with_counters(listing, number=None):
    return listing.assign(sales_total=pd.array([number] * len(listing), dtype="Int64"), listing_id=listing["vendor"])


def by_row(table):
    return table.rows.set_index("row")


MARKET = with_counters(offer(*both_days(*many("b", 12, "BE"), *many("n", 12, "NL", price_eur=300.0))))


def test_a_month_by_hand():
    row = by_row(revenue_bounds_table(MARKET, feedback_of(MARKET, 2), **HOW)).loc[f"toy-{LAST}"]
    whole = 2 * (12 * 100 + 12 * 300)
    assert row["eur_low"] == row["eur_window"] == pytest.approx(whole / 29 * 30.44)
    assert row["share_low"] == pytest.approx(0.25)
    assert (row["sales_low"], row["days"]) == (48, 29)
    assert pd.isna(row["eur_high"])


def test_the_share_against_that_of_the_listings():
    row = by_row(revenue_summary_table(MARKET, feedback_of(MARKET, 2), **HOW)).loc["low"]
    assert (row["share"], row["quotient"]) == (pytest.approx(0.25), pytest.approx(0.5))
    assert row["quotient_low"] <= 0.5 <= row["quotient_high"]


def test_a_holding_price_that_is_kept_shows_in_the_worth(monkeypatch):
    from cryptodrug import visible_sales

    blocked = MARKET.copy()
    last = (blocked["snapshot_date"] == LAST) & (blocked["vendor"] == "b00")
    blocked.loc[last, ["price_eur", "holding_own_history"]] = [90_000.0, True]
    feedback = feedback_of(MARKET, 2)
    plain = by_row(revenue_bounds_table(MARKET, feedback, **HOW)).loc[f"toy-{LAST}", "eur_low"]
    assert by_row(revenue_bounds_table(blocked, feedback, **HOW)).loc[f"toy-{LAST}", "eur_low"] == plain
    treated = visible_sales.interval_prices
    monkeypatch.setattr(visible_sales, "interval_prices", lambda *arguments: treated(*arguments[:-1], "none"))
    assert by_row(revenue_bounds_table(blocked, feedback, **HOW)).loc[f"toy-{LAST}", "eur_low"] > 10 * plain


def test_revenue_of_two_vendors_is_withheld_and_that_of_the_market_is_not():
    listing = with_counters(offer(*both_days(*many("b", 2, "BE"), *many("n", 12, "NL"))))
    for made in (revenue_bounds_table, revenue_summary_table):
        judged = judge(made(listing, feedback_of(listing, 2), **HOW), RULES)
        names = {column for _, column in judged.hidden}
        assert names & {"share_low", "share"}
        assert not names & {"eur_low", "eur"}


def test_all_months_together_are_guarded_by_the_weakest_of_them():
    rows = [(v, o, m | {"snapshot_date": day}) for day in (FIRST, MIDDLE, LAST) for v, o, m in many("n", 12, "NL")]
    ours = many("b", 4, "BE")
    rows += [(v, o, m | {"snapshot_date": day}) for day in (FIRST, LAST) for v, o, m in ours]
    rows += [(v, o, m | {"snapshot_date": MIDDLE}) for v, o, m in ours[:2]]
    listing = with_counters(offer(*rows))
    feedback = pd.concat(
        [feedback_of(listing.assign(snapshot_date=LAST)[listing["snapshot_date"] == day], posted=day).assign(
            snapshot_date=day, page_id=lambda table, day=day: table["page_id"] + day) for day in (MIDDLE, LAST)]
    )  # fmt: skip
    table = revenue_bounds_table(listing, feedback, **HOW)
    assert by_row(table)["focus_low"].to_dict() == {f"toy-{MIDDLE}": 2, f"toy-{LAST}": 4, "toy-mean": 2}
    hidden = judge(table, RULES).hidden
    assert (f"toy-{LAST}", "share_low") not in hidden
    assert {("toy-mean", "share_low"), (f"toy-{MIDDLE}", "share_low")} <= hidden


def classes(*parts):
    rows = [row for part in parts for row in part]
    listing = with_counters(offer(*both_days(*rows)))
    return revenue_by_class_table(listing, feedback_of(listing, 2), **HOW, smallest=3, largest_two=0.85)


def test_classes_by_hand():
    table = classes(
        many("b", 4, "BE", drug_class="mdma"), many("c", 4, "BE", drug_class="lsd", price_eur=300.0),
        many("n", 4, "NL", drug_class="mdma"), many("o", 4, "NL", drug_class="lsd"),
    )  # fmt: skip
    rows = by_row(table)
    assert rows["share_focus_low"].to_dict() == {"lsd": 0.75, "mdma": 0.25}
    assert rows["share_rest_low"].to_dict() == {"lsd": 0.5, "mdma": 0.5}
    assert judge(table, RULES).status == "released"


def test_a_class_of_two_vendors_is_merged_before_it_is_counted():
    table = classes(
        many("b", 4, "BE", drug_class="mdma"), many("c", 2, "BE", drug_class="lsd"),
        many("d", 4, "BE", drug_class="ghb"), many("n", 9, "NL", drug_class="mdma"),
    )  # fmt: skip
    assert list(table.rows["row"]) == ["mdma", "other-classes"]
    assert judge(table, RULES).status == "released"


def test_one_merged_class_says_nothing_and_is_not_printed():
    assert classes(many("b", 2, "BE", drug_class="mdma"), many("n", 9, "NL", drug_class="lsd")).rows.empty
