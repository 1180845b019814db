"""Rows of an SQL dump as text: INSERT and COPY of MySQL, PostgreSQL and SQLite, without a database.

Only what dumps consist of is understood: column names of CREATE TABLE, rows of INSERT and REPLACE, rows of COPY. All
other statements are passed over.
"""

import re
from collections.abc import Callable, Iterator

Names = tuple[str, ...]
Row = tuple[Names, list[str]]

# possessive, so that a text without an end is found out at once
_MYSQL = r"'(?:[^'\\]++|''|\\.)*+'"
_STANDARD = r"'(?:[^']++|'')*+'"
_COMMENT = r"--(?=\s)[^\n]*+\n|/\*(?:[^*]++|\*(?!/))*+\*/"


def _tokens(text: str, comment: str, no_word: str) -> re.Pattern:
    """Pattern of a token. What begins like a text or a comment and has no end yet is no word."""
    return re.compile(
        rf"(?P<space>(?:\s++|{comment})++)|(?P<text>{text})|(?P<escaped>[eE]{_MYSQL})"
        r'|(?P<name>`(?:[^`]++|``)*+`|"(?:[^"\\]++|""|\\.)*+"|\[[^\]]*+\])'
        rf"|(?P<word>(?!{no_word})[^\s'\"`\[(),;]++)|(?P<sign>[(),;\['\"`])",
        re.DOTALL,
    )


_WITH_ESCAPES = _tokens(_MYSQL, rf"{_COMMENT}|\#[^\n]*+\n", r"[eE]'|/\*|--\s|\#")
_WITHOUT = _tokens(_STANDARD, _COMMENT, r"[eE]'|/\*|--\s")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
_COPY_ESCAPES = _ESCAPES | {"v": "\v", "f": "\f"}
_NO_COLUMN = {"PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "INDEX", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL", "EXCLUDE"}
_HEAD = 4096
# a name in its quotation marks, where only a name can stand, or a comment of its own; a title may hold all these signs
_OF_MYSQL = re.compile(
    r"\b(?:INTO|USE|DATABASE|TABLES?|EXISTS)\s+`|^\s*(?:--|#|/\*).*(?:MySQL|MariaDB|phpMyAdmin)|^\s*/\*!\d",
    re.IGNORECASE | re.MULTILINE,
)
_UNENDED = ("'", '"', "`", "[")


def _escaped(text: str, escapes: dict[str, str] = _ESCAPES) -> str:
    return _ESCAPE.sub(lambda found: escapes.get(found.group(1), found.group(1)), text) if "\\" in text else text


class _Text:
    """The text of a dump, token by token, with only what is not yet read in memory."""

    def __init__(self, pieces: Iterator[str], longest: int, too_long: Callable[[], Exception]) -> None:
        self._pieces, self._longest, self._too_long = pieces, longest, too_long
        self._buffer, self._at, self._whole = "", 0, False
        while len(self._buffer) < _HEAD and not self._whole:
            self._more()
        # MySQL escapes by a backslash; standard SQL does not, and there a text may end in one
        self._escapes = _OF_MYSQL.search(self._buffer[:_HEAD]) is not None
        self._pattern = _WITH_ESCAPES if self._escapes else _WITHOUT

    def _more(self) -> None:
        piece = next(self._pieces, None)
        self._whole = piece is None
        self._buffer, self._at = self._buffer[self._at :] + (piece or ""), 0
        if len(self._buffer) > self._longest:
            raise self._too_long()

    def token(self) -> tuple[str, str] | None:
        """Kind and text of the next token: `text`, `name`, `word` or `sign`; None at the end."""
        while True:
            found = self._pattern.match(self._buffer, self._at)
            unended = found is None or (found.lastgroup == "sign" and found.group() in _UNENDED)
            # a token at the end of the piece may go on in the next one
            if not self._whole and (unended or found.end() == len(self._buffer)):
                self._more()
                continue
            if unended:
                return None
            self._at = found.end()
            kind, text = found.lastgroup, found.group()
            if kind == "text":
                inner = text[1:-1].replace("''", "'")
                return kind, _escaped(inner) if self._escapes else inner
            if kind == "escaped":
                return "text", _escaped(text[2:-1].replace("''", "'"))
            if kind == "name":
                sign = text[-1]
                return kind, text[1:-1].replace(sign * 2, sign)
            if kind != "space":
                return kind, text

    def line(self) -> str | None:
        """The rest of the line, without its end; None at the end of the file."""
        while (end := self._buffer.find("\n", self._at)) < 0 and not self._whole:
            self._more()
        if end < 0:
            return None
        text, self._at = self._buffer[self._at : end], end + 1
        return text.removesuffix("\r")


class _Dump:
    """The statements of a dump in their order."""

    def __init__(self, text: _Text, strange: Callable[[], None]) -> None:
        self._text, self._strange = text, strange
        self._token: tuple[str, str] | None = ("sign", ";")
        self._columns: dict[str, Names] = {}

    def _next(self) -> tuple[str, str] | None:
        self._token = self._text.token()
        return self._token

    def _is(self, *words: str) -> bool:
        """Whether the token is one of these words or signs."""
        return self._token is not None and self._token[0] in ("word", "sign") and self._token[1].upper() in words

    def _skip_to(self, *signs: str) -> None:
        """Go on to a sign outside all brackets; it stays."""
        depth = 0
        while self._token is not None and (depth or not self._is(*signs)):
            depth += self._is("(") - self._is(")")
            if depth < 0:
                return
            self._next()

    def _table(self) -> str:
        """The name of a table, without that of its schema (`public.listings`, `"db"."listings"`)."""
        name = ""
        while self._token is not None and self._token[0] in ("name", "word"):
            text = self._token[1]
            if name and not text.startswith(".") and not name.endswith("."):
                break
            name = text
            self._next()
        return name.rpartition(".")[2]

    def _bracket_of_names(self) -> Names:
        names = []
        while self._next() is not None and not self._is(")"):
            if self._token[0] != "sign":
                names.append(self._token[1])
        self._next()
        return tuple(names)

    def _create(self) -> None:
        """Remember the columns of a table."""
        while self._token is not None and not self._is("TABLE", ";"):
            self._next()
        while self._is("TABLE", "IF", "NOT", "EXISTS"):
            self._next()
        table, columns = self._table(), []
        if not self._is("("):
            return
        while self._is("(", ","):
            first = self._next()
            if first and not (first[0] == "word" and first[1].upper() in _NO_COLUMN):
                columns.append(first[1])
            self._skip_to(",")
        self._columns.setdefault(table, tuple(columns))

    def _value(self) -> str:
        """One value up to the comma or bracket behind it; a function or a cast is what it holds. NULL is empty."""
        texts, words, depth = [], [], 0
        while self._token is not None and (depth or not self._is(",", ")")):
            kind, text = self._token
            depth += self._is("(") - self._is(")")
            (texts if kind == "text" else words).append(text)
            self._next()
        if texts:
            return texts[0]
        return "" if [word.upper() for word in words] == ["NULL"] else "".join(words)

    def _insert(self) -> Iterator[Row]:
        while self._token is not None and not self._is("INTO", ";"):
            self._next()
        self._next()
        table = self._table()
        names = self._bracket_of_names() if self._is("(") else self._columns.get(table, ())
        if not self._is("VALUES", "VALUE"):
            return
        self._next()
        while self._is("("):
            values = []
            while self._is("(", ","):
                self._next()
                values.append(self._value())
            if self._token is None or (names and len(names) != len(values)):
                self._strange()
            else:
                yield names or tuple(f"column{place + 1}" for place in range(len(values))), values
            self._next()
            if self._is(","):
                self._next()

    def _copy(self) -> Iterator[Row]:
        table = self._table()
        names = self._bracket_of_names() if self._is("(") else self._columns.get(table, ())
        self._skip_to(";")
        if self._text.line() is None:
            return
        while (line := self._text.line()) is not None and line != "\\.":
            values = ["" if value == "\\N" else _escaped(value, _COPY_ESCAPES) for value in line.split("\t")]
            if len(values) == len(names):
                yield names, values
            else:
                self._strange()
        if line is None:
            self._strange()

    def rows(self) -> Iterator[Row]:
        """All rows, table by table."""
        while self._next() is not None:
            if self._is("CREATE"):
                self._create()
            elif self._is("INSERT", "REPLACE"):
                yield from self._insert()
            elif self._is("COPY"):
                self._next()
                yield from self._copy()
                continue
            self._skip_to(";")


def sql_rows(
    pieces: Iterator[str], longest: int, strange: Callable[[], None], too_long: Callable[[], Exception]
) -> Iterator[Row]:
    """Names of columns and values of every row that a dump inserts.

    Parameters
    ----------
    longest : characters of the longest value.
    strange : told of a row that is cut off or has not as many values as its table has columns.
    too_long : makes the error that is raised when a value is longer.
    """
    return _Dump(_Text(pieces, longest, too_long), strange).rows()
