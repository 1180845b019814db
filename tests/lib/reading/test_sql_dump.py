"""Dumps of three database programs give the rows that were put in."""

import sqlite3

import pytest
from cryptodrug.reading.sql_dump import sql_rows
from hypothesis import given
from hypothesis import strategies as st

MYSQL = r"""-- MySQL dump 10.13  Distrib 5.5
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `listings`;
CREATE TABLE `listings` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `title` varchar(255) DEFAULT 'a, (b)',
  `price` decimal(10,2),
  PRIMARY KEY (`id`),
  KEY `by_title` (`title`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
LOCK TABLES `listings` WRITE;
INSERT INTO `listings` VALUES (1,'Ann\'s ''tea'', (green); 50 g',1.50),(2,NULL,-3),
(3,_binary 'two\nlines\\',0x41);
INSERT IGNORE INTO `shop`.`listings` (`title`, `id`) VALUES ('Late',4);
UNLOCK TABLES;
"""
POSTGRES = """SET standard_conforming_strings = on;
CREATE TABLE public.listings (
    id integer NOT NULL,
    title text,
    CONSTRAINT one CHECK ((id > 0))
);
COPY public.listings (id, title) FROM stdin;
1\tGreen\\ttea
2\t\\N
\\.

INSERT INTO public.listings (id, title) VALUES (3, 'C:\\'), (4, E'it\\'s'), (5, '2014-01-01'::date);
SELECT pg_catalog.setval('x', 1, false);
"""


def rows(text, piece=7):
    """Rows of a dump given in small pieces; how many were strange."""
    strange = []
    # what program wrote the dump shows in its first piece
    pieces = iter([text[:200], *(text[place : place + piece] for place in range(200, len(text), piece))])
    found = list(sql_rows(pieces, 1 << 20, lambda: strange.append(1), lambda: ValueError("too long")))
    return [dict(zip(names, values, strict=True)) for names, values in found], len(strange)


@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_a_dump_of_mysql(piece):
    found, strange = rows(MYSQL, piece)
    assert strange == 0
    assert found == [
        {"id": "1", "title": "Ann's 'tea', (green); 50 g", "price": "1.50"},
        {"id": "2", "title": "", "price": "-3"},
        {"id": "3", "title": "two\nlines\\", "price": "0x41"},
        {"title": "Late", "id": "4"},
    ]


@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_a_dump_of_postgres(piece):
    found, strange = rows(POSTGRES, piece)
    assert strange == 0
    titles = {row["id"]: row["title"] for row in found}
    assert titles == {"1": "Green\ttea", "2": "", "3": "C:\\", "4": "it's", "5": "2014-01-01"}


@given(st.lists(st.tuples(st.integers(), st.text(st.characters(exclude_characters="\0", codec="utf-8"))), max_size=6))
def test_a_dump_of_sqlite_gives_what_was_put_in(held):
    database = sqlite3.connect(":memory:")
    database.execute('CREATE TABLE "my listings" (id TEXT, title TEXT, PRIMARY KEY (id))')
    database.executemany('INSERT OR REPLACE INTO "my listings" VALUES (?, ?)', [(str(one), two) for one, two in held])
    expected = [dict(zip(("id", "title"), row, strict=True)) for row in database.execute('SELECT * FROM "my listings"')]
    text = "\n".join(database.iterdump())
    found, strange = rows(text, 50)
    assert (found, strange) == (expected, 0)


@pytest.mark.parametrize("title", ["\\`", "MySQL \\x", "a `b` \\n"])
def test_signs_of_mysql_in_a_title_make_no_dump_of_mysql(title):
    assert rows(f"INSERT INTO t (a) VALUES ('{title}');", 50) == ([{"a": title}], 0)


@pytest.mark.parametrize("end", range(1, 60, 7))
def test_a_row_that_is_cut_off_is_told_of(end):
    head, _, _ = MYSQL.partition(",(2,NULL")
    found, strange = rows(f"{head},(2,'{'x' * 60}"[:-end])
    assert (len(found), strange) == (1, 1)


def test_a_row_with_another_number_of_values_is_told_of():
    found, strange = rows("INSERT INTO t (a, b) VALUES (1), (1, 2), (1, 2, 3);")
    assert (found, strange) == ([{"a": "1", "b": "2"}], 2)


def test_a_value_without_an_end_is_no_endless_one():
    pieces = iter(["INSERT INTO t (a) VALUES ('", *["x" * 100] * 50])
    with pytest.raises(ValueError, match="too long"):
        list(sql_rows(pieces, 1000, lambda: None, lambda: ValueError("too long")))


@given(st.text("INSERTO VALUES(),;'\"`\\-#/*\n1a", max_size=60))
def test_any_text_ends(text):
    rows("INSERT INTO t (a) VALUES (1);" + text)
