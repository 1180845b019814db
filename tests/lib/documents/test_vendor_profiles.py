"""What the typology chapter says of codes by type: a sentence for every state, and nothing that numbers do not say."""

import dataclasses
from types import SimpleNamespace

import pytest
from cryptodrug.provenance.records import PROJECT
from cryptodrug.words.catalogue import english
from cryptodrug.words.messages import label_messages
from cryptodrug.words.render import render_document
from words_small import context, value

CHAPTER = PROJECT / "reports/templates/final-report/vendor-profiles.md.j2"
SUMMARY = "profile-type-summary.all"
WORDS = label_messages(PROJECT / "reports/templates/vocabulary.yaml")
COMPARED = {"state": "compared", "codes": 15, "shown": 11}
KINDS = {"codes": "count", "shown": "count", "apart": "list", "apart_alone": "list"}


def printed(tables=("vendor-type-summary", "profile-types"), **cells):
    given = context()
    given.translator._labels.update({f"vocabulary.{name}": label for name, label in WORDS.items()})
    given.translator._labels.update(WORDS)
    values = {
        f"{SUMMARY}.{name}": value(
            f"{SUMMARY}.{name}",
            cell,
            KINDS.get(name, "text"),
            unit="profile_code" if KINDS.get(name) == "list" else None,
        )
        for name, cell in cells.items()
    }
    given = dataclasses.replace(
        given, values=values, tables=dict.fromkeys(tables), study=SimpleNamespace(simulated=False)
    )
    return render_document(CHAPTER, "en", english(), given, False)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({}, "no profiles were read and coded by people."),
        ({"state": "no-types"}, "the vendors did not fall into types."),
        ({"state": "not-given"}, "is not known to this study. Codes are not counted by type."),
        ({"state": "outdated"}, "are known only for an earlier typology. Codes are not counted by type."),
    ],
)
def test_without_types_of_profiles_a_single_sentence_says_why(cells, sentence):
    text = printed(**cells)
    assert sentence in text
    assert len(text.strip().splitlines()) == 1 and "<profile" not in text


def test_too_few_give_their_numbers_and_no_comparison():
    text = printed(state="few", codes=0, shown=0)
    assert "Codes are not compared between types" in text
    assert "<profile-types as figure>" in text and "profile-type-tests" not in text
    assert "<profile" not in printed(("vendor-type-summary",), state="few", codes=0, shown=0)


def test_what_sets_a_type_apart_is_named_and_what_only_looks_so_too():
    text = printed(**COMPARED, apart="p-brand", apart_alone="p-bulk|p-pay")
    assert "Numbers are given for 11 of the 15 codes compared" in text
    assert "all codes judged together: present the vendor as a brand." in text
    assert "judged by itself: invite large orders and prefer early release or insist on escrow." in text
    assert "No code is shown" not in text
    assert "<profile-type-tests as figure>" in text and "<profile-types as figure>" in text


def test_nothing_shown_is_no_proof_of_likeness():
    text = printed(**COMPARED | {"shown": 15})
    assert "No code is shown to set a type of vendor apart" in text and "no proof of likeness" in text
    assert "Numbers are given for" not in text and "judged by itself" not in text


def test_a_study_without_a_typology_says_nothing_here():
    assert printed((), **COMPARED).strip() == ""
