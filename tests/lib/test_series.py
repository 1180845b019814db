"""The same offer over the months."""

import pandas as pd
import pytest
from cryptodrug.series import TrackingRules, add_series, plain_title, track_listings
from hypothesis import given
from hypothesis import strategies as st

DAYS = ["2019-01-15", "2019-02-15", "2019-03-15", "2019-04-15"]
RULES = TrackingRules(similarity=70, gap=1)


def offers(*rows, vendor="ann", market="toy"):
    """Rows of (day from 1, id, title) and, where it differs, further columns."""
    made = []
    for day, name, title, *more in rows:
        row = {"market": market, "snapshot_date": DAYS[day - 1], "listing_id": f"{market}:{name}", "title": title}
        row |= {"vendor": vendor, "numbered": False, "drug_class": "cannabis"}
        row |= {"quantity_g": 7.0, "quantity_units": None}
        made.append(row | (more[0] if more else {}))
    return pd.DataFrame(made)


def joined(table, rules=RULES):
    """Ids (without market) of every offer that has more than one, with the evidence of the last."""
    found = track_listings(table, rules)
    names = {}
    for one in found.itertuples():
        names.setdefault(one.series_id, []).append(one.listing_id.split(":")[1])
    return sorted(sorted(one) for one in names.values() if len(one) > 1)


@pytest.mark.parametrize(
    ("before", "after", "one_offer"),
    [
        ("7g Sample Kush of Atlantis", "7g Sample Kush of Atlantis - free shipping", True),
        ("7g Sample Kush", "7G  sample kush!!", True),
        ("7g Sample Kush $60", "7 g Sample Kush $75", True),
        ("7g Sampel Kush", "7g Sample Kush", True),
        ("7g Lemon Kush", "7g Mango Kush", False),
        ("Sample 5 x 7.5mg", "Sample 5 x 5mg", False),
        ("7g Sample Kush", "7g Sample Kush x10", False),
        ("7g Sample Kush 80%", "7g Sample Kush 60%", False),
        ("7g Kush", "Seeds of another plant", False),
    ],
)
def test_which_titles_are_one_offer(before, after, one_offer):
    assert (joined(offers((1, "a", before), (2, "b", after))) == [["a", "b"]]) == one_offer


def test_only_offers_that_were_gone_go_on():
    table = offers((1, "a", "7g Sample Kush"), (2, "a", "7g Sample Kush"), (2, "b", "7g Sample Kush now"))
    assert joined(table) == []


def test_other_class_other_quantity_other_vendor_other_market_is_another_offer():
    before = offers((1, "a", "Sample tea"))
    after = (2, "b", "Sample tea")
    for later in (
        offers((*after, {"drug_class": "lsd"})),
        offers((*after, {"quantity_g": 14.0})),
        offers((*after, {"quantity_g": None})),
        offers(after, vendor="bob"),
        offers(after, market="other"),
    ):
        rows = before.to_dict("records") + later.to_dict("records")
        assert joined(pd.DataFrame(rows)) == []


def test_numbers_of_the_market_are_believed():
    numbered = {"numbered": True}
    assert joined(offers((1, "1", "Sample tea", numbered), (2, "2", "Sample tea", numbered))) == []
    assert joined(offers((1, "1", "Sample tea", numbered), (2, "b", "Sample tea"))) == [["1", "b"]]


def test_one_missed_snapshot_is_passed_over_two_are_not():
    rest = [(day, "x", "Another thing 9g") for day in (1, 2, 3, 4)]
    assert joined(offers(*rest, (1, "a", "Sample tea"), (3, "b", "Sample tea!"))) == [["a", "b"]]
    assert joined(offers(*rest, (1, "a", "Sample tea"), (4, "b", "Sample tea!"))) == []


def test_an_offer_goes_on_once_with_the_most_alike_and_leads_on():
    table = offers(
        (1, "a", "Sample tea best leaf"),
        (2, "b", "Sample tea best leaf now"),
        (2, "c", "Sample tea best leaf now free post"),
        (3, "d", "Sample tea best leaf now again"),
    )
    found = track_listings(table, RULES).set_index("listing_id")
    assert found["series_id"].to_dict() == {"toy:a": "toy:a", "toy:b": "toy:a", "toy:c": "toy:c", "toy:d": "toy:a"}
    assert found["evidence"].tolist() == ["itself", "similar-title", "itself", "similar-title"]
    add_series(table, found.reset_index())
    assert table["series_id"].tolist() == ["toy:a", "toy:a", "toy:c", "toy:a"]


@given(st.text(max_size=40))
def test_a_plain_title_is_plain_already(title):
    plain = plain_title(title)
    assert plain == plain_title(plain)
    assert not plain or plain == plain.strip()


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abcde"), st.sampled_from(["Sample tea", "Sample tea 2"])))
)
def test_every_listing_has_one_offer_whatever_the_order(rows):
    table = offers(*rows) if rows else None
    if table is None:
        return
    table = table.drop_duplicates(["snapshot_date", "listing_id"])
    found, again = (track_listings(one, RULES) for one in (table, table.iloc[::-1].reset_index(drop=True)))
    assert sorted(found["listing_id"]) == sorted(table["listing_id"].unique())
    assert set(found["series_id"]) <= set(found["listing_id"])
    pd.testing.assert_frame_equal(found, again)
