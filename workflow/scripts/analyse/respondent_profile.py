"""Who the respondents of the survey are, in the form that shows the way of a survey (n, base, missing)."""

import pandas as pd
from cryptodrug.results import write_result
from cryptodrug.survey.profile import respondent_profile_table


def respondent_profile(
    respondent: str,
    respondent_profile: str,
    respondent_profile_description: str,
    categories: dict[str, list[str]],
    level: float,
    domain: str = "respondents",
) -> None:
    """Respondents by item.

    1. Categories are those of the configuration, merged before the data were seen.
    2. The base of a share is those who answered; missing answers stand in a row of their own.
    3. Wilson intervals. The sample chose itself: nothing is said about a population.
    """
    table = respondent_profile_table(pd.read_parquet(respondent), categories, level, domain=domain)
    write_result(table, respondent_profile, respondent_profile_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, respondent_profile)
