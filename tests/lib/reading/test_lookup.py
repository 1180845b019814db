"""Several selectors in one walk give what each gives alone."""

import random

import pytest
from cryptodrug.reading.elements import all_of, parse
from cryptodrug.reading.lookup import Lookup
from cryptodrug.reading.steps import steps_of

SELECTS = (
    "#top > h1",
    "h1",
    "H1 + div",
    ".ships",
    "div.ships",
    "#top > .rating",
    ".rating",
    'a[href^="/c/"]',
    ".way a[href^='/c/']",
    "a.user",
    "#top > a.user",
    "tr",
    ".list tr",
    "td:nth-of-type(2)",
    'div:has(> b:lexbor-contains("(x)"))',
    "b ~ i",
    "[title]",
    '[title="FE"]',
    '[class~="a b"]',
    "*",
    "b, i",  # a list is no single selector
)
PIECES = (
    '<div id="top">', '<div id="TOP" class="Ships rating">', "<h1>x</h1>", '<h1 class="rating">', "</h1>", "</div>",
    "<div>", '<div class="ships list">', '<a class="user" href="/c/1">', '<a HREF="/C/2">', "</a>", '<b title="FE">(x)',
    "</b>", "<i title>y</i>", "<table>", '<tr class="ships">', "<td>1<td>2", "</table>", '<p class="way">', "text",
    "<svg><a class=user></svg>", '<span class="a b">',
)  # fmt: skip


def _places(found: dict) -> dict[str, list[int]]:
    return {select: [node.mem_id for node in nodes] for select, nodes in found.items()}


@pytest.mark.parametrize("seed", range(300))
def test_selectors_together_find_what_each_finds_alone(seed: int) -> None:
    draw = random.Random(seed)
    tree = parse("".join(draw.choices(PIECES, k=draw.randint(1, 40))).encode()).root
    selects = draw.sample(SELECTS, draw.randint(1, 8))
    alone = {select: nodes for select in selects if (nodes := all_of(select, tree))}
    assert _places(Lookup(selects).find(tree)) == _places(alone)


def test_one_walk_tells_the_selectors_of_a_usual_page_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"""<p class=way><a href="/c/1">A</a></p><div id=top><h1>T</h1><div>1</div>
    <a class=user href=/u/1>n</a><span class=rating>5</span><div class=ships>From</div><div class=list>
    <table><tr><td>1<tr><td>2</table></div></div>"""
    selects = ["#top > h1", "#top > h1 + div", "#top > a.user", ".rating", ".ships", '.way a[href^="/c/"]', ".list tr"]
    tree = parse(page).root
    expected = _places({select: all_of(select, tree) for select in selects})
    asked = []
    monkeypatch.setattr(
        "cryptodrug.reading.lookup.all_of", lambda select, node: asked.append(1) or all_of(select, node)
    )
    assert _places(Lookup(selects).find(tree)) == expected
    assert len(asked) == 1


def test_where_only_the_first_counts_a_selector_alone_gives_one() -> None:
    tree = parse(b"<i>1</i><i>2</i>").root
    assert [node.text() for node in Lookup(["i"], ["i"]).find(tree)["i"]] == ["1"]
    assert [node.text() for node in Lookup(["i"]).find(tree)["i"]] == ["1", "2"]


@pytest.mark.parametrize("select", ["a, b", r"a\:b", "a ||b", 'a:has(> b[title="("', "a[title", "a:first-child"])
def test_a_selector_that_is_not_understood_has_no_steps(select: str) -> None:
    assert steps_of(select) is None


def test_steps_begin_with_the_last() -> None:
    last, before = steps_of('div#a > A.user[href^="/c/"]')
    assert (last.between, last.tag, [mark.name for mark in last.marks]) == (">", "a", ["class", "href"])
    assert (before.between, before.tag, [(mark.name, mark.value) for mark in before.marks]) == (
        "",
        "div",
        [("id", "a")],
    )
