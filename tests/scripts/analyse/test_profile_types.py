"""Codes of profiles by type of vendor: counted by hand, compared only where there are enough, all of a code or none."""

import logging

import pandas as pd
import pytest
from analyse.profile_types import profile_type_tables, profile_types, support
from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of
from cryptodrug.gate import judge
from cryptodrug.profiles.codebook import read_profile_codes
from cryptodrug.profiles.counting import Pairs
from cryptodrug.profiles.sample import read_sample
from cryptodrug.profiles.sheets import read_both, read_consensus, settled
from cryptodrug.profiles.types import KNOWN, NO_TYPES, NOT_GIVEN, OUTDATED
from cryptodrug.provenance.records import PROJECT
from offer_frames import assert_valid
from tests_rules import RULES

DEMO = PROJECT / "data/demo/profiles"
MADE = ("profile_types", "profile_type_tests", "profile_type_summary")
OUTPUTS = [f"{name}{end}" for name in MADE for end in ("", "_description")]


def coded(*groups):
    """Pairs of profiles; each group: type (None: not placed), how many pairs, codes present in so many of the profiles.

    The first profiles of a group have the code, in both groups of the sample in turn.
    """
    sample, codes, types = [], {}, {}
    for kind, pairs, present in groups:
        for place in range(2 * pairs):
            profile = f"{kind}-{len(sample)}"
            sample.append((profile, ("focus", "other")[place % 2], str(len(sample) // 2)))
            codes[profile] = {code: "yes" if place < number else "no" for code, number in present.items()}
            if kind:
                types[profile] = kind
    table = pd.DataFrame.from_dict(codes, orient="index", dtype=object)
    return table, pd.DataFrame(sample, columns=["profile", "group", "pair"]), pd.Series(types, dtype=object)


def tables(*groups, state=KNOWN):
    table, sample, types = coded(*groups)
    return profile_type_tables(table, sample, state, types, 82)


TWO = (("type-1", 10, {"p-brand": 4, "p-pay": 10}), ("type-2", 6, {"p-brand": 9, "p-pay": 6}))


def test_codes_are_counted_and_compared_as_by_hand():
    counts, tests, summary = tables(*TWO)
    rows = counts.rows.set_index("row")[["n", "vendors"]]
    assert rows.loc["p-brand-type-1"].tolist() == [4, 20] and rows.loc["p-brand-type-2"].tolist() == [9, 12]
    brand, pay = tests.rows.to_dict("records")
    # of the ways to choose 13 of 32, those no likelier than 9 of 12 and 4 of 20: p = 0.0035, twice that 0.007
    assert (brand["type"], brand["difference"]) == ("type-2", pytest.approx(0.75 - 0.2))
    assert (brand["p_alone"], brand["p"], brand["uncommon"]) == ("below-001", "below-001", "apart")
    assert (pay["type"], pay["difference"]) == (None, 0)  # usual alike: most usual in no type
    assert (pay["p_alone"], pay["uncommon"]) == ("not-below-005", "neither")
    row = summary.rows.iloc[0]
    assert row[["state", "profiles", "types", "codes", "shown", "apart"]].tolist() == [
        "compared",
        32,
        2,
        2,
        2,
        "p-brand",
    ]
    assert row["apart_alone"] is None


def test_what_only_its_own_test_shows_stands_apart():
    first, second = ({f"p-{n}": number for n in range(12)} for number in (10, 6))
    first["p-0"], second["p-0"] = 4, 9
    _, tests, summary = tables(("type-1", 10, first), ("type-2", 6, second))
    assert tests.rows.set_index("row").loc["p-0", ["p_alone", "p", "uncommon"]].tolist() == [
        "below-001", "below-005", "apart"
    ]  # fmt: skip
    second["p-0"] = 8  # p = 0.0213 by itself, twelve times that for all
    _, tests, summary = tables(("type-1", 10, first | {"p-0": 4}), ("type-2", 6, second))
    assert tests.rows.set_index("row").loc["p-0", "uncommon"] == "apart-alone"
    assert summary.rows[["apart", "apart_alone"]].iloc[0].tolist() == [None, "p-0"]


def test_of_three_types_the_code_stands_with_that_which_has_it_most():
    _, tests, _ = tables(
        ("type-1", 8, {"p-brand": 3}), ("type-2", 6, {"p-brand": 3}), ("type-3", 5, {"p-brand": 7}),
    )  # fmt: skip
    (row,) = tests.rows.to_dict("records")
    assert (row["type"], row["difference"]) == ("type-3", pytest.approx(7 / 10 - 6 / 28))


def test_with_fewer_than_ten_in_a_type_there_are_numbers_only():
    counts, tests, summary = tables(("type-1", 10, {"p-brand": 4}), ("type-2", 4, {"p-brand": 5}))
    assert len(counts.rows) == 2 and tests.rows.empty
    assert summary.rows["state"].tolist() == ["few"]


@pytest.mark.parametrize("state", [NOT_GIVEN, OUTDATED, NO_TYPES])
def test_without_known_types_nothing_is_counted_and_the_reason_stays(state, tmp_path):
    table, sample, _ = coded(*TWO)
    made = profile_type_tables(table, sample, state, pd.Series(dtype=object), 82)
    assert [len(one.rows) for one in made] == [0, 0, 1]
    assert made[2].rows["state"].tolist() == [state]
    for one in made:
        assert_valid(one, tmp_path)
    assert judge(made[0], RULES).status == "withheld"
    assert judge(made[2], RULES).status == "released"


@pytest.mark.parametrize(
    "groups",
    [
        (),
        (("type-1", 10, {"p-brand": 4}),),
        (("type-1", 1, {"p-brand": 1}),),
        ((None, 10, {"p-brand": 4}),),
        (("type-1", 10, {"p-brand": 20}), ("type-2", 6, {"p-brand": 12})),
        (("type-1", 10, {"p-brand": 0}), ("type-2", 6, {"p-brand": 0})),
    ],
)
def test_degenerate_codings_give_valid_tables_and_no_test(groups, tmp_path):
    made = tables(*groups)
    assert made[1].rows.empty and made[2].rows["state"].tolist() == ["few"]
    for one in made:
        assert_valid(one, tmp_path)


def test_what_is_not_decided_for_both_of_a_pair_counts_for_nobody():
    table, sample, types = coded(*TWO)
    table.loc["type-2-20", "p-brand"] = None  # its pair is type-2-21; both had the code
    counts, _, _ = profile_type_tables(table, sample, KNOWN, types, 82)
    rows = counts.rows.set_index("row")[["n", "vendors"]]
    assert rows.loc["p-brand-type-2"].tolist() == [7, 10] and rows.loc["p-pay-type-2"].tolist() == [6, 12]


def hidden_of(*groups):
    counts, tests, _ = tables(*groups)
    return [set(judge(one, RULES).hidden) for one in (counts, tests)]


@pytest.mark.parametrize("few", [{"p-brand": 2}, {"p-brand": 10}])
def test_a_small_number_takes_all_of_its_code_with_it(few):
    # two of twelve have it, or ten of twelve: with those of the other type it would be the published number of all
    other = {"p-brand": 8, "p-pay": 10}
    counts, tests = hidden_of(("type-1", 10, other), ("type-2", 6, few | {"p-pay": 6}))
    # how many are coded says nothing of whether they have the code
    assert counts == {("p-brand-type-1", "n"), ("p-brand-type-2", "n")}
    assert tests == {("p-brand", name) for name in ("type", "difference", "p_alone", "p", "uncommon")}
    assert hidden_of(*TWO) == [set(), set()]


def test_a_small_number_of_the_country_is_not_given_back_by_the_types():
    counts = pd.DataFrame({"n": [6, 5], "of": [20, 12]}, index=["type-1", "type-2"])
    assert support(counts, Pairs(1, 1, 8, 6)) == 2  # the country 2 of 16, the others 9: eleven of both
    assert support(counts, Pairs(1, 3, 6, 6)) == 4
    assert support(counts, Pairs(9, 5, 1, 1)) == 2


def test_none_or_all_may_be_said():
    counts = pd.DataFrame({"n": [0, 12], "of": [20, 12]}, index=["type-1", "type-2"])
    assert support(counts, Pairs(4, 0, 4, 8)) == 4


def test_the_demo_counts_what_was_planted():
    codes = read_profile_codes(PROJECT / "workflow/questionnaires/profiles/codebook.csv")
    both = read_both([DEMO / "coder-a.csv", DEMO / "coder-b.csv"], codes)
    agreed = settled(*both, read_consensus(DEMO / "consensus.csv", codes, both[0].index))
    types = pd.read_csv(DEMO / "types.csv", dtype=str).set_index("profile")["type"]
    counts, _, summary = profile_type_tables(agreed, read_sample(DEMO / "sample.csv"), KNOWN, types, 82)
    told = pd.read_csv(DEMO / "planted-profiles.csv", dtype={"group": str})
    told = told[told["group"].notna()]
    for code, kind, n, of in counts.rows[["code", "type", "n", "vendors"]].itertuples(index=False):
        mine = told[told["type"] == kind]
        assert (n, of) == (mine[code].sum(), len(mine))
    assert summary.rows[["apart", "apart_alone"]].iloc[0].tolist() == ["p-brand", "p-bulk"]


def run(folder, placed, types=DEMO / "types.csv"):
    """The step on the sheets of the demo, with vendors placed like this; the state it gives."""
    placed.to_parquet(folder / "placed.parquet")
    outputs = {name: folder / f"{name}.out" for name in OUTPUTS}
    sheets = [DEMO / "coder-a.csv", DEMO / "coder-b.csv"]
    profile_types(
        codebook=PROJECT / "workflow/questionnaires/profiles/codebook.csv",
        sample=DEMO / "sample.csv",
        sheets=sheets,
        sha256=[sha256_of(path) for path in sheets],
        placed=folder / "placed.parquet",
        consensus=DEMO / "consensus.csv",
        types=types,
        seed=82,
        **outputs,
    )
    return pd.read_parquet(outputs["profile_type_summary"])["state"].iloc[0]


def test_types_that_vendors_no_longer_have_are_not_printed_and_the_log_says_what_to_do(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("cryptodrug"), "propagate", True)
    placed = pd.DataFrame({"entity": ["m:a", "m:b"], "type": ["type-1", "type-2"]}, dtype=object)
    assert run(tmp_path, placed) == "outdated"
    assert "cryptodrug profiles types" in caplog.text
    assert run(tmp_path, placed, None) == "not-given"
    assert run(tmp_path, placed.iloc[:0]) == "no-types"


def test_a_sheet_that_was_changed_stops_the_step(tmp_path):
    with pytest.raises(InputError):
        profile_types(
            codebook="", sample="", sheets=[str(DEMO / "coder-a.csv")], sha256=["0" * 64], placed="", seed=82,
            **dict.fromkeys(OUTPUTS, ""),
        )  # fmt: skip
