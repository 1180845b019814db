"""The words of opinions, for a step that looks at them once and keeps none: by their code, as `text_key` has it.

Observed tables hold a code in place of the words of a buyer. A step that must know something of the words reads the
pages again, and only this of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.rules import PageRule, RowRule

KEY, WORDS = "text_key", "words"
TOGETHER = 20_000  # distinct texts that are in memory at a time
_OF_PAGE = ("rate", "rates", "clock", "list_name", "list_page", "message", "refresh", "redirect", "printed")


def _only_words(rows: Iterable[RowRule]) -> list[RowRule]:
    """Rows of feedback with code and words, read by one rule; `words` is no column, so no market file can have it."""
    return [
        one.model_copy(update={"required": None, "fields": {KEY: one.fields[KEY], WORDS: one.fields[KEY]}})
        for one in rows
        if one.table == "feedback" and KEY in one.fields
    ]


def _page(rule: PageRule) -> PageRule:
    return rule.model_copy(update=dict.fromkeys(_OF_PAGE) | {"rows": _only_words(rule.rows)})


def words_only(adapter: Adapter) -> Adapter:
    """A market file that tells kinds of pages as ever, and reads the code and the words of opinions, nothing else."""
    tables = [one.model_copy(update={"rows": _only_words(one.rows)}) for one in adapter.tables]
    return adapter.model_copy(update={"pages": [_page(one) for one in adapter.pages], "tables": tables})


def has_words(adapter: Adapter) -> bool:
    """Whether any page or table of a market file shows the words of opinions."""
    return any(_only_words(one.rows) for one in (*adapter.pages, *adapter.tables))


class JudgedWords:
    """Takes rows as a table writer does; `found`: what `judge` said of the words, by their code; None is left out.

    Every distinct text is judged once, some thousands together, and forgotten.
    """

    def __init__(self, judge: Callable[[Iterable[str]], Mapping[str, str | None]]) -> None:
        self._judge, self._waiting = judge, {}
        self._done: dict[str, str | None] = {}

    def add(self, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Take the words of some rows."""
        key, words = names.index(KEY), names.index(WORDS)
        self._waiting |= {row[key]: row[words] for row in rows if row[key] is not None and row[key] not in self._done}
        if len(self._waiting) >= TOGETHER:
            self._settle()

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, {}
        judged = self._judge(waiting.values())
        self._done |= {key: judged[words] for key, words in waiting.items()}

    @property
    def found(self) -> dict[str, str]:
        """What was said, by code, in the order of the codes."""
        self._settle()
        return {key: said for key, said in sorted(self._done.items()) if said is not None}
