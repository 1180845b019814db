"""Templates are cut into messages."""

import pytest
from cryptodrug.errors import TranslationError
from cryptodrug.words.messages import label_messages, parse_template, template_messages


def texts(template: str) -> list[tuple[str, str, int]]:
    blocks = parse_template(template, "small", "small.md.j2")
    return [(block.prefix, block.message.text, block.message.line) for block in blocks if block.message]


def kept(template: str) -> list[str]:
    return [block.source for block in parse_template(template, "small", "small.md.j2") if block.message is None]


def test_a_paragraph_over_several_lines_is_one_message_at_its_first_line():
    assert texts("\nOne line\n  and another.\n\nNext.\n") == [("", "One line and another.", 2), ("", "Next.", 5)]


def test_marks_of_headings_items_and_quotes_are_no_part_of_a_message():
    template = "# Head\n\n- one\n- two\n  goes on\n\n1. three\n\n> said"
    assert texts(template) == [
        ("# ", "Head", 1), ("- ", "one", 3), ("- ", "two goes on", 4), ("1. ", "three", 7), ("> ", "said", 9),
    ]  # fmt: skip


def test_a_heading_ends_with_its_line():
    assert texts("## Head\nText.") == [("## ", "Head", 1), ("", "Text.", 2)]


def test_attributes_of_a_heading_are_kept_out_of_its_message():
    (block,) = parse_template("## Head {.unnumbered}", "small", "f")
    assert (block.message.text, block.suffix) == ("Head", " {.unnumbered}")


def test_statements_fences_and_exhibits_are_no_messages():
    template = "{% if has('market') %}\n::: {.box}\nText.\n:::\n{{ exhibit('a', 'table') }}\n{% endif %}"
    assert texts(template) == [("", "Text.", 3)]
    assert kept(template) == [
        "{% if has('market') %}", "::: {.box}", ":::", "{{ exhibit('a', 'table') }}", "{% endif %}",
    ]  # fmt: skip


def test_comments_are_left_out_and_do_not_move_line_numbers():
    assert texts("{# one\n two #}\nText.\n\n{# three #}\n\nMore.") == [("", "Text.", 3), ("", "More.", 7)]


@pytest.mark.parametrize(
    "paragraph",
    ["Some {% if has('market') %}vendors{% endif %}.", "{% if has('market') %}Vendors.{% endif %}",
     "- {% for one in [] %}x{% endfor %}"],
)  # fmt: skip
def test_logic_inside_a_paragraph_is_refused_with_file_and_line(paragraph):
    with pytest.raises(TranslationError) as error:
        parse_template(f"First.\n\n{paragraph}\n", "small", "small.md.j2")
    assert "a loop or condition stands inside a paragraph" in str(error.value)
    assert error.value.where.startswith("small.md.j2, line 3: ")


def test_context_of_a_template_is_its_name(tmp_path):
    path = tmp_path / "summary.md.j2"
    path.write_text("Text.\n", encoding="utf-8")
    (message,) = template_messages(path)
    assert (message.context, message.file, message.line) == ("summary", "summary.md.j2", 1)


def test_labels_have_their_path_as_id_and_their_line(tmp_path):
    path = tmp_path / "labels.yaml"
    path.write_text("a:\n  title: One\n  column:\n    n: >-\n      two\n      lines\n", encoding="utf-8")
    found = label_messages(path)
    assert {name: (one.text, one.line, one.context) for name, one in found.items()} == {
        "a.title": ("One", 2, "a.title"),
        "a.column.n": ("two lines", 4, "a.column.n"),
    }


def test_the_chapters_of_a_template_are_read_in_their_place_and_named(tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small.md.j2").write_text('First.\n\n{% include "small/middle.md.j2" %}\n\nLast.\n', encoding="utf-8")
    (tmp_path / "small" / "middle.md.j2").write_text("\n## Middle\n", encoding="utf-8")
    found = [(one.context, one.text, one.file, one.line) for one in template_messages(tmp_path / "small.md.j2")]
    assert found == [
        ("small", "First.", "small.md.j2", 1),
        ("small", "Middle", "small/middle.md.j2", 2),
        ("small", "Last.", "small.md.j2", 5),
    ]
