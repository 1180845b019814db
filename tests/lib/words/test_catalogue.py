"""Catalogues follow the English sources and lose no translation."""

from pathlib import Path

import polib
import pytest
from cryptodrug.errors import TranslationError
from cryptodrug.words.catalogue import gaps, read_catalogue, refuse_gaps, renew
from cryptodrug.words.messages import Message

ONE = Message("a.title", "Drug vendors", "labels.yaml", 3)
TWO = Message("b.title", "Listings", "labels.yaml", 9)


def text(english: str, line: int = 1) -> Message:
    return Message("summary", english, "summary.md.j2", line)


def written(path: Path, *entries: polib.POEntry) -> Path:
    made = polib.POFile(wrapwidth=0)
    made.extend(entries)
    path.write_text(str(made), encoding="utf-8")
    return path


def entry(message: Message, translation: str, **more) -> polib.POEntry:
    return polib.POEntry(msgctxt=message.context, msgid=message.text, msgstr=translation, **more)


def only(path: Path, english: str) -> polib.POEntry:
    (found,) = [one for one in polib.pofile(str(path)) if one.msgid == english]
    return found


def test_only_finished_translations_are_used(tmp_path):
    path = written(
        tmp_path / "nl.po",
        entry(ONE, "Drugsverkopers"),
        entry(TWO, "Advertenties", flags=["fuzzy"]),
        entry(text("Old."), "Oud.", obsolete=True),
    )
    catalogue = read_catalogue(path, "nl")
    assert catalogue.get(ONE) == "Drugsverkopers"
    assert catalogue.get(TWO) is None
    assert catalogue.get(text("Old.")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Drugsverkopers"', '"Drugsverkopers'),
        ('"Drugsverkopers"', 'Drugsverkopers"'),
        ('"Drugsverkopers"', '"Drugs"verkopers"'),
        ("msgstr ", "msgsrt "),
    ],
)
def test_a_malformed_line_is_an_error_with_its_place_and_never_a_shorter_text(tmp_path, old, new):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers"))
    before = path.read_text(encoding="utf-8").replace(old, new, 2)
    path.write_text(before, encoding="utf-8")
    with pytest.raises(TranslationError, match=r"nl\.po, line \d"):
        read_catalogue(path, "nl")
    with pytest.raises(TranslationError):
        renew(path, "nl", [ONE])
    assert path.read_text(encoding="utf-8") == before


def test_an_absent_catalogue_is_an_error_in_words(tmp_path):
    with pytest.raises(TranslationError, match="cannot be read"):
        read_catalogue(tmp_path / "fr.po", "fr")


def test_same_words_in_two_places_may_be_translated_differently(tmp_path):
    other = Message("b.title", "Drug vendors", "labels.yaml", 9)
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers"), entry(other, "Verkopers van drugs"))
    assert read_catalogue(path, "nl").get(other) == "Verkopers van drugs"


def test_gaps_are_named_all_at_once_with_state_file_and_line(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, ""), entry(TWO, "Advertenties", flags=["fuzzy"]))
    catalogue = read_catalogue(path, "nl")
    assert gaps(catalogue, [ONE, TWO]) == [
        "missing: labels.yaml, line 3 (a.title): Drug vendors",
        "fuzzy: labels.yaml, line 9 (b.title): Listings",
    ]
    with pytest.raises(TranslationError) as error:
        refuse_gaps(catalogue, [ONE, TWO])
    assert "2 messages are not translated into nl" in str(error.value)
    assert "draft_languages" in error.value.do


def test_new_catalogue_has_every_message_once_and_no_date(tmp_path):
    path = tmp_path / "nl.po"
    assert renew(path, "nl", [ONE, TWO, ONE]) == {"kept": 0, "changed": 0, "new": 2, "obsolete": 0}
    assert [one.msgid for one in polib.pofile(str(path))] == ["Drug vendors", "Listings"]
    assert "Date" not in path.read_text(encoding="utf-8")


def test_changed_english_keeps_its_translation_as_fuzzy_and_names_the_english_before(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers"))
    changed = Message("a.title", "Vendors of drugs", "labels.yaml", 3)
    assert renew(path, "nl", [changed])["changed"] == 1
    found = only(path, "Vendors of drugs")
    assert (found.msgstr, found.flags, found.previous_msgid) == ("Drugsverkopers", ["fuzzy"], "Drug vendors")
    assert read_catalogue(path, "nl").get(changed) is None


def test_second_renewal_changes_no_byte(tmp_path):
    path = written(
        tmp_path / "nl.po", entry(ONE, "Drugsverkopers"), entry(TWO, "Advertenties"), entry(text("Gone."), "Weg.")
    )
    messages = [Message("a.title", "Vendors of drugs", "labels.yaml", 3), TWO, text("New.")]
    renew(path, "nl", messages)
    first = path.read_bytes()
    assert renew(path, "nl", messages) == {"kept": 2, "changed": 0, "new": 1, "obsolete": 1}
    assert path.read_bytes() == first
    assert only(path, "Vendors of drugs").previous_msgid == "Drug vendors"


def test_moved_message_keeps_its_translation_and_takes_its_new_line(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers", occurrences=[("labels.yaml", "1")]))
    renew(path, "nl", [ONE])
    assert only(path, ONE.text).msgstr == "Drugsverkopers"
    assert only(path, ONE.text).occurrences == [("labels.yaml", "3")]


def test_note_of_a_translator_is_kept(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers", tcomment="checked with the team"))
    renew(path, "nl", [ONE])
    assert only(path, ONE.text).tcomment == "checked with the team"


def test_message_that_is_gone_is_kept_as_obsolete_and_comes_back(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers"), entry(text("Gone."), "Weg."))
    assert renew(path, "nl", [ONE])["obsolete"] == 1
    assert only(path, "Gone.").obsolete
    renew(path, "nl", [ONE, text("Gone.")])
    assert read_catalogue(path, "nl").get(text("Gone.")) == "Weg."


def test_unfinished_translation_does_not_come_back_as_finished(tmp_path):
    path = written(tmp_path / "nl.po", entry(ONE, "Drugsverkopers"), entry(text("Gone."), "Weg.", flags=["fuzzy"]))
    renew(path, "nl", [ONE])
    renew(path, "nl", [ONE, text("Gone.")])
    assert read_catalogue(path, "nl").get(text("Gone.")) is None


def test_new_paragraph_does_not_take_the_translation_of_one_that_stays(tmp_path):
    stays = text("There are many vendors in Belgium.", 3)
    path = written(tmp_path / "nl.po", entry(stays, "Er zijn veel verkopers in België."))
    assert renew(path, "nl", [text("There are few vendors in Belgium."), stays])["new"] == 1
    assert only(path, "There are few vendors in Belgium.").msgstr == ""
    assert read_catalogue(path, "nl").get(stays) == "Er zijn veel verkopers in België."


def test_changed_paragraph_takes_the_translation_of_the_one_most_like_it(tmp_path):
    path = written(
        tmp_path / "nl.po",
        entry(text("Prices fell in spring."), "De prijzen daalden in de lente."),
        entry(text("There are many vendors in Belgium."), "Er zijn veel verkopers in België."),
    )
    renew(path, "nl", [text("Prices fell in spring."), text("There are many more vendors in Belgium.")])
    found = only(path, "There are many more vendors in Belgium.")
    assert (found.msgstr, found.fuzzy) == ("Er zijn veel verkopers in België.", True)
