"""What may be said of a few interviews, and what not."""

import pandas as pd
import pytest
from cryptodrug.errors import DisclosureError
from cryptodrug.gate import csv_text, judge, table_values
from cryptodrug.results import Column, ResultTable
from tests_rules import RULES

COLUMNS = [
    Column("code", "text", "interview_code"),
    Column("n", "count", "interview", base="of"),
    Column("of", "count", "interview"),
    Column("half", "text", "yes_no", base="of"),
]


def table(counts, interviews=10, columns=COLUMNS, sensitive=(), **more):
    rows = [
        {"row": name, "code": name, "n": n, "of": interviews, "half": "no", "support_interviews": interviews} | more
        for name, n in counts.items()
    ]
    return ResultTable("interview-codes", "interviews", columns, pd.DataFrame(rows), sensitive_rows=list(sensitive))


def shown(judged):
    return {name: value["value"] for name, value in table_values(judged).items() if name.endswith(".n")}


@pytest.mark.parametrize(("n", "visible"), [(0, False), (2, False), (3, True), (7, True), (8, False), (10, False)])
def test_a_sensitive_code_has_a_number_only_from_three_to_all_but_three(n, visible):
    judged = judge(table({"f-risky": n, "a-before": n}, sensitive=["f-risky"]), RULES)
    assert shown(judged) == {
        "interview-codes.f-risky.n": n if visible else None,
        "interview-codes.a-before.n": n,
    }


def test_small_numbers_of_other_codes_are_said():
    assert judge(table({"a-before": 0, "b-more": 1}), RULES).status == "released"


def test_of_fewer_than_six_interviews_no_number_is_printed():
    judged = judge(table({"a-before": 3, "b-more": 5}, interviews=5), RULES)
    assert shown(judged) == {"interview-codes.a-before.n": None, "interview-codes.b-more.n": None}
    assert csv_text(judged, "demo", True).splitlines()[1] == "demo (simulated),a-before,a-before,,5,"
    assert judge(table({"a-before": 3}, interviews=6), RULES).status == "released"


def test_a_hidden_number_does_not_say_how_it_stands():
    low, high = (judge(table({"f-risky": n}, sensitive=["f-risky"]), RULES) for n in (1, 9))
    assert csv_text(low, "demo", False) == csv_text(high, "demo", False)


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        (Column("share", "share", digits=0, base="of"), "'share' is a share"),
        (Column("who", "text", "interview"), "names interviews or coders"),
        (Column("who", "text", "coder"), "names interviews or coders"),
    ],
)
def test_percentages_and_columns_of_persons_stop_the_gate(column, fault):
    with pytest.raises(DisclosureError, match=fault):
        judge(table({"a-before": 4}, columns=[*COLUMNS, column], share=0.4, who="x"), RULES)


def test_a_table_must_say_on_how_many_interviews_it_rests():
    made = table({"a-before": 4})
    made.rows = made.rows.drop(columns="support_interviews")
    with pytest.raises(DisclosureError, match="on how many interviews"):
        judge(made, RULES)
