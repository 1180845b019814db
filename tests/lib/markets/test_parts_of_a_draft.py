"""What a draft is put together from: groups, marks, labels, places of prices."""

import pytest
from cryptodrug.markets.blocks import find_blocks, is_offer, is_opinion
from cryptodrug.markets.kinds import propose
from cryptodrug.markets.labelled import field_of, pairs
from cryptodrug.markets.marks import tell_apart
from cryptodrug.markets.offers import money, prefix_of
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.structure import families
from cryptodrug.markets.trials import Row, Trial, attempt
from cryptodrug.markets.vocabulary import DATE, PRICE
from invented_market import item_page, list_page, user_page
from selectolax.lexbor import LexborHTMLParser


def page(path, text):
    return SampledPage(path, text.encode())


def test_pages_of_one_template_are_one_group_whatever_their_length():
    found = families([page(f"l{n}", list_page(n, rows=3 + 5 * n)) for n in range(3)] + [page("i", item_page(1))])
    assert [[one.path for one in group] for family in found for group in family] == [["l0", "l1", "l2"], ["i"]]


def test_one_page_is_one_group_and_none_is_none():
    assert [len(group) for family in families([page("a", "<p>")]) for group in family] == [1]
    assert families([]) == []


def test_a_group_is_known_by_a_mark_that_its_rules_use():
    lists = [page(f"l{n}", list_page(n)) for n in range(2)]
    others = [page("i", item_page(1)), page("u", user_page("sample-one"))]
    assert tell_apart(lists, others, ["cost"]) == {"contains": ['class="cost"']}
    assert all(mark in lists[0].data.decode() for mark in tell_apart(lists, others)["contains"])


def test_a_group_without_a_mark_of_its_own_is_told_by_what_it_lacks_or_not_at_all():
    plain, marked = page("a", "<p id=same>one</p>"), page("b", "<p id=same>one</p><p id=more>two</p>")
    assert tell_apart([plain], [marked]) == {"contains": ["id=same"], "lacks": ["id=more"]}
    assert tell_apart([page("c", "<p>1</p>")], [marked]) == {"lacks": ["id=more"]}


@pytest.mark.parametrize(
    ("text", "label", "value", "rule"),
    [
        (
            "<dl><dt>Ships from:</dt><dd>Utopia</dd></dl>",
            "Ships from:",
            "Utopia",
            {"select": 'dt:lexbor-contains("Ships from:") + dd'},
        ),
        (
            "<tr><td><b>Stock:</b></td><td>5</td></tr>",
            "Stock:",
            "5",
            {"select": 'td:has(b:lexbor-contains("Stock:")) + td'},
        ),
        (
            "<p><b>From:</b> Utopia<br>more</p>",
            "From:",
            "Utopia",
            {"select": 'p:has(> b:lexbor-contains("From:"))', "label": "From:"},
        ),
        ("<div class=to>To: <i>Atlantis</i></div>", "To:", "Atlantis", {"select": ".to", "label": "To:"}),
    ],
)
def test_a_label_with_its_value_gives_a_rule_that_reads_it(text, label, value, rule):
    html = f"<table>{text}</table>" if text.startswith("<tr") else text
    body = LexborHTMLParser(html).body
    found = [pair for pair in pairs(body) if pair.label == label]
    assert (found[0].value, found[0].rule) == (value, rule)
    tried = attempt("stock_text", rule, [Row(body, "", b"")], lambda text: True)
    assert tried.found == [value]


@pytest.mark.parametrize("text", ["<p>From: <select><option>Utopia</option></select></p>", "<script>From: x</script>"])
def test_what_is_to_be_filled_in_or_run_is_no_value(text):
    assert list(pairs(LexborHTMLParser(text).body)) == []


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Ships from", "ships_from_text"),
        ("VERKOPER :", "vendor"),
        ("From:", "ships_from_text"),
        ("From", None),
        ("Weight:", None),
    ],
)
def test_labels_say_their_field(label, field):
    first = next(pairs(LexborHTMLParser(f"<dl><dt>{label}</dt><dd>x</dd></dl>").body), None)
    assert (None if first is None else field_of(first)) == field


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("./view?offer=17.5", "/view?offer="),
        ("https://x.invalid/p/12345", "/p/"),
        ("/p/AbCdEf", "/p/"),
        ("item.php?id=17&x=1", "item.php?id="),
        ("#top", None),
        ("/", None),
    ],
)
def test_what_stands_in_front_of_a_number_in_a_link(address, prefix):
    assert prefix_of(address) == prefix


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1,200.50 USD/1oz", "1,200.50", "USD"),
        ("EUR 20", "20", "EUR"),
        ("$5", "5", "USD"),
        ("5 €", "5", "EUR"),
        ("฿0.0005", "0.0005", "BTC"),
        ("2 pieces 5.00 USD", "5.00", "USD"),
    ],
)
def test_amount_and_currency_of_prices(text, amount, currency):
    body = LexborHTMLParser(f"<b>{text}</b>").body
    rules = money(Trial({"select": "b"}, (text,)))
    row = [Row(body, "", b"")]
    assert attempt("price_text", rules["price_text"], row, lambda text: True).found == [amount]
    assert attempt("price_currency", rules["price_currency"], row, lambda text: True).found == [currency]


@pytest.mark.parametrize(
    ("text", "is_one"), [("about 5", False), ("USD", False), ("12 BTCX", False), ("0.5 XMR", True)]
)
def test_what_is_a_price(text, is_one):
    assert (PRICE.search(text) is not None) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("2019-01-31", True), ("3 days ago", True), ("Oct 23", True), ("5.00", False), ("17", False)]
)
def test_what_is_a_date(text, is_one):
    assert (DATE.search(text) is not None) is is_one


def test_rows_are_the_outer_elements_that_hold_a_whole_offer():
    found = find_blocks([page("l", list_page(0))], is_offer)
    assert found[0].select == ".offers > tbody > tr"
    assert len(found[0].rows) == 6  # five offers and the head


def test_opinions_are_elements_with_a_day_and_words():
    text = "<ul class=said>" + "<li><time>2019-01-0{}</time> fine</li>" * 4 + "</ul>"
    found = find_blocks([page("l", text.replace("{}", "1"))], is_opinion)
    assert [len(block.rows) for block in found] == [4]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<title>Protection</title><p>DDoS check, please wait", "limit"),
        ("<p>Enter the code <img src=x>", "captcha"),
        ("<h1>404</h1><p>Item not found", "error"),
        ("<p>Offer 500 for 500 USD", "other"),
        ("<form><input type=password></form>", "login"),
        ("<p>Welcome", "other"),
    ],
)
def test_short_pages_say_why_they_show_nothing(text, kind):
    assert propose([page("a", text)]).kind == kind
