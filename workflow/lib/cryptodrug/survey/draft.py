"""A draft of the map of an export, for a person to finish."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from cryptodrug.survey.columns import Columns
from cryptodrug.survey.export import Variable
from cryptodrug.survey.proposals import SURE, Proposal, is_personal
from cryptodrug.survey.questionnaire import Questionnaire

HEAD = """\
# Draft of the map of {file}, made by `cryptodrug survey codebook`. It is for this one file (sha256): in the next
# export the same code can mean another answer. Look at every line that a `?` marks, then check it: `cryptodrug survey
# check`.
# A column that stands nowhere below is not read. Columns that look personal: {personal}.
"""


# what each platform writes, unless its settings were changed
PLATFORM = {
    "limesurvey": [
        "# facts of a record: @number, @finished, @last_page, @month, @minutes, @language stand for columns",
        "empty: routing",
        "answers: {everywhere: {Y: 1, N: 0}}  # ? and the codes of answers that are no numbers",
    ],
    "qualtrics": [
        "# facts of a record: @number, @finished, @last_page, @test, @month, @minutes, @language stand for columns",
        "empty: routing",
        'answers: {everywhere: {"-99": -9}}  # ? "seen but unanswered", where it was recoded so',
    ],
}


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=10**6, default_style='"').strip()


def _wording(variable: Variable) -> str:
    return " ".join(next(iter(variable.question.values()), "").split())[:80]


def _column_lines(columns: Columns, found: dict[str, list[Proposal]], questionnaire: Questionnaire) -> Iterator[str]:
    taken: set[str] = set()
    for column in columns.names:
        best = found.get(column) or []
        wording = _wording(columns.book.get(column, Variable()))
        if best and best[0].score >= SURE and best[0].variable not in taken:
            variable = best[0].variable
            taken.add(variable)
            if variable != column and questionnaire.questions[variable].type != "open":
                yield f"  {variable}: {_quoted(column)}  # {wording}"
        elif best:
            names = ", ".join(f"{one.variable} ({one.score:g})" for one in best)
            yield f"  # ? {column}: {names}  # {wording}"


def _absent(columns: Columns, found: dict[str, list[Proposal]], questionnaire: Questionnaire) -> list[str]:
    """Variables for which no column is sure."""
    sure = {
        found[column][0].variable for column in columns.names if found.get(column) and found[column][0].score >= SURE
    }
    return [name for name, one in questionnaire.questions.items() if name not in sure and one.type != "open"]


def _missing(columns: Columns) -> list[str]:
    """Labels of the codes that the export declares as missing."""
    labels = {
        text: None
        for variable in columns.book.values()
        for code, texts in variable.labels.items()
        for text in texts.values()
        if variable.is_missing(code)
    }
    return list(labels)


def draft_map(
    file: str | Path,
    sha256: str,
    form: str,
    columns: Columns,
    found: dict[str, list[Proposal]],
    questionnaire: Questionnaire,
    language: str,
) -> str:
    """The draft as YAML: sure columns as lines, likely ones as comments with a `?`."""
    personal = [column for column in columns.names if is_personal(column, columns.book.get(column))]
    lines = [
        HEAD.format(file=Path(file).name, personal=", ".join(personal) or "none"),
        f"instrument: {_quoted(Path(file).stem)}",
        f"language: {language}",
        f"sha256: {sha256}",
        f"form: {form}",
        *PLATFORM.get(form, ()),
        "# ? the variable with the number of a respondent, and that of the state; null: all records are complete",
        f"respondent: {{number: {next(iter(questionnaire.questions))}, status: null, partial: [], complete: []}}",
        "columns:",
        *(list(_column_lines(columns, found, questionnaire)) or ["  {}"]),
        "must_be_empty: []",
        "# ? variables that the export does not have; what needs them is left out",
        f"absent: [{', '.join(_absent(columns, found, questionnaire))}]",
    ]
    known = {text: code for code, texts in questionnaire.missing.items() for text in texts.values()}
    if labels := _missing(columns):
        codes = ", ".join(str(code) for code in sorted(questionnaire.missing))
        lines += [f"# ? what each declared missing code means, of {codes}", "missing:"]
        lines += [f"  {'' if label in known else '# ? '}{_quoted(label)}: {known.get(label, '')}" for label in labels]
    lines += ["# ? published categories; without them each code is one", "categories: {by_labels: {}, by_variable: {}}"]
    return "\n".join(lines) + "\n"
