"""Analyses that any survey has: who was left out, who answered what.

In: the table of respondents and the flow of records. Out: one internal result table per question, for the release gate.
What is particular to buyers stands in `buyers.smk`.
"""

if SETTINGS.survey:
    PUBLIC_FILE = SETTINGS.survey.public_file
    SURVEY_DOMAIN = "public-survey" if PUBLIC_FILE else "respondents"

    rule survey_flow:
        """Records of the survey: opened, left out by each rule, kept."""
        input:
            flow=f"{RESULTS}/survey/flow.json",
            code=code("analyse/survey_flow.py"),
        output:
            **result("survey-flow"),
        log:
            f"{RESULTS}/logs/analyse/survey-flow.log",
        params:
            smallest=1 if PUBLIC_FILE else SETTINGS.disclosure.respondents.minimum_count,
            domain=SURVEY_DOMAIN,
            invited=SETTINGS.survey.invited,
        script:
            "../scripts/analyse/survey_flow.py"

    rule respondent_profile:
        """Respondents by item, with base and missing answers."""
        input:
            respondent=f"{RESULTS}/database/respondent.parquet",
            code=code("analyse/respondent_profile.py"),
        output:
            **result("respondent-profile"),
        log:
            f"{RESULTS}/logs/analyse/respondent-profile.log",
        params:
            categories=SETTINGS.survey.items,
            level=SETTINGS.analysis.level,
            domain=SURVEY_DOMAIN,
        script:
            "../scripts/analyse/respondent_profile.py"

    if PUBLIC_FILE and SETTINGS.survey.recency:

        rule recency_by_drug:
            """How long ago each drug was last used."""
            input:
                respondent=f"{RESULTS}/database/respondent.parquet",
                code=code("analyse/recency_by_drug.py"),
            output:
                **result("recency-by-drug", "recency-users"),
            log:
                f"{RESULTS}/logs/analyse/recency-by-drug.log",
            params:
                drugs=SETTINGS.survey.recency,
                level=SETTINGS.analysis.level,
                domain=SURVEY_DOMAIN,
            script:
                "../scripts/analyse/recency_by_drug.py"

    if PUBLIC_FILE and PUBLIC_FILE.weight:

        rule weighted_shares:
            """Shares in the population for which the respondents stand, all together and by group."""
            input:
                respondent=f"{RESULTS}/database/respondent.parquet",
                code=code("analyse/weighted_shares.py"),
            output:
                **result("weighted-shares", "weighted-shares-by"),
            log:
                f"{RESULTS}/logs/analyse/weighted-shares.log",
            params:
                categories=SETTINGS.survey.items,
                weight=PUBLIC_FILE.weight,
                by=PUBLIC_FILE.by,
                level=SETTINGS.analysis.level,
            script:
                "../scripts/analyse/weighted_shares.py"
