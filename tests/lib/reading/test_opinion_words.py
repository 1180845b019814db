"""Only code and words of opinions are read, of the same pages as ever; each distinct text is judged once."""

from hashlib import sha256
from pathlib import Path

import pytest
from cryptodrug.reading import opinion_words
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.opinion_words import JudgedWords, has_words, words_only
from cryptodrug.reading.reader import Reader

MARKETS = Path(__file__).parents[3] / "workflow" / "markets"
WITH_WORDS = ("agora", "apollon", "cardboard", "cryptonia", "dream", "empire")


def test_the_markets_whose_pages_show_words_are_known():
    found = [path.stem for path in sorted(MARKETS.glob("*.yaml")) if has_words(read_adapter(path))]
    assert found == list(WITH_WORDS)


@pytest.mark.parametrize("market", WITH_WORDS)
def test_the_words_are_those_of_the_codes_and_nothing_else_is_read(market):
    adapter = read_adapter(MARKETS / f"{market}.yaml")
    full, only, seen = Reader(adapter), Reader(words_only(adapter)), 0
    for sample in (one for one in adapter.samples if one.html is not None):
        page = sample.html.encode()
        expected, found = full.read(sample.path, page), only.read(sample.path, page)
        assert (found.kind, found.layout) == (expected.kind, expected.layout)
        assert not found.values
        assert {rows.table for rows, _ in found.rows} <= {"feedback"}
        assert {rows.names for rows, _ in found.rows} <= {("text_key", "words")}
        words = [row for _, values in found.rows for row in values]
        assert all(key == sha256(text.encode()).hexdigest()[:16] for key, text in words if text is not None)
        keys = [
            row[rows.names.index("text_key")]
            for rows, values in expected.rows
            if rows.table == "feedback" and "text_key" in rows.names
            for row in values
        ]
        assert {key for key in keys if key} <= {key for key, _ in words}
        seen += len(words)
    assert seen


def test_each_distinct_text_is_judged_once_and_forgotten(monkeypatch):
    monkeypatch.setattr(opinion_words, "TOGETHER", 2)
    judged = []

    def judge(texts):
        texts = list(texts)
        judged.extend(texts)
        return {text: None if text == "dull" else text[:2] for text in texts}

    words = JudgedWords(judge)
    words.add(("text_key", "words"), [["k2", "no"], ["k1", "yes"], ["k2", "no"], [None, None]])
    words.add(("words", "text_key"), [["yes", "k1"], ["dull", "k0"]])
    assert words.found == {"k1": "ye", "k2": "no"}
    words.add(("text_key", "words"), [["k0", "dull"]])
    assert list(words.found) == ["k1", "k2"]
    assert sorted(judged) == ["dull", "no", "yes"]
    assert not any("dull" in str(value) for value in vars(words).values())
