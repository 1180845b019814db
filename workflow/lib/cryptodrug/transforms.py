"""Named clean-up steps of market files: each takes the text of a field and gives a text, or None for "not there".

They trim and split what a page says; they interpret nothing (that is the work of the next room).
"""

import html
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote, unquote_plus

from cryptodrug.openpgp import fingerprint

_NUMBER = re.compile(r"\d[\d\s.,' ]*\d|\d")

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3,4}(?![A-Za-z])")
# longer signs first: a dollar sign stands in several
_SIGNS = {
    "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "US$": "USD", "HK$": "HKD", "R$": "BRL", "$": "USD",
    "€": "EUR", "£": "GBP", "฿": "BTC", "₿": "BTC", "¥": "JPY", "₹": "INR", "₽": "RUB", "ɱ": "XMR", "Ł": "LTC",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_WORDED = re.compile(
    rf"(?:(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<month2>{_MONTH}))"
    r"\.?,?\s+(?P<year>\d{4})(?:,?\s+(?:at\s+)?(?P<clock>\d{1,2}:\d{2}(?::\d{2})?))?",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x80-\x9f]")
# bytes of one character in UTF-8, as Windows-1252 shows them: a first one, and as many as it says behind it
_BEHIND = "[\x80-\xbf\u0152-\u2122]"
_TWICE_ENCODED = re.compile(f"[\xc2-\xdf]{_BEHIND}|[\xe0-\xef]{_BEHIND}{{2}}|[\xf0-\xf4]{_BEHIND}{{3}}")


def collapse(text: str) -> str | None:
    """Runs of blanks become one blank; `"  a \\n b "` -> `"a b"`; nothing left -> None."""
    return " ".join(text.split()) or None


def unescape_again(text: str) -> str | None:
    """Undo a second HTML escaping: `"Coca&iuml;ne"` -> `"Cocaïne"`. Text without an entity stays as it is."""
    return html.unescape(text) if "&" in text else text


def first_word(text: str) -> str | None:
    """`"1.6198 BTC"` -> `"1.6198"`."""
    words = text.split()
    return words[0] if words else None


def last_word(text: str) -> str | None:
    """`"1.6198 BTC"` -> `"BTC"`; a single word is no last word: None."""
    words = text.split()
    return words[-1] if len(words) > 1 else None


def number_text(text: str) -> str | None:
    """The first number as it stands, separators included: `"about 1,200 deals"` -> `"1,200"`."""
    found = _NUMBER.search(text)
    return found.group().strip() if found else None


def url_unquote(text: str) -> str | None:
    """`"Some%21Name"` -> `"Some!Name"`."""
    return unquote(text)


def before_comma(text: str) -> str | None:
    """`"4.98/5, 55~70 deals"` -> `"4.98/5"`; without a comma: None."""
    head, comma, _ = text.partition(",")
    return (head.strip() or None) if comma else None


def after_comma(text: str) -> str | None:
    """`"4.98/5, 55~70 deals"` -> `"55~70 deals"`; without a comma: None."""
    return text.partition(",")[2].strip() or None


def tight_slashes(text: str) -> str | None:
    """`"Ecstasy / Pills"` -> `"Ecstasy/Pills"`, the form of a category path."""
    return "/".join(part.strip() for part in text.split("/")).strip("/") or None


def without_brackets(text: str) -> str | None:
    """`"[0 deals]"` -> `"0 deals"`."""
    return text.strip().strip("[]()").strip() or None


def link_words(text: str) -> str | None:
    """Words of a link as they are read: `"Seeds+and%20Clones"` -> `"Seeds and Clones"`."""
    return unquote_plus(text)


def upper_case(text: str) -> str | None:
    """`"btc"` -> `"BTC"`."""
    return text.upper()


def after_slash(text: str) -> str | None:
    """`"485.00 USD/112g"` -> `"112g"`; only the first slash parts: `"650.00 USD/1/4pound"` -> `"1/4pound"`."""
    return text.partition("/")[2].strip() or None


def plain_number(text: str) -> str | None:
    """A number with commas between the thousands, without them: `"9,478.97"` -> `"9478.97"`."""
    return text.replace(",", "")


def comma_number(text: str) -> str | None:
    """A number with points between the thousands and a decimal comma: `"9.478,97"` -> `"9478.97"`."""
    return text.replace(".", "").replace(",", ".")


def currency_code(text: str) -> str | None:
    """The currency of a printed price as its code: `"$50.96"` -> `"USD"`; no known sign or code: None.

    A dollar sign with a letter is the dollar it names (`"A$5"`); a bare one is the dollar of the United States.
    """
    if found := _CODE.search(text):
        return found.group()
    return next((code for sign, code in _SIGNS.items() if sign in text), None)


def _iso(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def day_first(text: str) -> str | None:
    """The first date with day, month and year in numbers: `"19/11/2018 (today)"` -> `"2018-11-19"`; none: None."""
    found = re.search(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", text)
    return _iso(found[3], found[2], found[1]) if found else None


def month_first(text: str) -> str | None:
    """The first date with month, day and year in numbers: `"11/19/2018"` -> `"2018-11-19"`; none: None."""
    found = re.search(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", text)
    return _iso(found[3], found[1], found[2]) if found else None


def month_in_words(text: str) -> str | None:
    """The first date with an English month, perhaps a time: `"Sep 27, 2019 20:49"` -> `"2019-09-27 20:49"`.

    Day and month stand in either order (`"27 September 2019"`); no such date: None.
    """
    found = _WORDED.search(text)
    if found is None:
        return None
    month = _MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
    day = _iso(found["year"], month, found["day"] or found["day2"])
    clock = found["clock"]
    return f"{day} {clock}" if day and clock else day


def _mended(chain: re.Match) -> str:
    text = chain.group()
    try:
        one = b"".join(sign.encode("latin-1" if sign <= "\xff" else "cp1252") for sign in text).decode()
        # what is now a control character was one of the signs of Windows-1252 at first
        return one.encode("latin-1").decode("cp1252", "ignore") if _CONTROLS.fullmatch(one) else one
    except UnicodeError:
        return text


def mend_encoding(text: str) -> str | None:
    """Undo UTF-8 that was taken for Windows-1252 and encoded once more: `"QualitÃ¤t"` -> `"Qualität"`.

    Each chain of signs that is one character in UTF-8 is mended by itself; all other text stays as it is.
    """
    return _TWICE_ENCODED.sub(_mended, text)


def openpgp_fingerprint(text: str) -> str | None:
    """Fingerprint of the first public key in a text, in hex digits; no key, or a broken one: None."""
    return fingerprint(text)


TRANSFORMS: dict[str, Callable[[str], str | None]] = {
    function.__name__: function
    for function in (
        collapse,
        unescape_again,
        first_word,
        last_word,
        number_text,
        url_unquote,
        before_comma,
        after_comma,
        tight_slashes,
        without_brackets,
        link_words,
        upper_case,
        after_slash,
        plain_number,
        comma_number,
        currency_code,
        day_first,
        month_first,
        month_in_words,
        mend_encoding,
        openpgp_fingerprint,
    )
}

# steps whose effect is worth a note on the page
NOTES = {"unescape_again": "double-escaped", "mend_encoding": "wrong-charset"}
# steps that give nothing although a text that they are for is there: a mark of such a text, and the note
LOSSES = {"openpgp_fingerprint": ("BEGIN PGP PUBLIC KEY", "broken-key")}
