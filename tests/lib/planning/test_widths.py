"""Expected widths: from simulated studies, the same each time, narrower for larger studies."""

import math

import pandas as pd
import pytest
from cryptodrug.planning import widths
from cryptodrug.planning.design import Design
from cryptodrug.planning.printing import growth_csv, growth_figure, lines, widths_csv
from cryptodrug.planning.widths import Growth, Plan, Width, respondent_widths, simulate, smallest_seen
from cryptodrug.recovery.estimators import Drawing
from cryptodrug.recovery.memory import demo_method

HOW = Drawing(draws=100)
SMALL = Design(4, 1, 0.9, 20, 99)


@pytest.fixture(scope="module")
def plan():
    before, widths.TRIED = widths.TRIED, (4,)
    try:
        return simulate(SMALL, demo_method(), 2, HOW)
    finally:
        widths.TRIED = before


def test_every_interval_of_the_plan_is_found_in_the_report(plan):
    assert [one.what for one in plan.widths][: len(widths.MAIN)] == [label for *_, label, _ in widths.MAIN]
    for one in plan.widths:
        assert one.printed > 0 and one.low < one.value < one.high, one.what
    assert plan.widths[1].approximate == 1  # twenty vendors of the country


def test_the_study_that_is_simulated_has_the_size_that_was_asked_for(plan):
    assert 17 <= plan.of_country <= 24 and 70 <= plan.vendors_seen <= 84


def test_growth_needs_four_months(plan):
    (growth,) = plan.growth
    assert (growth.months, growth.printed) == (4, 1)
    assert 1 < growth.seen < growth.factor


def test_too_few_vendors_print_no_interval(monkeypatch):
    monkeypatch.setattr(widths, "TRIED", (4,))
    found = simulate(Design(1, 1, 1.0, 4, 10), demo_method(), 1, HOW)
    share = next(one for one in found.widths if one.what.startswith("Share of listings, mean"))
    assert share.printed == 0 and math.isnan(share.low)
    assert found.growth[0].printed == 0 and math.isnan(found.growth[0].factor)
    text = "\n".join(lines(found))
    assert "none is printed" in text and "no interval is printed" in text


def test_the_same_size_gives_the_same_plan(plan, monkeypatch):
    monkeypatch.setattr(widths, "TRIED", (4,))
    again = simulate(SMALL, demo_method(), 2, HOW)
    assert widths_csv(again) == widths_csv(plan) and growth_csv(again) == growth_csv(plan)


def test_more_respondents_give_narrower_intervals():
    few, many = ([one.high - one.low for one in respondent_widths(n, 0.95)] for n in (50, 800))
    assert all(wide > narrow for wide, narrow in zip(few, many, strict=True))
    half = next(respondent_widths(100, 0.95))
    assert (half.value, round(half.low, 3), round(half.high, 3)) == (0.5, 0.404, 0.596)


def test_the_smallest_growth_that_is_seen_lies_two_point_eight_standard_errors_from_none():
    # an interval of plus and minus 1.96 standard errors of 0.1 on the log
    assert smallest_seen(math.exp(2 * 1.959964 * 0.1), 0.95) == pytest.approx(math.exp(0.1 * (1.959964 + 0.841621)))
    assert math.isnan(smallest_seen(float("nan"), 0.95))


WIDTHS = (Width("A share", "share", 0.2, 0.1, 0.4, 0.75, 1.0), Width("A ratio", "ratio", 2.0, 1.0, 4.0, 1.0, 0.0))
MADE = Plan(SMALL, 4, 0.95, 80.0, 20.0, 1234.0, WIDTHS, (Growth(4, 1.5, 1.33, 1.0), Growth(6, 1.2, 1.14, 0.5)))


def test_the_lines_say_width_printing_and_growth():
    text = "\n".join(lines(MADE))
    assert "10.0% to 40.0%   (± 15.0%)   printed in 75% of the studies, marked approximate" in text
    assert "1.00 to 4.00   (factor 4.00)" in text
    assert "growth of 33% a month or more" in text and "factor 1.20 between the ends   printed in 50%" in text
    assert "1,234 drug listings a month" in text


def test_tables_have_all_numbers(tmp_path):
    (tmp_path / "plan.csv").write_text(widths_csv(MADE))
    rows = pd.read_csv(tmp_path / "plan.csv")
    assert rows.loc[0, ["low", "high", "printed"]].tolist() == [0.1, 0.4, 0.75]
    assert growth_csv(MADE).splitlines()[1] == "4,1.5,1.33,1"


def test_the_picture_shows_what_the_table_says():
    (axes,) = growth_figure(MADE).axes
    assert axes.lines[0].get_xydata().round(6).tolist() == [[4, 33], [6, 14]]
    assert axes.lines[1].get_xdata() == [4, 4]
