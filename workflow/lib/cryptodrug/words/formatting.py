"""One formatter for every number, date and list. The language is an argument; the machine is never asked.

Patterns and plural rules come from CLDR through Babel. The group separator is ours: narrow no-break space in Dutch and
French (interinstitutional style of the EU), where CLDR gives Belgian Dutch a full stop. Rounding is half up on the
decimal that is printed in the values ("0.125" to two digits is 0.13), as readers do it by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.lists import format_list

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"
MINUS = "\u2212"
LOCALES = {"en": "en_GB", "nl": "nl_BE", "fr": "fr_BE"}
SYMBOLS = {"EUR": "€"}
QUOTATION_MARKS = {"en": ("“", "”"), "nl": ("“", "”"), "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»")}


@dataclass(frozen=True)
class Formatter:
    """Numbers, dates and lists of one language (`en`, `nl`, `fr`)."""

    language: str

    @property
    def locale(self) -> Locale:
        """The locale of Belgium, or of Britain for English."""
        return Locale.parse(LOCALES[self.language])

    def number(self, value: float | int | Decimal, digits: int = 0, signed: bool = False) -> str:
        """`12345.675` with two digits: `12,345.68`, `12 345,68`; a true minus; a plus only when asked for."""
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        group, mark = (",", ".") if self.language == "en" else (NARROW, ",")
        whole, _, rest = f"{abs(rounded):,f}".partition(".")
        text = whole.replace(",", group) + (mark + rest if rest else "")
        if rounded < 0:
            return MINUS + text
        return "+" + text if signed and rounded > 0 else text

    def percent(self, share: float | Decimal, digits: int, signed: bool = False) -> str:
        """A share of one as a percentage: `0.63%`, `0,63%`, `0,63 %`."""
        exact = share if isinstance(share, Decimal) else Decimal(repr(float(share)))
        space = NO_BREAK if self.language == "fr" else ""
        return f"{self.number(exact * 100, digits, signed)}{space}%"

    def money(self, amount: float | Decimal, currency: str, digits: int = 0) -> str:
        """`€12,600`, `€ 12 600`, `12 600 €`."""
        text, symbol = self.number(amount, digits), SYMBOLS.get(currency, currency)
        if self.language == "en":
            return f"{symbol}{text}" if currency in SYMBOLS else f"{symbol}{NO_BREAK}{text}"
        return f"{symbol}{NO_BREAK}{text}" if self.language == "nl" else f"{text}{NO_BREAK}{symbol}"

    def date(self, text: str) -> str:
        """`2014-04` as `April 2014`, `2014-04-06` as `6 April 2014`; the first of a month in French is `1er`."""
        parts = [int(part) for part in text.split("-")]
        month = self.locale.months["format"]["wide"][parts[1]]
        if len(parts) == 2:
            return f"{month} {parts[0]}"
        day = "1er" if self.language == "fr" and parts[2] == 1 else str(parts[2])
        return f"{day}{NO_BREAK}{month} {parts[0]}"

    def short_date(self, text: str) -> str:
        """For axes: `04/2014`, `06/04/2014`."""
        parts = text.split("-")
        return "/".join(reversed(parts))

    def sign(self, mark: str) -> str:
        """A colon or semicolon with the space before it that French wants."""
        space = {":": NO_BREAK, ";": NARROW}[mark] if self.language == "fr" else ""
        return f"{space}{mark}"

    def interval(self, low: str, high: str) -> str:
        """Both printed ends in brackets: `[1.2; 3.4]`, never broken over two lines."""
        return f"[{low}{self.sign(';')}{NO_BREAK}{high}]"

    def quoted(self, words: str) -> str:
        """Words of somebody else in the quotation marks of the language."""
        opening, closing = QUOTATION_MARKS[self.language]
        return f"{opening}{words}{closing}"

    def listing(self, items: Sequence[str]) -> str:
        """`a, b and c`; no comma before the last word."""
        return format_list(list(items), style="standard", locale=LOCALES[self.language])

    def plural(self, number: int) -> str:
        """Plural category of a whole number: in French 0 is `one`."""
        category = self.locale.plural_form(number)
        return "one" if category == "one" else "other"
