"""What vendor pages say: sales bands and ratings."""

import re
from typing import NamedTuple

_BAND = re.compile(r"(\d[\d,]*)\s*(?:[~–-]\s*(\d[\d,]*)|(\+))?")
WORDS = {"positive": 1.0, "neutral": 0.5, "negative": 0.0}  # opinions in three classes, evenly spaced
_RATING = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/\s*(\d+(?:\.\d+)?)|%)?")


class Band(NamedTuple):
    """Smallest and largest number of sales; `high` is None when the band is open."""

    low: int | None
    high: int | None


def read_band(text: str | None) -> Band:
    """`"100~150"` -> 100 to 150; `"500+"` -> 500 or more; `"7"` -> exactly 7."""
    found = _BAND.search(text or "")
    if found is None:
        return Band(None, None)
    low = int(found[1].replace(",", ""))
    if found[3]:
        return Band(low, None)
    high = int(found[2].replace(",", "")) if found[2] else low
    return Band(min(low, high), max(low, high))


def read_rating(text: str | None) -> float | None:
    """Rating as a share of the best one: `"4.9/5"` -> 0.98, `"4.9"` is taken on a scale of five, `"97%"` -> 0.97.

    One word for the whole is read as well: positive is 1, neutral a half, negative 0.
    """
    if text and (word := WORDS.get(text.strip().casefold())) is not None:
        return word
    found = _RATING.search(text or "")
    if found is None:
        return None
    scale = 100.0 if "%" in found[0] else float(found[2] or 5)
    rating = float(found[1]) / scale if scale else None
    return rating if rating is not None and rating <= 1 else None
