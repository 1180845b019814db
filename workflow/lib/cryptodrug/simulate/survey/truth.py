"""What is true of the simulated respondents, as tables. None of it may be known in front of the analysis."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cryptodrug.careers.respondents import ALSO, VARIABLES, career, drug_careers
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.survey.records import DROPPED_OUT, KINDS, REPEATED, VALID
from cryptodrug.simulate.survey.reports import Columns
from cryptodrug.simulate.survey.respondents import Respondents, draw_respondents

STEPS = (*KINDS, DROPPED_OUT, REPEATED)  # kinds of records that are left out, in the order of the rules
COUNTS = ("gained", "dropped", "repertoire")


def _answers(columns: Columns, place: int) -> dict[str, int | None]:
    return {name: None if np.isnan(codes[place]) else int(codes[place]) for name, codes in columns.items()}


def drawn(scenario: Scenario, replicate: int | None = None) -> Respondents:
    """The respondents of a scenario, or of one of its replicates."""
    return draw_respondents(scenario.survey, scenario.seed, replicate)


def respondent_truth(respondents: Respondents) -> pd.DataFrame:
    """One row per record of the export, in its order.

    Columns
    -------
    respondent : number of the record (`resp_id`).
    kind : `valid`, or why the record must be left out (one of `STEPS`).
    onset ... recovery, deescalation, gained ... range_change : the career variables by the definitions of careers.md,
        worked out on the true answers, of valid records. The estimand of each share is: number of valid respondents
        with the value 1 (or up, down), by number with 0 or 1 (or up, same, down). No true answer is missing, so `mis`
        stands only where the definition itself does not decide (main drug outside the list in both periods).
    true_<variable> : true answer to each question; -6 where the routing asks nobody of whom this is true.
    reported_<variable> : code of the export; NaN: never reached.
    """
    rows = []
    for place, record in enumerate(respondents.records):
        row = {"respondent": record.resp_id, "kind": record.kind}
        rows.append(row | (career(_answers(respondents.true, place)) if record.kind == VALID else {}))
    head = pd.DataFrame(rows, columns=["respondent", "kind", *VARIABLES, *ALSO])
    columns = {f"true_{name}": codes for name, codes in respondents.true.items()}
    columns |= {f"reported_{name}": codes for name, codes in respondents.reported.items()}
    return pd.concat([head, pd.DataFrame(columns)], axis="columns")


def respondent_drug_truth(respondents: Respondents) -> pd.DataFrame:
    """One row per valid respondent and drug.

    Columns
    -------
    respondent, drug : drug by the last part of its variables (`can`).
    state, frequency, intensity, escalation, deescalation : of that drug, by the definitions of careers.md, true.
    ever, bf_freq, bf_amt, bf_src, nw_freq, nw_amt, nw_src, cm : true codes. The estimand of a change per drug is the
        number of respondents by (bf_freq, nw_freq) among those with ever >= 1.
    """
    stems = ("ever", "bf_freq", "bf_amt", "bf_src", "nw_freq", "nw_amt", "nw_src", "cm")
    rows = []
    for place, record in enumerate(respondents.records):
        if record.kind != VALID:
            continue
        answers = _answers(respondents.true, place)
        for drug, outcomes in drug_careers(answers).items():
            codes = {stem: answers[f"{stem}_{drug}"] for stem in stems}
            rows.append({"respondent": record.resp_id, "drug": drug} | outcomes | codes)
    return pd.DataFrame(rows)


def flow_truth(respondents: Respondents) -> pd.DataFrame:
    """The flow of respondents: one row per step, in the order of `STEPS`, between `started` and `valid`.

    Columns
    -------
    step : `started`, a kind of record that is left out, `valid`.
    n : number of records; exact. `started` is the sum of all others.
    """
    kinds = [record.kind for record in respondents.records]
    rows = [("started", len(kinds)), *((step, kinds.count(step)) for step in STEPS), (VALID, kinds.count(VALID))]
    return pd.DataFrame(rows, columns=["step", "n"])


def career_truth(respondents: Respondents) -> pd.DataFrame:
    """True shares of the career variables among the valid respondents.

    Columns
    -------
    variable, value : a career variable and one of its values; counts (gained, dropped, repertoire) are left out.
    n : valid respondents with that value. `base`: those inside the base (neither `na` nor `mis`). `share`: n by base,
        the estimand of the released shares. What is estimated from reported answers differs from it by recall error
        and missing answers; the difference is what the comparison of truth and estimate shows.
    """
    truth, rows = respondent_truth(respondents), []
    valid = truth[truth["kind"] == VALID]
    for variable in [name for name in (*VARIABLES, *ALSO) if name not in COUNTS]:
        counts = valid[variable].value_counts()
        base = int(counts.drop(["na", "mis"], errors="ignore").sum())
        for value, n in sorted(counts.items()):
            inside = value not in ("na", "mis") and base > 0
            rows.append((variable, value, int(n), base, n / base if inside else None))
    return pd.DataFrame(rows, columns=["variable", "value", "n", "base", "share"])


TABLES: dict[str, Callable[[Respondents], pd.DataFrame]] = {
    "respondent": respondent_truth,
    "respondent_drug": respondent_drug_truth,
    "survey_flow": flow_truth,
    "career": career_truth,
}
