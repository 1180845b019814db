"""What is said of an account: its record on other markets, and counts of opinions on it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from cryptodrug.harmonise.best_page import OF_VENDOR, best_page_only
from cryptodrug.harmonise.market_names import plain_name
from cryptodrug.harmonise.vendors import WORDS, read_band, read_rating

STARS = 5
_STARS = re.compile(r"([1-5])\s*stars?", re.IGNORECASE)
_MONTHS = re.compile(r"(\d{1,3})\s*months?", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")


def read_count(text: str | None) -> int | None:
    """A number of opinions: `"1,180"` -> 1180; anything else is none."""
    text = (text or "").strip()
    return int(text.replace(",", "")) if _COUNT.fullmatch(text) else None


def type_references(reference: pd.DataFrame, page: pd.DataFrame, markets: Mapping[str, str]) -> pd.DataFrame:
    """Records on other markets, of the best page of each vendor; the claim as a whole is left out.

    A market that no row of the table names has no id: what stands there can be anything, also a name of a person.
    """
    reference = best_page_only(reference.drop(columns="claim_text"), reference["vendor"].tolist(), page, OF_VENDOR)
    reference["other_market"] = [markets.get(plain_name(text)) if text else None for text in reference["market_text"]]
    bands = [read_band(text) for text in reference["sales_text"]]
    reference["sales_low"] = pd.array([band.low for band in bands], dtype="Int64")
    reference["sales_high"] = pd.array([band.high for band in bands], dtype="Int64")
    ratings = [read_rating(text) for text in reference["rating_text"]]
    reference["rating"] = pd.Series(ratings, index=reference.index, dtype=float)
    for name in ("positive", "neutral", "negative"):
        reference[name] = pd.array([read_count(text) for text in reference[f"{name}_text"]], dtype="Int64")
    return reference


class Score(NamedTuple):
    """The scale of a row of opinions, and its place on it as a share of the best (None: a mean of all)."""

    scale: str | None
    value: float | None


def read_score(text: str | None) -> Score:
    """`"4 Stars"` -> 0.8 of the stars; `"Neutral"` -> 0.5 of three opinions; `"Rating"` is a mean, no count."""
    text = (text or "").strip()
    if text.casefold() in WORDS:
        return Score("opinion", WORDS[text.casefold()])
    if found := _STARS.fullmatch(text):
        return Score("stars", int(found[1]) / STARS)
    return Score("mean" if text.casefold() == "rating" else None, None)


def read_period(text: str | None) -> tuple[int | None, str | None]:
    """Months and side: `"Newer than 3 Months"` and `"6 months"` -> the last so many; `"Older"` -> what is before."""
    text = (text or "").strip()
    months = _MONTHS.search(text)
    older = text.casefold().startswith("older")
    return (int(months[1]) if months else None), "older" if older else "newer" if months else None


def type_scores(score: pd.DataFrame, page: pd.DataFrame) -> pd.DataFrame:
    """Counts of opinions by period and score, of the best page of each vendor. A count not shown is missing."""
    score = best_page_only(score, score["vendor"].tolist(), page, OF_VENDOR)
    read = [read_score(text) for text in score["score_text"]]
    score["score_scale"] = [one.scale for one in read]
    score["score"] = pd.Series([one.value for one in read], index=score.index, dtype=float)
    means = [one.scale == "mean" for one in read]
    counts = [None if mean else read_count(text) for mean, text in zip(means, score["count_text"], strict=True)]
    score["count"] = pd.array(counts, dtype="Int64")
    shares = [read_rating(text) if mean else None for mean, text in zip(means, score["count_text"], strict=True)]
    score["mean"] = pd.Series(shares, index=score.index, dtype=float)
    periods = [read_period(text) for text in score["period_text"]]
    score["period_months"] = pd.array([months for months, _ in periods], dtype="Int64")
    score["period_side"] = [side for _, side in periods]
    return score
