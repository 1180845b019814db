"""Files that could do harm are refused before anything of them is read."""

import zipfile

import pytest
from coding_projects import pack, project, source
from cryptodrug.errors import InputError
from cryptodrug.interviews import package
from cryptodrug.interviews.package import open_package


@pytest.mark.parametrize(
    "name", ["../talk.txt", "/etc/talk.txt", "sources/../../talk.txt", "..\\talk.txt", "C:\\talk.txt"]
)
def test_a_path_that_leads_out_is_refused(tmp_path, name):
    path = pack(tmp_path / "p.qdpx", {"project.qde": project(), name: "x"})
    with pytest.raises(InputError, match="leads out of the file"):
        open_package(path)


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "p.qdpx"
    link = zipfile.ZipInfo("sources/talk.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", project())
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(InputError, match="link or special file"):
        open_package(path)


def test_a_packed_flood_is_refused_by_the_size_in_its_head(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LARGEST_TEXT", 1000)
    path = tmp_path / "p.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project(source()))
        archive.writestr("sources/talk.txt", b"0" * 1001)
    opened = open_package(path)
    with pytest.raises(InputError, match="would unpack to 1001 bytes"):
        opened.text("internal://talk.txt")


def test_a_head_that_lies_about_the_size_is_found(tmp_path):
    path = pack(tmp_path / "p.qdpx", {"project.qde": project(), "sources/talk.txt": "0123456789"})
    data = path.read_bytes()
    # the size stands in the head of the member and again in the list at the end
    path.write_bytes(
        data.replace((10).to_bytes(4, "little") * 2, (10).to_bytes(4, "little") + (4).to_bytes(4, "little"))
    )
    with pytest.raises(InputError, match="a member is damaged"):
        open_package(path).text("talk.txt")


def test_a_locked_member_is_refused(tmp_path):
    path = pack(tmp_path / "p.qdpx", {"project.qde": project()})
    data = bytearray(path.read_bytes())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + flags] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="locked with a password"):
        open_package(path)


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"notes.txt": "x"}, "holds no project"),
        ({"a.qde": project(), "b.qde": project()}, "holds 2 projects"),
        ({"project.qde": project(), "Project.qde": project()}, "stands twice"),
    ],
)
def test_the_project_must_be_one(tmp_path, members, fault):
    with pytest.raises(InputError, match=fault):
        open_package(pack(tmp_path / "p.qdpx", members))


def test_two_texts_of_one_name_are_refused_when_asked_for(tmp_path):
    path = pack(tmp_path / "p.qdpx", {"project.qde": project(), "a/talk.txt": "1", "b/Talk.txt": "2"})
    with pytest.raises(InputError, match=r"same name: talk\.txt"):
        open_package(path).text("talk.txt")


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MOST_MEMBERS", 2)
    path = pack(tmp_path / "p.qdpx", {"project.qde": project(), "a": "", "b": ""})
    with pytest.raises(InputError, match="has 3 members"):
        open_package(path)


@pytest.mark.parametrize("kept", [10, 200, 400])
def test_a_file_that_is_cut_off_is_refused(tmp_path, kept):
    from cryptodrug.interviews.project import read_project

    path = pack(tmp_path / "p.qdpx", {"project.qde": project(), "sources/talk.txt": "x"})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError):
        read_project(path)


def test_a_project_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LARGEST_PROJECT", 50)
    plain = tmp_path / "p.qde"
    plain.write_text(project(), encoding="utf-8")
    with pytest.raises(InputError, match="the project has"):
        open_package(plain)
    with pytest.raises(InputError, match="would unpack"):
        open_package(pack(tmp_path / "p.qdpx", {"project.qde": project()}))
