"""Pages with opinions in several languages give a language by code of text, and no words."""

from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of
from harmonise.feedback_languages import SCHEMA, feedback_languages

MARKET = str(Path(__file__).parents[3] / "workflow" / "markets" / "cardboard.yaml")
TEXTS = {
    "De bestelling kwam snel aan, heel tevreden": "nl",
    "La commande est arrivée très vite, merci beaucoup": "fr",
    "Die Lieferung kam sehr schnell, gerne wieder": "de",
    "The parcel arrived after two days, thank you": "en",
    "Good": None,
    "super top perfect super": None,
}


def code(text):
    return sha256(text.encode()).hexdigest()[:16]


@pytest.fixture
def pages(tmp_path):
    """Two folders of pages of offers; the second repeats an opinion of the first."""
    sample = next(one for one in _samples() if "<q>Good</q>" in one.html)
    texts, made = list(TEXTS), []
    for name, shown in (("one", texts[:4]), ("two", texts[3:])):
        opinions = "".join(f"<li><time>2019-01-03</time> <b>5/5</b> <q>{text}</q></li>" for text in shown)
        head, _, rest = sample.html.partition("<li><time>")
        path = tmp_path / name / Path(sample.path).name
        path.parent.mkdir()
        path.write_text(f"{head}{opinions}</ul>{rest.partition('</ul>')[2]}", encoding="utf-8")
        made.append(path)
    return made


def _samples():
    from cryptodrug.reading.adapter import read_adapter

    return read_adapter(MARKET).samples


def run(paths, out, **changes):
    given = {
        "archive": list(map(str, paths)),
        "adapter": [MARKET] * len(paths),
        "sha256": [sha256_of(path) for path in paths],
        "kind": ["pages"] * len(paths),
        "market": "toy",
        "languages_of_feedback": str(out),
    }
    feedback_languages(**given | changes)
    return pq.read_table(out)


def test_each_distinct_opinion_has_its_language_and_no_words_are_written(pages, tmp_path):
    table = run(pages, tmp_path / "out.parquet")
    assert table.schema.equals(SCHEMA)
    found = {row["text_key"]: row["language"] for row in table.to_pylist()}
    assert found == {code(text): language for text, language in TEXTS.items() if language}
    assert list(found) == sorted(found)
    assert not any(word in str(table.to_pylist()) for word in ("bestelling", "commande", "parcel"))


def test_the_file_is_the_same_in_whatever_order_the_archives_stand(pages, tmp_path):
    run(pages, tmp_path / "one.parquet")
    run(pages[::-1], tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_another_archive_than_the_one_of_the_snapshot_table_stops_the_step(pages, tmp_path):
    out = tmp_path / "out.parquet"
    with pytest.raises(InputError):
        run(pages, out, sha256=["0" * 64] * 2)
    assert not out.exists()
