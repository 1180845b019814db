"""Truth about how long accounts last by their age, worked out by hand."""

import pytest
from cryptodrug.truth import stays
from truth_frames import true_rows


def rows_of(*vendors):
    """Each: (entity, months, registered)."""
    rows = [(e, "one", month, "BE", {"registered": since}) for e, months, since in vendors for month in months]
    return stays.vendor_age_survival(true_rows(*rows)).set_index("row")


def test_who_is_first_there_at_an_age_is_at_risk_from_then_on():
    # ages in January: 22, 23, 22; the second leaves at 23, the third at 22; nobody is there below 22
    rows = rows_of(
        (1, ("jan", "feb", "mar"), "2017-03"), (2, ("jan",), "2017-02"), (3, ("jan",), "2017-03"),
    )  # fmt: skip
    assert rows.loc["all-12-24", ["vendors", "exits"]].tolist() == [3, 2]
    assert rows.loc["all-12-24", "share"] is None or rows.loc["all-12-24", "share"] != rows.loc["all-12-24", "share"]


def test_the_product_over_the_months_of_a_span():
    # one vendor of each age of the span who stays in January, and one of age fifteen who leaves
    ages = [(age, ("jan", "feb", "mar"), f"{(2019 * 12 - age) // 12}-{-age % 12 + 1:02d}") for age in range(12, 24, 2)]
    rows = rows_of(*ages, (99, ("jan",), "2017-10"))
    # at fifteen are there the one who leaves and one who came to it from fourteen
    assert rows.loc["all-12-24", "share"] == pytest.approx(1 / 2)
    assert rows.loc["focus-12-24", ["vendors", "exits"]].tolist() == [7, 1]


def test_every_profile_states_its_month():
    offer = true_rows((1, "one", "jan", "BE", {}), (2, "one", "jan", "NL", {}), (2, "two", "jan", "NL", {}))
    shown = stays.registration_shown(offer).set_index("row")
    assert shown.loc["one", ["vendors", "known", "share"]].tolist() == [2, 2, 1]
