"""From projects to tables: codes, coders, interviews and directions; what cannot be told is refused, all at once."""

import pytest
from coding_projects import pack, passage, project, source
from cryptodrug.errors import InputError, SettingsError
from cryptodrug.interviews.codebook import Code
from cryptodrug.interviews.mapping import InterviewMap, read_interview_map
from cryptodrug.interviews.project import read_project
from cryptodrug.interviews.tables import coding_table, interview_table

TEXT = "Before that I knew nobody.\nLater it became more."
BOOK = {
    name: f"00000000-0000-0000-0000-0000000010{number:02d}"
    for number, name in enumerate(["a-before", "b-more", "x-no", "x-both", "a", "Mood", "unused"])
}
COUPLE = {"coder-a": "coder-a", "coder-b": "coder-b"}
TALK = {"talk": {"interview": "interview-01", "language": "en"}}


def line(name, family="a", kind="code"):
    return Code(name, family, kind, name, "", "", "", "", False, "yes" if kind == "code" else "")


CODEBOOK = [
    line("a", "", "family"),
    line("a-before"),
    line("b-more"),
    line("x-no", "x", "direction"),
    line("x-both", "x", "direction"),
]


def book(names=BOOK):
    return "".join(f'<Code guid="{guid}" name="{name}" isCodable="true"/>' for name, guid in names.items())


def marks(*given):
    """Passages as (start, end, code, user)."""
    return "".join(
        passage(start, end, BOOK.get(code, code), user, number=number + 1)
        for number, (start, end, code, user) in enumerate(given)
    )


def read(tmp_path, *given, name="p.qdpx", text=TEXT, **more):
    xml = project(source(marks(*given), text=text), book=book(), **more)
    return read_project(pack(tmp_path / name, {"project.qde": xml}))


def rules(**more):
    return InterviewMap.model_validate({"coders": COUPLE, "consensus": None, "interviews": TALK} | more)


def table(projects, rules, coders=(None,)):
    return coding_table(projects, list(coders), rules, CODEBOOK)


def test_passages_share_a_segment_and_directions_belong_to_the_coder_who_gave_them(tmp_path):
    one = read(
        tmp_path,
        (27, 48, "b-more", "coder-a"), (0, 26, "a-before", "coder-a"), (0, 26, "a-before", "coder-b"),
        (0, 26, "x-no", "coder-b"), (0, 26, "b-more", "coder-b"),
    )  # fmt: skip
    rows = table([one], rules())[["segment", "coder", "code", "direction"]].values.tolist()
    assert rows == [
        ["interview-01-s001", "coder-a", "a-before", "yes"],
        ["interview-01-s001", "coder-b", "a-before", "no"],
        ["interview-01-s001", "coder-b", "b-more", "no"],
        ["interview-01-s002", "coder-a", "b-more", "yes"],
    ]


def test_codes_are_mapped_by_id_path_or_name_and_left_out_with_a_reason(tmp_path):
    one = read(tmp_path, (0, 6, "Mood", "coder-a"), (7, 11, "a-before", "coder-a"))
    for key in ("Mood", BOOK["Mood"]):
        assert set(table([one], rules(codes={key: "b-more"}))["code"]) == {"a-before", "b-more"}
    assert set(table([one], rules(left_out={"Mood": "a note of one coder"}))["code"]) == {"a-before"}


def test_all_codes_that_cannot_be_told_are_named_with_their_place(tmp_path):
    one = read(tmp_path, (0, 6, "Mood", "coder-a"), (7, 9, "Mood", "coder-b"), (7, 11, "a", "coder-a"))
    with pytest.raises(InputError) as refused:
        table([one], rules())
    text = str(refused.value)
    assert "2 faults" in text
    assert "'Mood' is in no code book and no map (2 passages; p.qdpx, first in 'talk')" in text
    assert "'a' is the family 'a'" in text
    assert "unused" not in text


def test_a_code_named_as_its_parent_must_be_mapped_by_its_path(tmp_path):
    guid = "00000000-0000-0000-0000-0000000000e{}"
    inner = f'<Code guid="{guid.format(2)}" name="a-before" isCodable="true"/>'
    nested = f'<Code guid="{guid.format(1)}" name="a-before" isCodable="true">{inner}</Code>'
    marked = passage(0, 6, guid.format(2), "coder-a")
    xml = project(source(marked, text=TEXT), book=nested)
    one = read_project(pack(tmp_path / "p.qdpx", {"project.qde": xml}))
    with pytest.raises(InputError, match="perhaps of its parent"):
        table([one], rules())
    assert table([one], rules(codes={"a-before/a-before": "a-before"}))["code"].tolist() == ["a-before"]


def test_one_project_a_coder_and_a_code_renamed_in_one_of_them(tmp_path):
    first = read(tmp_path, (0, 26, "a-before", "coder-a"), name="one.qdpx")
    xml = project(source(marks((0, 26, "a-before", None)), text=TEXT), book=book().replace('"a-before"', '"earlier"'))
    second = read_project(pack(tmp_path / "other.qdpx", {"project.qde": xml}))
    rows = table([first, second], rules(), (None, "coder-b"))
    assert rows[["coder", "code", "segment"]].values.tolist() == [
        ["coder-a", "a-before", "interview-01-s001"],
        ["coder-b", "a-before", "interview-01-s001"],
    ]


def test_two_projects_must_hold_the_same_text(tmp_path):
    projects = [
        read(tmp_path, (0, 6, "a-before", "coder-a"), name="one.qdpx"),
        read(tmp_path, (0, 6, "a-before", "coder-b"), name="other.qdpx", text=TEXT + " Edited."),
    ]
    with pytest.raises(InputError, match="the text of interview-01 is another"):
        table(projects, rules(), (None, None))


@pytest.mark.parametrize(
    ("user", "more", "fault"),
    [
        ("coder-b", {"coders": {"coder-a": "coder-a"}}, "marked by 'coder-b', who is no coder"),
        (None, {}, "marked by nobody"),
    ],
)
def test_unknown_coders_are_refused(tmp_path, user, more, fault):
    with pytest.raises(InputError, match=fault):
        table([read(tmp_path, (0, 6, "a-before", user))], rules(**more))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ([(0, 6, "a-before", "coder-a"), (0, 6, "x-no", "coder-a"), (0, 6, "x-both", "coder-a")], "has two directions"),
        ([(0, 6, "x-no", "coder-a")], "that has no code"),
        ([(0, 6, "a-before", "coder-a"), (0, 7, "x-no", "coder-a")], "that has no code"),
    ],
)
def test_directions_that_cannot_be_meant_are_refused(tmp_path, given, fault):
    with pytest.raises(InputError, match=fault):
        table([read(tmp_path, *given)], rules())


def test_a_source_that_is_no_known_interview_is_refused_and_a_name_is_no_number(tmp_path):
    one = read(tmp_path, (0, 6, "a-before", "coder-a"))
    with pytest.raises(InputError, match="'talk' is marked with codes, and it is not said which interview"):
        table([one], rules(interviews={}))


def test_sources_say_by_their_variables_which_interview_they_are(tmp_path):
    guid = "00000000-0000-0000-0000-0000000000f1"
    value = f'<VariableValue><VariableRef targetGUID="{guid}"/><TextValue>nl</TextValue></VariableValue>'
    inside = source(marks((0, 6, "a-before", "coder-a")) + value, text=TEXT, name="Interview 07.docx")
    variables = f'<Variables><Variable guid="{guid}" name="language" typeOfVariable="Text"/></Variables>'
    xml = project(inside, book=book()).replace("<Sources>", f"{variables}<Sources>")
    one = read_project(pack(tmp_path / "p.qdpx", {"project.qde": xml}))
    codings = table([one], rules(interviews={}))
    assert interview_table([one], rules(interviews={}), codings).values.tolist() == [
        ["interview-07", "nl", False, len(TEXT), 1]
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("coders: {coder-a: a, coder-b: a}\nconsensus: null\n", "stands twice"),
        ("coders: {coder-a: a}\nconsensus: a\n", "stands twice"),
        ("coders: {coder-a: a}\nconsensus: null\ncodes: {x: y}\nleft_out: {x: why}\n", "mapped and left out: x"),
        ("coders: {}\nconsensus: null\n", "coders"),
        ("coders: {Jan: a}\nconsensus: null\n", "coders.Jan"),
        (
            "coders: {coder-a: a}\nconsensus: null\ninterviews: {x: {interview: Jan, language: nl}}\n",
            "interviews.x.interview",
        ),
    ],
)
def test_a_map_that_contradicts_itself_is_refused(tmp_path, text, fault):
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        read_interview_map(path)
