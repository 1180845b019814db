"""What profiles say, coded by two people: the country against the others matched to it (typology, section 6)."""

import pandas as pd
from cryptodrug.offer import fewest
from cryptodrug.profiles.codebook import read_profile_codes
from cryptodrug.profiles.counting import (
    CodeAgreement,
    Pairs,
    code_agreement,
    exact_difference,
    paired_counts,
    ratings,
    verdict,
)
from cryptodrug.profiles.sample import read_sample
from cryptodrug.profiles.sheets import is_yes, read_both, read_consensus, settled
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.snapshots import check_sum
from cryptodrug.statistics.agreement import Agreement, agreement, mark_of
from cryptodrug.statistics.paired import class_of, holm, sign_test

FEWEST_PAIRS = 10
FEWEST_SHOWN = 3  # vendors
DIFFERENCE = ("difference", "difference_low", "difference_high")
COEFFICIENTS = ("alpha", "alpha_low", "alpha_high", "kappa", "pabak")
EXACT = "exact-pairs"
WAYS = ("more", "less", "more-alone", "less-alone")


def code_rows(counts: dict[str, Pairs], level: float) -> list[dict]:
    """One row per code: numbers of both groups, difference, tests."""
    tests = {
        code: sign_test(one.focus_alone, one.other_alone) if one.pairs >= FEWEST_PAIRS else None
        for code, one in counts.items()
    }
    adjusted = holm(tests)
    rows = []
    for code, one in counts.items():
        ours, theirs = one.both + one.focus_alone, one.both + one.other_alone
        row = {"row": code, "code": code, "n_focus": ours, "n_other": theirs, "pairs": one.pairs}
        row |= dict.fromkeys(DIFFERENCE)
        row["support_vendors"] = fewest(ours, one.pairs - ours)
        if one.pairs >= FEWEST_PAIRS:
            row["difference"] = (ours - theirs) / one.pairs
            ends = exact_difference(one, level)
            if ends:
                row["difference_low"], row["difference_high"] = ends
            row |= {"p_alone": class_of(tests[code]), "p": class_of(adjusted[code])}
            row["uncommon"] = verdict(ours > theirs, tests[code], adjusted[code])
        rows.append(row)
    return rows


def codes_table(counts: dict[str, Pairs], level: float) -> ResultTable:
    """`profile-codes`."""
    guard = "support_vendors"
    columns = [
        Column("code", "text", "profile_code"),
        Column("n_focus", "count", "vendor", guard_vendors=guard),
        Column("n_other", "count", "vendor"),
        Column("pairs", "count", "pair"),
        Column(
            "difference", "share", digits=1, base="pairs", low="difference_low", high="difference_high", level=level,
            method=EXACT, guard_vendors=guard,
        ),
        Column("p_alone", "text", "p_class", guard_vendors=guard),
        Column("p", "text", "p_class", guard_vendors=guard),
        Column("uncommon", "text", "uncommon", guard_vendors=guard),
    ]  # fmt: skip
    names = ["row", "code", "n_focus", "n_other", "pairs", *DIFFERENCE, "p_alone", "p", "uncommon", guard]
    table = pd.DataFrame(code_rows(counts, level), columns=names).astype(dict.fromkeys(DIFFERENCE, float))
    return ResultTable("profile-codes", "public", columns, table, notes=["pairs"])


def summary_table(rows: pd.DataFrame) -> ResultTable:
    """`profile-summary`: codes more, and less, usual in the country; none that rests on too few vendors.

    Those shown only when judged by themselves stand in lists of their own.
    """
    shown = rows[rows["support_vendors"] >= FEWEST_SHOWN]
    lists = {way.replace("-", "_"): "|".join(shown.loc[shown["uncommon"] == way, "code"]) or None for way in WAYS}
    row = {"row": "all", "pairs": int(rows["pairs"].max()), "codes": len(rows)} | lists
    columns = [
        Column("pairs", "count", "pair"),
        Column("codes", "count", "code"),
        *(Column(way.replace("-", "_"), "list", "profile_code") for way in WAYS),
    ]
    return ResultTable("profile-summary", "public", columns, pd.DataFrame([row]))


def coding_table(whole: Agreement, by_code: dict[str, CodeAgreement], profiles: int, level: float) -> ResultTable:
    """`profile-coding`: all decisions together, then code by code."""
    pabak = 2 * whole.agreed / whole.units - 1 if whole.units else None
    rows = [
        {
            "row": "all",
            "code": "all-codes",
            "profiles": profiles,
            "decisions": whole.units,
            "agreed": whole.agreed,
            "alpha": whole.alpha,
            "alpha_low": whole.interval.low if whole.interval and whole.alpha is not None else None,
            "alpha_high": whole.interval.high if whole.interval and whole.alpha is not None else None,
            "mark": None if whole.alpha is None else mark_of(whole.alpha),
            "mark_low": mark_of(whole.interval.low) if whole.interval and whole.alpha is not None else None,
            "pabak": pabak,
        }
    ]
    rows += [
        {"row": code, "code": code, "profiles": profiles, "decisions": one.decisions, "agreed": one.agreed}
        | {"kappa": one.kappa, "pabak": one.pabak}
        for code, one in by_code.items()
    ]
    columns = [
        Column("code", "text", "profile_code"),
        Column("profiles", "count", "profile"),
        Column("decisions", "count", "decision"),
        Column("agreed", "count", "decision"),
        Column(
            "alpha", "ratio", digits=2, low="alpha_low", high="alpha_high", level=level, method="bootstrap-profiles"
        ),
        Column("mark", "text", "agreement_mark"),
        Column("mark_low", "text", "agreement_mark"),
        Column("kappa", "ratio", digits=2),
        Column("pabak", "ratio", digits=2),
    ]
    names = ["row", "code", "profiles", "decisions", "agreed", *COEFFICIENTS, "mark", "mark_low"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(COEFFICIENTS, float))
    for name in ("mark", "mark_low"):
        table[name] = table[name].astype(object).where(table[name].notna(), None)
    return ResultTable("profile-coding", "public", columns, table, notes=["kappa"])


def profile_codes(
    codebook: str,
    sample: str,
    sheets: list[str],
    sha256: list[str],
    profile_codes: str,
    profile_codes_description: str,
    profile_coding: str,
    profile_coding_description: str,
    profile_summary: str,
    profile_summary_description: str,
    draws: int,
    seed: int,
    level: float,
    consensus: str | None = None,
) -> None:
    """Count the codes of profiles, and how far two coders agree on them.

    1. Agreement is that before the coders talked: present or not, one code in one profile. Alpha over all of them, its
       interval from drawing profiles (Krippendorff 2004); kappa (Cohen 1960) and PABAK code by code.
    2. What counts is what both gave, and what they settled on afterwards; what is not settled counts for nobody.
    3. Profiles of the country are set against others matched on market and number of listings, pair by pair. A code is
       uncommon where the exact test, adjusted for all codes (Holm 1979), is significant; where only the test alone is,
       as when the exact interval leaves out zero, that is said as such.
    4. Below ten pairs only numbers are given. Numbers of too few vendors are withheld by the gate.
    """
    for path, wanted in zip(sheets, sha256, strict=True):
        check_sum(path, wanted)
    codes, of_sample = read_profile_codes(codebook), read_sample(sample)
    both = read_both(sheets, codes)
    rows = read_consensus(consensus, codes, both[0].index) if consensus else []
    table = codes_table(paired_counts(settled(*both, rows), of_sample), level)
    write_result(table, profile_codes, profile_codes_description)
    write_result(summary_table(table.rows), profile_summary, profile_summary_description)
    made, profiles = ratings(both)
    whole = agreement(made, profiles, draws, seed, level)
    yes = [is_yes(sheet) for sheet in both]
    by_code = {code.code: code_agreement(yes[0][code.code], yes[1][code.code]) for code in codes}
    write_result(coding_table(whole, by_code, len(both[0]), level), profile_coding, profile_coding_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, profile_codes)
