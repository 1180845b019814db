"""Profiles read by people: sheets are refused cell by cell, agreement is the planted one, pairs are counted exactly."""

import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest
import yaml
from analyse.profile_codes import code_rows, codes_table, coding_table, summary_table
from cryptodrug.cli import main
from cryptodrug.errors import InputError
from cryptodrug.profiles.codebook import NO, read_profile_codes
from cryptodrug.profiles.commands import last_pages, sheet_of
from cryptodrug.profiles.counting import Pairs, code_agreement, exact_difference, paired_counts, ratings
from cryptodrug.profiles.sample import draw_sample, pseudonym, read_sample, vendor_features, write_sample
from cryptodrug.profiles.sheets import (
    column_letters,
    disagreements,
    is_yes,
    read_both,
    read_consensus,
    read_sheet,
    settled,
)
from cryptodrug.profiles.texts import CUT, LONGEST, visible_words, without_names
from cryptodrug.profiles.workbook import write_workbook
from cryptodrug.provenance.records import PROJECT
from cryptodrug.statistics.agreement import agreement
from cryptodrug.statistics.paired import sign_test
from cryptodrug.survey.workbook import sheet_rows
from hypothesis import given
from hypothesis import strategies as st
from offer_frames import assert_valid, many, offer

CODES = read_profile_codes(PROJECT / "workflow/questionnaires/profiles/codebook.csv")
NAMES = [code.code for code in CODES]
DEMO = PROJECT / "data/demo/profiles"
SHEETS = [DEMO / "coder-a.csv", DEMO / "coder-b.csv"]


def planted():
    with (DEMO / "planted.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row.pop("code"): {name: int(number) for name, number in row.items()} for row in rows}


def counted():
    both = read_both(SHEETS, CODES)
    agreed = settled(*both, read_consensus(DEMO / "consensus.csv", CODES, both[0].index))
    return both, paired_counts(agreed, read_sample(DEMO / "sample.csv"))


def test_alpha_of_the_demo_is_that_of_the_planted_disagreement():
    both, _ = counted()
    made, profiles = ratings(both)
    found = agreement(made, profiles, 200, 82, 0.95)
    cells = Counter()
    for row in planted().values():
        cells.update({name: row[name] for name in ("both", "only_first", "only_second", "neither")})
    n, differ = sum(cells.values()), cells["only_first"] + cells["only_second"]
    yes = 2 * cells["both"] + differ
    expected = 2 * yes * (2 * n - yes) / (2 * n * (2 * n - 1))
    assert (found.units, found.agreed) == (n, n - differ)
    assert found.alpha == pytest.approx(1 - (differ / n) / expected, abs=1e-12)
    assert found.interval.low < found.alpha < found.interval.high


def test_numbers_of_each_code_are_the_planted_ones():
    both, counts = counted()
    yes = [is_yes(sheet) for sheet in both]
    for code, row in planted().items():
        pairs = counts[code]
        assert (pairs.both + pairs.focus_alone, pairs.both + pairs.other_alone) == (row["n_focus"], row["n_other"])
        assert pairs.pairs == 29
        one = code_agreement(yes[0][code], yes[1][code])
        assert (one.decisions, one.agreed) == (59, row["both"] + row["neither"])
    apart = disagreements(*both)
    assert Counter(row["code"] for row in apart) == Counter(
        {code: row["only_first"] + row["only_second"] for code, row in planted().items()}
    )


def test_tables_of_the_demo_pass_the_gate(tmp_path):
    both, counts = counted()
    table = codes_table(counts, 0.95)
    made, profiles = ratings(both)
    whole = agreement(made, profiles, 200, 82, 0.95)
    yes = [is_yes(sheet) for sheet in both]
    by_code = {name: code_agreement(yes[0][name], yes[1][name]) for name in NAMES}
    for one in (table, coding_table(whole, by_code, 59, 0.95), summary_table(table.rows)):
        assert_valid(one, tmp_path)
    row = summary_table(table.rows).rows.iloc[0]
    assert [row["more"], row["more_alone"]] == ["p-lang", "p-domestic"]


def written(path, *rows, head=None):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head or ["profile", *NAMES], *rows])
    return path


def line(profile, **values):
    return [profile, *(values.get(name.replace("-", "_"), NO) for name in NAMES)]


def test_an_unknown_value_is_refused_with_its_row_and_cell(tmp_path):
    path = written(tmp_path / "a.csv", line("one"), line("two", p_brand="perhaps", p_pay="late"))
    with pytest.raises(InputError) as refused:
        read_sheet(path, CODES)
    assert "2 faults" in str(refused.value)
    assert "B3: 'perhaps' is no value of p-brand (yes, no)" in str(refused.value)
    assert "K3: 'late' is no value of p-pay (early, escrow, no)" in str(refused.value)


@pytest.mark.parametrize(
    ("head", "rows", "fault"),
    [
        (["profile", *NAMES, "p-mood"], [], "Q1: 'p-mood' is no code"),
        (["profile", *NAMES[1:]], [], "the column 'p-brand' is missing"),
        (["profile", *NAMES, "p-brand"], [], "the column 'p-brand' stands twice"),
        (None, [line("one"), line("one")], "A3: the profile 'one' is empty or stands twice"),
        (None, [line("")], "A2: the profile '' is empty"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused(tmp_path, head, rows, fault):
    with pytest.raises(InputError, match=fault.replace("(", r"\(")):
        read_sheet(written(tmp_path / "a.csv", *rows, head=head), CODES)


def test_capitals_and_empty_cells_are_read_and_texts_left_out(tmp_path):
    head = ["Profile", "market", "text", *NAMES, "memo"]
    row = ["one", "m", "words of a vendor", "YES ", "", *[NO] * (len(NAMES) - 2), "think"]
    sheet = read_sheet(written(tmp_path / "a.csv", row, ["", "", ""], head=head), CODES)
    assert list(sheet.columns) == NAMES
    assert (sheet.at["one", "p-brand"], sheet.at["one", "p-policy"]) == ("yes", None)
    assert np.isnan(is_yes(sheet).at["one", "p-policy"])


def test_sheets_of_different_profiles_are_refused(tmp_path):
    paths = [written(tmp_path / "a.csv", line("one")), written(tmp_path / "b.csv", line("two"))]
    with pytest.raises(InputError, match="profile one stands in one sheet only"):
        read_both(paths, CODES)


def test_what_is_not_settled_counts_for_nobody(tmp_path):
    paths = [
        written(tmp_path / "a.csv", line("one", p_brand="yes", p_pay="early"), line("two")),
        written(tmp_path / "b.csv", line("one", p_pay="escrow"), line("two")),
    ]
    both = read_both(paths, CODES)
    rows = disagreements(*both)
    assert [(row["code"], row["first"], row["second"]) for row in rows] == [
        ("p-brand", "yes", "no"), ("p-pay", "early", "escrow")
    ]  # fmt: skip
    sample = pd.DataFrame({"profile": ["one", "two"], "group": ["focus", "other"], "pair": ["1", "1"]})
    assert paired_counts(settled(*both, []), sample)["p-brand"].pairs == 0
    rows[0]["consensus"] = "yes"
    assert paired_counts(settled(*both, rows), sample)["p-brand"] == Pairs(0, 1, 0, 0)


def test_a_consensus_with_an_unknown_value_is_refused(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("profile,code,first,second,consensus\none,p-brand,yes,no,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match="E2: 'perhaps' is no value of p-brand"):
        read_consensus(path, CODES, ["one"])
    with pytest.raises(InputError, match="row 2: no profile"):
        read_consensus(path, CODES, ["two"])


counts_of_pairs = st.builds(Pairs, *[st.integers(0, 15)] * 4).filter(lambda one: one.focus_alone + one.other_alone)


@given(counts_of_pairs)
def test_the_exact_interval_leaves_out_zero_when_the_exact_test_is_significant(one):
    low, high = exact_difference(one, 0.95)
    difference = (one.focus_alone - one.other_alone) / one.pairs
    assert low - 1e-9 <= difference <= high + 1e-9
    assert (sign_test(one.focus_alone, one.other_alone) < 0.05) == (not low <= 0 <= high)


def test_the_exact_interval_of_ten_to_none():
    # Clopper and Pearson: the lower end of ten of ten is 0.025 ** (1 / 10)
    low, high = exact_difference(Pairs(5, 10, 0, 5), 0.95)
    assert (low, high) == (pytest.approx((2 * 0.025**0.1 - 1) / 2), 0.5)


def test_below_ten_pairs_only_numbers_are_given():
    (row,) = code_rows({"p-brand": Pairs(2, 5, 0, 2)}, 0.95)
    assert (row["n_focus"], row["n_other"], row["difference"], row.get("p")) == (7, 2, None, None)


def pairs_of(*alone):
    """Twenty pairs a code, of which so many hold the code in the profile of the country alone."""
    return {f"p-{place}": Pairs(3, number, 0, 17 - number) for place, number in enumerate(alone)}


def test_a_code_is_uncommon_only_when_all_codes_are_judged_together():
    # by hand: 2 / 2 ** 10 = 0.002, three times that is 0.006; 2 / 2 ** 6 = 0.031, twice that is 0.06; 2 / 2 ** 3 = 0.25
    rows = pd.DataFrame(code_rows(pairs_of(10, 6, 3), 0.95))
    assert list(rows["uncommon"]) == ["more", "more-alone", "neither"]
    assert list(rows["p"]) == ["below-001", "not-below-005", "not-below-005"]
    summary = summary_table(rows).rows.iloc[0]
    assert [summary[name] for name in ("more", "less", "more_alone", "less_alone")] == ["p-0", None, "p-1", None]


def test_a_code_less_usual_by_itself_says_so():
    (row,) = code_rows({"p-brand": Pairs(3, 0, 6, 11)}, 0.95)
    assert row["uncommon"] == "less"
    rows = code_rows({"p-brand": Pairs(3, 0, 6, 11), "p-pay": Pairs(3, 1, 0, 16)}, 0.95)
    assert [row["uncommon"] for row in rows] == ["less-alone", "neither"]


def test_kappa_is_not_given_for_a_rare_code_and_pabak_is():
    first = pd.Series([1.0] + [0.0] * 19)
    second = pd.Series([0.0, 1.0] + [0.0] * 18)
    one = code_agreement(first, second)
    assert (one.agreed, one.kappa, one.pabak) == (18, None, pytest.approx(0.8))


LISTINGS = offer(*many("b", 3, "BE"), *many("n", 5, "NL"), *many("l", 2, "NL", times=7), ("big", "BE", {"times": 30}))


def test_each_vendor_of_the_country_has_another_of_its_market_and_size():
    sampled = draw_sample(LISTINGS, "BE", 82)
    by_pair = {}
    for one in sampled:
        by_pair.setdefault(one.pair, {})[one.group] = one.entity
    features = vendor_features(LISTINGS)
    assert sorted(pair["focus"] for pair in by_pair.values()) == ["toy:b00", "toy:b01", "toy:b02", "toy:big"]
    matched = [pair for pair in by_pair.values() if "other" in pair]
    assert len(matched) == 3  # nobody is as large as the fourth
    assert all((features.loc[pair["focus"]] == features.loc[pair["other"]]).all() for pair in matched)
    assert len({pair["other"] for pair in matched}) == 3
    assert draw_sample(LISTINGS, "BE", 82) == sampled


def test_the_latest_page_of_each_sampled_vendor_is_read():
    pages = [("toy:b00", "2019-01-01", "p1"), ("toy:b00", "2019-02-01", "p2"), ("toy:x", "2019-02-01", "p3"),
             ("toy:b01", "2019-01-01", None)]  # fmt: skip
    vendor = pd.DataFrame(pages, columns=["entity_id", "snapshot_date", "page_id"])
    last = last_pages(vendor, draw_sample(LISTINGS, "BE", 82))
    assert list(last["page_id"]) == ["p2"]


def test_a_sheet_has_a_column_a_code_and_nothing_filled_in():
    head, row = sheet_of(CODES, [("0a1b", "toy", "words")])
    assert head == ["profile", "market", "text", "proposed-language", *NAMES, "memo"]
    assert row == ["0a1b", "toy", "words", *[""] * 17]


def test_a_sample_names_nobody(tmp_path):
    path = tmp_path / "sample.csv"
    write_sample(path, draw_sample(LISTINGS, "BE", 82), b"a key of the team")
    table = read_sample(path)
    assert table["profile"].str.fullmatch("[0-9a-f]{12}").all()
    assert "toy" not in path.read_text(encoding="utf-8")
    assert pseudonym("toy:b00", b"one key") != pseudonym("toy:b00", b"another key")


def test_words_of_a_profile_come_without_name_key_and_addresses():
    page = (
        b"<html><head><title>t</title></head><body><nav>menu</nav><p>Blue Heron, the <b>name</b></p><script>x</script>"
    )
    page += (
        b"<p>write blue heron at a@b.example or " + b"a" * 16 + b".onion</p><pre>-----BEGIN PGP PUBLIC KEY\nabc</pre>"
    )
    words = without_names(visible_words(page), ["Blue Heron"])
    assert "menu" not in words and "x" not in words.split()
    assert "heron" not in words.lower() and "onion" not in words and "abc" not in words
    assert without_names("0123 4567 89AB CDEF 0123 4567 89ab cdef 0123 4567!", []) == "[key]!"
    assert words.count("[vendor]") == 2 and words.count("[address]") == 2 and "[key]" in words
    assert without_names("w" * (LONGEST + 1), []).endswith(CUT)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=2, max_size=4), min_size=1))
def test_a_workbook_gives_back_its_texts(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    shown = [["".join(c for c in cell if c in "\n\t" or c.isprintable()) for cell in row] for row in rows]
    write_workbook(path, {"profiles": rows, "codes": [["x"]]}, {"profiles": {1: ("yes", "no")}}, {})
    found = [row + [""] * (4 - len(row)) for row in sheet_rows(path, "profiles")]
    assert found == [row + [""] * (4 - len(row)) for row in shown if any(row)]


def test_a_workbook_has_lists_and_the_same_bytes_each_time(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(
            tmp_path / name, {"profiles": [["profile", "p"], ["x", ""]]}, {"profiles": {1: ("yes", "no")}}, {}
        )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    import zipfile

    text = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert '<dataValidation type="list"' in text and '"yes,no"' in text and 'sqref="B2:B2"' in text


@given(st.integers(0, 20_000))
def test_letters_of_columns_count_on(place):
    number = 0
    for letter in column_letters(place):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == place + 1


def test_every_code_has_its_words():
    words = yaml.safe_load((PROJECT / "reports/templates/vocabulary.yaml").read_text(encoding="utf-8"))["vocabulary"]
    assert {*NAMES, "all-codes"} == set(words["profile_code"])


def test_the_command_prints_agreement_and_writes_codes_and_what_is_to_settle(tmp_path, capsys):
    assert main(["profiles", "import", *map(str, SHEETS), str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "59 profiles, 15 codes, 885 decisions, 843 the same" in said
    assert "alpha 0.899" in said
    assert (tmp_path / "coder-a.csv").read_bytes() == SHEETS[0].read_bytes()
    with (tmp_path / "disagreements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 42 and {row["consensus"] for row in rows} == {""}


def test_without_a_key_outside_the_repository_no_sheet_is_written(tmp_path, monkeypatch):
    from cryptodrug.profiles.commands import read_key

    monkeypatch.delenv("CRYPTODRUG_KEY_FILE", raising=False)
    with pytest.raises(InputError, match="no key file"):
        read_key()
    monkeypatch.setenv("CRYPTODRUG_KEY_FILE", str(PROJECT / "config.yaml"))
    with pytest.raises(InputError, match="inside the repository"):
        read_key()
    short = tmp_path / "key"
    short.write_text("short", encoding="utf-8")
    monkeypatch.setenv("CRYPTODRUG_KEY_FILE", str(short))
    with pytest.raises(InputError, match="fewer than 16"):
        read_key()
