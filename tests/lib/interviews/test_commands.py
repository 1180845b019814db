"""`cryptodrug interviews describe`."""

from coding_projects import pack, passage, project, source
from cryptodrug.cli import main

TEXT = "Before that I knew nobody.\nLater it became more."


def test_a_project_is_described_without_a_word_of_it(tmp_path, capsys):
    marked = passage(0, 26) + passage(0, 26, "b-more", None, number=2)
    xml = project(source(marked, text=TEXT)).replace('name="b-more"', 'name="More"')
    assert main(["interviews", "describe", str(pack(tmp_path / "p.qdpx", {"project.qde": xml}))]) == 0
    printed = capsys.readouterr().out
    assert "  coder-a: 1 codings" in printed
    assert "  (nobody): 1 codings" in printed
    assert f"  talk: {len(TEXT)} characters, 2 codings" in printed
    assert "  a-before: 1 codings, in the code book" in printed
    assert "  More: 1 codings, NOT in the code book" in printed
    assert "knew" not in printed


def test_a_file_that_is_no_project_ends_with_2(tmp_path, capsys):
    path = tmp_path / "notes.qdpx"
    path.write_text("notes", encoding="utf-8")
    assert main(["interviews", "describe", str(path)]) == 2
    assert "not readable as XML" in capsys.readouterr().err
