"""What a list shows, which page of it this is, and the words of vendors are proposed where pages show them."""

import json

import pytest
from cryptodrug.cli import main
from cryptodrug.markets.accounts import vendor_page
from cryptodrug.markets.lists import list_values
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.shared_text import sketch
from invented_market import VENDORS, list_page, pages, user_page

SHELVES = ["Tea and honey", "Boats", "Chalk and ribbons"]
PAGINGS = {
    "active": ('<ul class="pagination">{}</ul>', "<li><a>{}</a></li>", '<li class="active">{}</li>'),
    "strong": ('<div class="pager">{}</div>', "<a>{}</a>", "<strong>{}</strong>"),
    "current": ("<p>{}</p>", "<a>{}</a>", '<span class="current-page">{}</span>'),
}


def paging(form, here, last=4):
    row, other, present = PAGINGS[form]
    return row.format(" ".join((present if number == here else other).format(number) for number in range(1, last + 1)))


def sampled(path, text):
    return SampledPage(path, text.encode())


def shelf(number, here, form="active", heading=True):
    title = f"<h2>{SHELVES[number]}</h2>" if heading else ""
    return list_page(number).replace("<table", f"{title}{paging(form, here)}<table", 1)


def read(trial):
    return None if trial is None else list(trial.values)


@pytest.mark.parametrize("form", PAGINGS)
def test_a_marked_number_is_the_page_and_a_heading_that_differs_the_list(form):
    places = [(number, here) for number in range(3) for here in (1, 2)]
    made = [sampled(f"l{number}{here}x.html", shelf(number, here, form)) for number, here in places]
    found = list_values(made)
    assert read(found["list_page"]) == [str(here) for _, here in places]
    assert read(found["list_name"]) == [SHELVES[number] for number, _ in places]


def test_paths_tell_it_where_the_pages_do_not():
    places = [(name, here) for name in ("tea", "boats") for here in (1, 2, 13)]
    found = list_values([sampled(f"list?cat={name}&page={here}", list_page(0)) for name, here in places])
    assert read(found["list_name"]) == [name for name, _ in places]
    assert read(found["list_page"]) == [str(here) for _, here in places]


def test_a_number_of_some_is_the_page():
    made = [
        sampled(f"{'abc'[here - 1]}.html", list_page(0) + f'<i class="foot-of">Page {here} of 17</i>')
        for here in (1, 2, 3)
    ]
    assert read(list_values(made)["list_page"]) == ["1", "2", "3"]


def test_what_all_pages_say_is_no_name_and_no_page():
    unread = '<b class="active">3</b><h1>Sample market</h1>'
    made = [sampled(f"{name}.html", list_page(0).replace("<table", f"{unread}<table", 1)) for name in "abc"]
    assert list_values(made) == {}


def test_a_single_page_of_a_list_is_known_by_the_row_of_numbers_alone():
    found = list_values([sampled("a.html", shelf(0, 2))])
    assert read(found["list_page"]) == ["2"] and "list_name" not in found


def words(number):
    kind = ["Fine", "Rare", "Plain"][number]
    return f"{kind} invented goods of the {number}th kind,<br>sent to nobody on any day, and not in a box that we know."


def account(number, repeated=0):
    rule = "Please be polite to all who sell here, and do not ask them what they will not say to you."
    own = f'<p class="about">{words(number)}</p><p class="rule">{rule}</p>'
    said = "with a great many words in it, more than all others have written of it"
    opinions = "".join(f'<div class="said">Opinion {one} on {number} {said}</div>' for one in range(repeated))
    return user_page(VENDORS[number]).replace("<pre>", f"{own}{opinions}<pre>", 1)


@pytest.mark.parametrize("repeated", [0, 4])
def test_words_of_vendors_are_those_that_stand_once_and_differ(repeated):
    found = vendor_page([sampled(f"user/{number}", account(number, repeated)) for number in range(3)])
    assert found["profile_sketch"].rule == {"select": ".about"}
    assert found["profile_length"].rule == {"select": ".about", "length": True}


def test_accounts_without_words_have_none():
    found = vendor_page([sampled(f"user/{vendor}", user_page(vendor)) for vendor in VENDORS])
    assert not {"profile_sketch", "profile_length"} & set(found)


def test_the_drafted_file_reads_them(tmp_path, capsys):
    made = pages() | {f"list/{number}.html": shelf(number, number + 1) for number in range(3)}
    made |= {f"user/{vendor}.html": account(number) for number, vendor in enumerate(VENDORS)}
    for path, text in made.items():
        (tmp_path / "crawl" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "crawl" / path).write_text(text, encoding="utf-8")
    file = tmp_path / "sample.yaml"
    assert main(["market", "new", str(file), "--pages", str(tmp_path / "crawl")]) == 0
    capsys.readouterr()
    assert main(["market", "parse", str(file), str(tmp_path / "crawl"), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    lists = [row for row in rows if row["table"] == "page" and row["kind"] == "list"]
    assert [(row["list_text"], row["list_page_text"]) for row in lists] == list(zip(SHELVES, "123", strict=True))
    vendors = {row["vendor"]: row for row in rows if row["table"] == "vendor"}
    for number, vendor in enumerate(VENDORS):
        said = words(number).replace("<br>", "")
        assert vendors[vendor]["profile_sketch"] == sketch(said)
        assert vendors[vendor]["profile_length"] == len(said)
