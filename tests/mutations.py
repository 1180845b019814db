"""Pages broken as archived pages are broken, and worse; each by a seed, so that it can be made again."""

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

_TAG = re.compile(rb"<[a-zA-Z/][^<>]*>")
_START = re.compile(rb"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(rb"\s[a-zA-Z-]+=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)")
_TEXT = re.compile(rb">([^<>]+)<")
ENTITIES = [
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&#99999999999999999999;",
    b"&amp;" * 50,
    b"&amp;amp;eacute;",
    b"&notanentity;",
    b"&",
    b"&#x202E;&#x200F;",
    b"&#128;",
    b"&nbsp;" * 200,
]
CHARSETS = [
    b"utf-16",
    b"utf-7",
    b"hex",
    b"idna",
    b"punycode",
    b"unicode_escape",
    b"undefined",
    b"cp1251",
    b"none",
    b"zlib",
]
DEEP = 10_000
HUGE = 50_000_000


def _place(page: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(page))


def cut_anywhere(page: bytes, chance: random.Random) -> bytes:
    """The page broken off."""
    return page[: _place(page, chance)]


def without_a_piece(page: bytes, chance: random.Random) -> bytes:
    """A piece in the middle lost."""
    first, last = sorted((_place(page, chance), _place(page, chance)))
    return page[:first] + page[last:]


def flipped_bytes(page: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    wrong = bytearray(page)
    for _ in range(chance.choice((1, 10, 200)) if page else 0):
        wrong[chance.randrange(len(page))] = chance.randrange(256)
    return bytes(wrong)


def dropped_tags(page: bytes, chance: random.Random) -> bytes:
    """A share of the tags is lost."""
    share = chance.choice((0.01, 0.1, 0.5, 1))
    return _TAG.sub(lambda found: b"" if chance.random() < share else found.group(), page)


def swapped_attributes(page: bytes, chance: random.Random) -> bytes:
    """Attributes stand where others stood."""
    others = [found.group() for found in _ATTRIBUTE.finditer(page)] or [b""]
    return _ATTRIBUTE.sub(lambda found: chance.choice(others) if chance.random() < 0.2 else found.group(), page)


def changed_texts(page: bytes, chance: random.Random) -> bytes:
    """Texts are empty, long, numbers or blanks."""
    odd = [
        b"",
        b" " * 20_000,
        b"9" * 20_000,
        b"1," * 5_000,
        b"x" * 100_000,
        b"\xe2\x80\xae0.00",
        b"-1e309 USD",
        b"<!--",
    ]
    return _TEXT.sub(lambda found: b">" + chance.choice(odd) + b"<" if chance.random() < 0.01 else found.group(), page)


def odd_entities(page: bytes, chance: random.Random) -> bytes:
    """Entities that mean nothing, or too much."""
    for _ in range(20):
        at = _place(page, chance)
        page = page[:at] + chance.choice(ENTITIES) + page[at:]
    return page


def stray_nuls(page: bytes, chance: random.Random) -> bytes:
    """NULs and other control characters in between."""
    for _ in range(chance.choice((1, 30))):
        at = _place(page, chance)
        page = page[:at] + chance.choice((b"\x00", b"\x1b", b"\xef\xbb\xbf", b"\x00" * 500, b"\x0c")) + page[at:]
    return page


def wrong_charset(page: bytes, chance: random.Random) -> bytes:
    """The page in another encoding than it says, or one that nobody knows."""
    text = page.decode("utf-8", "replace")
    declared = b'<meta charset="' + chance.choice(CHARSETS) + b'">'
    encoded = text.encode(chance.choice(("utf-16", "utf-32", "cp1251", "cp1252", "shift_jis", "utf-7")), "replace")
    return chance.choice((declared + page + b"\xff", declared + encoded, encoded, page.replace(b"\n", b"\r")))


def deeply_nested(page: bytes, chance: random.Random) -> bytes:
    """One tag of the page ten thousand times inside itself, closed again or not."""
    tags = [found.group() for found in _START.finditer(page)] or [b"<div>"]
    tag = chance.choice([*tags, b"<div>", b"<a href=x>", b"<li><ul>", b"<div><p>"])
    name = re.match(rb"<([a-zA-Z0-9]+)", tag).group(1)
    at = chance.choice([found.start() for found in _TAG.finditer(page)] or [0])
    close = chance.choice((b"", b"</" + name + b">")) * DEEP
    return page[:at] + tag * DEEP + chance.choice((b"", b"5.00 USD")) + close + page[at:]


def repeated_piece(page: bytes, chance: random.Random) -> bytes:
    """A piece many times."""
    first = _place(page, chance)
    piece = page[first : first + chance.choice((40, 400, 4000))]
    return page[:first] + piece * chance.choice((2, 50, 500)) + page[first:]


def mixed_pages(page: bytes, chance: random.Random) -> bytes:
    """The end of the page in front of its beginning."""
    at = _place(page, chance)
    return page[at:] + page[:at]


def huge_page(page: bytes, chance: random.Random) -> bytes:
    """The page, or one of its tags, as often as fills fifty megabytes."""
    tags = [found.group() for found in _START.finditer(page)] or [b"<b>"]
    piece = chance.choice((page or b"x", chance.choice(tags), b"x", b"<", b"&amp;", b"<b>"))
    return page + piece * (HUGE // len(piece))


MUTATIONS: tuple[Mutation, ...] = (
    cut_anywhere,
    without_a_piece,
    flipped_bytes,
    dropped_tags,
    swapped_attributes,
    changed_texts,
    odd_entities,
    stray_nuls,
    wrong_charset,
    repeated_piece,
    mixed_pages,
)
# heavy ones come rarely: how many of a thousand pages
RARE: tuple[tuple[Mutation, int], ...] = ((deeply_nested, 20), (huge_page, 1))


def mutated(page: bytes, seed: str, rare: bool = True) -> tuple[bytes, str]:
    """A page after one to three mutations, and their names; the same seed gives the same page."""
    chance = random.Random(seed)
    draw = chance.randrange(1000)
    for heavy, per_thousand in RARE if rare else ():
        if draw < per_thousand:
            return heavy(page, chance), heavy.__name__
        draw -= per_thousand
    names = []
    for _ in range(chance.randint(1, 3)):
        mutation = chance.choice(MUTATIONS)
        page, names = mutation(page, chance), [*names, mutation.__name__]
    return page, "+".join(names)
