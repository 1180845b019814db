"""From codes of the export to categories of the study, every kind of missing answer kept apart."""

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.survey.mapping import Mapping, Variable
from cryptodrug.survey.read_sav import Export

DROP_OUT = "missing:drop-out"
EMPTY = "missing:empty"


def _refuse(what: str, variable: str, do: str) -> InputError:
    return InputError(what, where=f"variable {variable}", not_done="no table of respondents was written", do=do)


def check_labels(variable: str, rule: Variable, labels: dict[float, str]) -> None:
    """Stop when the export calls a code something else than the map: the same code may mean another answer."""
    other = [
        f"{answer.code}: {labels[answer.code]!r} instead of {answer.label!r}"
        for answer in rule.answers
        if answer.code in labels and labels[answer.code] != answer.label
    ]
    if other:
        raise _refuse(
            f"the export and the map call answers differently: {'; '.join(other)}",
            variable,
            "check which questionnaire this export belongs to; a map belongs to one instrument",
        )


def categories(variable: str, codes: pd.Series, partial: pd.Series, mapping: Mapping) -> pd.Series:
    """Category of each answer.

    A missing code gives `missing:<code>` (as `missing:-9`); nothing at all gives `missing:drop-out` for those who
    dropped out and `missing:empty` for others (an unexpected hole).

    Raises
    ------
    InputError : a code that the map does not know, with the number of answers, never with the respondent.
    """
    known = {float(answer.code): answer.category for answer in mapping.variables[variable].answers}
    known |= {float(code): f"missing:{code}" for code in mapping.missing}
    strangers = codes[codes.notna() & ~codes.isin(list(known))]
    if len(strangers):
        counts = ", ".join(f"{code:g} ({count} times)" for code, count in strangers.value_counts().sort_index().items())
        raise _refuse(f"answer codes that the map does not know: {counts}", variable, "add them to the map, or mend it")
    empty = partial.map({True: DROP_OUT, False: EMPTY})
    return codes.map(known).where(codes.notna(), empty).astype("string")


def _numbers(export: Export, mapping: Mapping) -> pd.Series:
    """Numbers of the respondents: whole, each once."""
    column = mapping.respondent.column
    numbers = export.rows[column]
    if numbers.isna().any() or (numbers % 1 != 0).any():
        raise _refuse("a respondent has no whole number", column, "mend the export")
    if twice := int(numbers.duplicated(keep=False).sum()):
        raise _refuse(f"{twice} rows share the number of a respondent with another row", column, "remove duplicates")
    return numbers.astype("int64")


def _partial(export: Export, mapping: Mapping) -> pd.Series:
    """Who dropped out, from the state of the questionnaire."""
    rule = mapping.respondent
    status = export.rows[rule.status]
    unknown = status[~status.isin([*rule.partial, *rule.complete])]
    if len(unknown):
        raise _refuse(
            f"{len(unknown)} rows are neither complete nor partial",
            rule.status,
            "exclude and count them before this step: rows without consent, tests, screened out",
        )
    return status.isin(rule.partial)


def respondent_table(export: Export, mapping: Mapping) -> pd.DataFrame:
    """One row per respondent, by number: the category of each variable, and its code in `<variable>_code`."""
    partial = _partial(export, mapping)
    columns = {"respondent": _numbers(export, mapping), "dropped_out": partial}
    for variable, rule in mapping.variables.items():
        column = mapping.column(variable)
        check_labels(variable, rule, export.labels[column])
        columns[variable] = categories(variable, export.rows[column], partial, mapping)
        columns[f"{variable}_code"] = export.rows[column].astype("Int64")
    return pd.DataFrame(columns).sort_values("respondent").reset_index(drop=True)


def codebook(export: Export, mapping: Mapping, respondent: pd.DataFrame) -> dict:
    """What each variable asks and means, with the number of answers of each kind. For the team: counts may be small."""
    variables = {}
    for variable, rule in mapping.variables.items():
        counts = respondent[variable].value_counts()
        codes = respondent[f"{variable}_code"].value_counts()
        variables[variable] = {
            "question": rule.question,
            "question_in_export": export.questions[mapping.column(variable)],
            "answers": [answer.model_dump() | {"n": int(codes.get(answer.code, 0))} for answer in rule.answers],
            "missing": {name: int(n) for name, n in sorted(counts.items()) if name.startswith("missing:")},
        }
    return {
        "instrument": mapping.instrument,
        "respondents": len(respondent),
        "dropped_out": int(respondent["dropped_out"].sum()),
        "missing_codes": {str(code): reason for code, reason in sorted(mapping.missing.items())},
        "columns_left_out": export.left,
        "variables": variables,
    }
