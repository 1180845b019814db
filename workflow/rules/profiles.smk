"""Profiles of vendors, coded by people.

In: the sheets of two coders without texts, the sample, the list that they settled on, the types of the profiles as the
team wrote them. Out: internal tables for the release gate: codes of the country against matched others and by type of
vendor, and agreement of the coders.
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

    rule profile_types:
        """Count the codes of profiles by type of vendor."""
        input:
            **({"consensus": str(SETTINGS.profiles.consensus)} if SETTINGS.profiles.consensus else {}),
            **({"types": str(SETTINGS.profiles.types)} if SETTINGS.profiles.types else {}),
            codebook=str(SETTINGS.profiles.codebook),
            sample=str(SETTINGS.profiles.sample),
            sheets=[str(sheet.file) for sheet in SETTINGS.profiles.sheets],
            placed=f"{RESULTS}/internal/vendor-type-of.parquet",
            code=code("analyse/profile_types.py"),
        output:
            **result("profile-types", "profile-type-tests", "profile-type-summary"),
        log:
            f"{RESULTS}/logs/analyse/profile-types.log",
        params:
            seed=SETTINGS.analysis.seed,
            sha256=[sheet.sha256 for sheet in SETTINGS.profiles.sheets],
        script:
            "../scripts/analyse/profile_types.py"
