"""The account of an archive: what became of every member, beside the tables that were made of it."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from cryptodrug.archive.report import Report
from cryptodrug.errors import InputError

logger = logging.getLogger("cryptodrug.observe")
Account = dict[str, Any]
UNRECOGNISED = ("unknown", "empty")


def account_of(report: Report, kinds: Mapping[str, int], size: int) -> Account:
    """Counts of one pass, as plain data.

    Parameters
    ----------
    kinds : number of pages by kind.
    size : bytes of the file as received.
    """
    return {"schema": 1, "bytes": size, "kinds": dict(sorted(kinds.items())), **report.as_data()}


def _sum(one: Any, other: Any) -> Any:
    if not isinstance(one, dict):
        return one + other
    return {
        key: _sum(one[key], other[key]) if key in one and key in other else (one | other)[key] for key in one | other
    }


def join_accounts(accounts: Iterable[Account]) -> Account:
    """The account of an archive that several jobs shared: every count is the sum of theirs."""
    first, *others = accounts
    total = first
    for other in others:
        total = _sum(total, other)
    return total | {name: first[name] for name in ("schema", "bytes")}


def _lost(archive: str, what: str) -> InputError:
    return InputError(what, where=archive, not_done="the step was ended", do="report this: no page may be lost")


def require_account(account: Account, archive: str) -> None:
    """Stop when a page has no kind, or a member is nothing of what a member can be.

    Raises
    ------
    InputError : the sums differ.
    """
    pages, members = account["pages"]["number"], account["members"]
    if sum(account["kinds"].values()) != pages:
        raise _lost(archive, f"{pages} pages came in and {sum(account['kinds'].values())} were given a kind")
    groups = (account[name].values() for name in ("not_read", "opened", "unreadable"))
    if members != pages + sum(one["number"] for group in groups for one in group):
        raise _lost(archive, f"{members} members came in, and not every one was accounted for")


def refuse_strange_archive(account: Account, archive: str, adapter: str) -> None:
    """Stop when no page is of a kind that the market file knows: it is another archive, or none at all.

    Raises
    ------
    InputError : names the file and the market file.
    """
    if any(count for kind, count in account["kinds"].items() if kind not in UNRECOGNISED):
        return
    raise InputError(
        f"none of {account['pages']['number']} pages is of a kind that the market file knows",
        where=f"{archive}, read with {adapter}",
        not_done="no table was made of this archive",
        do="compare file and adapter in the snapshot table; `cryptodrug market parse` shows how a page is read",
    )


def log_account(account: Account, name: str) -> None:
    """Every count on its line; what was not read as a warning."""
    for kind, count in account["kinds"].items():
        logger.info("%s: %d pages of kind %s", name, count, kind)
    for kind, one in account["opened"].items():
        logger.info("%s: %d archives inside it opened: %s", name, one["number"], kind)
    for reason, one in account["not_read"].items():
        logger.warning("%s: %d members not read: %s", name, one["number"], reason)
    for reason, one in account["unreadable"].items():
        logger.warning("%s: %d members unreadable: %s", name, one["number"], reason)
    for reason, one in account["damages"].items():
        logger.warning("%s: damaged in %d places: %s", name, one["number"], reason)
    if account["cut"]:
        logger.warning("%s: %d pages of which only the first part is there", name, account["cut"])
