"""Find the language of every distinct opinion of a market."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.files import whole_file
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages, observe_table
from cryptodrug.reading.opinion_words import JudgedWords, words_only
from cryptodrug.reading.reader import Reader
from cryptodrug.snapshots import TABLE_KINDS, check_sum
from cryptodrug.text_language import languages

SCHEMA = pa.schema([("text_key", pa.string()), ("language", pa.string())])


class _Nobody:
    """Takes rows that this step does not need."""

    def add(self, names: Any, rows: Any) -> None:
        """Forget them."""


def feedback_languages(
    archive: list[str],
    adapter: list[str],
    sha256: list[str],
    kind: list[str],
    market: str,
    languages_of_feedback: str,
    archives: Mapping[str, Any] | None = None,
) -> None:
    """Write the language of each opinion by the code of its text; one that is too short or not sure has no row.

    1. Observed tables keep no words of buyers, so the pages are read again, and of them only the opinions. The words
       are in memory until they are judged, and written nowhere.
    2. Each distinct text of the market is judged once (`cryptodrug.text_language` says how); equal texts of several
       snapshots have one language.
    3. Archives are checked and read as they are for the observed tables: another checksum stops the step, and so does
       damage, unless the study keeps what is whole.
    """
    words, limits = JudgedWords(languages), Limits.of(archives) if archives else None
    writers = {"page": _Nobody(), "feedback": words}
    for path, rules, checksum, form in zip(archive, adapter, sha256, kind, strict=True):
        check_sum(path, checksum)
        reader = Reader(words_only(read_adapter(rules)))
        if form in TABLE_KINDS:
            observe_table(reader, Path(path), market, "", writers, Report(), limits)
        else:
            observe_pages(reader, pages(Path(path), Report(), limits), market, "", writers)
    found = words.found
    table = pa.table([list(found), list(found.values())], schema=SCHEMA)
    with whole_file(languages_of_feedback) as temporary:
        pq.write_table(table, temporary, compression="zstd")


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, feedback_languages)
