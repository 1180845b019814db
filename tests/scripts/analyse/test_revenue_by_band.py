"""Worth of visible sales by size of vendor, and what markets took of it."""

import pandas as pd
import pytest
from analyse.revenue_by_band import bands_of_vendors, commission_table, joined, revenue_by_band_table, safe_bands
from cryptodrug.commissions import Commission, read_commissions
from cryptodrug.errors import InputError
from cryptodrug.gate import judge
from cryptodrug.provenance.records import PROJECT
from offer_frames import DEGENERATE, FIRST, FOCUS, assert_valid, both_days, feedback_of, many, offer
from tests_rules import RULES

HOW = FOCUS | {"smallest": 3, "largest_two": 0.85}
MONTH = 30.44 / 29  # one interval of 29 days
COLUMNS = "market,lowest,highest,source,place,standing,what\n"


def with_counters(listing):
    return listing.assign(sales_total=pd.array([None] * len(listing), dtype="Int64"))


# vendors of one listing and of six, at a hundred and at ten euro
MARKET = with_counters(
    offer(
        *both_days(
            *many("b", 4, "BE"),
            *many("c", 4, "BE", times=6, price_eur=10.0),
            *many("n", 8, "NL"),
            *many("o", 5, "NL", times=6, price_eur=10.0),
        )
    )
)
MARKET["listing_id"] = MARKET["vendor"] + MARKET.groupby(["vendor", "snapshot_date"]).cumcount().astype(str)


def by_row(table):
    return table.rows.set_index("row")


def test_a_month_by_size_of_vendor_by_hand():
    rows = by_row(revenue_by_band_table(MARKET, feedback_of(MARKET, 2), **HOW))
    assert list(rows.index) == ["1-4", "5-9"] and rows["vendors"].tolist() == [12, 9]
    # two sales a listing: twelve listings of a hundred euro, fifty-four of ten
    assert rows["eur_low"].tolist() == pytest.approx([2 * 12 * 100 * MONTH, 2 * 54 * 10 * MONTH])
    assert rows["share_focus_low"].tolist() == pytest.approx([400 / 640, 240 / 640])
    assert rows["share_rest_low"].tolist() == pytest.approx([800 / 1100, 300 / 1100])
    assert rows[["eur_high", "share_focus_high", "share_rest_high"]].isna().all().all()


def test_the_band_is_that_of_the_mean_over_snapshots():
    listing = offer(("a", "BE", {"times": 6}), ("a", "BE", {"times": 3, "snapshot_date": FIRST}), *many("b", 1, "BE"))
    assert bands_of_vendors(listing).tolist() == ["1-4", "1-4"]
    assert bands_of_vendors(offer(("a", "BE", {"times": 5}))).tolist() == ["5-9"]


def test_a_band_of_two_vendors_joins_its_neighbour():
    amounts = pd.DataFrame({"rest_low": [1.0] * 8}, index=list("abcdefgh"))
    band = pd.Series(["1-4"] * 3 + ["10-24"] * 3 + ["25-more"] * 2, index=amounts.index)
    assert safe_bands(amounts, band, 3, 0.85) == [["1-4"], ["10-24", "25-more"]]
    assert safe_bands(amounts.iloc[[0, 3, 6]], band.iloc[[0, 3, 6]], 3, 0.85) == [["1-4", "10-24", "25-more"]]
    assert [joined(["10-24", "25-more"]), joined(["5-9"]), joined(["1-4", "5-9"])] == ["10-more", "5-9", "1-9"]


def test_a_band_of_which_two_vendors_sell_nearly_all_joins_its_neighbour_too():
    amounts = pd.DataFrame({"rest_low": [1.0] * 4 + [50.0, 50.0, 1.0]}, index=list("abcdefg"))
    band = pd.Series(["1-4"] * 4 + ["5-9"] * 3, index=amounts.index)
    assert safe_bands(amounts, band, 3, 0.85) == [["1-4", "5-9"]]
    assert safe_bands(amounts, band, 3, 1.0) == [["1-4"], ["5-9"]]


def test_nothing_is_given_where_only_all_bands_together_are_safe():
    listing = MARKET[~MARKET["vendor"].isin(["c00", "c01"])]
    assert revenue_by_band_table(listing, feedback_of(listing, 2), **HOW).rows.empty


def test_what_is_given_passes_the_gate():
    table = revenue_by_band_table(MARKET, feedback_of(MARKET, 2), **HOW)
    assert not judge(table, RULES).hidden


def test_the_commission_by_hand():
    table = commission_table(MARKET, feedback_of(MARKET, 2), {"toy": Commission("toy", 0.04, 0.05, "read")})
    row = by_row(table).loc["toy"]
    assert row["eur_low"] == pytest.approx(0.04 * (2400 + 1080) * MONTH)
    assert pd.isna(row["eur_high"]) and (row["rate_low"], row["rate_high"], row["standing"]) == (0.04, 0.05, "read")


def test_without_a_source_there_is_a_row_and_no_number():
    row = by_row(commission_table(MARKET, feedback_of(MARKET, 2), {})).loc["toy"]
    assert row["standing"] == "no-source"
    assert row[["rate_low", "rate_high", "eur_low", "eur_high"]].isna().all()


def test_the_commission_of_two_vendors_is_withheld():
    listing = with_counters(offer(*both_days(*many("b", 2, "BE"))))
    table = commission_table(listing, feedback_of(listing, 2), {"toy": Commission("toy", 0.04, 0.05, "read")})
    assert ("toy", "eur_low") in judge(table, RULES).hidden


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_offers_give_valid_tables(name, tmp_path):
    listing = with_counters(DEGENERATE[name])
    for shown in (feedback_of(listing, 1), feedback_of(listing, 0)):
        assert_valid(revenue_by_band_table(listing, shown, **HOW), tmp_path)
        assert_valid(commission_table(listing, shown, {}), tmp_path)


def test_rates_of_invented_markets_are_for_simulated_studies_alone():
    path = PROJECT / "data/reference/commissions.csv"
    invented, real = read_commissions(path, simulated=True), read_commissions(path, simulated=False)
    assert {one.standing for one in invented.values()} == {"invented"}
    assert real and "invented" not in {one.standing for one in real.values()}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("m,0.02,0.06,,page 3,read,all sales", "empty: source"),
        ("m,0.02,0.06,someone,page 3,remembered,all sales", "standing"),
        ("m,two,0.06,someone,page 3,read,all sales", "no number"),
        ("m,0.06,0.02,someone,page 3,read,all sales", "lowest"),
        ("m,0.1,0.2,someone,page 3,read,all sales\nm,0.1,0.2,someone,page 3,invented,all sales", "twice"),
    ],
)
def test_a_rate_that_was_not_read_is_refused(line, fault, tmp_path):
    (tmp_path / "rates.csv").write_text(COLUMNS + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_commissions(tmp_path / "rates.csv", simulated=False)
