"""Declared origins and the rank of the focus country."""

import pandas as pd
import pytest
from analyse.origin_countries import SHOWN, origin_countries_tables
from offer_frames import DRAWING, FIRST, many, offer

MIXED = offer(
    *many("n", 5, "NL"),
    *many("d", 3, "DE"),
    *many("b", 2, "BE"),
    ("s1", "BE|NL", {}),
    ("r1", None, {"ships_from_status": "region", "times": 2}),
    ("u1", None, {"times": 7}),
)


def origins(listing):
    shown, rank = origin_countries_tables(listing, "BE", **DRAWING)
    return shown, rank.rows.iloc[0]


def guard_of(table, name):
    return next(column.guard_vendors for column in table.columns if column.name == name)


def test_countries_are_ranked_and_what_is_no_country_stands_apart():
    shown, rank = origins(MIXED)
    rows = shown.rows
    assert list(rows["row"]) == ["nl", "de", "be", "several", "region", "not-stated"]
    assert list(rows["listings"]) == [5, 3, 2, 1, 2, 7]
    assert list(rows["vendors"]) == [5, 3, 2, 1, 1, 1]
    assert list(rows["share"]) == pytest.approx([0.25, 0.15, 0.1, 0.05, 0.1, 0.35])
    assert (rank["countries"], rank["largest"]) == (3, "NL|DE|BE")
    # vendors are too few for an interval, and a place without one would be read as certain
    assert rows["rank"].isna().all() and pd.isna(rank["rank"])


def test_a_country_has_a_place_from_ten_vendors():
    shown, rank = origins(offer(*many("n", 12, "NL"), *many("d", 9, "DE"), *many("b", 11, "BE")))
    assert list(shown.rows["row"]) == ["nl", "be", "de"]
    assert list(shown.rows["rank"].iloc[:2]) == [1, 2] and pd.isna(shown.rows["rank"].iloc[2])
    assert shown.rows["rank_low"].notna().sum() == 2
    assert (rank["rank"], rank["countries"]) == (2, 3)


def test_equal_origins_share_the_better_rank():
    shown, _ = origins(offer(*many("n", 30, "NL"), *many("b", 20, "BE"), *many("d", 20, "DE"), *many("f", 10, "FR")))
    assert dict(zip(shown.rows["row"], shown.rows["rank"], strict=True)) == {"nl": 1, "be": 2, "de": 2, "fr": 4}


def test_only_the_row_of_the_focus_country_is_guarded():
    shown, rank = origins(MIXED)
    guards = dict(zip(shown.rows["row"], shown.rows["support_vendors"], strict=True))
    assert guards.pop("be") == 2
    assert min(guards.values()) > 1000
    assert rank["support_vendors"] == 2


def test_listings_of_the_last_snapshot_are_guarded_by_the_vendors_left():
    early = many("b", 4, "BE", snapshot_date=FIRST)
    shown, _ = origins(
        offer(*early, *many("n", 5, "NL", snapshot_date=FIRST), *many("b", 1, "BE"), *many("n", 5, "NL"))
    )
    row = shown.rows.set_index("row").loc["be"]
    assert (row["listings"], row["vendors"]) == (1, 4)
    assert (row["support_last"], row["support_vendors"]) == (1, 4)
    assert guard_of(shown, "listings") == "support_last"
    assert guard_of(shown, "share") == "support_vendors"


def test_with_one_snapshot_the_share_stands_or_falls_with_the_count():
    shown, _ = origins(MIXED)
    assert guard_of(shown, "listings") == guard_of(shown, "share") == "support_vendors"


def test_the_focus_country_is_shown_wherever_it_ranks():
    codes = ["NL", "DE", "FR", "GB", "US", "CA", "AU", "ES", "IT", "PL", "SE", "NO", "CZ", "AT", "CH", "DK", "FI"]
    rows = [row for code in codes for row in many(code.lower(), 2, code)]
    shown, rank = origins(offer(*rows, ("b", "BE", {})))
    assert "be" in set(shown.rows["row"])
    assert rank["countries"] == len(codes) + 1
    # seventeen countries share the first place
    assert len(codes) > SHOWN and len(shown.rows) == len(codes) + 1


def test_a_hidden_origin_cannot_be_subtracted_from_the_published_total():
    shown, _ = origins(MIXED)
    assert shown.row_sums == [{"total": None, "value": 20, "parts": list(shown.rows["row"]), "columns": ["listings"]}]


def test_without_the_focus_country_there_is_no_rank():
    _, rank = origins(offer(*many("n", 3, "NL")))
    assert rank["rank"] != rank["rank"]
    assert (rank["countries"], rank["largest"]) == (1, "NL")


def test_without_any_country_nothing_is_largest():
    shown, rank = origins(offer(*many("u", 3, None)))
    assert list(shown.rows["row"]) == ["not-stated"]
    assert (rank["countries"], rank["largest"]) == (0, None)
