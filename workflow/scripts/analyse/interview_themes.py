"""In how many interviews each theme and each code is met."""

import pandas as pd
from cryptodrug.files import whole_file
from cryptodrug.interviews.codebook import Code, read_codebook
from cryptodrug.interviews.mapping import read_interview_map
from cryptodrug.interviews.matrix import agreed, code_matrix, said, together
from cryptodrug.interviews.themes import Theme, read_themes
from cryptodrug.results import Column, ResultTable, write_result

Said = set[tuple[str, str]]


def interviews_with(codes: tuple[str, ...], spoken: Said) -> int:
    """Interviews in which any of the codes is met."""
    return len({interview for code, interview in spoken if code in codes})


def _counted() -> list[Column]:
    return [
        Column("asked", "text", "asked"),
        Column("n", "count", "interview", base="of"),
        Column("of", "count", "interview"),
    ]


def themes_table(themes: list[Theme], codebook: list[Code], versions: list[Said], of: int) -> ResultTable:
    """One row per theme. `versions`: what counts (the consensus), then each coder's own.

    `half`: met in half of the interviews or more in every version; rarity in a few interviews is no finding.
    """
    known = {code.code: code for code in codebook}
    rows = []
    for theme in themes:
        counts = [interviews_with(theme.codes, version) for version in versions]
        half = of > 0 and all(2 * count >= of for count in counts)
        rows.append(
            {
                "row": theme.theme,
                "theme": theme.theme,
                "asked": theme.asked(known),
                "n": counts[0],
                "of": of,
                "half": "yes" if half else "no",
                "support_interviews": of,
            }
        )
    columns = [Column("theme", "text", "interview_theme"), *_counted(), Column("half", "text", "yes_no", base="of")]
    names = ["row", "theme", "asked", "n", "of", "half", "support_interviews"]
    table = pd.DataFrame(rows, columns=names).astype({"n": "Int64", "of": "Int64"})
    return ResultTable("interview-themes", "interviews", columns, table, notes=["spoken"])


def codes_table(codebook: list[Code], spoken: Said, of: int) -> ResultTable:
    """One row per code; one that the guide does not ask about has no number: silence on it says nothing."""
    rows = [
        {
            "row": code.code,
            "code": code.code,
            "asked": code.asked,
            "n": None if code.asked == "no" else interviews_with((code.code,), spoken),
            "of": of,
            "support_interviews": of,
        }
        for code in codebook
        if code.kind == "code"
    ]
    table = pd.DataFrame(rows).astype({"n": "Int64", "of": "Int64"})
    sensitive = [code.code for code in codebook if code.kind == "code" and code.sensitive]
    columns = [Column("code", "text", "interview_code"), *_counted()]
    return ResultTable(
        "interview-codes", "interviews", columns, table, sensitive_rows=sensitive, notes=["spoken", "sensitive"]
    )


def _write(table: pd.DataFrame, path: str) -> None:
    with whole_file(path) as temporary:
        table.to_parquet(temporary, index=False)


def interview_themes(
    interview: str,
    interview_code: str,
    codebook: str,
    themes: str,
    mapping: str,
    interview_themes: str,
    interview_themes_description: str,
    interview_codes: str,
    interview_codes_description: str,
    matrix: str,
    pairs: str,
) -> None:
    """Count interviews.

    1. The interview is counted, not the passage. A code counts where a passage says that it was so, or that it was and
       was not; a denial is a negative case and no count.
    2. What counts is the consensus of the coders; without one, what every coder has marked.
    3. A code that the guide does not ask about has no number. A sensitive one has one only where the gate allows.
    4. The matrix of codes and interviews, and the pairs of codes that touch, stay with the team.
    """
    book, rules = read_codebook(codebook), read_interview_map(mapping)
    codings, table = pd.read_parquet(interview_code), pd.read_parquet(interview)
    counted = agreed(codings, list(rules.coders), rules.agreed)
    versions = [counted, *(said(codings, coder) for coder in rules.coders)]
    made = themes_table(read_themes(themes, book), book, versions, len(table))
    write_result(made, interview_themes, interview_themes_description)
    write_result(codes_table(book, counted, len(table)), interview_codes, interview_codes_description)
    _write(code_matrix(codings, rules.labels(), list(table["interview"])), matrix)
    _write(together(codings, rules.labels()[-1]), pairs)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, interview_themes)
