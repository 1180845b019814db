"""Profiles of vendors, coded by people.

In: the sheets of two coders without texts, the sample, the list that they settled on. Out: internal tables for the
release gate: codes of the country against matched others, and agreement of the coders.
"""

if SETTINGS.profiles and SETTINGS.markets:

    rule profile_codes:
        """Count the codes of profiles, and how far two coders agree on them."""
        input:
            **({"consensus": str(SETTINGS.profiles.consensus)} if SETTINGS.profiles.consensus else {}),
            codebook=str(SETTINGS.profiles.codebook),
            sample=str(SETTINGS.profiles.sample),
            sheets=[str(sheet.file) for sheet in SETTINGS.profiles.sheets],
            code=code("analyse/profile_codes.py"),
        output:
            **result("profile-codes", "profile-coding", "profile-summary"),
        log:
            f"{RESULTS}/logs/analyse/profile-codes.log",
        params:
            **DRAWING,
            sha256=[sheet.sha256 for sheet in SETTINGS.profiles.sheets],
        script:
            "../scripts/analyse/profile_codes.py"
