"""The tables of respondents: wide, and by drug; the codebook."""

import pandas as pd

from cryptodrug.careers.drugs import DRUGS
from cryptodrug.errors import InputError
from cryptodrug.survey.answers import EMPTY_REASONS, categories
from cryptodrug.survey.export import Export
from cryptodrug.survey.mapping import Mapping
from cryptodrug.survey.questionnaire import CODED, Questionnaire

STEMS = ("ever", "bf_freq", "bf_amt", "bf_src", "nw_freq", "nw_amt", "nw_src", "cm")  # asked for each drug
CODE = "_code"


def numbers_of(column: pd.Series) -> pd.Series:
    """Numbers of the respondents: whole, each once.

    Raises
    ------
    InputError : a number is absent, broken, or given twice.
    """

    def refuse(what: str, do: str) -> InputError:
        return InputError(what, where=f"variable {column.name}", not_done="no table of respondents was written", do=do)

    if column.isna().any() or (column % 1 != 0).any():
        raise refuse("a respondent has no whole number", "mend the export")
    if twice := int(column.duplicated(keep=False).sum()):
        raise refuse(f"{twice} rows share the number of a respondent with another row", "remove duplicates")
    return column.astype("int64")


def respondent_table(
    codes: pd.DataFrame, partial: pd.Series, questionnaire: Questionnaire, mapping: Mapping
) -> pd.DataFrame:
    """One row per respondent, by number: the category of each variable, and its code or number in `<variable>_code`.

    Parameters
    ----------
    codes : of the kept records, without holes.
    """
    columns = {"respondent": numbers_of(codes[mapping.respondent.number]), "dropped_out": partial}
    for variable in codes.columns.drop(mapping.respondent.number):
        question = questionnaire.questions[variable]
        published = mapping.published(questionnaire, variable) if question.type in CODED else {}
        columns[variable] = categories(question, codes[variable], published)
        columns[f"{variable}{CODE}"] = codes[variable].astype("Float64" if question.type == "number" else "Int64")
    return pd.DataFrame(columns).sort_values("respondent").reset_index(drop=True)


def respondent_drug_table(respondent: pd.DataFrame) -> pd.DataFrame:
    """One row per respondent and drug, codes as in the wide table; no row where the questionnaire has no such block."""
    stems = [stem for stem in STEMS if all(f"{stem}_{drug}{CODE}" in respondent for drug in DRUGS)]
    parts = []
    for drug in DRUGS if stems else ():
        columns = {stem: respondent[f"{stem}_{drug}{CODE}"] for stem in stems}
        parts.append(pd.DataFrame({"respondent": respondent["respondent"], "drug": drug} | columns))
    empty = pd.DataFrame({"respondent": pd.Series(dtype="int64"), "drug": pd.Series(dtype="object")})
    table = pd.concat(parts) if parts else empty
    return table.sort_values(["respondent", "drug"]).reset_index(drop=True)


def codebook(
    export: Export, respondent: pd.DataFrame, unread: dict[str, int], questionnaire: Questionnaire, mapping: Mapping
) -> dict:
    """What each variable asks and means, with the number of answers of each kind. For the team: counts may be small."""
    variables, language = {}, mapping.language
    for variable in [name for name in questionnaire.questions if f"{name}{CODE}" in respondent]:
        question = questionnaire.questions[variable]
        kinds, codes = respondent[variable].value_counts(), respondent[f"{variable}{CODE}"].value_counts()
        published = mapping.published(questionnaire, variable) if question.type in CODED else {}
        labels = questionnaire.answers(variable) if question.type in CODED else {}
        variables[variable] = {
            "question": question.text[language],
            "question_in_export": export.question(mapping.column(variable), language),
            "answers": [
                {"code": code, "label": text[language], "category": published[code], "n": int(codes.get(code, 0))}
                for code, text in labels.items()
            ],
            "missing": {name: int(n) for name, n in sorted(kinds.items()) if name.startswith("missing:")},
            "unread": unread.get(variable, 0),
        }
    reasons = {code: text[language] for code, text in questionnaire.missing.items()}
    return {
        "instrument": mapping.instrument,
        "respondents": len(respondent),
        "dropped_out": int(respondent["dropped_out"].sum()),
        "missing_codes": {str(code): reason for code, reason in sorted((reasons | EMPTY_REASONS).items())},
        "columns_left_out": export.left,
        "variables": variables,
    }
