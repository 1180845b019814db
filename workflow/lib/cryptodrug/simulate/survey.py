"""The survey export of a simulated study: an SPSS file as a survey platform would give it, personal data included."""

import tempfile
from pathlib import Path

import pandas as pd

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.scenario import Scenario, Survey, Variable

# In the head of a .sav: date (9 bytes, "dd mmm yy") and time (8 bytes) of writing. They would differ on every run.
STAMP = slice(92, 109)
NO_TIME = b"01 Jan 0000:00:00"
PARTIAL, COMPLETE = 2, 1
STATUS = {COMPLETE: "complete", PARTIAL: "partial (reached the drug block)"}


def _answers(variable: Variable, asked: list[int], before: dict[int, float], draws: Draws) -> dict[int, float]:
    """Answer by respondent among those asked; the numbers of missing answers are exact.

    `before`: answers to the variable that this one follows, for those who give the same answer again.
    """
    weights = {code: weight for code, (_, weight) in variable.answers.items()}
    given: dict[int, float] = {number: draws.weighted(weights) for number in asked}
    given |= {
        number: before[number] for number in asked if before.get(number, -1) >= 0 and draws.happens(variable.same)
    }
    codes = [code for code, count in sorted(variable.missing.items()) for _ in range(count)]
    return given | dict(zip(draws.some(asked, len(codes)), codes, strict=True))


def _forbidden(survey: Survey, number: int, draws: Draws) -> dict[str, str]:
    """Personal data as they hide in exports; the addresses are those reserved for documentation."""
    texts = {
        "ip_address": f"192.0.2.{draws.between(1, 254)}",
        "user_agent": "Simulated/1.0 (no browser)",
        "start_time": f"2019-06-{draws.between(1, 28):02d} {draws.between(0, 23):02d}:{draws.between(0, 59):02d}:00",
        "email": f"simulated{number}@example.org",
        "remark": "Simulated remark.",
    }
    return {name: texts[name] for name in survey.forbidden}


def respondents(scenario: Scenario) -> pd.DataFrame:
    """The rows of the export: one per respondent, missing codes negative, NaN where someone had dropped out."""
    survey, draws = scenario.survey, Draws(scenario.seed, "survey")
    everyone = list(range(1, survey.respondents + 1))
    partial = set(draws.some(everyone, survey.partial))
    columns: dict[str, list] = {"resp_id": everyone}
    columns["status"] = [PARTIAL if number in partial else COMPLETE for number in everyone]
    reached, all_given = True, dict[str | None, dict[int, float]]()
    for name, variable in survey.variables.items():
        asked = everyone if reached else [number for number in everyone if number not in partial]
        before = all_given.get(variable.same_as, {})
        given = all_given[name] = _answers(variable, asked, before, Draws(scenario.seed, "survey", name))
        columns[name] = [given.get(number) for number in everyone]
        reached = reached and name != survey.partial_after
    rows = [_forbidden(survey, number, Draws(scenario.seed, "respondent", number)) for number in everyone]
    table = pd.DataFrame(columns).astype("float64")
    return pd.concat([table, pd.DataFrame(rows)], axis="columns")


def _without_time(sav: bytes) -> bytes:
    return sav[: STAMP.start] + NO_TIME + sav[STAMP.stop :]


def export(scenario: Scenario) -> bytes:
    """The export as bytes of a `.sav`, with labels and declared missing codes.

    The same scenario gives the same bytes with the pyreadstat of the lock file; another version may lay out a file
    differently.
    """
    import pyreadstat

    survey = scenario.survey
    labels = {name: {code: text for code, (text, _) in one.answers.items()} for name, one in survey.variables.items()}
    labels = {name: one | survey.missing_labels for name, one in labels.items()} | {"status": STATUS}
    missing = [{"lo": min(survey.missing_labels), "hi": max(survey.missing_labels)}]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survey.sav"
        pyreadstat.write_sav(
            respondents(scenario),
            path,
            file_label="Simulated survey, no real respondent",
            column_labels={"resp_id": "Number of the respondent", "status": "State of the questionnaire"}
            | {name: one.label for name, one in survey.variables.items()},
            variable_value_labels=labels,
            missing_ranges=dict.fromkeys(survey.variables, missing),
            variable_measure=dict.fromkeys(labels, "nominal"),
        )
        return _without_time(path.read_bytes())
