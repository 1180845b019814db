"""The export as an SPSS file: labels, user-missing values, measurement levels, multiple response sets."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.simulate.survey.personal import personal_data
from cryptodrug.simulate.survey.respondents import LABEL_OF_STUDY, Respondents
from cryptodrug.simulate.survey.response_sets import ResponseSet, with_response_sets
from cryptodrug.survey.questionnaire import CODED, NO_ANSWER, NOT_ASKED, REFUSED, Question, Questionnaire

# In the head of a file: the product that wrote it (60 bytes), the date ("dd mmm yy") and the time of writing. The
# latter would differ on every run; the former names a version of a library.
PRODUCT, STAMP = slice(4, 64), slice(92, 109)
OURS, NO_TIME = b"@(#) SPSS DATA FILE - simulated by the CRYPTODRUG compendium".ljust(60), b"01 Jan 0000:00:00"
ORDERED = frozenset(
    "age age1 educ since freq amount prob sds sds5 often change score10 nclass nclass0 lastbuy sat aware".split()
)
DATE, WHOLE = "DATE11", "F8.0"
MISSING_TEXTS = [str(code) for code in (NOT_ASKED, REFUSED, NO_ANSWER)]  # a text may have three, and no range
TICKED = "1"


def _measure(question: Question) -> str:
    if question.type not in CODED:
        return "scale" if question.type in ("integer", "month") else "nominal"
    return "ordinal" if question.labels in ORDERED else "nominal"


def _worded(codes: np.ndarray, texts: list[str]) -> list[str]:
    """A text column: the words, or the code as text; nothing where the question was never reached."""
    return [text or ("" if np.isnan(code) else f"{code:.0f}") for code, text in zip(codes, texts, strict=True)]


def table(respondents: Respondents) -> pd.DataFrame:
    """All columns of the file in order: those of the questionnaire, then personal data."""
    columns: dict[str, object] = {}
    for variable, codes in respondents.reported.items():
        texts = respondents.texts.get(variable)
        columns[variable] = codes if texts is None else _worded(codes, texts)
    return pd.concat([pd.DataFrame(columns), personal_data(respondents)], axis="columns")


def _sets(questionnaire: Questionnaire) -> dict[str, ResponseSet]:
    return {
        name: ResponseSet(items[0].stem("en"), TICKED, [one.variable for one in items])
        for name, items in questionnaire.blocks.items()
    }


def export_sav(respondents: Respondents) -> bytes:
    """The export as bytes of a `.sav`.

    The same respondents give the same bytes with the pyreadstat of the lock file; another version may lay out a file
    differently.
    """
    import pyreadstat

    questions = respondents.questionnaire.questions
    missing_labels = {code: text["en"] for code, text in respondents.questionnaire.missing.items()}
    labels = {
        name: {code: text["en"] for code, text in respondents.questionnaire.answers(name).items()} | missing_labels
        for name, one in questions.items()
        if one.type in CODED
    }
    numeric = [name for name in questions if name not in respondents.texts]
    all_codes = {"lo": min(missing_labels), "hi": max(missing_labels)}
    missing: dict[str, list] = {name: MISSING_TEXTS if name in respondents.texts else [all_codes] for name in questions}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survey.sav"
        pyreadstat.write_sav(
            table(respondents),
            path,
            file_label=LABEL_OF_STUDY,
            row_compress=True,
            column_labels={name: one.text["en"] for name, one in questions.items()},
            variable_value_labels=labels | dict.fromkeys([n for n in numeric if n not in labels], missing_labels),
            missing_ranges=missing,
            variable_measure={name: _measure(one) for name, one in questions.items()},
            variable_format={name: DATE if questions[name].type == "month" else WHOLE for name in numeric},
        )
        data = path.read_bytes()
    data = data[: PRODUCT.start] + OURS + data[PRODUCT.stop : STAMP.start] + NO_TIME + data[STAMP.stop :]
    return with_response_sets(data, _sets(respondents.questionnaire))
