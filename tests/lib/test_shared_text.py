"""Texts that resemble each other, told by codes of their words."""

import random

import pytest
from cryptodrug.shared_text import COMMON, KEPT, Codes, SharedText, alike, likeness, sketch
from hypothesis import given
from hypothesis import strategies as st

RULES = SharedText(likeness=0.5, fewest=5)
WORDS = st.lists(st.sampled_from("ant bee cat dog eel fox gnu hen".split()), max_size=150)


def text(begin, end):
    """Numbered words, so that runs are known."""
    return " ".join(f"w{number}" for number in range(begin, end))


def of(words):
    return Codes.of(sketch(words))


def test_runs_of_four_words_in_common_by_hand():
    # ten words have seven runs; words 3 to 12 share those that begin with 3, 4, 5 and 6
    assert len(of(text(0, 10)).own) == 7
    assert likeness(of(text(0, 10)), of(text(3, 13))) == 4 / 10


def test_case_and_punctuation_are_no_words_and_three_words_are_no_run():
    assert sketch("We send - FAST, and well!") == sketch("we send fast and well")
    assert sketch("we send fast") is None and sketch("") is None and sketch("…!") is None


@given(WORDS)
def test_a_text_is_like_itself_and_its_words_are_not_in_its_sketch(words):
    made = sketch(" ".join(words))
    if made is None:
        assert len(words) < 4
        return
    assert likeness(Codes.of(made), Codes.of(made)) == 1
    codes = made.split()
    assert codes == sorted(set(codes)) and len(codes) <= KEPT
    assert all(len(code) == 8 and int(code, 16) >= 0 for code in codes)


@given(WORDS, WORDS)
def test_the_likeness_of_two_short_texts_is_that_of_jaccard_both_ways(one, other):
    runs = [{tuple(words[place : place + 4]) for place in range(len(words) - 3)} for words in (one[:60], other[:60])]
    if not all(runs):
        return
    codes = [of(" ".join(words[:60])) for words in (one, other)]
    assert likeness(*codes) == len(runs[0] & runs[1]) / len(runs[0] | runs[1]) == likeness(*codes[::-1])


def test_the_likeness_of_long_texts_is_found_but_for_chance():
    chance, apart = random.Random(82), []
    for _ in range(60):
        words = [str(chance.random()) for _ in range(600)]
        # a third of the runs of both together are in both
        apart.append(likeness(of(" ".join(words[:400])), of(" ".join(words[200:]))) - 197 / 597)
    assert abs(sum(apart) / 60) < 0.03 and max(map(abs, apart)) < 0.25


ONE, OTHER = text(0, 30), text(2, 32)


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        ({("m", "ann"): [ONE], ("n", "bob"): [OTHER]}, [(("m", "ann"), ("n", "bob"))]),
        # on one market nobody needs a second account with his text
        ({("m", "ann"): [ONE], ("m", "bob"): [ONE]}, []),
        ({("m", "ann"): [ONE], ("n", "bob"): [text(20, 50)]}, []),
        # too short to say anything
        ({("m", "ann"): [text(0, 7)], ("n", "bob"): [text(0, 7)]}, []),
        # a text that was changed since counts as well
        ({("m", "ann"): [text(50, 80), ONE], ("n", "bob"): [text(90, 120), OTHER]}, [(("m", "ann"), ("n", "bob"))]),
        # a text that half of it was replaced in is not put together from two versions
        ({("m", "ann"): [text(0, 16), text(16, 32)], ("n", "bob"): [text(0, 60)]}, []),
    ],
)
def test_which_texts_are_one(texts, pairs):
    assert list(alike({account: [sketch(one) for one in own] for account, own in texts.items()}, RULES)) == pairs


def test_what_many_accounts_write_is_no_evidence():
    terms = {(market, f"v{number}"): [sketch(text(0, 30))] for number in range(COMMON + 1) for market in ("m",)}
    assert list(alike(terms | {("n", "ann"): [sketch(text(0, 30))]}, RULES)) == []
    few = dict(list(terms.items())[: COMMON - 1]) | {("n", "ann"): [sketch(text(0, 30))]}
    assert len(list(alike(few, RULES))) == COMMON - 1
