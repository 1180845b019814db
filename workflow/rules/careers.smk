"""Careers in detail: by group of drugs, in combination, by the time since the first purchase.

In: the table of respondents and their career variables. Out: internal result tables for the release gate. As in
`buyers.smk`, whose names are used here, what a survey did not ask leaves an empty table, which is withheld.
"""

if SETTINGS.survey:

    rule frequency_before_now:
        """How often groups of drugs are used, before and now: margins."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/frequency_before_now.py"),
        output:
            **result("frequency-before-now"),
        log:
            f"{RESULTS}/logs/analyse/frequency-before-now.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/frequency_before_now.py"

    rule change_by_drug:
        """Taken up, left, more or less often, by group of drugs; amounts; escalation."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/change_by_drug.py"),
        output:
            **result("change-by-drug", "amount-by-drug", "escalation-by-drug"),
        log:
            f"{RESULTS}/logs/analyse/change-by-drug.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/change_by_drug.py"

    rule substitution_recovery:
        """Which drug took the place of which, and recovery by drug."""
        input:
            respondent=RESPONDENT,
            career=CAREER,
            code=code("analyse/substitution_recovery.py"),
        output:
            **result("substitution-pairs", "recovery-by-drug"),
        log:
            f"{RESULTS}/logs/analyse/substitution-recovery.log",
        params:
            smallest=SHARES["smallest"],
        script:
            "../scripts/analyse/substitution_recovery.py"

    rule dependence_scale:
        """The Severity of Dependence Scale of the main drug now."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/dependence_scale.py"),
        output:
            **result("dependence-scale"),
        log:
            f"{RESULTS}/logs/analyse/dependence-scale.log",
        params:
            smallest=SHARES["smallest"],
        script:
            "../scripts/analyse/dependence_scale.py"

    rule career_combinations:
        """Combinations of career variables of enough respondents."""
        input:
            career=CAREER,
            code=code("analyse/career_combinations.py"),
        output:
            **result("career-combinations"),
        log:
            f"{RESULTS}/logs/analyse/career-combinations.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/career_combinations.py"

    rule careers_by_exposure:
        """Careers by the time since the first purchase."""
        input:
            respondent=RESPONDENT,
            career=CAREER,
            code=code("analyse/careers_by_exposure.py"),
        output:
            **result("careers-by-exposure"),
        log:
            f"{RESULTS}/logs/analyse/careers-by-exposure.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/careers_by_exposure.py"

    rule answer_quality:
        """Answers that raise a doubt, and contradictions."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/answer_quality.py"),
        output:
            **result("answer-quality"),
        log:
            f"{RESULTS}/logs/analyse/answer-quality.log",
        params:
            **SHARES,
            speeders=SETTINGS.survey.speeders and SETTINGS.survey.speeders.model_dump(),
        script:
            "../scripts/analyse/answer_quality.py"
