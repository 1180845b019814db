"""The preview shows the page and its fields, and nothing of the page can do anything."""

import html
import re

import pytest
from cryptodrug.cli import main
from cryptodrug.markets.harmless import harmless
from cryptodrug.markets.preview import preview_html
from cryptodrug.reading.adapter import read_adapter
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_market import item_page, list_page
from selectolax.lexbor import LexborHTMLParser

ADAPTER = """\
market: sample
description: An invented market
pages:
  - kind: list
    when: {contains: ["class='offers'"]}
    regions: [{from: "<table class", to: '<div class="foot"'}]
    rows:
      - table: listing
        select: .offers tr
        required: title
        fields:
          title: {select: ".what a"}
          native_id: {select: ".what a", attribute: href, regex: '(\\d+)'}
          vendor: {cell: 3}
          price_currency: {constant: EUR}
          stock_text: {select: .stock}
"""
HARMFUL = [
    '<script>alert("x")</script>',
    "<img src=http://x.invalid/a.png onerror=alert(1)>",
    '<a href="javascript:alert(1)" onclick="alert(1)">in</a>',
    "<meta http-equiv=refresh content='0;url=http://x.invalid'>",
    '<form action="http://x.invalid"><input name=a><button>go</button>in</form>',
    '<iframe src="http://x.invalid"></iframe><object data=x></object><embed src=x>',
    "<link rel=stylesheet href=http://x.invalid/a.css><style>@import 'http://x.invalid'</style>",
    '<p style="background: url(http://x.invalid)">in</p><p style="position:fixed">in</p>',
    '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">in</a></svg>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<base href=http://x.invalid><video src=x poster=y></video><audio src=x></audio>",
    '<table background="http://x.invalid"><tr><td>in</td></tr></table>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template><textarea></textarea><select><option>a</select>",
]


def shown(page):
    """The page as it is written into the frame."""
    return harmless(LexborHTMLParser(page).body, lambda node: "")


def tags_and_attributes(text):
    nodes = [node for node in LexborHTMLParser(text).root.traverse() if node.tag not in ("html", "head", "body")]
    return {node.tag for node in nodes}, {name for node in nodes for name in node.attributes}


def is_harmless(text):
    """Whether a browser has nothing to run, to load or to follow."""
    tags, attributes = tags_and_attributes(text)
    loads = {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "style",
        "meta",
        "form",
        "input",
        "svg",
        "base",
        "video",
    }
    return not tags & loads and not {name for name in attributes if name.startswith("on")} | attributes & {
        "href", "src", "action", "background", "poster", "srcdoc", "xlink:href", "data"
    }  # fmt: skip


@pytest.mark.parametrize("page", HARMFUL)
def test_nothing_that_runs_loads_or_leads_away_is_shown(page):
    text = shown(f"<p>before</p>{page}<p>behind</p>".encode())
    assert is_harmless(text)
    assert "before" in text
    assert "x.invalid" not in text
    assert "alert" not in "".join(re.findall(r"<[^>]*>", text))


@given(parts=st.lists(st.one_of(st.sampled_from(HARMFUL), st.text(alphabet="<>\"'=/ &;!-ax", max_size=20)), max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_harmful_parts_gets_through(parts):
    assert is_harmless(shown("".join(parts).encode()))


def test_a_page_nested_very_deeply_is_shown():
    assert shown(b"<div>" * 10_000 + b"deep").count("<div>") > 100


@pytest.fixture
def adapter(tmp_path):
    (tmp_path / "sample.yaml").write_text(ADAPTER)
    return read_adapter(tmp_path / "sample.yaml")


def framed(text):
    """The inner page, and the panel."""
    inside = re.search(r'srcdoc="(.*?)"', text, re.DOTALL).group(1)
    return LexborHTMLParser(html.unescape(inside)), LexborHTMLParser(text.replace(inside, ""))


def test_fields_are_marked_where_they_stand_also_when_only_a_piece_is_read(adapter):
    page, _ = framed(preview_html(adapter, "list/0.html", list_page(0, rows=2).encode()))
    marked = [(node.attributes["data-cd-field"], node.text()) for node in page.css("[data-cd-field]")]
    assert marked == [
        ("title native_id", "Sample tea 0"),
        ("vendor", "sample-one"),
        ("title native_id", "Sample honey 1"),
        ("vendor", "sample-two"),
    ]


def test_the_panel_lists_every_field_with_its_value_and_what_is_missing(adapter):
    _, panel = framed(preview_html(adapter, "list/0.html", list_page(0, rows=1).encode()))
    rows = [[" ".join(cell.text().split()) for cell in row.css("td")] for row in panel.css("aside tr")]
    assert rows == [
        ["market", "sample"],
        ["path", "list/0.html"],
        ["kind", "list"],
        ["layout", "main"],
        ["notes", "none"],
        ["title", "Sample tea 0"],
        ["native_id", "1000"],
        ["vendor", "sample-one"],
        ["price_currency", "EUR (always the same)"],
        ["stock_text", "not on the page"],
    ]


def test_the_frame_is_sandboxed_and_both_pages_forbid_all_loads(adapter):
    text = preview_html(adapter, "list/0.html", list_page(0).encode())
    page, outer = framed(text)
    assert outer.css_first("iframe").attributes["sandbox"] in (None, "")
    for tree in (page, outer):
        policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert is_harmless(re.sub(r"<(style|meta)[^>]*>(?:.*?</style>)?", "", page.html, flags=re.DOTALL))


def test_a_page_of_no_known_kind_is_shown_without_fields(adapter):
    page, panel = framed(preview_html(adapter, "item/1000.html", item_page(1).encode()))
    assert page.css("[data-cd-field]") == []
    assert "unknown" in panel.css_first("aside").text()


def test_the_file_is_written_where_it_is_asked_for(tmp_path, adapter, capsys):
    (tmp_path / "page.html").write_text(list_page(0))
    out = tmp_path / "out.html"
    arguments = ["market", "preview", str(tmp_path / "sample.yaml"), str(tmp_path / "page.html"), "--out", str(out)]
    assert main(arguments) == 0
    assert str(out) in capsys.readouterr().out
    first = out.read_bytes()
    assert main(arguments) == 0
    assert out.read_bytes() == first


def test_a_folder_is_no_page(tmp_path, adapter, capsys):
    assert main(["market", "preview", str(tmp_path / "sample.yaml"), str(tmp_path)]) == 2
    assert "a preview shows one page" in capsys.readouterr().err
