"""Projects of coding programs with the variants that programs write; what cannot be meant is refused with its place."""

import pytest
from coding_projects import CODES, USERS, codes, pack, passage, project, source
from cryptodrug.errors import InputError
from cryptodrug.interviews.project import read_project

TEXT = "Before that I knew nobody.\nLater it became more."


def read(tmp_path, members):
    return read_project(pack(tmp_path / "project.qdpx", members))


def places(found):
    return [(found.codes[one.code].name, found.users.get(one.user), one.start, one.end) for one in found.codings]


@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "Interviews 2019.QDE", "export/project.qde"])
@pytest.mark.parametrize("folder", ["sources/", "Sources/", "SOURCES/texts/", ""])
def test_names_of_the_project_file_and_of_the_folder_of_texts_do_not_matter(tmp_path, name, folder):
    found = read(tmp_path, {name: project(source(passage(0, 26))), f"{folder}talk.txt": TEXT})
    assert [one.text for one in found.sources.values()] == [TEXT]
    assert places(found) == [("a-before", "coder-a", 0, 26)]


@pytest.mark.parametrize(
    "path", ["internal://talk.txt", "internal://TALK.TXT", "relative:///talk.txt", "talk.txt", "sources\\talk.txt"]
)
def test_addresses_of_a_text(tmp_path, path):
    found = read(tmp_path, {"project.qde": project(source(path=path)), "sources/talk.txt": TEXT})
    assert [one.text for one in found.sources.values()] == [TEXT]


@pytest.mark.parametrize("path", ["internal://other.txt", "absolute:///home/someone/talk.txt", "file:///talk.txt"])
def test_a_text_that_is_not_in_the_file_is_counted_and_its_passages_keep_their_positions(tmp_path, path):
    found = read(tmp_path, {"project.qde": project(source(passage(5, 9), path=path)), "sources/talk.txt": TEXT})
    assert found.left == {"text not in the file": 1}
    assert places(found) == [("a-before", "coder-a", 5, 9)]


def test_a_text_inside_the_project_and_a_project_without_zip(tmp_path):
    path = tmp_path / "project.qde"
    path.write_text(project(source(passage(0, 6), text=TEXT)), encoding="utf-8")
    found = read_project(path)
    assert [one.text[:6] for one in found.sources.values()] == ["Before"]
    assert places(found) == [("a-before", "coder-a", 0, 6)]


def test_overlapping_passages_of_several_users_all_stand(tmp_path):
    marked = passage(0, 20) + passage(10, 26, "b-more", "coder-b", number=2) + passage(0, 20, "b-more", None, number=3)
    found = read(tmp_path, {"project.qde": project(source(marked, text=TEXT))})
    expected = [("a-before", "coder-a", 0, 20), ("b-more", "coder-b", 10, 26), ("b-more", None, 0, 20)]
    assert places(found) == expected


def test_ids_are_the_same_in_capitals_and_in_braces(tmp_path):
    marked = passage(0, 6).replace(CODES["a-before"], "{" + CODES["a-before"].upper() + "}")
    found = read(tmp_path, {"project.qde": project(source(marked, text=TEXT))})
    assert places(found) == [("a-before", "coder-a", 0, 6)]


def test_a_coding_of_the_whole_source_marks_all_of_it(tmp_path):
    whole = passage(0, 1).partition(">")[2].removesuffix("</PlainTextSelection>")
    found = read(tmp_path, {"project.qde": project(source(whole, text=TEXT))})
    assert places(found) == [("a-before", "coder-a", 0, len(TEXT))]


def test_a_recording_is_read_by_its_transcripts_one_behind_the_other(tmp_path):
    points = '<SyncPoint guid="{0}1" position="2"/><SyncPoint guid="{0}2" position="5"/>'.format(
        "0" * 8 + "-0000-0000-0000-00000000000"
    )
    marked = (
        passage(0, 0, tag="TranscriptSelection")
        .replace('startPosition="0"', 'fromSyncPoint="00000000-0000-0000-0000-000000000001"')
        .replace('endPosition="0"', 'toSyncPoint="00000000-0000-0000-0000-000000000002"')
    )
    inside = source(text="first", tag="Transcript") + source(points + marked, text="second", tag="Transcript")
    found = read(tmp_path, {"project.qde": project(source(inside, path=None, tag="AudioSource"))})
    assert [one.text for one in found.sources.values()] == ["firstsecond"]
    assert places(found) == [("a-before", "coder-a", 7, 10)]


def test_a_coding_that_is_written_twice_counts_once(tmp_path):
    page = passage(0, 0, tag="PDFSelection")
    inside = source(passage(2, 5), text="the text of the page", tag="Representation")
    xml = project(source(page + inside, path=None, tag="PDFSource"))
    assert places(read(tmp_path, {"project.qde": xml})) == [("a-before", "coder-a", 2, 5)]


def test_a_passage_of_a_picture_keeps_its_code_and_has_no_place(tmp_path):
    marked = passage(1, 2, tag="PictureSelection")
    found = read(tmp_path, {"project.qde": project(source(marked, path=None, tag="PictureSource"))})
    assert places(found) == [("a-before", "coder-a", None, None)]
    assert found.left == {"place of PictureSelection": 1}


@pytest.mark.parametrize("namespace", ["", "urn:something:else"])
def test_another_namespace_is_read_and_noted(tmp_path, namespace):
    found = read(tmp_path, {"project.qde": project(source(passage(0, 6), text=TEXT), namespace=namespace)})
    assert len(found.codings) == 1
    assert "namespace is not that of the standard" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_at_the_beginning_of_project_and_text(tmp_path, encoding):
    xml = project(source(passage(0, 6))).replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    found = read(tmp_path, {"project.qde": xml.encode(encoding), "sources/talk.txt": TEXT.encode(encoding)})
    assert [one.text for one in found.sources.values()] == [TEXT]


def test_a_code_book_alone_has_paths_and_no_sources(tmp_path):
    inner = codes({"money": "00000000-0000-0000-0000-0000000000d2"})
    about = "<Description>of \n it</Description>"
    book = f'<Code guid="00000000-0000-0000-0000-0000000000d1" name="money" isCodable="false">{about}{inner}</Code>'
    path = tmp_path / "codes.qdc"
    path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{book}</Codes></CodeBook>', encoding="utf-8")
    found = read_project(path)
    assert [(one.path, one.codable, one.description) for one in found.codes.values()] == [
        ("money", False, "of it"),
        ("money/money", True, ""),
    ]
    assert found.sources == {}


def test_what_is_not_read_is_counted(tmp_path):
    xml = project(source(text=TEXT)).replace("</Project>", '<Notes><Note guid="x"/><Note guid="y"/></Notes></Project>')
    assert read(tmp_path, {"project.qde": xml}).left == {"Notes": 2}


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (
            project(source(passage(0, 6, code="00000000-0000-0000-0000-00000000ffff"), text=TEXT)),
            "code book does not have",
        ),
        (project(source(passage(9, 6), text=TEXT)), "ends before it begins"),
        (project(source(passage(0, 999), text=TEXT)), "stands outside its text"),
        (project(source(passage("x", 6), text=TEXT)), "`startPosition` of a passage is no number"),
        (project(source(text=TEXT).replace("guid=", "id=")), "a source has no id"),
        (project(book=codes() + codes()), "two codes have the same id"),
        (project(book='<Code name="x" isCodable="true"/>'), "no id or no name"),
        ("<Project", "not readable as XML"),
        ("", "not readable as XML"),
        ("<html/>", "no project and no code book but `html`"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, xml, fault):
    with pytest.raises(InputError, match=fault) as refused:
        read(tmp_path, {"project.qde": xml})
    assert "project.qdpx" in str(refused.value)
    assert "no interview was read" in str(refused.value)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Project SYSTEM "http://example.invalid/project.dtd">',
    ],
)
def test_document_types_are_refused(tmp_path, head):
    with pytest.raises(InputError, match="document type"):
        read(tmp_path, {"project.qde": project(head=head)})


def test_a_text_in_another_encoding_is_refused_and_not_guessed(tmp_path):
    members = {"project.qde": project(source(path="internal://talk.txt")), "sources/talk.txt": "voilà".encode("cp1252")}
    with pytest.raises(InputError, match=r"not written in UTF-8 \(byte 4\)"):
        read(tmp_path, members)


def test_users_without_a_name_are_known_by_their_id(tmp_path):
    xml = project(source(passage(0, 6), text=TEXT)).replace(' name="coder-a"', "")
    assert places(read(tmp_path, {"project.qde": xml}))[0][1] == USERS["coder-a"]
