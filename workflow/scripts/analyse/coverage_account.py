"""What became of every file, member, page and row of the input, by snapshot: nothing is lost without being counted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from cryptodrug.archive.account import Account
from cryptodrug.errors import InputError
from cryptodrug.files import read_json
from cryptodrug.reading.tables import FAILED_KINDS, PAGE_KINDS
from cryptodrug.results import Column, ResultTable, write_result

MEMBERS = ("pages", "not_read", "opened", "unreadable")  # what a member can be
ROWS = {"rows_listing": "listing", "rows_price": "price", "rows_vendor": "vendor", "rows_feedback": "feedback"}
# what a listing may lack, and the column of the database in which that shows
LACKING = {"vendor": "vendor", "category": "category_path", "price": "price_eur", "origin": "ships_from"}
Snapshot = tuple[str, str]  # market, date


def _differs(snapshot: Snapshot, what: str) -> InputError:
    return InputError(
        what,
        where="-".join(snapshot),
        not_done="the account of the input was not written",
        do="remove `observed` and `harmonised` of this snapshot and build again; if it stays, report it",
    )


def _total(account: Account, name: str, of: str) -> int:
    return sum(one[of] for one in account[name].values())


def members_of(accounts: Iterable[Account]) -> dict[str, int]:
    """Sums over the files of one snapshot."""
    accounts = list(accounts)
    found = {"files": len(accounts), "bytes": sum(one["bytes"] for one in accounts)}
    found |= {"members": sum(one["members"] for one in accounts)}
    found |= {"pages": sum(one["pages"]["number"] for one in accounts)}
    found |= {name: sum(_total(one, name, "number") for one in accounts) for name in MEMBERS[1:]}
    found |= {"bytes_pages": sum(one["pages"]["bytes"] for one in accounts)}
    found |= {"bytes_not_read": sum(_total(one, "not_read", "bytes") for one in accounts)}
    found |= {"damages": sum(_total(one, "damages", "number") for one in accounts)}
    found |= {"bytes_lost": sum(_total(one, "damages", "bytes") for one in accounts)}
    return found | {"again": sum(one["again"] for one in accounts), "cut": sum(one["cut"] for one in accounts)}


def _kinds(accounts: Iterable[Account]) -> dict[str, int]:
    found = dict.fromkeys(PAGE_KINDS, 0)
    for account in accounts:
        for kind, number in account["kinds"].items():
            found[kind] += number
    return found


def require_sums(snapshot: Snapshot, accounts: Sequence[Account], snapshot_row: Mapping[str, Any]) -> None:
    """Stop when a member became nothing, or when the pages of the archives are not those of the database, by kind.

    Raises
    ------
    InputError : names the snapshot and both numbers.
    """
    found = members_of(accounts)
    if found["members"] != sum(found[name] for name in MEMBERS):
        raise _differs(snapshot, f"{found['members']} members came in, {sum(found[name] for name in MEMBERS)} came out")
    for kind, number in _kinds(accounts).items():
        if number != snapshot_row[f"pages_{kind}"]:
            raise _differs(
                snapshot,
                f"the archives hold {number} pages of kind {kind}, the database {snapshot_row[f'pages_{kind}']}",
            )


def coverage_account_table(accounts: Mapping[Snapshot, Sequence[Account]], snapshot: pd.DataFrame) -> ResultTable:
    """One row per snapshot: files and members of the archives and what became of them.

    Parameters
    ----------
    accounts : of the files of each snapshot.
    snapshot : pages by kind in the database.
    """
    known = {(row["market"], str(row["snapshot_date"])): row for row in snapshot.to_dict("records")}
    if strange := sorted(set(known) ^ set(accounts)):
        raise _differs(strange[0], "the archives and the database do not hold the same snapshots")
    rows = []
    for (market, date), of_day in sorted(accounts.items()):
        require_sums((market, date), of_day, known[market, date])
        rows.append({"row": f"{market}-{date}", "market": market, "snapshot": date} | members_of(of_day))
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        Column("files", "count", "file"),
        Column("bytes", "count", "byte"),
        *(Column(name, "count", "member") for name in ("members", *MEMBERS)),
        *(Column(name, "count", "byte") for name in ("bytes_pages", "bytes_not_read")),
        Column("damages", "count", "place"),
        Column("bytes_lost", "count", "byte"),
        *(Column(name, "count", "page") for name in ("again", "cut")),
    ]
    sums = [{"total": "members", "parts": list(MEMBERS)}]
    return ResultTable("coverage-account", "public", columns, pd.DataFrame(rows), column_sums=sums, notes=["members"])


def account_summary_table(account: pd.DataFrame, snapshot: pd.DataFrame) -> ResultTable:
    """One row: the account of all snapshots together, and the share of pages that show nothing of what was asked for.

    `account`: rows of `coverage-account`; `snapshot`: pages by kind in the database.
    """
    counts = ("files", "members", *MEMBERS, "damages", "again")
    failed = int(snapshot[[f"pages_{kind}" for kind in FAILED_KINDS]].to_numpy().sum())
    row = {"row": "all"} | {name: int(account[name].sum()) for name in counts}
    row |= {"failed": failed, "share_failed": failed / row["pages"] if row["pages"] else None}
    columns = [
        Column("files", "count", "file"),
        *(Column(name, "count", "member") for name in ("members", *MEMBERS)),
        Column("damages", "count", "place"),
        *(Column(name, "count", "page") for name in ("again", "failed")),
        Column("share_failed", "share", digits=1, base="pages"),
    ]
    sums = [{"total": "members", "parts": list(MEMBERS)}]
    return ResultTable("account-summary", "public", columns, pd.DataFrame([row]), column_sums=sums)


def row_account_table(
    read: Mapping[Snapshot, Mapping[str, int]], listing: pd.DataFrame, link: pd.DataFrame
) -> ResultTable:
    """One row per snapshot: rows read from pages, listings they are about, listings that lack something.

    Parameters
    ----------
    read : number of observed rows by table, of each snapshot.
    listing : market, snapshot_date, vendor, price_eur, ships_from of every listing.
    link : market, snapshot_date of every place on which a listing was seen.
    """
    seen = link.groupby(["market", "snapshot_date"]).size()
    rows = []
    for (market, date), number in sorted(read.items()):
        of_day = listing[(listing["market"] == market) & (listing["snapshot_date"].astype(str) == date)]
        if number["listing"] != seen.get((market, date), 0):
            raise _differs(
                (market, date),
                f"{number['listing']} rows about listings were read, {seen.get((market, date), 0)} are in the database",
            )
        rows.append(
            {"row": f"{market}-{date}", "market": market, "snapshot": date}
            | {column: number[table] for column, table in ROWS.items()}
            | {"listings": len(of_day), "repeated": number["listing"] - len(of_day)}
            | {f"no_{name}": int(of_day[column].isna().sum()) for name, column in LACKING.items()}
        )
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        *(Column(name, "count", "row") for name in ROWS),
        Column("repeated", "count", "row"),
        *(Column(name, "count", "listing") for name in ("listings", *(f"no_{name}" for name in LACKING))),
    ]
    sums = [{"total": "rows_listing", "parts": ["listings", "repeated"]}]
    return ResultTable("row-account", "public", columns, pd.DataFrame(rows), column_sums=sums, notes=["rows"])


def _by_snapshot(snapshots: Sequence[str], paths: Sequence[str]) -> dict[Snapshot, list[str]]:
    found: dict[Snapshot, list[str]] = {}
    for name, path in zip(snapshots, paths, strict=True):
        market, _, date = name.partition("/")
        found.setdefault((market, date), []).append(path)
    return found


def coverage_account(
    accounts: list[str],
    rows_listing: list[str],
    rows_price: list[str],
    rows_vendor: list[str],
    rows_feedback: list[str],
    snapshot: str,
    listing: str,
    listing_page: str,
    snapshots: list[str],
    coverage_account: str,
    coverage_account_description: str,
    account_summary: str,
    account_summary_description: str,
    row_account: str,
    row_account_description: str,
) -> None:
    """Account for every byte, member, page and row of the input.

    1. Sums are assertions, and stop the step with the snapshot and both numbers: members are pages, members that are
       no pages, archives inside that were opened, and members that are damaged; pages of the archives are those of the
       database, kind by kind; rows about listings are those of the database, place by place.
    2. `again`: pages of which the archive holds an earlier capture under the same name; `damages`: places where an
       archive is damaged, with the bytes lost there as far as they can be told.
    3. A listing that is seen on several pages is one listing; every further row about it is `repeated`.
    4. Missing price: none in euro. Missing origin: no country is stated, on no page of the listing.

    `snapshots`: `<market>/<date>` of each file, in the order of `accounts` and of the tables of rows.
    """
    of_day = _by_snapshot(snapshots, accounts)
    pages = pd.read_parquet(snapshot)
    table = coverage_account_table({name: [read_json(path) for path in paths] for name, paths in of_day.items()}, pages)
    write_result(table, coverage_account, coverage_account_description)
    summary = account_summary_table(table.rows, pages)
    write_result(summary, account_summary, account_summary_description)
    given = zip(ROWS.values(), (rows_listing, rows_price, rows_vendor, rows_feedback), strict=True)
    files = {name: _by_snapshot(snapshots, paths) for name, paths in given}
    read = {
        name: {table: sum(pq.read_metadata(path).num_rows for path in files[table][name]) for table in files}
        for name in of_day
    }
    place = ["market", "snapshot_date"]
    offer = pd.read_parquet(listing, columns=[*place, *LACKING.values()])
    rows = row_account_table(read, offer, pd.read_parquet(listing_page, columns=place))
    write_result(rows, row_account, row_account_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, coverage_account)
