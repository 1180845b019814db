"""Every page of a Word file says in its foot what the document is."""

import zipfile

from cryptodrug.documents.word import cover, with_foot
from cryptodrug.provenance.records import PROJECT

REFERENCE = PROJECT / "reports" / "templates" / "reference.docx"


def test_the_foot_carries_the_notice_and_the_number_of_the_page(tmp_path):
    with_foot(REFERENCE, "Simulated data & nothing else", tmp_path / "made.docx")
    with zipfile.ZipFile(tmp_path / "made.docx") as made:
        assert made.testzip() is None
        foot = made.read("word/footer1.xml").decode()
        assert "Simulated data &amp; nothing else" in foot
        assert " PAGE " in foot
        assert 'r:id="rIdFoot"' in made.read("word/document.xml").decode()
        assert "footer1.xml" in made.read("[Content_Types].xml").decode()


def test_two_runs_give_the_same_bytes(tmp_path):
    for name in "ab":
        with_foot(REFERENCE, "Simulated data", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_cover_says_what_the_document_is_before_who_made_it():
    front = {"authors": "A. Author", "programme": "Programme", "contract": "Contract", "publisher": "Publisher"}
    text = cover(front | {"notice": "Simulated data"})
    assert text.index("Simulated data") < text.index("A. Author")
    assert "notice" not in cover(front)
