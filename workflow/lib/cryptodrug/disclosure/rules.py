"""The thresholds of the disclosure rules, as they stand in the configuration of a study."""

from pydantic import BaseModel, ConfigDict, Field


class Rules(BaseModel):
    """A block of rules: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RespondentRules(Rules):
    """Tables about the respondents of a survey."""

    minimum_count: int = Field(ge=2, description="Smallest count that is shown; smaller ones (not zero) are hidden.")
    minimum_base: int = Field(ge=5, description="Smallest base of a percentage.")
    minimum_base_median: int = Field(ge=3, description="Smallest base of a median or another statistic.")


class RevenueRules(Rules):
    """Tables with sales or money of vendors."""

    minimum_vendors: int = Field(ge=2, description="Smallest number of vendors behind a cell.")
    largest_two_share: float = Field(gt=0, le=1, description="Largest share that two vendors may have of a cell.")


class PublicRules(Rules):
    """Tables of counts from public pages."""

    minimum_focus_vendors: int = Field(
        ge=1, description="Smallest number of vendors of the focus country behind a cell about them; zero is shown."
    )


class InterviewRules(Rules):
    """Tables about coded interviews."""

    minimum_interviews: int = Field(ge=2, description="Smallest number of interviews of which any number is printed.")
    sensitive_margin: int = Field(
        ge=1,
        description="A sensitive code is counted only when at least this many interviews have it and as many have not.",
    )


class DisclosureRules(Rules):
    """What may be published, by domain; no released table mixes two domains."""

    respondents: RespondentRules = Field(description="Survey tables.")
    revenue: RevenueRules = Field(description="Tables with sales or money.")
    public: PublicRules = Field(description="Tables of market counts.")
    interviews: InterviewRules = Field(description="Tables of coded interviews; never a percentage.")
