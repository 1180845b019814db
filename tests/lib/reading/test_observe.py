"""Pages are unpacked some at a time, and texts that were cleaned once are not cleaned again: nobody sees it."""

from cryptodrug.archive import Page
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.observe import MOST_BYTES, TOGETHER, some_at_a_time
from cryptodrug.reading.reader import Reader


def _ahead(sizes):
    """How many pages were unpacked when each was handed over."""
    unpacked = []

    def source():
        for number, size in enumerate(sizes):
            unpacked.append(number)
            yield Page(str(number), bytes(size))

    return [(page[0], len(unpacked)) for page in some_at_a_time(source())]


def test_all_pages_come_in_their_order_and_at_most_so_many_wait():
    count = 2 * TOGETHER + 3
    found = _ahead([1] * count)
    assert [name for name, _ in found] == [str(number) for number in range(count)]
    assert max(ahead - number for number, (_, ahead) in enumerate(found)) == TOGETHER


def test_a_large_page_is_not_kept_while_others_are_unpacked():
    assert [ahead for _, ahead in _ahead([MOST_BYTES, MOST_BYTES, 1])] == [1, 2, 3]


def test_a_text_that_comes_again_gives_its_note_again():
    rows = [{"table": "listing", "fields": {"ships_from_text": {"select": "p", "steps": ["unescape_again"]}}}]
    page = {"kind": "listing", "when": {"contains": ["<p>"]}, "rows": rows}
    reader = Reader(Adapter.model_validate({"market": "sample", "description": "x", "pages": [page]}))
    texts = [b"<p>A &amp;amp; B", b"<p>Norway", b"<p>A &amp;amp; B", b"<p>Norway", b"<p>A\x07"]
    read = [reader.read("x", text) for text in texts]
    assert [one.rows[0][1] for one in read] == [[["A & B"]], [["Norway"]], [["A & B"]], [["Norway"]], [["A"]]]
    twice, odd = ["double-escaped"], ["control-characters"]
    assert [sorted(one.notes) for one in read] == [twice, [], twice, [], odd]
