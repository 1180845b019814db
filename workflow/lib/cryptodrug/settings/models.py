"""The blocks of a study's configuration. Every field says what it is; `docs/configuration.md` is made from here."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.link_by import LinkBy
from cryptodrug.settings.countries import ISO_3166
from cryptodrug.survey.rules import HURRIED, Exclusion, Speeders


def _country(code: str) -> str:
    if code not in ISO_3166:
        raise ValueError("no country has this code (ISO 3166-1, two capital letters)")
    return code


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), AfterValidator(_country)]
Language = Literal["en", "nl", "fr"]


class Block(BaseModel):
    """A block of settings: unknown keys are refused, values do not change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Study(Block):
    """What this study is, and so what its documents may claim."""

    id: Slug = Field(description="Name of the study; its results stand in `results/<id>/`.")
    nature: Literal["cryptodrug", "simulated", "historical", "public-survey"] = Field(
        description="`cryptodrug`: the study DR/82 itself. `simulated`: made by the simulator; every page, figure and "
        "table says so. `historical`: real archived pages of another market and period, no result of CRYPTODRUG. "
        "`public-survey`: the public file of a survey that others made, read with the same tools; no result of "
        "CRYPTODRUG."
    )
    advice: Literal["recommendations", "illustration", "none"] = Field(
        description="How recommendations print: as advice, as an illustration of the mechanism (simulated data), or "
        "not at all (historical archives and public surveys: the services of today are not addressed)."
    )

    @property
    def simulated(self) -> bool:
        """Whether every product must be marked as simulated."""
        return self.nature == "simulated"

    @model_validator(mode="after")
    def _advice_fits_nature(self) -> "Study":
        wanted = {"cryptodrug": "recommendations", "simulated": "illustration"}.get(self.nature, "none")
        if self.advice != wanted:
            raise ValueError(f"a study of nature {self.nature!r} has `advice: {wanted}`, not {self.advice!r}")
        return self


class Market(Block):
    """One market of the study."""

    id: Slug = Field(description="Name of the market in the snapshot table and in all results.")
    name: str = Field(description="Name of the market as printed in the documents.")
    closed: datetime.date | None = Field(
        default=None,
        description="Day on which the market closed for ever, where known. After it there is nothing to download, and "
        "vendors who were seen last before it did not leave by their own decision.",
    )


class Period(Block):
    """The window of the study; snapshots outside it are not read."""

    first: datetime.date = Field(description="First day of the window.")
    last: datetime.date = Field(description="Last day of the window.")

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.last < self.first:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")
        return self


class Archives(Block):
    """How archives are read; see `docs/archives.md`."""

    damaged: Literal["stop", "keep"] = Field(
        description="A damaged archive stops the run (`stop`), or what is whole is read and the rest counted as lost "
        "(`keep`)."
    )
    parts: int = Field(
        ge=1,
        le=1000,
        description="Jobs among which each archive is divided. The tables are the same, byte for byte; a run that was "
        "stopped reads only the parts that are not done.",
    )
    largest_page: int = Field(ge=1, le=2000, description="Megabytes; a larger member is no page and is not read.")
    largest_unpacked: int = Field(ge=1, description="Gigabytes that may come out of one archive; more stops the run.")
    largest_ratio: int = Field(
        ge=2,
        description="How many times its own size an archive may unpack to; more, above the first gigabyte, is taken "
        "for an attack.",
    )
    deepest: int = Field(ge=0, le=20, description="How many archives deep an archive inside an archive is opened.")


class SharedTextRules(Block):
    """When two profiles are one text."""

    likeness: float = Field(
        default=0.5, gt=0, le=1, description="Least share of their runs of four words that both have (Jaccard)."
    )
    fewest: int = Field(
        default=20, ge=1, le=64, description="Runs of four words of a profile, without those that more than four "
        "accounts write, from which it says anything."
    )  # fmt: skip


class Population(Block):
    """Which vendors count as vendors of the focus country."""

    definition: Literal["strict", "inclusive"] = Field(
        description="Core definition. `strict`: the focus country is the only stated origin; `inclusive`: it is among "
        "the stated origins. Both mean the origin that a listing declares. The third, `ever`, stands beside them."
    )
    link_by: LinkBy = Field(
        description="What makes accounts one vendor. `account`: nothing, each account counts by itself; `key`: the "
        "same published key; `key-or-name`: also the same name on two markets, unless their keys tell them apart; "
        "`key-name-or-text`: also the same words in their profiles on two markets, unless their keys tell them apart."
    )
    shared_text: SharedTextRules = Field(
        default=SharedTextRules(), description="When two profiles have the same words, for `key-name-or-text`."
    )


class Tracking(Block):
    """When two listings of one vendor in two snapshots are one offer, where the market gives them no number."""

    title_similarity: float = Field(
        ge=50, le=100, description="Least likeness of their titles (words in common in any order, of 100)."
    )
    snapshot_gap: int = Field(ge=0, description="How many snapshots of the market the offer may be missed.")


class Currency(Block):
    """How prices become comparable."""

    target: Literal["EUR"] = Field(description="Currency of all released amounts.")
    reference: Literal["ecb"] = Field(
        description="Source of the rates between state currencies: the euro reference rates of the European Central "
        "Bank, as shipped with the locked package; nothing is downloaded."
    )
    widest_gap: int = Field(
        default=7,
        ge=1,
        description="Days between two rates of a daily series (a coin in the files of kind `rates`) over which a "
        "missing day is interpolated and flagged; over a wider gap there is no rate. 7 when absent.",
    )


class HoldingPrice(Block):
    """When a price is flagged as a holding price (a listing blocked by an absurd price). Flagged, never removed."""

    own: float = Field(gt=1, description="Flag a price above this many times the median of the listing's other prices.")
    by_class: float = Field(
        gt=1,
        description="Flag a price per gram above this many times the median of its drug class and size band.",
    )
    cap: float = Field(gt=0, description="Flag a price above this amount (EUR) where the quantity is unknown.")


class Judgements(Block):
    """Files with the rules that people decided; see `workflow/judgements/README.md`."""

    folder: Path = Field(description="Folder with the rules for countries, drug classes, quantities and destinations.")
    corrections: Path | None = Field(description="Hand corrections of this study (YAML), or null when there are none.")


class Analysis(Block):
    """Numbers fixed before the data are seen."""

    seed: int = Field(ge=0, description="Seed of all random draws of the analyses.")
    draws: int = Field(ge=200, description="Draws of each bootstrap over vendors.")
    level: float = Field(gt=0.5, lt=1, description="Level of all intervals.")
    coverage_minimum: float = Field(
        gt=0, le=1, description="Coverage from which a snapshot counts as complete; below it a finding warns."
    )


class Careers(Block):
    """The drug-using careers of respondents."""

    equivalence_margin: float = Field(
        gt=0,
        lt=1,
        description="Margin of the balance of rises and falls, as a share of respondents. Only when its whole interval "
        "lies inside may the text say that something did not change.",
    )


class PublicFile(Block):
    """A survey whose answers its publisher has given to everybody."""

    weight: str | None = Field(
        description="Variable with the weight of each respondent, the number of people for whom they stand, or null "
        "when each counts as one."
    )
    by: list[str] = Field(description="Variables of `items`; the shares of all others are given for each category too.")


class Survey(Block):
    """The export of the survey of buyers."""

    file: Path = Field(description="Export file, looked for under `archives_root`.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Checksum of the export; another file stops the run.")
    source: str | None = Field(default=None, description="Where the file comes from; printed in the ledger.")
    licence: str | None = Field(default=None, description="What may be done with it; printed in the ledger.")
    questionnaire: Path = Field(description="Folder of the questionnaire; its variables are all that is read.")
    mapping: Path = Field(description="Map from the export to the questionnaire, with the published categories.")
    structure: Path | None = Field(
        default=None,
        description="What the platform or the publisher says of the columns: a structure file (`.lss`, `.qsf`), a data "
        "dictionary or a code book (CSV). None when absent; an SPSS file says it itself.",
    )
    exclusions: list[Exclusion] = Field(description="Records that are left out, in this order.")
    speeders: Speeders | None = Field(
        default=None,
        description="What is too fast, and whether it is left out. Absent: nobody looks at the time taken.",
    )
    items: dict[str, list[str]] = Field(
        description="Variables to describe, each with its categories in the order in which they print."
    )
    careers: Careers | None = Field(
        description="Drug-using careers and all else about buyers, or null: another questionnaire, without them."
    )
    words: Path | None = Field(
        default=None,
        description="Words for `items` and their categories (YAML) that stand not in `reports/templates`. "
        "None when absent.",
    )
    invited: int | None = Field(
        default=None, ge=0, description="How many people were invited, where that is known. Absent: not known."
    )
    recency: list[str] = Field(
        default=[],
        description="Of a public file: variables, one for each drug, with how long ago it was last used, from 0 "
        "(never) to 6 (last day). None when absent.",
    )
    public_file: PublicFile | None = Field(
        default=None,
        description="Only for a public-use file: anybody can count in it, so that nothing of it is hidden. Absent: the "
        "answers are confidential, and the rules for respondents hold.",
    )


class CodingProject(Block):
    """A file of a coding program."""

    file: Path = Field(description="REFI-QDA project (`.qdpx`), looked for under `archives_root`.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Checksum of the project; another file stops the run.")
    source: str | None = Field(default=None, description="Where the file comes from; printed in the ledger.")
    licence: str | None = Field(default=None, description="What may be done with it; printed in the ledger.")
    coder: Annotated[str, StringConstraints(pattern=r"^(coder-[a-z0-9]+|consensus)$")] | None = Field(
        description="Label of the coder who made all of it, or null where the project names the coder of each passage."
    )


class Interviews(Block):
    """The coded interviews."""

    projects: list[CodingProject] = Field(min_length=1, description="Projects: one for all coders, or one for each.")
    codebook: Path = Field(description="Code book (CSV): families, codes, directions, what each means.")
    themes: Path = Field(description="Themes (CSV): unions of codes, named before coding.")
    mapping: Path = Field(
        description="Map from the names of the projects (codes, coders, sources) to those of the study."
    )
    quotations: Path | None = Field(description="Register of quotations (YAML), or null when none may be printed.")
    anomalies: Path = Field(
        description="What of the survey the interviews were meant to clarify (YAML): conditions and codes."
    )
    inferences: Path | None = Field(
        description="What the interviews say to these anomalies (YAML), or null as long as nobody has written it."
    )


class ProfileSheet(Block):
    """What one coder gave to profiles, as `cryptodrug profiles import` wrote it: codes, no texts."""

    file: Path = Field(description="Codes by pseudonym (CSV).")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Checksum of the file; another file stops the run.")


class Profiles(Block):
    """Profiles of vendors, read and coded by people; see `docs/profiles.md`."""

    codebook: Path = Field(description="Code book of profiles (CSV): what each code means, and its values.")
    sample: Path = Field(description="Which profile is of the country and which is matched to it (CSV).")
    sheets: list[ProfileSheet] = Field(min_length=2, max_length=2, description="The sheets of the two coders.")
    consensus: Path | None = Field(
        description="The filled list of disagreements (CSV), or null as long as the coders have not talked; then only "
        "what both gave counts."
    )
    types: Path | None = Field(
        default=None,
        description="Type of vendor of each profile (CSV), as `cryptodrug profiles types` wrote it, or null (as when "
        "absent): then codes are not counted by type.",
    )


class Simulation(Block):
    """Only for a simulated study."""

    scenario: Path = Field(description="Scenario file of the simulator: the known truth.")
    interviews: Path | None = Field(description="Scenario file of the interviews, or null when it makes none.")
    profiles: Path | None = Field(
        default=None, description="What is true of each coded profile (CSV), or null (as when absent): none is made."
    )
    estimands: Path = Field(description="What is true for each released number, in words (CSV); see `docs/demo.md`.")
    comparators: Path = Field(
        description="Invented numbers of earlier studies (CSV) that stand beside those of this one: what is simulated "
        "is compared with nothing real."
    )


class Document(Block):
    """One document of the study; it is made as PDF, Word file and web page."""

    number: Annotated[str, StringConstraints(pattern=r"^SP[0-9]{4}$")] | None = Field(
        description="Publication number, or null for what is none of the publications of the study."
    )
    file: str = Field(description="File name without language and ending, e.g. `SP2876-final-report`.")
    template: Literal["final-report", "summary", "survey-report"] = Field(
        description="Template in `reports/templates`."
    )
    language: Language = Field(description="Language of the document.")


# keys of a study of markets
OF_MARKETS = (
    "snapshots", "archives", "period", "focus_country", "neighbours", "population", "tracking", "currency",
    "judgements", "holding_price",
)  # fmt: skip


class Settings(Block):
    """The whole configuration of a study. Exactly one such file is read; two are never merged."""

    study: Study = Field(description="What the study is.")
    markets: list[Market] = Field(
        description="Markets of the study; empty for a study of a survey alone: the keys that speak of markets, from "
        "`snapshots` to `holding_price`, are then null."
    )
    snapshots: Path | None = Field(
        description="Snapshot table (CSV): market, snapshot_date, file, sha256, bytes, kind, adapter, source, licence.",
    )
    archives_root: Path = Field(
        description="Folder under which the files of the snapshot table, the survey export and the interviews are "
        "looked for. It is part of no content id: archives may stand elsewhere on another machine."
    )
    archives: Archives | None = Field(description="How archives are read.")
    period: Period | None = Field(description="The window of the study.")
    focus_country: Country | None = Field(
        description="The country whose vendors the study is about (ISO 3166, two letters)."
    )
    neighbours: list[Country] | None = Field(
        description="Neighbours of the focus country, for destinations and comparisons."
    )
    population: Population | None = Field(description="The vendors of the focus country.")
    tracking: Tracking | None = Field(description="Offers over time.")
    currency: Currency | None = Field(description="Prices.")
    judgements: Judgements | None = Field(description="Rules decided by people.")
    holding_price: HoldingPrice | None = Field(description="Holding prices.")
    analysis: Analysis = Field(description="Seeds, draws, levels.")
    disclosure: DisclosureRules = Field(description="What may be published; see `docs/disclosure.md`.")
    survey: Survey | None = Field(description="Survey of buyers, or null when the study has none.")
    interviews: Interviews | None = Field(description="Interviews, or null when the study has none.")
    profiles: Profiles | None = Field(
        default=None, description="Coded profiles of vendors, or null (as when absent) when the study has none."
    )
    simulation: Simulation | None = Field(description="Simulator, or null for a study with real input.")
    languages: list[Language] = Field(
        min_length=1, description="Languages of figures and documents; English is the source."
    )
    draft_languages: list[Language] = Field(
        description="Languages whose missing translations print as marked English instead of stopping the documents."
    )
    documents: list[Document] = Field(min_length=1, description="Documents to make.")

    def _faults_of_markets(self) -> Iterator[str]:
        """A study of markets has every key that speaks of them, a study of a survey alone has none."""
        given = {name for name in OF_MARKETS if getattr(self, name) is not None}
        if self.markets and given != set(OF_MARKETS):
            absent = ", ".join(f"`{name}`" for name in OF_MARKETS if name not in given)
            yield f"a study of markets also needs {absent}"
        if not self.markets and given:
            yield f"a study without `markets` cannot have {', '.join(f'`{name}`' for name in sorted(given))}"
        if not self.markets and (self.survey is None or self.study.nature != "public-survey"):
            yield "only a study of nature `public-survey` with a `survey` can do without `markets`"
        if (self.study.nature == "public-survey") != bool(self.survey and self.survey.public_file):
            yield "`survey.public_file` is given exactly when `study.nature` is `public-survey`"

    @model_validator(mode="after")
    def _parts_fit(self) -> "Settings":
        faults = list(self._faults_of_markets())
        if self.study.simulated != (self.simulation is not None):
            faults.append("`simulation` is given exactly when `study.nature` is `simulated`")
        if self.simulation and (self.simulation.interviews is None) != (self.interviews is None):
            faults.append("`simulation.interviews` is given exactly when `interviews` is")
        # the records of what a job makes stand beside it, below results/<study>
        if self.simulation and self.archives_root.parts[:2] != ("results", self.study.id):
            faults.append(f"the input of a simulated study is made below `archives_root: results/{self.study.id}/...`")
        if self.focus_country in (self.neighbours or ()):
            faults.append(f"{self.focus_country} cannot be its own neighbour (`neighbours`)")
        if "en" not in self.languages:
            faults.append("`languages` must hold `en`, the source of all texts")
        missing = sorted({document.language for document in self.documents} - set(self.languages))
        if missing:
            faults.append(f"documents ask for languages that `languages` does not name: {', '.join(missing)}")
        made = [f"{document.file}.{document.language}" for document in self.documents]
        if twice := sorted({name for name in made if made.count(name) > 1}):
            faults.append(f"two `documents` would be written to the same file: {', '.join(twice)}")
        if len({market.id for market in self.markets}) < len(self.markets):
            faults.append("two `markets` have the same id")
        public = self.survey.public_file if self.survey else None
        if public and (strangers := [name for name in public.by if name not in self.survey.items]):
            faults.append(f"`survey.public_file.by` names no `items`: {', '.join(strangers)}")
        rules = [rule.id for rule in self.survey.exclusions] if self.survey else []
        if twice := sorted({rule for rule in rules if rules.count(rule) > 1}):
            faults.append(f"two `survey.exclusions` have the same id: {', '.join(twice)}")
        if HURRIED in rules:
            faults.append(f"`survey.exclusions` must not use the id `{HURRIED}`: it is that of `survey.speeders`")
        if faults:
            raise ValueError("; ".join(faults))
        return self
