"""Analyses of the buyers in the survey.

In: the table of respondents. Out: the career variables of each (database), and one internal result table per question,
for the release gate. A study without a survey has none of these rules; where a survey did not ask enough, the table is
empty and the gate withholds it.
"""

if SETTINGS.survey:
    RESULT_TABLES += ["career-summary", "frequency-change", "range-change"]
    RECORDED_TABLES += ["career-summary", "frequency-change", "range-change"]
    CAREER = f"{RESULTS}/database/career.parquet"
    SHARES = dict(smallest=SETTINGS.disclosure.respondents.minimum_count, level=SETTINGS.analysis.level)

    rule derive_careers:
        """The career variables of each respondent."""
        input:
            respondent=f"{RESULTS}/database/respondent.parquet",
            code=code("survey/derive_careers.py"),
        output:
            career=CAREER,
            record=PLAN.record("database/career.parquet"),
        log:
            f"{RESULTS}/logs/derive-careers.log",
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
