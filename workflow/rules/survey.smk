"""Read the survey of buyers.

In: the export as received, the map of the variables that may pass. Out: one row per respondent, and its codebook. A
variable that the map does not name is not read: IP addresses, e-mail and free text never enter. What counts is
the checksum of the export, verified before reading.
"""

if SETTINGS.survey:

    rule read_survey:
        """Categories of the study, every missing answer with its reason."""
        input:
            export=received(PLAN.survey_file[0]),
            mapping=str(SETTINGS.survey.mapping),
            code=code("survey/read_survey.py"),
        output:
            respondent=f"{RESULTS}/database/respondent.parquet",
            codebook=f"{RESULTS}/survey/codebook.json",
            record=PLAN.record("database/respondent.parquet"),
        log:
            f"{RESULTS}/logs/read-survey.log",
        params:
            sha256=SETTINGS.survey.sha256,
            archives_root=lambda wildcards: str(SETTINGS.archives_root),
        script:
            "../scripts/survey/read_survey.py"
