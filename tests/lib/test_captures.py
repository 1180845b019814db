"""Numbers that pages print, and pages that lists must have."""

import json

import pytest
from cryptodrug.captures import Gaps, gaps, largest_printed, number_in, printed_number, printed_pages
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "number"), [("12,900+", (12900, True)), ("7", (7, False)), ("about 7", None), ("", None), (None, None)]
)
def test_a_printed_total_and_whether_it_is_rounded_down(text, number):
    assert printed_number(text) == number


def test_the_largest_number_under_each_name_counts():
    pages = [json.dumps({"Drugs": "90+", "Books": "3"}), None, json.dumps({"Drugs": "100", "Books": "2", "x": "many"})]
    assert largest_printed(pages) == {"Drugs": (100, False), "Books": (3, False)}


@given(st.integers(0, 10**7), st.booleans())
def test_any_number_is_read_as_it_is_written(number, at_least):
    assert printed_number(f"{number:,}{'+' if at_least else ''}") == (number, at_least)


@pytest.mark.parametrize(
    ("text", "number"), [(" 3 ", 3), ("3 of 12", 3), ("1,204", 1204), ("next", None), (None, None)]
)
def test_the_number_of_a_page(text, number):
    assert number_in(text) == number


def test_how_many_pages_a_list_says_it_has():
    assert printed_pages('{"pages": "2,520", "found": "9"}') == 2520
    assert printed_pages('{"found": "9"}') is None and printed_pages(None) is None


def test_gaps_by_hand():
    pages = [("a", 1, None), ("a", 4, None), ("a", 4, None), ("b", 1, 3), ("b", 2, 3), ("c", 1, 1)]
    # a: 1 and 4 of 4; b: 1 and 2 of 3; c: 1 of 1
    found = gaps(pages)
    assert found == Gaps(lists=3, whole=1, expected=8, seen=5)
    assert found.missing == 3


def test_a_list_that_grew_shorter_has_the_pages_that_were_read():
    assert gaps([("a", 1, 5), ("a", 2, 5), ("a", 7, 5)]).expected == 7


def test_a_page_nought_is_none_of_the_pages_of_a_list():
    assert gaps([("a", 0, None), ("a", 1, None), ("a", 2, None)]) == Gaps(1, 1, 2, 2)


def test_no_list_has_no_gap():
    assert gaps([]) == Gaps(0, 0, 0, 0)


@given(st.dictionaries(st.text(max_size=3), st.sets(st.integers(1, 60), min_size=1), max_size=5), st.data())
def test_what_is_taken_out_of_whole_lists_is_missing_unless_it_is_the_end(read, data):
    found = gaps((name, number, None) for name, numbers in read.items() for number in numbers)
    assert found.seen == sum(map(len, read.values()))
    assert found.missing == sum(max(numbers) - len(numbers) for numbers in read.values()) >= 0
    assert found.whole == sum(numbers == set(range(1, max(numbers) + 1)) for numbers in read.values())
    # pages that a list prints and that were not read are missing, however many captures there are
    more = data.draw(st.integers(0, 9))
    printed = gaps((name, n, max(numbers) + more) for name, numbers in read.items() for n in [*numbers, *numbers])
    assert printed.missing == found.missing + more * len(read)
