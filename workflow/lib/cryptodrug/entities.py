"""Which accounts belong to one vendor (typology, section 1: entity; the method of Décary-Hétu & Giommoni 2017).

Two accounts that show the same key are one vendor: strong evidence. The same name on two markets is medium evidence,
the same words in the profile weak evidence; neither is any where both accounts show keys and share none: anybody can
take a name that is in good repute elsewhere, and copy a text.
"""

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from cryptodrug.link_by import LinkBy
from cryptodrug.shared_text import SharedText, alike

STRENGTHS = {"account": "own", "text": "weak", "name": "medium", "name-text": "medium"}  # else there is a key: strong
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


def _apart(one: Account, other: Account, keys: dict[Account, set[str]]) -> bool:
    """Whether both show keys and share none."""
    return bool(keys[one] and keys[other] and not keys[one] & keys[other])


def _pairs_by_name(accounts: list[Account], keys: dict[Account, set[str]]) -> list[tuple[Account, Account]]:
    """Accounts of different markets with one name, unless their keys tell them apart."""
    by_name: dict[str, list[Account]] = {}
    for account in accounts:
        by_name.setdefault(normalised_handle(account[1]), []).append(account)
    pairs = []
    for same in by_name.values():
        for place, one in enumerate(same):
            for other in same[place + 1 :]:
                if one[0] != other[0] and not _apart(one, other, keys):
                    pairs.append((one, other))
    return pairs


def _sketches(vendor: pd.DataFrame) -> dict[Account, set[str]]:
    """Sketches of all profiles that an account has had."""
    found: dict[Account, set[str]] = {}
    for market, name, sketch in vendor[["market", "vendor", "profile_sketch"]].dropna().itertuples(index=False):
        found.setdefault((market, name.casefold()), set()).add(sketch)
    return found


def link_accounts(
    listing: pd.DataFrame, vendor: pd.DataFrame, link_by: LinkBy, shared: SharedText | None = None
) -> pd.DataFrame:
    """One row per account as printed: its entity and the strongest evidence that links it to another account.

    Parameters
    ----------
    listing, vendor : with market, vendor, snapshot_date; `vendor` also with pgp_fingerprint and, to link by text,
        profile_sketch.
    link_by : `account`: each account by itself; `key`: same key; `key-or-name`: also the same name on two markets;
        `key-name-or-text`: also the same words in the profiles on two markets.
    shared : when two profiles have the same words.

    Returns
    -------
    entity_id (the first account of the entity, `<market>:<handle>`), market, vendor, evidence (account, or what links
    it, of key, name and text, joined by `-`), strength (own, weak, medium, strong), from_date.
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
    groups, by_key, by_name, by_text = _Groups(accounts), set[Account](), set[Account](), set[Account]()
    if link_by != "account":
        holders: dict[str, list[Account]] = {}
        for account in accounts:
            for key in sorted(keys[account]):
                holders.setdefault(key, []).append(account)
        for same in holders.values():
            for other in same[1:]:
                groups.join(same[0], other)
                by_key |= {same[0], other}
    if link_by in ("key-or-name", "key-name-or-text"):
        for one, other in _pairs_by_name(accounts, keys):
            groups.join(one, other)
            by_name |= {one, other}
    if link_by == "key-name-or-text":
        for one, other in alike(_sketches(vendor), shared or SharedText()):
            if not _apart(one, other, keys):
                groups.join(one, other)
                by_text |= {one, other}
    words = (("key", by_key), ("name", by_name), ("text", by_text))
    evidence = {account: "-".join(word for word, found in words if account in found) for account in accounts}
    first["entity_id"] = [":".join(groups.of(account)) for account in first["account"]]
    first["evidence"] = [evidence[account] or "account" for account in first["account"]]
    first["strength"] = [STRENGTHS.get(word, "strong") for word in first["evidence"]]
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
