"""Accounts that belong to one vendor."""

from pathlib import Path

import pandas as pd
import pytest
from cryptodrug.entities import add_entity, link_accounts, normalised_handle
from cryptodrug.shared_text import SharedText, sketch
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.profiles import profile
from cryptodrug.simulate.market.truth import vendor_table
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth.vendors import vendor_linking
from hypothesis import given
from hypothesis import strategies as st

PROJECT = Path(__file__).resolve().parents[2]
NO_LISTING = pd.DataFrame({"market": [], "vendor": [], "snapshot_date": []}, dtype=object)


def accounts(*rows):
    """Rows of (market, vendor, key), all on one day."""
    table = pd.DataFrame(rows, columns=["market", "vendor", "pgp_fingerprint"]).astype(object)
    return table.where(table.notna(), None).assign(snapshot_date="2019-01-01")


def groups(vendor, link_by="key-or-name"):
    linked = link_accounts(NO_LISTING, vendor, link_by)
    found = {}
    for market, name, entity in linked[["market", "vendor", "entity_id"]].itertuples(index=False):
        found.setdefault(entity, []).append(f"{market}:{name}")
    return sorted(found.values()), linked


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # the same key links whatever the names are, within a market too
        ([("m", "ann", "K1"), ("n", "bob", "K1")], [["m:ann", "n:bob"]]),
        ([("m", "ann", "K1"), ("m", "bob", "K1")], [["m:ann", "m:bob"]]),
        # the same name links where keys do not contradict
        ([("m", "Ann_1", None), ("n", "ann-1", None)], [["m:Ann_1", "n:ann-1"]]),
        ([("m", "ann", "K1"), ("n", "ann", None)], [["m:ann", "n:ann"]]),
        ([("m", "ann", "K1"), ("n", "ann", "K2")], [["m:ann"], ["n:ann"]]),
        # a key that was changed still links, through the one before
        ([("m", "ann", "K1"), ("m", "ann", "K2"), ("n", "bob", "K2")], [["m:ann", "n:bob"]]),
        # and links lead on: ann - bob by key, bob - cid by key
        (
            [("m", "ann", "K1"), ("n", "bob", "K1"), ("n", "bob", "K3"), ("o", "cid", "K3")],
            [["m:ann", "n:bob", "o:cid"]],
        ),
    ],
)
def test_what_links_accounts(rows, expected):
    assert groups(accounts(*rows))[0] == expected


def test_each_way_to_link_admits_its_evidence_only():
    vendor = accounts(("m", "ann", "K1"), ("n", "anna", "K1"), ("m", "bob", None), ("n", "bob", None))
    assert len(groups(vendor, "account")[0]) == 4
    assert groups(vendor, "key")[0] == [["m:ann", "n:anna"], ["m:bob"], ["n:bob"]]
    assert groups(vendor)[0] == [["m:ann", "n:anna"], ["m:bob", "n:bob"]]


def test_the_evidence_of_each_account_is_named():
    vendor = accounts(
        ("m", "ann", "K1"), ("n", "ann", "K1"), ("n", "bob", None), ("o", "bob", None), ("o", "cid", "K9")
    )
    linked = groups(vendor)[1]
    assert linked[["evidence", "strength"]].values.tolist() == [
        ["key-name", "strong"],
        ["key-name", "strong"],
        ["name", "medium"],
        ["name", "medium"],
        ["account", "own"],
    ]


def test_handles_are_one_account_whatever_their_case_and_each_spelling_has_a_row():
    vendor = accounts(("m", "Ann", None), ("m", "ann", "K1"))
    found, linked = groups(vendor)
    assert found == [["m:Ann", "m:ann"]]
    assert linked["entity_id"].tolist() == ["m:ann", "m:ann"]


def test_an_account_without_vendor_page_or_without_listing_is_an_entity_too():
    listing = pd.DataFrame(
        {"market": ["m", "m"], "vendor": ["ann", None], "snapshot_date": ["2019-01-01", "2019-02-01"]}
    )
    linked = link_accounts(listing, accounts(("m", "bob", None)), "key-or-name")
    assert linked[["vendor", "from_date"]].values.tolist() == [["ann", "2019-01-01"], ["bob", "2019-01-01"]]
    add_entity(listing, linked)
    assert listing["entity_id"].tolist() == ["m:ann", None]


@pytest.mark.parametrize(
    ("handle", "plain"), [("Sim_Vendor-7", "simvendor7"), ("ÉTÉ 7", "ete7"), ("★★", "★★"), ("Ж", "ж")]
)
def test_a_handle_in_its_plain_form(handle, plain):
    assert normalised_handle(handle) == plain


@given(st.lists(st.tuples(st.sampled_from("mno"), st.sampled_from("abcd"), st.sampled_from(["K1", "K2", None]))))
def test_the_order_of_the_rows_changes_nothing_and_every_account_has_one_entity(rows):
    one = groups(accounts(*rows))[1] if rows else None
    if one is None:
        return
    other = groups(accounts(*rows[::-1]))[1]
    pd.testing.assert_frame_equal(one, other)
    assert not one.duplicated(["market", "vendor"]).any()


def test_the_accounts_of_the_demo_are_linked_as_they_truly_belong():
    """Only accounts without a key and with another name are not found; homonyms are never joined."""
    world = draw_world(read_scenario(PROJECT / "data/demo/scenario.yaml"))
    truth = vendor_table(world)
    vendor = truth.rename(columns={"key": "pgp_fingerprint"})
    linked = link_accounts(NO_LISTING, vendor, "key-or-name").merge(
        truth[["market", "vendor", "entity"]].drop_duplicates(), on=["market", "vendor"]
    )
    per_found = linked.groupby("entity_id")["entity"].nunique()
    assert (per_found == 1).all()
    split = linked.groupby("entity")["entity_id"].nunique()
    missed = [world.entities[number] for number in split[split > 1].index]
    assert all(one.key is None for one in missed)
    both = [one for one in world.entities.values() if len(one.accounts) > 1]
    assert len(missed) < len(both) / 4


def with_texts(*rows):
    """Rows of (market, vendor, key, text)."""
    return accounts(*(row[:3] for row in rows)).assign(profile_sketch=[row[3] and sketch(row[3]) for row in rows])


TEXT = " ".join(f"w{number}" for number in range(40))


def test_the_same_words_are_weak_evidence_where_keys_do_not_contradict():
    vendor = with_texts(
        ("m", "ann", None, TEXT), ("n", "bob", "K1", TEXT), ("o", "cid", "K2", TEXT), ("n", "dan", None, None)
    )
    # bob and cid show different keys: they stay apart, whoever copied the words
    found, linked = groups(vendor.drop(index=0), "key-name-or-text")
    assert found == [["n:bob"], ["n:dan"], ["o:cid"]] and set(linked["strength"]) == {"own"}
    found, linked = groups(vendor.drop(index=2), "key-name-or-text")
    assert found == [["m:ann", "n:bob"], ["n:dan"]]
    assert linked[["evidence", "strength"]].values.tolist() == [["text", "weak"], ["text", "weak"], ["account", "own"]]
    assert len(groups(vendor)[0]) == 4


def test_each_link_names_all_its_evidence():
    vendor = with_texts(
        ("m", "ann", "K1", TEXT), ("n", "Ann", "K1", TEXT), ("m", "bob", None, TEXT[:-3]), ("n", "BOB", None, "x y z u")
    )
    linked = groups(vendor, "key-name-or-text")[1].set_index(["market", "vendor"])
    assert linked.loc[("m", "ann"), ["evidence", "strength"]].tolist() == ["key-name-text", "strong"]
    assert linked.loc[("n", "BOB"), ["evidence", "strength"]].tolist() == ["name", "medium"]
    assert linked.loc[("m", "bob"), ["evidence", "strength"]].tolist() == ["name-text", "medium"]


def test_how_much_of_two_texts_must_be_the_same_is_a_setting():
    vendor = with_texts(("m", "ann", None, TEXT), ("n", "bob", None, " ".join(TEXT.split()[10:])))
    ways = (SharedText(0.9, 20), SharedText(0.7, 20), SharedText(0.7, 30))
    linked = [link_accounts(NO_LISTING, vendor, "key-name-or-text", one)["entity_id"].nunique() for one in ways]
    assert linked == [2, 1, 2]


def test_texts_find_vendors_of_the_demo_who_have_no_key_and_another_name():
    """Nobody who copied a text with another key is joined; new links are right where a text is nobody else's."""
    world = draw_world(read_scenario(PROJECT / "data/demo/scenario.yaml"))
    truth = vendor_table(world)
    texts = [
        sketch(profile(world, world.entities[number], market))
        for number, market in zip(truth["entity"], truth["market"], strict=True)
    ]
    vendor = truth.rename(columns={"key": "pgp_fingerprint"}).assign(profile_sketch=texts)
    pairs = vendor_linking(world).set_index("row").loc["text"]
    assert pairs["pairs"] > pairs["pairs_of_one_vendor"] > 0  # some are copied
    found = {}
    for way in ("key-or-name", "key-name-or-text"):
        linked = link_accounts(NO_LISTING, vendor, way)
        linked = linked.merge(truth[["market", "vendor", "entity"]].drop_duplicates(), on=["market", "vendor"])
        wrong = int((linked.groupby("entity_id")["entity"].nunique() > 1).sum())
        split = int((linked.groupby("entity")["entity_id"].nunique() > 1).sum())
        found[way] = (wrong, split)
    assert found["key-or-name"][0] == 0
    assert found["key-name-or-text"][1] < found["key-or-name"][1]
    assert found["key-name-or-text"][0] == 0, found
