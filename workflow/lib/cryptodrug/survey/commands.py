"""`cryptodrug survey`: draft the map of an export, check whether export, map and questionnaire fit."""

import argparse
import csv
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of, write_text
from cryptodrug.pseudonyms import read_key
from cryptodrug.survey.agreement import fit_of, routing_faults
from cryptodrug.survey.answers import clean, read_variables
from cryptodrug.survey.columns import Columns, columns_of, form_of, read_coded
from cryptodrug.survey.draft import draft_map
from cryptodrug.survey.mapping import Layout, Mapping, read_mapping
from cryptodrug.survey.open_answers import check_place, coding_sheet
from cryptodrug.survey.open_export import open_export
from cryptodrug.survey.proposals import is_personal, proposals
from cryptodrug.survey.questionnaire import Questionnaire, read_questionnaire
from cryptodrug.survey.suspicions import Suspicion, of_percentage, suspicions

QUESTIONNAIRE = "workflow/questionnaires/cryptodrug"
PRINTED = ["variable", "answer", "percent", "base"]


def _opened(options: argparse.Namespace, layout: Layout, form: str | None) -> tuple[str, Columns]:
    form = options.form or form or form_of(options.file, options.structure)
    return form, columns_of(options.file, options.structure, form, layout)


def codebook(options: argparse.Namespace) -> int:
    """Print the code book of an export, or write the draft of its map."""
    layout = Layout(separator=options.separator, encoding=options.encoding)
    form, columns = _opened(options, layout, None)
    questionnaire = read_questionnaire(options.questionnaire)
    found = proposals(columns.names, columns.book, questionnaire)
    if options.out:
        if Path(options.out).exists():
            raise InputError(
                "the file is there already",
                where=options.out,
                not_done="no draft was written",
                do="give another name: a map that somebody has worked on is not overwritten",
            )
        text = draft_map(options.file, sha256_of(options.file), form, columns, found, questionnaire, options.language)
        write_text(options.out, text)
        print(f"{options.out}: the draft; look at the lines with a `?`, then: cryptodrug survey check")
        return 0
    for column in columns.names:
        said = columns.book.get(column)
        print(f"{column}  {next(iter(said.question.values()), '') if said else ''}".rstrip())
        if is_personal(column, said):
            print("    looks personal: never read unless the questionnaire asks it as a code")
        for code, texts in said.labels.items() if said else ():
            missing = "  (declared missing)" if said.is_missing(code) else ""
            shown = f"{code:g}" if isinstance(code, float) else code
            print(f"    {shown:>6}  {next(iter(texts.values()), '')}{missing}")
        for one in found.get(column, []):
            print(f"    may be {one.variable} ({one.score:g})")
    return 0


def _printed(path: str) -> list[Suspicion]:
    """Percentages of a printed table that cannot be."""
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != PRINTED:
            raise InputError(
                f"the columns are not {', '.join(PRINTED)}",
                where=path,
                not_done="no percentage was checked",
                do="write one line per printed percentage",
            )
        found = [
            of_percentage(f"{row['variable']} = {row['answer']}", row["percent"], int(row["base"])) for row in reader
        ]
    return [one for one in found if one]


def _contradicted(options: argparse.Namespace, mapping: Mapping, questionnaire: Questionnaire) -> bool:
    """Read the answers as a build would, and say what stops it."""
    try:
        names = read_variables(questionnaire, mapping.absent)
        export = open_export(options.file, options.structure, questionnaire, mapping, names)
        codes, unread = clean(export, questionnaire, mapping)
    except InputError as error:
        print(f"contradiction: {error}")
        return True
    for name, count in unread.items():
        if count:
            print(f"{name}: {count} answers typed by hand are no numbers; they count as not answered")
    faults = list(routing_faults(codes, questionnaire))
    for line in faults:
        print(f"routing: {line}")
    return bool(faults)


def check(options: argparse.Namespace) -> int:
    """Say what is mapped, missing and contradictory, and what cannot be right; 1 when something contradicts."""
    questionnaire = read_questionnaire(options.questionnaire)
    mapping = read_mapping(options.map, questionnaire) if options.map else None
    layout = mapping.layout if mapping else Layout(separator=options.separator, encoding=options.encoding)
    form, columns = _opened(options, layout, mapping.form if mapping else None)
    wrong = False
    if mapping:
        if mapping.sha256 and mapping.sha256 != sha256_of(options.file):
            print("the map is for another file: its sha256 is not that of this export")
            wrong = True
        fit = fit_of(columns, mapping, questionnaire)
        print(
            f"{len(fit.mapped)} variables of the questionnaire are mapped, {len(mapping.absent)} are said to be absent"
        )
        if fit.missing:
            print(f"missing in the export ({len(fit.missing)}): {', '.join(fit.missing)}")
        print(f"columns that are not read ({len(fit.unused)}): {', '.join(fit.unused)}")
        for line in fit.contradictions:
            print(f"contradiction: {line}")
        wrong |= bool(fit.missing or fit.contradictions)
        wrong |= not fit.missing and _contradicted(options, mapping, questionnaire)
    known = mapping.answers.everywhere if mapping else ()
    found = suspicions(read_coded(options.file, options.structure, form, layout, columns), known)
    found += _printed(options.printed) if options.printed else []
    for one in found:
        print(f"{one.kind}: {one.column}: {one.what}")
    if not wrong and not found:
        print("nothing contradicts")
    return int(wrong or bool(found))


def open_answers(options: argparse.Namespace) -> int:
    """Write the sheet on which the team codes answers in words."""
    place = check_place(options.out)
    key = read_key()
    questionnaire = read_questionnaire(options.questionnaire)
    mapping = read_mapping(options.map, questionnaire)
    text, answers, removed = coding_sheet(
        options.file, options.structure, questionnaire, mapping, options.variables, key
    )
    write_text(place, text)
    print(
        f"{place}: {answers} answers, {removed} addresses and long numbers taken out. For coding only; read it alone."
    )
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("survey", help="draft and check the map of a survey export")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("codebook", help="print the code book of an export with proposals, or draft its map")
    one.add_argument("--out", help="write the draft of a map to this file")
    one.add_argument("--language", default="en", choices=["en", "nl", "fr"], help="of the labels in the export")
    one.set_defaults(run=codebook)
    two = actions.add_parser("check", help="say what is mapped, missing, contradictory, and what cannot be right")
    two.add_argument("--map", help="map of the export")
    two.add_argument("--printed", help=f"printed percentages to check, CSV with the columns {', '.join(PRINTED)}")
    two.set_defaults(run=check)
    three = actions.add_parser("open-answers", help="write answers in words to a sheet for coding, and nowhere else")
    three.add_argument("--map", required=True, help="map of the export")
    three.add_argument("--variables", required=True, nargs="+", help="open questions of the questionnaire")
    three.add_argument("--out", required=True, help="the sheet (CSV): outside the repository")
    three.set_defaults(run=open_answers)
    for action in (one, two, three):
        action.add_argument("file", help="the export")
        action.add_argument("--structure", help="its structure file, data dictionary or code book")
        action.add_argument("--questionnaire", default=QUESTIONNAIRE, help="folder of the questionnaire")
        action.add_argument(
            "--form",
            choices=["spss", "limesurvey", "qualtrics", "redcap", "kobo", "plain"],
            help="what wrote the export",
        )
        action.add_argument("--separator", default=",", choices=[",", ";", "\t"])
        action.add_argument("--encoding", default="utf-8", choices=["utf-8", "windows-1252"])
