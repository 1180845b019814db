"""Which code of the study a code of a project is: by id, path or name. All that cannot be told is refused at once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cryptodrug.errors import InputError
from cryptodrug.interviews.codebook import Code
from cryptodrug.interviews.mapping import InterviewMap
from cryptodrug.interviews.project import Project, ProjectCode
from cryptodrug.yaml_files import listed

LEFT_OUT = ""


def _names(code: ProjectCode) -> tuple[str, str, str]:
    return code.guid, code.path, code.name


def _wanted(code: ProjectCode, rules: InterviewMap, known: Mapping[str, Code], seen: Mapping[str, str]) -> str | None:
    """Code of the study, `LEFT_OUT`, or None: unknown. `seen`: what an earlier project has called this id."""
    for name in _names(code):
        if name in rules.left_out:
            return LEFT_OUT
        if name in rules.codes:
            return rules.codes[name]
    return code.name if code.name in known else seen.get(code.guid)


def _fault(code: ProjectCode, wanted: str | None, project: Project, rules: InterviewMap, known: Mapping[str, Code]):
    """Why a code that marks passages cannot be used, or None."""
    if wanted is None:
        return "is in no code book and no map"
    if wanted == LEFT_OUT:
        return None
    if wanted not in known:
        return f"is mapped to {wanted!r}, which the code book does not have"
    if known[wanted].kind == "family":
        return f"is the family {wanted!r}: a family marks no passage"
    by_name = not {code.guid, code.path} & set(rules.codes)
    if by_name and [one.name for one in project.codes.values()].count(code.name) > 1:
        return "has the name of another code (perhaps of its parent): map it by its path"
    return None


def _line(code: ProjectCode, fault: str, project: Project, used: Counter) -> str:
    first = next(one.source for one in project.codings if one.code == code.guid)
    where = f"{project.path.name}, first in {project.sources[first].name!r}"
    return f"{code.path!r} {fault} ({used[code.guid]} passages; {where})"


def match_codes(projects: Iterable[Project], rules: InterviewMap, codebook: list[Code]) -> dict[str, str]:
    """Code of the study by id of the code of a project; `LEFT_OUT` for those that are not counted.

    Codes that mark no passage (families of another program, unused codes) need no match.

    Raises
    ------
    InputError : lists every code that marks passages and cannot be told.
    """
    known = {code.code: code for code in codebook}
    found: dict[str, str] = {}
    faults: list[str] = []
    for project in projects:
        used = Counter(coding.code for coding in project.codings)
        for guid, code in project.codes.items():
            wanted = _wanted(code, rules, known, found)
            if not used[guid]:
                continue
            if fault := _fault(code, wanted, project, rules, known):
                faults.append(_line(code, fault, project, used))
            elif found.setdefault(guid, wanted or LEFT_OUT) != (wanted or LEFT_OUT):
                faults.append(_line(code, f"is {found[guid]!r} in another project", project, used))
    if faults:
        raise InputError(
            f"the codes of the interviews cannot be matched, {listed(faults)}",
            where="projects of the interviews, code book and map",
            not_done="no coding was counted",
            do="add each code to `codes` of the map (by id, path or name), or to `left_out` with the reason",
        )
    return found
