"""The survey of a simulated study: respondents with known careers, and the exports that survey platforms give of them.

`models` says what a scenario may say; `person` draws one respondent (`careers`, `background`, `buying`, `opinions`);
`records` adds the records that must be left out; `reports` makes reported answers of true ones; `sav`, `limesurvey` and
`qualtrics` write them; `truth` tells what is true.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptodrug.simulate.scenario import Scenario

SAV, LIMESURVEY, QUALTRICS = "survey.sav", "survey-limesurvey", "survey-qualtrics"
FILES = (SAV, f"{LIMESURVEY}.csv", f"{LIMESURVEY}.lss", f"{QUALTRICS}.csv", f"{QUALTRICS}.qsf")


def exports(scenario: "Scenario") -> dict[str, bytes]:
    """Every export of the same respondents, by file name."""
    from cryptodrug.simulate.survey import limesurvey, limesurvey_structure, qualtrics
    from cryptodrug.simulate.survey.respondents import draw_respondents
    from cryptodrug.simulate.survey.sav import export_sav

    respondents = draw_respondents(scenario.survey, scenario.seed)
    made = (
        export_sav(respondents),
        limesurvey.export_limesurvey(respondents),
        limesurvey_structure.export_structure(respondents.questionnaire),
        qualtrics.export_qualtrics(respondents),
        qualtrics.export_structure(respondents.questionnaire),
    )
    return dict(zip(FILES, made, strict=True))


def export(scenario: "Scenario") -> bytes:
    """The SPSS file alone: the export that the demo study reads."""
    return exports(scenario)[SAV]
