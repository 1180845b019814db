"""`cryptodrug profiles`: coding sheets for the team, and what two coders made of them."""

import argparse
import csv
import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from cryptodrug.errors import InputError, SettingsError
from cryptodrug.files import write_text
from cryptodrug.plan import make_plan
from cryptodrug.populations import drug_listings
from cryptodrug.profiles.codebook import ProfileCode, read_profile_codes
from cryptodrug.profiles.counting import code_agreement, ratings
from cryptodrug.profiles.languages import CODE, followed, proposed_language
from cryptodrug.profiles.sample import Sampled, draw_sample, pseudonym, read_sample, write_sample
from cryptodrug.profiles.sheets import PROFILE, PROPOSED, disagreements, is_yes, read_both, read_proposals
from cryptodrug.profiles.texts import page_texts
from cryptodrug.profiles.types import types_text
from cryptodrug.profiles.workbook import write_workbook
from cryptodrug.provenance.records import PROJECT
from cryptodrug.statistics.agreement import agreement, mark_of

CODEBOOK = "workflow/questionnaires/profiles/codebook.csv"
KEY = "CRYPTODRUG_KEY_FILE"
PLACED = "vendor-type-of.parquet"  # in front of the gate: the type of each vendor
SHORTEST_KEY = 16
WIDTH_OF_TEXT, WIDTH = 90, 14
DRAWS, SEED, LEVEL = 2000, 82, 0.95


def read_key() -> bytes:
    """The key of the pseudonyms, from the file that `$CRYPTODRUG_KEY_FILE` names, outside the repository."""
    name = os.environ.get(KEY)

    def refuse(what: str) -> InputError:
        return InputError(
            what,
            where=f"${KEY}",
            not_done="no sheet was written: without the key profiles would have no pseudonym",
            do="write a long random text into a file that only the team can read, outside the repository, and name it",
        )

    if not name or not Path(name).is_file():
        raise refuse("there is no key file")
    if Path(name).resolve().is_relative_to(PROJECT):
        raise refuse("the key file stands inside the repository")
    key = Path(name).read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise refuse(f"the key has fewer than {SHORTEST_KEY} characters")
    return key


def last_pages(vendor: pd.DataFrame, sampled: Sequence[Sampled]) -> pd.DataFrame:
    """The latest page of each entity that is sampled: entity_id, market, snapshot_date, page_id, vendor."""
    known = vendor[vendor["entity_id"].isin({one.entity for one in sampled}) & vendor["page_id"].notna()]
    return known.sort_values(["entity_id", "snapshot_date", "page_id"]).drop_duplicates("entity_id", keep="last")


def sheet_of(codes: Sequence[ProfileCode], rows: Sequence[tuple[str, str, str]]) -> list[list[str]]:
    """The sheet that a coder fills: pseudonym, market, text, the language proposed, a column a code, a memo."""
    head, empty = [PROFILE, "market", "text", PROPOSED], [""] * (len(codes) + 1)
    filled = ([*row, proposed_language(row[2]), *empty] for row in rows)
    return [[*head, *(code.code for code in codes), "memo"], *filled]


def export(options: argparse.Namespace) -> int:
    """Draw the profiles and write the workbook of the coders and the sample of the study."""
    configuration = Path(options.configfile)
    plan = make_plan({}, [configuration])
    settings, database = plan.settings, Path(plan.results) / "database"
    if not (database / "vendor.parquet").exists():
        raise SettingsError(
            "the database of the study is not built",
            where=str(database),
            not_done="no sheet was written",
            do=f"build it: snakemake --configfile {configuration} {database}/vendor.parquet",
        )
    key, codes = read_key(), read_profile_codes(options.codebook)
    sampled = draw_sample(drug_listings(database / "listing.parquet"), settings.focus_country, settings.analysis.seed)
    last = last_pages(pd.read_parquet(database / "vendor.parquet"), sampled)
    wanted = dict(zip(last["page_id"], last["vendor"].map(lambda name: [name]), strict=True))
    needed = {(market, str(day)) for market, day in zip(last["market"], last["snapshot_date"], strict=True)}
    days = [(plan.archive(row), row.market, str(row.snapshot_date)) for row in plan.observed() if row.kind == "pages"]
    texts = page_texts([one for one in days if one[1:] in needed], wanted)
    rows = sorted(
        (pseudonym(entity, key), market, texts.get(page, ""))
        for entity, market, page in last[["entity_id", "market", "page_id"]].itertuples(index=False)
    )
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    if folder.resolve().is_relative_to(PROJECT) and "results" not in folder.resolve().parts:
        raise SettingsError(
            "texts of profiles would stand in the repository",
            where=str(folder),
            not_done="no sheet was written",
            do="name a folder outside of it that only the team can read",
        )
    head = ["code", "present when the profile or terms", "include", "exclude", "invented example", "values"]
    book = [[one.code, one.present, one.include, one.exclude, one.example, ", ".join(one.values)] for one in codes]
    write_workbook(
        folder / "coding-sheet.xlsx",
        {"profiles": sheet_of(codes, rows), "codes": [head, *book]},
        {"profiles": {place: code.values for place, code in enumerate(codes, start=4)}},
        {
            "profiles": [WIDTH, WIDTH, WIDTH_OF_TEXT, WIDTH, *[WIDTH] * len(codes), 30],
            "codes": [WIDTH, 40, 40, 40, 40, 24],
        },
    )
    write_sample(folder / "sample.csv", [one for one in sampled if one.entity in set(last["entity_id"])], key)
    without = len({one.entity for one in sampled}) - len(last)
    print(f"{folder}/coding-sheet.xlsx: {len(rows)} profiles, for each coder a copy; stays with the team")
    print(f"{folder}/sample.csv: which are of the country and which matched; not for the coders")
    print(f"{without} sampled vendors have no page of their own in any snapshot")
    return 0


def write_types(options: argparse.Namespace) -> int:
    """Write the type of vendor of each coded profile, for the configuration of the study."""
    configuration = Path(options.configfile)
    plan = make_plan({}, [configuration])
    placed = Path(plan.results) / "internal" / PLACED
    if plan.settings.profiles is None or not placed.exists():
        raise SettingsError(
            "the study has no coded profiles" if plan.settings.profiles is None else "its vendors have no types yet",
            where=str(configuration if plan.settings.profiles is None else placed),
            not_done="no type was written",
            do=f"name sample and sheets in the configuration, build {placed}: snakemake --configfile {configuration}",
        )
    profiles = read_sample(plan.settings.profiles.sample)["profile"]
    text = types_text(pd.read_parquet(placed), profiles, read_key())
    write_text(options.file, text)
    typed = len(text.splitlines()) - 1
    print(f"{options.file}: type of {typed} of {len(profiles)} profiles; name it in `profiles.types`")
    return 0


def _language_lines(sheets: Sequence[pd.DataFrame], paths: Sequence[str]) -> list[str]:
    """How often each coder gave the language that was proposed, and what they gave in its place."""
    lines = []
    for name, sheet, path in zip(("first", "second"), sheets, paths, strict=True):
        proposals = read_proposals(path) if CODE in sheet else {}
        if not proposals:
            continue
        found = followed(proposals, sheet[CODE])
        lines.append(f"language proposed and coded ({name} coder): {found.both} profiles, {found.same} the same")
        lines += [f"  proposed {one}, coded {other}: {count}" for (one, other), count in found.others.items()]
    return lines


def import_sheets(options: argparse.Namespace) -> int:
    """Check two sheets, print how far they agree, and write codes without texts and the list of disagreements."""
    codes = read_profile_codes(options.codebook)
    sheets = read_both([options.first, options.second], codes)
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in zip(("coder-a", "coder-b"), sheets, strict=True):
        sheet.to_csv(folder / f"{name}.csv", lineterminator="\n")
    apart = disagreements(*sheets)
    with (folder / "disagreements.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [PROFILE, "code", "first", "second", "consensus"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(apart)
    made, profiles = ratings(sheets)
    whole = agreement(made, profiles, DRAWS, SEED, LEVEL)
    print(f"{len(sheets[0])} profiles, {len(codes)} codes, {whole.units} decisions, {whole.agreed} the same")
    if whole.alpha is not None:
        ends = f" ({whole.interval.low:.2f} to {whole.interval.high:.2f})" if whole.interval else ""
        print(f"alpha {whole.alpha:.3f}{ends}: {mark_of(whole.alpha)}")
    yes = [is_yes(sheet) for sheet in sheets]
    print(f"{'code':<14}{'same':>6}{'of':>6}{'kappa':>8}{'PABAK':>8}")
    for code in sheets[0].columns:
        one = code_agreement(yes[0][code], yes[1][code])
        numbers = ("-" if number is None else f"{number:.2f}" for number in (one.kappa, one.pabak))
        print(f"{code:<14}{one.agreed:>6}{one.decisions:>6}" + "".join(f"{number:>8}" for number in numbers))
    print("".join(f"{line}\n" for line in _language_lines(sheets, [options.first, options.second])), end="")
    print(f"{folder}/disagreements.csv: {len(apart)} to settle; fill the column `consensus`")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("profiles", help="coding sheets of vendor profiles")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("export", help="draw profiles and write the sheet that coders fill (for the team only)")
    one.add_argument("folder", help="folder outside the repository")
    one.add_argument("--configfile", default="config.yaml", help="configuration of the study (default: config.yaml)")
    one.set_defaults(run=export)
    two = actions.add_parser("import", help="check two filled sheets, print agreement, list disagreements")
    two.add_argument("first", help="sheet of one coder (.xlsx or .csv)")
    two.add_argument("second", help="sheet of the other")
    two.add_argument("folder", help="where the codes without texts and the list of disagreements go")
    two.set_defaults(run=import_sheets)
    three = actions.add_parser("types", help="write the type of vendor of each coded profile, again after each change")
    three.add_argument("file", help="where they go (CSV), as named in the configuration")
    three.add_argument("--configfile", default="config.yaml", help="configuration of the study (default: config.yaml)")
    three.set_defaults(run=write_types)
    for action in (one, two):
        action.add_argument("--codebook", default=CODEBOOK, help=f"code book (default: {CODEBOOK})")
