"""From projects to the tables of the interviews: the language of each, what was marked, in which direction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.interviews.codebook import Code
from cryptodrug.interviews.mapping import InterviewMap
from cryptodrug.interviews.matching import LEFT_OUT, match_codes
from cryptodrug.interviews.project import Project
from cryptodrug.interviews.texts import Source

DIRECTIONS = {"x-no": "no", "x-both": "both"}
LANGUAGES = ("en", "nl", "fr", "de")
INTERVIEW_COLUMNS = ["interview", "language", "training", "characters", "passages"]
CODING_COLUMNS = ["interview", "segment", "coder", "code", "direction", "begins", "ends"]


@dataclass(frozen=True)
class Interview:
    """One interview. `text` is None where no project holds it."""

    interview: str
    language: str
    training: bool
    text: str | None


def _refuse(what: str, where: str, do: str) -> InputError:
    return InputError(what, where=where, not_done="no coding was counted", do=do)


def _number(name: str) -> str:
    """A name of a source as number of an interview: `Interview 03.docx` is `interview-03`."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")


def _described(source: Source, rules: InterviewMap, where: str) -> Interview:
    """What a source is, by the map or by its own variables."""
    if source.name in rules.interviews:
        line = rules.interviews[source.name]
        return Interview(line.interview, line.language, line.training, source.text)
    language = source.values.get("language", "")
    if rules.interviews or language not in LANGUAGES or not _number(source.name).startswith("interview-"):
        raise _refuse(
            f"the source {source.name!r} is marked with codes, and it is not said which interview it is",
            where,
            "name it under `interviews` of the map, with its language; a person's name must not be its number",
        )
    return Interview(_number(source.name), language, source.values.get("training") == "true", source.text)


def interviews_of(projects: list[Project], rules: InterviewMap) -> dict[tuple[int, str], Interview]:
    """The interview of each source with codings, by (place of the project, id of the source).

    Raises
    ------
    InputError : a source is no known interview, two sources of a project are the same one, or its text differs from
        project to project: positions would not mean the same words.
    """
    found: dict[tuple[int, str], Interview] = {}
    texts: dict[str, str] = {}
    for place, project in enumerate(projects):
        marked = {coding.source for coding in project.codings}
        seen: set[str] = set()
        for guid in (guid for guid in project.sources if guid in marked):
            one = _described(project.sources[guid], rules, str(project.path))
            where = f"{project.path}: source {project.sources[guid].name!r}"
            if one.interview in seen:
                raise _refuse(f"{one.interview} stands twice in one project", where, "give each source its own number")
            if one.text is not None and texts.setdefault(one.interview, one.text) != one.text:
                raise _refuse(f"the text of {one.interview} is another in another project", where, "code the same text")
            seen.add(one.interview)
            found[place, guid] = one
    return found


def _coder(project: Project, user: str | None, given: str | None, rules: InterviewMap) -> str:
    """Label of the coder; `given`: the one that the configuration names for the whole project."""
    name = project.users.get(user, user) if user else None
    label = given or rules.label(name)
    if label not in rules.labels():
        raise _refuse(
            f"passages are marked by {given or name!r}, who is no coder of the study"
            if given or name
            else "passages are marked by nobody",
            f"{project.path}; coders of the map: {', '.join(rules.labels())}",
            "add the user to `coders` of the map, or name the `coder` of the project in the configuration",
        )
    return label


def _all_codings(
    projects: list[Project], coders: list[str | None], rules: InterviewMap, codes: Mapping[str, str]
) -> pd.DataFrame:
    """One row per coding: interview, place, coder, code."""
    interviews = interviews_of(projects, rules)
    rows = []
    for place, (project, given) in enumerate(zip(projects, coders, strict=True)):
        for one in project.codings:
            if codes[one.code] == LEFT_OUT:
                continue
            rows.append(
                {
                    "interview": interviews[place, one.source].interview,
                    "coder": _coder(project, one.user, given, rules),
                    "code": codes[one.code],
                    "begins": one.start,
                    "ends": one.end,
                    # passages without a place in a text are told apart by their id
                    "passage": one.selection if one.start is None else "",
                }
            )
    columns = ["interview", "coder", "code", "begins", "ends", "passage"]
    return pd.DataFrame(rows, columns=columns).astype({"begins": "Int64", "ends": "Int64"})


PLACE = ["interview", "begins", "ends", "passage"]


def _with_direction(codings: pd.DataFrame) -> pd.DataFrame:
    """Codes with the direction that the same coder gave the same passage; `yes` where none was given.

    Raises
    ------
    InputError : two directions on one passage, or a direction on a passage without a code.
    """
    keys = [*PLACE, "coder"]
    turned = codings[codings["code"].isin(DIRECTIONS)]
    plain = codings[~codings["code"].isin(DIRECTIONS)]
    directions = turned.assign(direction=turned["code"].map(DIRECTIONS))[[*keys, "direction"]].drop_duplicates()
    if (doubled := directions[directions.duplicated(keys)]).shape[0]:
        where = ", ".join(sorted({f"{row.interview} at {row.begins}" for row in doubled.itertuples()}))
        raise _refuse("a passage has two directions", where, "give one of `x-no` and `x-both`")
    joined = plain.merge(directions, on=keys, how="outer", indicator=True)
    if (alone := joined[joined["_merge"] == "right_only"]).shape[0]:
        where = ", ".join(sorted({f"{row.interview} at {row.begins}" for row in alone.itertuples()}))
        raise _refuse("a direction marks a passage that has no code", where, "add the code, or take the direction away")
    return joined.drop(columns="_merge").fillna({"direction": "yes"})


def _with_segments(codings: pd.DataFrame) -> pd.DataFrame:
    """Every passage of an interview gets a number, in the order of the text; coders of the same passage share it."""
    passages = codings[PLACE].drop_duplicates().sort_values(PLACE, na_position="last")
    numbers = passages.groupby("interview").cumcount() + 1
    passages["segment"] = passages["interview"] + numbers.map("-s{:03d}".format)
    return codings.merge(passages, on=PLACE)


def coding_table(
    projects: list[Project], coders: list[str | None], rules: InterviewMap, codebook: list[Code]
) -> pd.DataFrame:
    """One row per passage, coder and code: interview, segment, coder, code, direction, begins, ends.

    Parameters
    ----------
    coders : for each project the label of the coder who made all of it, or None where each coding names its own.
    """
    codings = _all_codings(projects, coders, rules, match_codes(projects, rules, codebook))
    table = _with_segments(_with_direction(codings))
    table = table.drop_duplicates(["segment", "coder", "code"])[CODING_COLUMNS]
    return table.sort_values(["interview", "segment", "coder", "code"], ignore_index=True)


def interview_table(projects: list[Project], rules: InterviewMap, codings: pd.DataFrame) -> pd.DataFrame:
    """One row per interview: interview, language, training, characters, passages (different ones, by any coder)."""
    known = {one.interview: one for one in interviews_of(projects, rules).values() if one.text is not None}
    known = {one.interview: one for one in interviews_of(projects, rules).values()} | known
    passages = codings.groupby("interview")["segment"].nunique()
    rows = [
        {
            "interview": name,
            "language": one.language,
            "training": one.training,
            "characters": None if one.text is None else len(one.text),
            "passages": int(passages.get(name, 0)),
        }
        for name, one in sorted(known.items())
    ]
    return pd.DataFrame(rows, columns=INTERVIEW_COLUMNS)
