"""How long ago each drug was last used."""

import pandas as pd
from cryptodrug.errors import InputError
from cryptodrug.offer import slug
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.intervals import wilson
from cryptodrug.survey.shares import frame_of

# classes of recency in their order: 0 to 6
CLASSES = ("never", "decade_ago", "last_decade", "last_year", "last_month", "last_week", "last_day")
USED = {"ever": 1, "decade": 2, "year": 3}  # from which class on somebody counts as a user


def recency_row(codes: pd.Series, drug: str, level: float) -> dict:
    """Counts by class, sums of classes, and shares of those who answered."""
    given = codes[codes >= 0]
    if (given >= len(CLASSES)).any():
        raise InputError(
            f"variable `{drug}` has answers above {len(CLASSES) - 1}",
            where="`survey.recency` of the configuration",
            not_done="no table of recency was made",
            do="name only variables with the seven classes of recency",
        )
    row = {"row": slug(drug), "drug": drug, "base": len(given)}
    row |= {name: int((given == code).sum()) for code, name in enumerate(CLASSES)}
    for name, first in USED.items():
        count = int((given >= first).sum())
        low, high = wilson(count, len(given), level) if len(given) else (None, None)
        share = count / len(given) if len(given) else None
        row |= {f"{name}_users": count, f"{name}_share": share, f"{name}_low": low, f"{name}_high": high}
    return row


def recency_tables(
    respondent: pd.DataFrame, drugs: list[str], level: float, domain: str
) -> tuple[ResultTable, ResultTable]:
    """Classes, and users in each period with their shares: one row per drug, in the order given.

    A drug that the survey does not ask about has none.
    """
    asked = [drug for drug in drugs if f"{drug}_code" in respondent]
    rows = [recency_row(respondent[f"{drug}_code"].astype("float64"), drug, level) for drug in asked]
    drug, base = Column("drug", "text", "item"), Column("base", "count", "respondent")
    columns = [drug, *(Column(name, "count", "respondent") for name in CLASSES), base]
    classes = ResultTable(
        "recency-by-drug",
        domain,
        columns,
        frame_of([{name: row[name] for name in ("row", "drug", *CLASSES, "base")} for row in rows], columns),
        column_sums=[{"parts": list(CLASSES), "total": "base"}],
    )
    shares = [
        Column(
            f"{name}_share", "share", digits=1, base="base", low=f"{name}_low", high=f"{name}_high", level=level,
            method="wilson",
        )
        for name in USED
    ]  # fmt: skip
    columns = [drug, *(Column(f"{name}_users", "count", "respondent") for name in USED), base, *shares]
    dropped = [{name: value for name, value in row.items() if name not in CLASSES} for row in rows]
    return classes, ResultTable("recency-users", domain, columns, frame_of(dropped, columns))


def recency_by_drug(
    respondent: str,
    recency_by_drug: str,
    recency_by_drug_description: str,
    recency_users: str,
    recency_users_description: str,
    drugs: list[str],
    level: float,
    domain: str,
) -> None:
    """Recency of use.

    1. Users in a period are all who used in it or later: in the last year, also those of the last day.
    2. The base is those who answered. Wilson intervals, as if the sample had been drawn at random.
    3. Only for public files: users of a period are sums of classes of the other table, and one hidden number could be
       worked out from both.
    """
    classes, users = recency_tables(pd.read_parquet(respondent), drugs, level, domain)
    write_result(classes, recency_by_drug, recency_by_drug_description)
    write_result(users, recency_users, recency_users_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, recency_by_drug)
