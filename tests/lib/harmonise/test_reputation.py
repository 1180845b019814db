"""Records on other markets and counts of opinions."""

import pandas as pd
import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.best_page import OF_VENDOR, best_page_only, with_listing
from cryptodrug.harmonise.market_names import plain_name, read_market_names
from cryptodrug.harmonise.reputation import read_count, read_period, read_score, type_scores
from hypothesis import given
from hypothesis import strategies as st

PAGES = pd.DataFrame([("a", "list"), ("b", "vendor"), ("c", "vendor"), ("d", "listing")], columns=["page_id", "kind"])


@pytest.mark.parametrize(
    ("text", "scale", "value"),
    [("4 Stars", "stars", 0.8), ("1 star", "stars", 0.2), ("Neutral", "opinion", 0.5), ("Rating", "mean", None),
     ("9 Stars", None, None), ("good", None, None), (None, None, None)],
)  # fmt: skip
def test_scores(text, scale, value):
    assert read_score(text) == (scale, value)


@pytest.mark.parametrize(
    ("text", "period"),
    [("Newer than 3 Months", (3, "newer")), ("12 months", (12, "newer")), ("1 month", (1, "newer")),
     ("Older", (None, "older")), ("Older than 3 Months", (3, "older")), ("ever", (None, None)), (None, (None, None))],
)  # fmt: skip
def test_periods(text, period):
    assert read_period(text) == period


@pytest.mark.parametrize(("text", "count"), [("1,180", 1180), ("0", 0), ("4.5", None), ("", None), (None, None)])
def test_counts(text, count):
    assert read_count(text) == count


@given(st.integers(0, 999_999_999))
def test_a_count_is_read_back_with_and_without_marks(number):
    assert read_count(str(number)) == read_count(f"{number:,}") == number


@given(st.text(max_size=20))
def test_any_text_has_a_score_of_the_scale_or_none(text):
    scale, value = read_score(text)
    assert (value is None and scale in (None, "mean")) or 0 <= value <= 1


def test_names_of_markets_are_known_in_any_spelling_and_by_id_only(market_names):
    assert {market_names[plain_name(name)] for name in ("Middle Earth", "middleEarth", "MIDDLE-EARTH")} == {
        "middle-earth"
    }
    assert plain_name("a person") not in market_names


def test_a_market_that_is_no_id_is_refused(tmp_path):
    path = tmp_path / "market_names.csv"
    path.write_text("name,market,why\ndream,Dream Market,its name\n")
    with pytest.raises(InputError, match="is no id"):
        read_market_names(path)


def test_the_page_of_a_vendor_wins_then_the_later_one():
    rows = pd.DataFrame({"page_id": ["a", "b", "c", "a"], "n": [1, 2, 3, 4]})
    assert best_page_only(rows, ["v", "v", "v", None], PAGES, OF_VENDOR)["n"].tolist() == [3, 4]
    assert list(best_page_only(rows.head(0), [], PAGES)) == ["page_id", "n"]


def test_rows_of_a_page_with_two_listings_and_no_number_belong_to_none():
    links = pd.DataFrame([("toy:1", "a"), ("toy:2", "a"), ("toy:1", "d")], columns=["listing_id", "page_id"])
    rows = pd.DataFrame({"page_id": ["a", "a", "d", "d"], "native_id": [None, "1", "1", None], "n": [1, 2, 3, 4]})
    found = with_listing(rows, "toy", links, PAGES)
    assert found["n"].tolist() == [1, 3, 4]
    assert [name if isinstance(name, str) else None for name in found["listing_id"]] == [None, "toy:1", "toy:1"]


def test_a_mean_is_no_count_and_a_missing_count_no_zero():
    rows = [
        ("c", "v", "Older", "Rating", "4.5"),
        ("c", "v", "Older", "5 Stars", None),
        ("c", "v", "Older", "1 Stars", "0"),
    ]
    found = type_scores(
        pd.DataFrame(rows, columns=["page_id", "vendor", "period_text", "score_text", "count_text"]), PAGES
    )
    assert found["mean"].tolist()[0] == 0.9 and found["mean"].isna().tolist() == [False, True, True]
    assert found["count"].isna().tolist() == [True, True, False]
