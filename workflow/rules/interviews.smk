"""Read the coded interviews, and count them.

In: projects of a coding program as received, code book, map of their names, register of quotations. Out: which interview
was marked where with which code by whom, the register without its words, and the words that may be printed; internal
tables for the release gate. What counts is the checksum of each project, verified before reading. No words of a passage
go further than the first step.
"""

if SETTINGS.interviews:

    rule read_interviews:
        """Codings by interview, coder and code; the register of quotations, checked."""
        input:
            **({"quotations": str(SETTINGS.interviews.quotations)} if SETTINGS.interviews.quotations else {}),
            projects=[received(path) for path in PLAN.interview_files],
            codebook=str(SETTINGS.interviews.codebook),
            mapping=str(SETTINGS.interviews.mapping),
            code=code("interviews/read_interviews.py"),
        output:
            interview=f"{RESULTS}/database/interview.parquet",
            interview_code=f"{RESULTS}/database/interview_code.parquet",
            quotation=f"{RESULTS}/database/quotation.parquet",
            citable=f"{RESULTS}/internal/citable-quotations.json",
            record=PLAN.record("database/interview_code.parquet"),
        log:
            f"{RESULTS}/logs/read-interviews.log",
        params:
            study=STUDY_LABEL,
            sha256=[project.sha256 for project in SETTINGS.interviews.projects],
            coders=[project.coder for project in SETTINGS.interviews.projects],
            archives_root=lambda wildcards: str(SETTINGS.archives_root),
        script:
            "../scripts/interviews/read_interviews.py"

    CODED = {
        "interview": f"{RESULTS}/database/interview.parquet",
        "interview_code": f"{RESULTS}/database/interview_code.parquet",
        "codebook": str(SETTINGS.interviews.codebook),
        "mapping": str(SETTINGS.interviews.mapping),
    }

    rule interview_themes:
        """In how many interviews each theme and each code is met; the matrix behind it, for the team."""
        input:
            **CODED,
            themes=str(SETTINGS.interviews.themes),
            code=code("analyse/interview_themes.py"),
        output:
            **result("interview-themes", "interview-codes"),
            matrix=f"{RESULTS}/internal/code-matrix.parquet",
            pairs=f"{RESULTS}/internal/code-pairs.parquet",
        log:
            f"{RESULTS}/logs/analyse/interview-themes.log",
        script:
            "../scripts/analyse/interview_themes.py"

    rule interview_coding:
        """How far the coders agree, with an interval over interviews."""
        input:
            **CODED,
            code=code("analyse/interview_coding.py"),
        output:
            **result("interview-coding", "interview-coding-codes"),
            details=f"{RESULTS}/internal/coding-details.parquet",
        log:
            f"{RESULTS}/logs/analyse/interview-coding.log",
        params:
            **DRAWING,
        script:
            "../scripts/analyse/interview_coding.py"
