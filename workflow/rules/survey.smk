"""Read the survey of buyers.

In: the export as received, the questionnaire, the map of the export to it. Out: one row per respondent, one per
respondent and drug, the codebook, and how many records each rule left out. What the questionnaire does not have, or has
as text, is not read: IP addresses, e-mail and free text never enter. What counts is the checksum of the export,
verified before reading.
"""

if SETTINGS.survey:

    rule read_survey:
        """Categories of the study, every missing answer with its reason; records left out by rules, and counted."""
        input:
            **({"structure": str(SETTINGS.survey.structure)} if SETTINGS.survey.structure else {}),
            export=received(PLAN.survey_file[0]),
            mapping=str(SETTINGS.survey.mapping),
            questionnaire=PLAN.questionnaire(),
            code=code("survey/read_survey.py"),
        output:
            respondent=f"{RESULTS}/database/respondent.parquet",
            respondent_drug=f"{RESULTS}/database/respondent_drug.parquet",
            codebook=f"{RESULTS}/survey/codebook.json",
            flow=f"{RESULTS}/survey/flow.json",
            record=PLAN.record("database/respondent.parquet"),
        log:
            f"{RESULTS}/logs/read-survey.log",
        params:
            study=STUDY_LABEL,
            sha256=SETTINGS.survey.sha256,
            exclusions=[rule.model_dump() for rule in SETTINGS.survey.exclusions],
            speeders=SETTINGS.survey.speeders and SETTINGS.survey.speeders.model_dump(),
            archives_root=lambda wildcards: str(SETTINGS.archives_root),
        script:
            "../scripts/survey/read_survey.py"
