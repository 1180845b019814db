"""Passages are found whatever a program counts; any text, any way of counting."""

import pytest
from cryptodrug.interviews.offsets import BOM, MEASURES, Marked, Measure, locate, plain
from hypothesis import given
from hypothesis import strategies as st

EMOJI = "\U0001f642"
TEXT = f"{EMOJI} hello {EMOJI}\r\nI knew nobody there.\r\nThen it became more."
WORDS = "I knew nobody there."


def counted(raw, start, end, measure):
    """Positions of the words `raw[start:end]` as a program with this measure would write them, told afresh."""
    positions = []
    for stop in (start, end):
        before = raw[:stop]
        if not measure.mark:
            before = before.removeprefix(BOM)
        if measure.line_end_once:
            before = before.replace("\r\n", "\n")
        positions.append(len(before.encode("utf-16-le")) // 2 if measure.utf16 else len(before))
    return positions


@pytest.mark.parametrize("raw", [TEXT, BOM + TEXT, TEXT.replace("\r\n", "\n"), TEXT.replace(EMOJI, "")])
@pytest.mark.parametrize("measure", MEASURES, ids=Measure.words)
@pytest.mark.parametrize("name", [WORDS, "I knew nobody…", "I  knew nobody..."])
def test_words_are_found_by_their_name_in_every_measure(raw, measure, name):
    start = raw.index(WORDS)
    first, last = counted(raw, start, start + len(WORDS), measure)
    places, _ = locate(raw, [Marked(first, last, name)])
    assert [plain(raw)[one[0] : one[1]] for one in places] == [WORDS]


def test_without_names_the_standard_counts_unless_a_passage_would_stand_outside():
    raw = f"{EMOJI}{EMOJI}end"
    assert locate(raw, [Marked(2, 5, "line:6")]) == ([(2, 5)], MEASURES[0])
    assert locate(raw, [Marked(4, 7, "line:6")]) == ([(2, 5)], Measure(utf16=True))


def test_a_passage_outside_the_text_has_no_place():
    assert locate("short", [Marked(0, 5, ""), Marked(0, 6, "")])[0] == [(0, 5), None]


def test_the_most_passages_decide():
    raw = f"{EMOJI}first words of one, {EMOJI}second words of two"
    names = ["first words", "second words"]
    marked = [
        Marked(*counted(raw, raw.index(name), raw.index(name) + len(name), Measure(utf16=True)), name) for name in names
    ]
    places, measure = locate(raw, [*marked, Marked(0, 3, "a name of its own")])
    assert measure == Measure(utf16=True)
    assert [raw[start:end] for start, end in places[:2]] == names


@given(
    st.lists(st.sampled_from([*"abc é\n", EMOJI, "\r\n"]), min_size=1, max_size=60).map("".join),
    st.data(),
    st.sampled_from(MEASURES),
    st.booleans(),
)
def test_every_text_and_passage_is_found_again_by_its_name(body, data, measure, mark):
    raw = (BOM if mark else "") + body
    begin = len(raw) - len(body)
    start = data.draw(st.integers(begin, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    words = plain(raw[start:end])
    first, last = counted(raw, start, end, measure)
    places, _ = locate(raw, [Marked(first, last, words)])
    assert places[0] is not None
    low, high = places[0]
    assert 0 <= low <= high <= len(plain(raw))
    if len(words.strip()) >= 12 and " " not in words and "\n" not in words:
        assert plain(raw)[low:high].startswith(words)
