"""How buyers buy, what they lose, and what they know of risks.

In: the table of respondents, the codebook. Out: one internal result table per question, for the release gate. As in
`buyers.smk`, whose names are used here, a question that a survey did not ask leaves an empty table, which is withheld.
"""

if SETTINGS.survey and SETTINGS.survey.careers:

    rule purchase_practice:
        """How respondents buy, and what the last purchase cost."""
        input:
            respondent=RESPONDENT,
            codebook=f"{RESULTS}/survey/codebook.json",
            code=code("analyse/purchase_practice.py"),
        output:
            **result("purchase-practice", "amount-paid"),
        log:
            f"{RESULTS}/logs/analyse/purchase-practice.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/purchase_practice.py"

    rule losses:
        """Parcels that did not arrive, times cheated, seizures."""
        input:
            respondent=RESPONDENT,
            codebook=f"{RESULTS}/survey/codebook.json",
            code=code("analyse/losses.py"),
        output:
            **result("losses"),
        log:
            f"{RESULTS}/logs/analyse/losses.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/losses.py"

    rule risk_awareness:
        """Risks of buying that respondents call moderate or great."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/risk_awareness.py"),
        output:
            **result("risk-awareness"),
        log:
            f"{RESULTS}/logs/analyse/risk-awareness.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/risk_awareness.py"

    rule market_closures:
        """What respondents did when a market closed."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/market_closures.py"),
        output:
            **result("market-closures"),
        log:
            f"{RESULTS}/logs/analyse/market-closures.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/market_closures.py"

    rule vendor_choice:
        """Criteria for a vendor, and what keeps from buying more."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/vendor_choice.py"),
        output:
            **result("vendor-choice", "barriers"),
        log:
            f"{RESULTS}/logs/analyse/vendor-choice.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/vendor_choice.py"

    rule experience:
        """Satisfaction offline and online, and the same respondents on both."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/experience.py"),
        output:
            **result("experience", "experience-comparison"),
        log:
            f"{RESULTS}/logs/analyse/experience.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/experience.py"

    rule practice_levels:
        """Precautions and risks that are a habit, before and now."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/practice_levels.py"),
        output:
            **result("practice-levels"),
        log:
            f"{RESULTS}/logs/analyse/practice-levels.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/practice_levels.py"

    rule information_sources:
        """Sources of information, before and now, on the same respondents."""
        input:
            respondent=RESPONDENT,
            code=code("analyse/information_sources.py"),
        output:
            **result("information-sources"),
        log:
            f"{RESULTS}/logs/analyse/information-sources.log",
        params:
            **SHARES,
        script:
            "../scripts/analyse/information_sources.py"
