"""Projects that programs have written: every coding is read, and as many as independent readers find."""

import zipfile
from collections import Counter

import pytest
import qdapy
from cryptodrug.interviews.project import read_project
from pyrefiqda import RefiProject
from real_data import shared_data

FOLDER = shared_data() / "surveys" / "refi-qda"
# codes, texts, codings, users of each file
FILES = {
    "atlas_blank.qdpx": (0, 0, 0, 2),
    "atlas_target.qdpx": (3, 0, 0, 2),
    "nvivo_project.qdpx": (262, 2, 0, 2),
    "qc_demo.qdpx": (262, 2, 205, 1),
    "qdapy_sample.qdpx": (4, 2, 7, 2),
    "skyloom_Project.qde": (14, 0, 14, 3),
    "skyloom_TestProject.qdpx": (14, 0, 14, 3),
}


def test_no_file_is_forgotten():
    assert set(FILES) == {path.name for path in FOLDER.iterdir() if path.suffix in (".qde", ".qdpx", ".qdc")}


@pytest.mark.parametrize("name", FILES)
def test_everything_in_the_file_is_read(name):
    found = read_project(FOLDER / name)
    texts = sum(one.text is not None for one in found.sources.values())
    assert (len(found.codes), texts, len(found.codings), len(found.users)) == FILES[name]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".qdpx")])
def test_codes_and_codings_are_those_of_two_other_readers(name, tmp_path):
    found = read_project(FOLDER / name)
    frames = qdapy.read_qdpx(FOLDER / name, warn=False)
    assert [one.path for one in found.codes.values()] == frames.codebook["code"].tolist()
    # qdapy reads passages of texts and of pages only, and leaves pictures and recordings out
    texts = {one.guid for one in found.sources.values() if one.kind in ("TextSource", "PDFSource")}
    ours = Counter(
        (found.codes[one.code].path, found.users.get(one.user, "")) for one in found.codings if one.source in texts
    )
    theirs = Counter(zip(frames.fragments["code"], frames.fragments["codedBy"], strict=True))
    assert ours == theirs
    loaded = RefiProject.load(FOLDER / name, extract_dir=tmp_path)
    sources = loaded.sources.text_source if loaded.sources else []
    codings = sum(len(one.coding) for source in sources for one in source.plain_text_selection)
    of_texts = {one.guid for one in found.sources.values() if one.kind == "TextSource"}
    assert codings == sum(one.source in of_texts for one in found.codings)


def test_passages_hold_the_same_words_as_in_another_reader():
    found = read_project(FOLDER / "qc_demo.qdpx")
    frames = qdapy.read_qdpx(FOLDER / "qc_demo.qdpx", warn=False).fragments
    texts = {guid: one.text for guid, one in found.sources.items()}
    ours = Counter(texts[one.source][one.start : one.end] for one in found.codings)
    assert ours == Counter(frames["text"])


def test_a_code_may_be_named_as_its_parent_and_paths_keep_them_apart():
    paths = [one.path for one in read_project(FOLDER / "nvivo_project.qdpx").codes.values()]
    assert len(set(paths)) == len(paths)
    assert [path for path in paths if path.split("/")[-1:] == path.split("/")[-2:-1]]


def test_texts_that_are_named_by_an_id_are_found():
    found = read_project(FOLDER / "nvivo_project.qdpx")
    assert all(one.text is not None for one in found.sources.values())


def test_texts_that_are_missing_are_counted_and_their_codings_stand():
    found = read_project(FOLDER / "skyloom_TestProject.qdpx")
    assert found.left["text not in the file"] == 11
    assert all(one.text is None for one in found.sources.values())
    assert {one.start for one in found.codings if one.start is not None}


def test_the_packed_project_and_the_plain_one_are_the_same():
    packed, plain = (read_project(FOLDER / name) for name in ("skyloom_TestProject.qdpx", "skyloom_Project.qde"))
    assert (packed.codes, packed.codings, packed.left) == (plain.codes, plain.codings, plain.left)


def test_a_passage_of_a_page_that_is_written_twice_counts_once_with_its_place_in_the_text():
    found = read_project(FOLDER / "skyloom_TestProject.qdpx")
    pages = {guid for guid, one in found.sources.items() if one.kind == "PDFSource"}
    codings = [one for one in found.codings if one.source in pages]
    assert sorted((one.start is None, one.start or 0) for one in codings) == [
        (False, 62),
        (False, 297),
        (True, 0),
        (True, 0),
    ]


def test_every_sibling_of_the_project_in_the_zip_is_accounted_for():
    with zipfile.ZipFile(FOLDER / "qc_demo.qdpx") as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".txt")}
    found = read_project(FOLDER / "qc_demo.qdpx")
    assert sorted(one.text for one in found.sources.values()) == sorted(texts.values())
