"""What profiles say by type of vendor: the typology (V15) and the codes that two people gave (typology, section 6)."""

import logging

import pandas as pd
from cryptodrug.offer import fewest
from cryptodrug.profiles.codebook import read_profile_codes
from cryptodrug.profiles.counting import Pairs, decided, paired_counts, paired_profiles, verdict
from cryptodrug.profiles.sample import read_sample
from cryptodrug.profiles.sheets import is_yes, read_both, read_consensus, settled
from cryptodrug.profiles.types import KNOWN, OTHERS, OUTDATED, groups_of, read_types
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.snapshots import check_sum
from cryptodrug.statistics.mixes import same_mix
from cryptodrug.statistics.paired import class_of, holm

FEWEST_COMPARED = 10  # coded vendors of a type, and of all others, from which it is compared
FEWEST_SHOWN = 3  # vendors
NOTHING = 1e-12  # a difference of two shares that is none
FEW, COMPARED = "few", "compared"
UNCOMMON = {"more": "apart", "more-alone": "apart-alone", "neither": "neither"}
GUARD = "support_vendors"


def counted(yes: pd.Series, pairs: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """By group: `n` vendors with the code, of `of` who are decided; all groups, also those of which nobody is."""
    both = decided(yes, pairs)
    values = both.to_numpy(dtype=float).ravel()
    names = groups.reindex(pairs.loc[both.index].to_numpy().ravel()).to_numpy()
    found = pd.Series(values).groupby(names).agg(["sum", "count"]).reindex(sorted(groups.unique()), fill_value=0)
    return found.astype(int).rename(columns={"sum": "n", "count": "of"})


def support(counts: pd.DataFrame, pairs: Pairs) -> int:
    """Vendors on whom a code rests: the fewest, not zero, who have or lack it in any group, or in the country.

    The numbers of all groups together are those of the country and of the others matched to it, which are published:
    any one would give a hidden one back, so that all of a code are shown, or none.
    """
    ours = pairs.both + pairs.focus_alone
    return fewest(*counts["n"], *(counts["of"] - counts["n"]), ours, pairs.pairs - ours)


def compared(counts: pd.DataFrame) -> list[str]:
    """Types with ten coded vendors or more, and as many others, where there are two such types."""
    whole = counts["of"].sum()
    large = counts[(counts["of"] >= FEWEST_COMPARED) & (whole - counts["of"] >= FEWEST_COMPARED)]
    return [] if len(large) < 2 else [name for name in large.index if name != OTHERS]


def difference(counts: pd.DataFrame, name: str) -> float:
    """Share with the code in a group less that in all others."""
    rest = counts.drop(index=name).sum()
    return counts.at[name, "n"] / counts.at[name, "of"] - rest["n"] / rest["of"]


def test_rows(by_code: dict[str, pd.DataFrame], supports: dict[str, int], seed: int) -> list[dict]:
    """One row per code that is compared: where it is most usual, by how much, tests."""
    of_code = {code: compared(counts) for code, counts in by_code.items()}
    tests = {
        code: same_mix(counts["n"].to_numpy(), counts["of"].to_numpy(), seed) if of_code[code] else None
        for code, counts in by_code.items()
    }
    adjusted = holm(tests)
    rows = []
    for code, p in tests.items():
        if p is None:
            continue
        apart = {name: difference(by_code[code], name) for name in of_code[code]}
        most = max(apart, key=lambda name: apart[name])
        row = {"row": code, "code": code, "type": most if apart[most] > NOTHING else None}
        row |= {"difference": apart[most], GUARD: supports[code]}
        row |= {"p_alone": class_of(p), "p": class_of(adjusted[code])}
        rows.append(row | {"uncommon": UNCOMMON[verdict(True, p, adjusted[code])]})
    return rows


def profile_type_tables(
    settled: pd.DataFrame, sample: pd.DataFrame, state: str, types: pd.Series, seed: int
) -> tuple[ResultTable, ResultTable, ResultTable]:
    """`profile-types`, `profile-type-tests` and `profile-type-summary`.

    Parameters
    ----------
    settled : values by profile and code. state, types : what `read_types` says.
    """
    pairs = paired_profiles(sample)
    groups = groups_of(pairs.to_numpy().ravel(), types)
    known = state == KNOWN and len(set(groups) - {OTHERS}) > 0 and groups.nunique() > 1
    yes, of_pairs = is_yes(settled), paired_counts(settled, sample)
    by_code = {code: counted(yes[code], pairs, groups) for code in settled.columns} if known else {}
    supports = {code: support(counts, of_pairs[code]) for code, counts in by_code.items()}
    rows = [
        {"row": f"{code}-{name}", "code": code, "type": name, "n": int(n), "vendors": int(of)}
        | {GUARD: supports[code], "support_type": int(of)}
        for code, counts in by_code.items()
        for name, n, of in counts[["n", "of"]].itertuples()
    ]
    tests = pd.DataFrame(
        test_rows(by_code, supports, seed),
        columns=["row", "code", "type", "difference", "p_alone", "p", "uncommon", GUARD],
    ).astype({"difference": float})
    if state == KNOWN:
        state = COMPARED if len(tests) else FEW
    return _counts_table(rows), _tests_table(tests), _summary_table(state, tests, groups if known else None)


def _counts_table(rows: list[dict]) -> ResultTable:
    columns = [
        Column("code", "text", "profile_code"),
        Column("type", "text", "vendor_type"),
        Column("n", "count", "vendor", guard_vendors=GUARD),
        Column("vendors", "count", "vendor", guard_vendors="support_type"),
    ]
    table = pd.DataFrame(rows, columns=["row", "code", "type", "n", "vendors", GUARD, "support_type"])
    return ResultTable("profile-types", "public", columns, table, notes=["nearest"])


def _tests_table(tests: pd.DataFrame) -> ResultTable:
    columns = [
        Column("code", "text", "profile_code"),
        Column("type", "text", "vendor_type", guard_vendors=GUARD),
        Column("difference", "share", unit="point", digits=1, guard_vendors=GUARD),
        Column("p_alone", "text", "p_class", guard_vendors=GUARD),
        Column("p", "text", "p_class", guard_vendors=GUARD),
        Column("uncommon", "text", "type_uncommon", guard_vendors=GUARD),
    ]
    return ResultTable("profile-type-tests", "public", columns, tests, notes=["exact"])


def _summary_table(state: str, tests: pd.DataFrame, groups: pd.Series | None) -> ResultTable:
    """What can be said, of how many profiles and codes; the codes that set a type apart, none that rests on too few."""
    shown = tests[tests[GUARD] >= FEWEST_SHOWN]
    lists = {
        name.replace("-", "_"): "|".join(shown.loc[shown["uncommon"] == name, "code"]) or None
        for name in ("apart", "apart-alone")
    }
    types = None if groups is None else len(set(groups) - {OTHERS})
    row = {"row": "all", "state": state, "profiles": None if groups is None else len(groups), "types": types}
    row |= {"codes": len(tests), "shown": len(shown)} | lists
    columns = [
        Column("state", "text", "profile_type_state"),
        Column("profiles", "count", "profile"),
        Column("types", "count", "type"),
        Column("codes", "count", "code"),
        Column("shown", "count", "code"),
        Column("apart", "list", "profile_code"),
        Column("apart_alone", "list", "profile_code"),
    ]
    table = pd.DataFrame([row]).astype(dict.fromkeys(("profiles", "types", "codes", "shown"), "Int64"))
    return ResultTable("profile-type-summary", "public", columns, table)


def profile_types(
    codebook: str,
    sample: str,
    sheets: list[str],
    sha256: list[str],
    placed: str,
    profile_types: str,
    profile_types_description: str,
    profile_type_tests: str,
    profile_type_tests_description: str,
    profile_type_summary: str,
    profile_type_summary_description: str,
    seed: int,
    consensus: str | None = None,
    types: str | None = None,
) -> None:
    """Count the codes of profiles by type of vendor.

    1. The same profiles as in `profile-codes`: those in pairs of which both are decided, with what both coders gave or
       settled on.
    2. The type of a profile is that nearest to its vendor, also for one between types. It comes from the file of the
       team, since the workflow has no key; a file of another typology than that of `placed` says nothing, as none does.
    3. Types of fewer than three coded vendors, and vendors outside the typology, are counted together.
    4. From ten coded vendors in each of two types, codes are compared: over all groups by an exact test (Fisher 1935,
       Freeman & Halton 1951), adjusted for all codes (Holm 1979). The difference is that between the type in which the
       code is most usual and all other coded vendors; that type is chosen by looking, so that it has no interval.
    5. A code of which any number rests on too few is withheld as a whole by the gate.
    """
    for path, wanted in zip(sheets, sha256, strict=True):
        check_sum(path, wanted)
    codes, of_sample = read_profile_codes(codebook), read_sample(sample)
    both = read_both(sheets, codes)
    rows = read_consensus(consensus, codes, both[0].index) if consensus else []
    state, of_profile = read_types(types, pd.read_parquet(placed))
    if state == OUTDATED:
        logging.getLogger("cryptodrug.profiles").warning(
            "vendors are placed in other types than when the types of coded profiles were written; the team with the "
            "key writes them again: cryptodrug profiles types %s",
            types,
        )
    tables = profile_type_tables(settled(*both, rows), of_sample, state, of_profile, seed)
    paths = (
        (profile_types, profile_types_description),
        (profile_type_tests, profile_type_tests_description),
        (profile_type_summary, profile_type_summary_description),
    )
    for table, (made, description) in zip(tables, paths, strict=True):
        write_result(table, made, description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, profile_types)
