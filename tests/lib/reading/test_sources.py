"""Where a field takes its text from: labels, tables, trees, numbers of matches."""

import pytest
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.reader import Reader
from pydantic import ValidationError


def read(rule, html, **page):
    """The value of one field on a page."""
    kind = {"kind": "vendor", "when": {"lacks": ["never"]}, "rows": [{"table": "vendor", "fields": {"vendor": rule}}]}
    adapter = Adapter.model_validate({"market": "sample", "description": "x", "pages": [kind | page]})
    return Reader(adapter).read("x", html.encode())


def value(rule, html):
    rows = read(rule, html).rows[0][1]
    return rows[0][0] if rows else None


FACTS = """<div class="a"><label>Vendor</label> <b>PriceKing</b></div>
<div class="a"><label>Ships to</label><span> Utopia,<br>Atlantis</span></div>
<div class="a">Stock: 5<br/>Since: <i>May</i> 2</div><div class="a">sold 5; Until: June, by x Lost: 9</div>"""


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Vendor", "PriceKing"),
        ("Price", None),
        ("Ships to", "Utopia,Atlantis"),
        ("Stock:", "5"),
        ("Since:", "May 2"),
        ("by x", None),
        ("Until:", "June, by x Lost: 9"),
        ("Lost:", None),
    ],
)
def test_a_label_is_looked_for_in_all_matches(label, expected):
    assert value({"select": ".a", "label": label}, FACTS) == expected


def test_a_label_that_is_one_element_of_its_line():
    html = "<p>About: <b>Level</b> 3 <b>Trust</b> 5</p>"
    assert value({"select": "p", "label": "Trust"}, html) == "5"


GRID = """<table><thead><tr><th></th><th>1 month</th><th>1 year</th></tr></thead>
<tbody><tr><td>Good</td><td><a>7</a></td><td><a>90</a></td></tr></tbody></table>"""


def test_the_heads_of_a_cell():
    assert value({"select": "td:nth-child(3) a", "head": "column"}, GRID) == "1 year"
    assert value({"select": "td:nth-child(3) a", "head": "row"}, GRID) == "Good"
    assert value({"select": "p", "head": "row"}, "<p>no cell</p>") is None
    assert value({"select": "td", "head": "column"}, "<table><tr><td>a</td></tr></table>") == "a"


def test_own_text_leaves_out_the_elements_inside():
    assert value({"select": "h2", "own_text": True}, "<h2><i>!</i>&nbsp;name<span> (5)</span> </h2>") == "name"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<i></i> a <b>b</b><i></i> c", "a b c"),
        ("<i></i> a<br>b", "a"),
        ("<i></i>a<p>b</p>", "a"),
        ("<i></i>", None),
    ],
)
def test_the_text_behind_an_element(html, expected):
    assert value({"select": "i", "behind": True}, f"<div>{html}</div>") == expected


def test_matches_are_counted_and_none_is_missing():
    assert value({"select": "img", "count": True}, "<img><img>") == "2"
    assert value({"select": "img", "count": True}, "<p>") is None


def test_the_last_match_can_count():
    assert value({"select": "i", "last": True}, "<i>1</i><i>9</i>") == "9"
    assert value({"select": "i", "last": True}, "<p>") is None


def test_what_gives_nothing_is_looked_for_elsewhere():
    rule = {"select": "i", "regex": "[0-9]+", "otherwise": {"path": "x", "otherwise": {"constant": "never"}}}
    assert value(rule, "<i>7</i>") == "7"
    assert value(rule, "<i>none</i>") == "x"
    assert value(rule | {"otherwise": {"select": "b", "of_page": True}}, "<b>5</b>") == "5"


def test_words_replace_some_texts():
    rule = {"select": "i", "attribute": "class", "words": {"plus": "Positive"}}
    assert value(rule, '<i class="plus"></i>') == "Positive"
    assert value(rule, '<i class="other"></i>') == "other"


def test_regex_picks_from_each_of_the_joined_texts():
    rule = {"select": "img", "attribute": "alt", "join": ",", "regex": r"\((\w+)\)"}
    assert value(rule, '<img alt="Bitcoin (BTC)"><img alt="none"><img><img alt="Monero (XMR)">') == "BTC,XMR"


FLAT = """<div class="c depth0">Drugs <i>9</i></div><div class="c depth1">Pills</div>
<div class="c depth1 on">Powder</div><div class="c depth2">Other</div><div class="c depth0">Other</div>"""


def test_the_branch_of_a_flat_list_that_states_depths():
    rule = {"select": ".c", "own_text": True, "join": "/", "branch": ".on", "depth": r"depth(\d)"}
    assert value(rule, FLAT) == "Drugs/Powder"
    assert value(rule, FLAT.replace(" on", "")) is None


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        ({"select": "li", "nested": True, "name": {"select": "a"}, "number": {"select": "b"}},
         "<li><a>Drugs</a><b>9</b><ul><li><a>Other</a><b>2</b></li></ul></li><li><a>Other</a><b>3</b></li>"),
        ({"select": "p, li", "levels": ["p", "li"], "name": {"select": "a"}, "number": {"select": "b"}},
         "<p><a>Drugs</a><b>9</b></p><ul><li><a>Other</a><b>2</b></li></ul><p><a>Other</a><b>3</b></p>"),
        ({"select": "p", "depth": r"d(\d)", "name": {"select": "a"}, "number": {"select": "b"}},
         '<p class=d0><a>Drugs</a><b>9</b><p class=d1><a>Other</a><b>2</b><p class=d0><a>Other</a><b>3</b>'),
    ],
)  # fmt: skip
def test_printed_totals_of_a_tree_keep_branches_apart(rule, html):
    done = read({"select": "h1"}, html, printed=rule)
    assert done.values["printed"] == '{"Drugs": "9", "Drugs/Other": "2", "Other": "3"}'


RATES = {"select": "p", "matches": r"([\d.]+) ([A-Z]{3})", "name": {"match": 2}, "number": {"match": 1}}


def test_rates_that_stand_together_in_a_text():
    done = read({"select": "h1"}, "<p>1 BTC = 8275.40 EUR = 9237.02 USD</p>", rates=RATES)
    assert done.values["rates"] == '{"BTC": "1", "EUR": "8275.40", "USD": "9237.02"}'


@pytest.mark.parametrize("change", [{"matches": None}, {"name": {"match": 3}}, {"number": {"select": "b"}}])
def test_groups_of_a_text_of_rates_are_checked(change):
    with pytest.raises(ValidationError, match="names one of its groups"):
        read({"select": "h1"}, "", rates=RATES | change)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"select": "a", "branch": ".on", "depth": "d"}, "`branch` needs `depth` and `join`"),
        ({"select": "a", "join": "/", "branch": ".on"}, "`branch` needs `depth` and `join`"),
        ({"select": "a", "join": "/", "depth": "d"}, "`branch` needs `depth` and `join`"),
        ({"cell": 1, "count": True}, "count, last and join need `select`"),
        ({"path": "a", "own_text": True}, "own_text"),
    ],
)
def test_keys_that_do_not_go_together_are_refused(rule, words):
    with pytest.raises(ValidationError, match=words):
        value(rule, "")


def test_marks_of_direction_and_late_controls_are_taken_out_and_noted():
    done = read({"select": "b"}, "<b>na\u202eme\u200b\x92</b>")
    assert done.rows[0][1] == [["name"]]
    assert done.notes == {"control-characters"}


def test_emoji_keep_their_joiners():
    family = "\U0001f468\u200d\U0001f469"
    done = read({"select": "b"}, f"<b>{family}</b>")
    assert (done.rows[0][1], done.notes) == ([[family]], set())


def test_a_broken_key_is_noted_and_no_key_is_not():
    rule = {"select": "pre", "steps": ["openpgp_fingerprint"]}
    broken = read(rule, "<pre>-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA</pre>")
    assert (broken.rows[0][1], broken.notes) == ([], {"broken-key", "no-rows"})
    assert read(rule, "<pre>none</pre>").notes == {"no-rows"}


def test_a_repaired_encoding_is_noted():
    done = read({"select": "b", "steps": ["mend_encoding"]}, "<b>QualitÃ¤t IÂ\x92m</b>")
    assert (done.rows[0][1], done.notes) == ([["Qualität I’m"]], {"wrong-charset"})


def test_what_a_page_says_that_sends_on():
    html = '<meta http-equiv="Refresh" content="2; URL=/login"><b>Wait</b>'
    done = read({"select": "b"}, html, message={"select": "b"}, refresh={"page": 'content="([0-9]+)'},
                redirect={"page": "URL=([^\"]+)"})  # fmt: skip
    assert done.values == {"message_text": "Wait", "refresh_text": "2", "redirect_text": "/login"}
