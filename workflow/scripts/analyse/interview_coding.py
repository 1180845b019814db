"""How far the coders of the interviews agree."""

import numpy as np
import pandas as pd
from cryptodrug.files import whole_file
from cryptodrug.interviews.codebook import counted_codes, read_codebook
from cryptodrug.interviews.mapping import read_interview_map
from cryptodrug.interviews.matrix import ratings
from cryptodrug.interviews.passages import found
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.agreement import METHOD, Agreement, agreement, cohen_kappa, mark_of

# digits that are published: with more of them and the other counts of the table, the sum of all yeses could be had
DIGITS = 3
FEWEST_YES = 3


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _row(basis: str, interviews: int, codes: int, one: Agreement) -> dict:
    interval = one.interval if one.printable else None
    alpha = one.alpha if one.printable else None
    return {
        "row": basis,
        "basis": basis,
        "interviews": interviews,
        "codes": codes,
        "decisions": one.units,
        "agreed": one.agreed,
        "differed": one.units - one.agreed,
        "alpha": _rounded(alpha),
        "alpha_low": _rounded(interval.low if interval else None),
        "alpha_high": _rounded(interval.high if interval else None),
        "mark": None if alpha is None else mark_of(alpha),
        "mark_low": None if interval is None else mark_of(interval.low),
        "ac1": _rounded(one.ac1 if one.printable else None),
        "support_interviews": interviews,
    }


def coding_columns(level: float) -> list[Column]:
    """Columns of the table of agreement."""
    return [
        Column("basis", "text", "coding_basis"),
        Column("interviews", "count", "interview"),
        Column("codes", "count", "code"),
        Column("decisions", "count", "decision"),
        Column("agreed", "count", "decision", base="decisions"),
        Column("differed", "count", "decision", base="decisions"),
        Column(
            "alpha",
            "ratio",
            digits=2,
            base="decisions",
            low="alpha_low",
            high="alpha_high",
            level=level,
            method=METHOD,
        ),
        Column("mark", "text", "agreement_mark"),
        Column("mark_low", "text", "agreement_mark"),
        Column("ac1", "ratio", digits=2, base="decisions"),
    ]


def coding_table(
    codings: pd.DataFrame,
    interviews: pd.DataFrame,
    codes: list[str],
    coders: list[str],
    draws: int,
    seed: int,
    level: float,
) -> ResultTable:
    """Agreement over all interviews, and without those that were coded together to learn; empty with one coder."""
    bases = {"all": list(interviews["interview"])}
    if interviews["training"].any():
        bases["without-training"] = list(interviews.loc[~interviews["training"], "interview"])
    rows = []
    for basis, names in bases.items():
        made, of_unit = ratings(codings, coders, codes, names)
        one = agreement(made, of_unit, draws, seed, level)
        if one.units:
            rows.append(_row(basis, len(names), len(codes), one))
    columns = coding_columns(level)
    names = ["row", *(name for one in columns for name in (one.name, one.low, one.high) if name), "support_interviews"]
    table = pd.DataFrame(rows, columns=names)
    numbers = {one.name: "Int64" for one in columns if one.kind == "count"}
    floats = dict.fromkeys(("alpha", "alpha_low", "alpha_high", "ac1"), float)
    return ResultTable("interview-coding", "interviews", columns, table.astype(numbers | floats))


def agreed_table(made: np.ndarray, codes: list[str], interviews: int) -> ResultTable:
    """Per code: on how many interviews the coders agreed; no coefficient, a few interviews do not carry one."""
    by_code = made.reshape(len(made), len(codes), interviews)
    rated = (~np.isnan(by_code)).sum(axis=0) >= 2
    same = rated & (np.nanmax(by_code, axis=0) == np.nanmin(by_code, axis=0)) if len(made) > 1 else rated & False
    rows = [
        {
            "row": code,
            "code": code,
            "agreed": int(same[place].sum()),
            "of": int(rated[place].sum()),
            "support_interviews": interviews,
        }
        for place, code in enumerate(codes)
        if rated[place].any()
    ]
    columns = [
        Column("code", "text", "interview_code"),
        Column("agreed", "count", "decision", base="of"),
        Column("of", "count", "decision"),
    ]
    table = pd.DataFrame(rows, columns=["row", "code", "agreed", "of", "support_interviews"])
    return ResultTable(
        "interview-coding-codes", "interviews", columns, table.astype({"agreed": "Int64", "of": "Int64"})
    )


def details_table(codings: pd.DataFrame, codes: list[str], coders: list[str], interviews: list[str]) -> pd.DataFrame:
    """For the team: the four counts of the first two coders, kappa where it says something, passages found."""
    rows = []
    for code in codes if len(coders) > 1 else []:
        made, _ = ratings(codings, coders[:2], [code], interviews)
        one, other = made[:, ~np.isnan(made).any(axis=0)].astype(bool)
        cells = [int(part.sum()) for part in (one & other, one & ~other, ~one & other, ~one & ~other)]
        yes = (cells[0] + cells[1], cells[0] + cells[2])
        telling = all(FEWEST_YES <= count <= sum(cells) - FEWEST_YES for count in yes)
        passages = found(codings, *coders[:2], code, interviews)
        rows.append(
            {
                "code": code,
                "both": cells[0],
                "only_first": cells[1],
                "only_second": cells[2],
                "neither": cells[3],
                "kappa": cohen_kappa(*cells) if telling else None,
                "passages_both": passages.both,
                "passages_only_first": passages.only_first,
                "passages_only_second": passages.only_second,
                "f1": passages.f1,
            }
        )
    return pd.DataFrame(rows)


def interview_coding(
    interview: str,
    interview_code: str,
    codebook: str,
    mapping: str,
    interview_coding: str,
    interview_coding_description: str,
    interview_coding_codes: str,
    interview_coding_codes_description: str,
    details: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Agreement of the coders before they talked.

    1. A decision is one code in one interview: yes where a passage says that it was so, or was and was not.
    2. An interview that a coder has not coded is missing for this coder, and not a no.
    3. Alpha (Krippendorff 2004) over all codes and interviews together; its interval comes from drawing interviews. AC1
       (Gwet 2008) stands beside it. Neither is given when nearly all decisions are the same.
    4. Interviews coded together to learn the code book are taken out in a second row.
    5. Per code only the number of interviews with the same decision is published; kappa and passages stay inside.
    """
    codes, coders = counted_codes(read_codebook(codebook)), list(read_interview_map(mapping).coders)
    codings, table = pd.read_parquet(interview_code), pd.read_parquet(interview)
    names = list(table["interview"])
    made, _ = ratings(codings, coders, codes, names)
    result = coding_table(codings, table, codes, coders, draws, seed, level)
    write_result(result, interview_coding, interview_coding_description)
    by_code = agreed_table(made, codes, len(names))
    write_result(by_code, interview_coding_codes, interview_coding_codes_description)
    with whole_file(details) as temporary:
        details_table(codings, codes, coders, names).to_parquet(temporary, index=False)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, interview_coding)
