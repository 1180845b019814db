"""Analyses of the buyers in the survey.

In: the table of respondents. Out: the career variables of each (database), and one internal result table per question,
for the release gate. A study without a survey, or with another questionnaire, has none of these rules; where a survey did not ask enough, the table is
empty and the gate withholds it.
"""

if SETTINGS.survey and SETTINGS.survey.careers:
    RESPONDENT = f"{RESULTS}/database/respondent.parquet"
    CAREER = f"{RESULTS}/database/career.parquet"
    SHARES = dict(smallest=SETTINGS.disclosure.respondents.minimum_count, level=SETTINGS.analysis.level)

    rule derive_careers:
        """The career variables of each respondent."""
        input:
            respondent=RESPONDENT,
            code=code("survey/derive_careers.py"),
        output:
            career=CAREER,
            record=PLAN.record("database/career.parquet"),
        log:
            f"{RESULTS}/logs/derive-careers.log",
        params:
            study=STUDY_LABEL,
        script:
            "../scripts/survey/derive_careers.py"

    rule career_summary:
        """Eight career variables and the mirror of escalation, with base and those outside it."""
        input:
            career=CAREER,
            code=code("analyse/career_summary.py"),
        output:
            **result("career-summary"),
        log:
            f"{RESULTS}/logs/analyse/career-summary.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/career_summary.py"

    rule frequency_change:
        """Up, same, down: frequency, amount, escalation against its mirror."""
        input:
            career=CAREER,
            code=code("analyse/frequency_change.py"),
        output:
            **result("frequency-change"),
        log:
            f"{RESULTS}/logs/analyse/frequency-change.log",
        params:
            **SHARES,
            margin=SETTINGS.survey.careers.equivalence_margin,
        script:
            "../scripts/analyse/frequency_change.py"

    rule range_change:
        """Different drugs or a wider range: the union and its parts on one base."""
        input:
            career=CAREER,
            code=code("analyse/range_change.py"),
        output:
            **result("range-change"),
        log:
            f"{RESULTS}/logs/analyse/range-change.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/range_change.py"

    rule motives:
        """Reasons to buy, and the main one."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/motives.py"),
        output:
            **result("motives"),
        log:
            f"{RESULTS}/logs/analyse/motives.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/motives.py"

    rule drugs_bought:
        """Drugs ever bought on a cryptomarket, by group."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/drugs_bought.py"),
        output:
            **result("drugs-bought"),
        log:
            f"{RESULTS}/logs/analyse/drugs-bought.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/drugs_bought.py"

    rule social_supply:
        """For whom respondents buy."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/social_supply.py"),
        output:
            **result("social-supply"),
        log:
            f"{RESULTS}/logs/analyse/social-supply.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/social_supply.py"

    rule harms_online_offline:
        """Harms offline and online."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/harms_online_offline.py"),
        output:
            **result("harms-online-offline"),
        log:
            f"{RESULTS}/logs/analyse/harms-online-offline.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/harms_online_offline.py"

    rule sources_before_now:
        """Sources before and now, margins."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/sources_before_now.py"),
        output:
            **result("sources-before-now"),
        log:
            f"{RESULTS}/logs/analyse/sources-before-now.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/sources_before_now.py"

    rule practice_change:
        """Precautions, risks and knowledge before and now."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/practice_change.py"),
        output:
            **result("practice-change"),
        log:
            f"{RESULTS}/logs/analyse/practice-change.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/practice_change.py"

    rule main_drug_flow:
        """Main drug before and now, margins."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/main_drug_flow.py"),
        output:
            **result("main-drug-flow"),
        log:
            f"{RESULTS}/logs/analyse/main-drug-flow.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/main_drug_flow.py"

    rule first_purchase:
        """When and at what age respondents first bought on a cryptomarket."""
        input:
            respondent=RESPONDENT,
            codebook=f"{RESULTS}/survey/codebook.json",
            code=code("analyse/first_purchase.py"),
        output:
            **result("first-purchase"),
        log:
            f"{RESULTS}/logs/analyse/first-purchase.log",
        params:
            level=SETTINGS.analysis.level,
        script:
            "../scripts/analyse/first_purchase.py"

    rule career_sensitivity:
        """The career variables under other definitions and without some respondents."""
        input:
            respondent=RESPONDENT,
            career=CAREER,
            code=code("analyse/career_sensitivity.py"),
        output:
            **result("career-sensitivity"),
        log:
            f"{RESULTS}/logs/analyse/career-sensitivity.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/career_sensitivity.py"

    rule career_overlap:
        """Pairs of career variables that hold together."""
        input:
            career=CAREER,
            code=code("analyse/career_overlap.py"),
        output:
            **result("career-overlap"),
        log:
            f"{RESULTS}/logs/analyse/career-overlap.log",
        params:
            smallest=SHARES["smallest"],
        script:
            "../scripts/analyse/career_overlap.py"
