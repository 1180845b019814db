"""Mistakes in a market file are named with their line and what would be right."""

import pytest
from cryptodrug.errors import AdapterError
from cryptodrug.reading.adapter import read_adapter

GOOD = """\
market: sample
description: An invented market
pages:
  - kind: listing
    when: {contains: ["<h1>"]}
    rows:
      - table: listing
        fields:
          title: {select: h1}
"""


def refusal(tmp_path, text):
    path = tmp_path / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AdapterError) as caught:
        read_adapter(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "sample.yaml").write_text(GOOD)
    assert read_adapter(tmp_path / "sample.yaml").pages[0].rows[0].fields["title"].steps == ["collapse"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("description:", "descripton:", "line 2: descripton: unknown key (did you mean 'description'?)"),
        (
            "{select: h1}",
            "{selekt: h1}",
            "line 9: pages.0.rows.0.fields.title.selekt: unknown key (did you mean 'select'?)",
        ),
        ("kind: listing", "kind: offer", "line 4: pages.0.kind: Input should be 'listing', 'list'"),
        ("title: {select", "name: {select", "listing has no field name; there are native_id, title"),
        ("{select: h1}", "{select: h1, constant: x}", "line 9: pages.0.rows.0.fields.title: a field has one source"),
        (
            "{select: h1}",
            "{constant: x, label: 'From:'}",
            "attribute, own_text, behind, label and head need",
        ),
        (
            "{select: h1}",
            "{select: 'h1..[a'}",
            "line 9: pages.0.rows.0.fields.title.select: no CSS selector: 'h1..[a'; a name",
        ),
        ("{select: h1}", "{select: 'h1 {'}", "no CSS selector: 'h1 {'; understood up to 'h1'"),
        ("{select: h1}", "{select: '//h1'}", "no CSS selector: '//h1'; this is a path for XML (XPath)"),
        ("kind: listing", "kind: listin", "'cut', 'empty', 'other' or 'unknown' (did you mean 'listing'?)"),
        ("title: {select", "titel: {select", "listing has no field titel (did you mean 'title'?)"),
        ("{select: h1}", "{constant: 17}", 'fields.title.constant: Input should be a valid string; write "17", with'),
        ("{select: h1}", "{constant: NO}", "YAML takes NO, ON, YES and OFF for truth values"),
        ("{select: h1}", "{select: @h1}", "line 9: not readable as YAML: found character that cannot start any token"),
        (
            "{select: h1}",
            "{select: h1, regex: '('}",
            "rows.0.fields.title.regex: no regular expression",
        ),
        (
            "{select: h1}",
            "{select: h1, steps: [collaps]}",
            "unknown step 'collaps' (did you mean 'collapse'?); there are after_comma",
        ),
        ('{contains: ["<h1>"]}', "{}", "line 5: pages.0.when: `when` holds no condition"),
        ("        fields:", "        required: price_text\n        fields:", "`required: price_text` names no field"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, old, new, words):
    assert GOOD.replace(old, new) != GOOD
    said = refusal(tmp_path, GOOD.replace(old, new, 1))
    assert words in said
    assert "no page was read" in said


def test_all_mistakes_are_named_at_once(tmp_path):
    said = refusal(tmp_path, GOOD.replace("description:", "descripton:").replace("h1}", "h1, sort: 1}"))
    assert "line 2: descripton" in said
    assert "line 9: pages.0.rows.0.fields.title.sort" in said
    assert "description: missing" in said


SECOND = """\
  - kind: list
    when: {WHEN}
"""


@pytest.mark.parametrize("when", ["contains: ['<h1>']", "contains: ['<body><h1>', x]", "contains: [<h1>], path: ^a"])
def test_a_rule_behind_a_wider_one_is_never_reached(tmp_path, when):
    said = refusal(tmp_path, GOOD + SECOND.replace("WHEN", when))
    assert "line 10: pages.1: list/main never reads a page: listing/main (line 4) fits all its pages" in said


@pytest.mark.parametrize("when", ["contains: [<h2>]", "contains_any: [<h1>, <h2>]", "lacks: [<h1>]", "path: ^a"])
def test_a_rule_that_can_be_reached_is_not_refused(tmp_path, when):
    (tmp_path / "sample.yaml").write_text(GOOD + SECOND.replace("WHEN", when))
    assert len(read_adapter(tmp_path / "sample.yaml").pages) == 2


def test_kind_and_layout_given_twice_are_refused(tmp_path):
    twice = GOOD + GOOD.partition("pages:\n")[2]
    assert "kind and layout given twice: listing/main" in refusal(tmp_path, twice)


def test_a_file_without_pages_and_tables_is_refused(tmp_path):
    assert "a market file needs `pages` or `tables`" in refusal(tmp_path, "market: a\ndescription: b\n")


@pytest.mark.parametrize("text", ["market: [", "- a\n- b\n", ""])
def test_a_file_of_another_form_is_refused(tmp_path, text):
    assert "the market file cannot be used" in refusal(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(AdapterError, match="there is no such file"):
        read_adapter(tmp_path / "none.yaml")
