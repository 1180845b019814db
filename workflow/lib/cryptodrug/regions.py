"""Where declared origins lie as seen from the focus country: at home, next door, in the Union, elsewhere."""

import csv
import datetime
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from cryptodrug.errors import InputError

REGIONS = ("focus", "neighbours", "union", "elsewhere", "several", "region", "not-stated")
APART = ("several", "region", "not-stated")


def origin_labels(listing: pd.DataFrame) -> pd.Series:
    """A country code, or `several`, `region`, `not-stated` (nothing, or nothing that could be read)."""
    status = listing["ships_from_status"].map({"several": "several", "region": "region", "country": "country"})
    labels = status.fillna("not-stated")
    return labels.where(labels != "country", listing["ships_from"].fillna("not-stated"))


def union_members(path: str | Path, day: datetime.date) -> frozenset[str]:
    """Member states of the European Union on a day (ISO 3166, two letters); `path`: country, joined, left.

    Raises
    ------
    InputError : a date cannot be read.
    """
    members = set()
    with Path(path).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            try:
                joined = datetime.date.fromisoformat(row["joined"])
                left = datetime.date.fromisoformat(row["left"]) if row["left"] else None
            except ValueError as error:
                raise InputError(
                    f"no date of {row['country']}: {error}",
                    where=str(path),
                    not_done="origins were not put together by region",
                    do="write dates as 2013-07-01",
                ) from error
            if joined <= day and (left is None or day <= left):
                members.add(row["country"])
    return frozenset(members)


def region_of(labels: pd.Series, focus: str, neighbours: Collection[str], union: Collection[str]) -> pd.Series:
    """Region of each origin (a country code, or one of `APART`); neighbours are not counted again in the union."""
    names = {}
    for label in labels.unique():
        if label in APART:
            names[label] = label
        elif label == focus:
            names[label] = "focus"
        elif label in neighbours:
            names[label] = "neighbours"
        else:
            names[label] = "union" if label in union else "elsewhere"
    return labels.map(names)
