"""Which accounts belong to one vendor (typology, section 1: entity; the method of Décary-Hétu & Giommoni 2017).

Two accounts that show the same key are one vendor: strong evidence. The same name on two markets is medium evidence,
and none where both accounts show keys and share none: anybody can take a name that is in good repute elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

import pandas as pd

LinkBy = Literal["account", "key", "key-or-name"]
Account = tuple[str, str]  # market, handle without regard to case
_NOT_LETTER = re.compile(r"[^a-z0-9]+")


def normalised_handle(handle: str) -> str:
    """A handle without case, accents, blanks and punctuation: `"Sim_Vendor-7"` -> `"simvendor7"`.

    A handle that has no letter or digit of the Latin alphabet stays as it is, without regard to case.
    """
    plain = unicodedata.normalize("NFKD", handle.casefold()).encode("ascii", "ignore").decode()
    return _NOT_LETTER.sub("", plain) or handle.casefold()


class _Groups:
    """Accounts in groups that grow together (disjoint sets)."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._above = {account: account for account in accounts}

    def of(self, account: Account) -> Account:
        while self._above[account] != account:
            self._above[account] = self._above[self._above[account]]
            account = self._above[account]
        return account

    def join(self, one: Account, other: Account) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


def _pairs_by_name(accounts: list[Account], keys: dict[Account, set[str]]) -> list[tuple[Account, Account]]:
    """Accounts of different markets with one name, unless their keys tell them apart."""
    by_name: dict[str, list[Account]] = {}
    for account in accounts:
        by_name.setdefault(normalised_handle(account[1]), []).append(account)
    pairs = []
    for same in by_name.values():
        for place, one in enumerate(same):
            for other in same[place + 1 :]:
                apart = keys[one] and keys[other] and not keys[one] & keys[other]
                if one[0] != other[0] and not apart:
                    pairs.append((one, other))
    return pairs


def link_accounts(listing: pd.DataFrame, vendor: pd.DataFrame, link_by: LinkBy) -> pd.DataFrame:
    """One row per account as printed: its entity and the strongest evidence that links it to another account.

    Parameters
    ----------
    listing, vendor : with market, vendor, snapshot_date; `vendor` also with pgp_fingerprint.
    link_by : `account`: each account by itself; `key`: same key; `key-or-name`: also the same name on two markets.

    Returns
    -------
    entity_id (the first account of the entity, `<market>:<handle>`), market, vendor, evidence (account, name, key,
    key-name), strength (own, medium, strong), from_date.
    """
    columns = ["market", "vendor", "snapshot_date"]
    seen = pd.concat([listing[columns], vendor[columns]]).dropna()
    first = seen.groupby(["market", "vendor"], sort=True)["snapshot_date"].min().reset_index(name="from_date")
    first["account"] = [
        (market, name.casefold()) for market, name in zip(first["market"], first["vendor"], strict=True)
    ]
    accounts = sorted(set(first["account"]))
    keys: dict[Account, set[str]] = {account: set() for account in accounts}
    for market, name, key in vendor[["market", "vendor", "pgp_fingerprint"]].dropna().itertuples(index=False):
        keys[(market, name.casefold())].add(key)
    groups, by_key, by_name = _Groups(accounts), set[Account](), set[Account]()
    if link_by != "account":
        holders: dict[str, list[Account]] = {}
        for account in accounts:
            for key in sorted(keys[account]):
                holders.setdefault(key, []).append(account)
        for same in holders.values():
            for other in same[1:]:
                groups.join(same[0], other)
                by_key |= {same[0], other}
    if link_by == "key-or-name":
        for one, other in _pairs_by_name(accounts, keys):
            groups.join(one, other)
            by_name |= {one, other}
    evidence = {
        account: "-".join([word for word, found in (("key", by_key), ("name", by_name)) if account in found])
        for account in accounts
    }
    first["entity_id"] = [":".join(groups.of(account)) for account in first["account"]]
    first["evidence"] = [evidence[account] or "account" for account in first["account"]]
    strengths = {"account": "own", "name": "medium"}
    first["strength"] = [strengths.get(word, "strong") for word in first["evidence"]]
    return first.drop(columns="account")


def add_entity(table: pd.DataFrame, entities: pd.DataFrame) -> None:
    """Put the entity of each row's account into the column `entity_id`; missing where the row has no vendor."""
    known = {
        (market, name): entity
        for market, name, entity in entities[["market", "vendor", "entity_id"]].itertuples(index=False)
    }
    pairs = zip(table["market"], table["vendor"], strict=True)
    table["entity_id"] = pd.array([known.get(pair) for pair in pairs], dtype="string").astype(object)
    table["entity_id"] = table["entity_id"].where(table["entity_id"].notna(), None)
