"""Which profiles are read: those that ever stated the country, and as many others, matched on market and size."""

import csv
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.populations import ever_vendors

BANDS = (0, 5, 10, 25, 50, np.inf)  # listings: 1-4, 5-9, 10-24, 25-49, 50 and more
GROUPS = ("focus", "other")
COLUMNS = ("profile", "group", "pair")


@dataclass(frozen=True)
class Sampled:
    """A profile to be read: `pair` joins one of the country and the other that is matched to it."""

    entity: str
    group: str
    pair: int


def vendor_features(listing: pd.DataFrame) -> pd.DataFrame:
    """Market with most listings, and band of the mean number of listings a snapshot, by entity."""
    days = listing.groupby(["entity", "market", "snapshot_date"]).size()
    by_market = days.groupby(["entity", "market"]).mean().reset_index(name="size")
    by_size = by_market.sort_values(["entity", "size", "market"], ascending=[True, False, True])
    table = by_size.drop_duplicates("entity").set_index("entity")
    return table.assign(band=pd.cut(table["size"], BANDS, labels=False, right=False))[["market", "band"]]


def draw_sample(listing: pd.DataFrame, focus: str, seed: int) -> list[Sampled]:
    """Every vendor that ever stated the country, each with one other of its market and band, drawn without repetition.

    A vendor for whom no other is left stays without a match.
    """
    features, ours = vendor_features(listing), ever_vendors(listing, focus)
    generator = np.random.Generator(np.random.PCG64(seed))
    left = {
        key: list(generator.permutation(sorted(rows.index)))
        for key, rows in features[~features.index.isin(ours)].groupby(["market", "band"], sort=True)
    }
    sampled = []
    for pair, entity in enumerate(sorted(ours), start=1):
        sampled.append(Sampled(entity, "focus", pair))
        others = left.get(tuple(features.loc[entity, ["market", "band"]]), [])
        if others:
            sampled.append(Sampled(str(others.pop()), "other", pair))
    return sampled


def pseudonym(entity: str, key: bytes) -> str:
    """A name without a person: twelve hex digits of a keyed hash (HMAC-SHA256); the same with the same key."""
    return hmac.new(key, f"profile:{entity}".encode(), hashlib.sha256).hexdigest()[:12]


def write_sample(path: str | Path, sampled: Sequence[Sampled], key: bytes) -> None:
    """Pseudonym, group and pair, by pseudonym: what a study needs to know of a sheet, and the coders must not."""
    rows = sorted((pseudonym(one.entity, key), one.group, one.pair) for one in sampled)
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def read_sample(path: str | Path) -> pd.DataFrame:
    """The sample: profile, group, pair.

    Raises
    ------
    InputError : a column is missing, a group is unknown, or a profile stands twice.
    """
    table = pd.read_csv(path, dtype=str)
    fault = None
    if tuple(table.columns) != COLUMNS:
        fault = f"its columns are {', '.join(table.columns)}"
    elif table["profile"].duplicated().any() or not table["group"].isin(GROUPS).all():
        fault = f"a profile stands twice, or a group is none of {', '.join(GROUPS)}"
    elif table.duplicated(["group", "pair"]).any():
        fault = "a pair has two profiles of one group"
    if fault:
        raise InputError(
            f"the sample of profiles cannot be used: {fault}",
            where=str(path),
            not_done="no profile was counted",
            do="take the file that `cryptodrug profiles export` wrote",
        )
    return table
