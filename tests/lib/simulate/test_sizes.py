"""Quantities as vendors write them."""

from decimal import Decimal

import pytest
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market.sizes import write_size


def all_forms(sold_by, lot, language):
    return {write_size(sold_by, lot, language, Draws(number, "forms")) for number in range(300)}


def test_a_decimal_comma_is_written_outside_english():
    assert "2,5 gr" in {size.text for size in all_forms("gram", "2.5", "nl")}
    assert "2.5 gr" in {size.text for size in all_forms("gram", "2.5", "en")}


def test_an_eighth_of_an_ounce_means_that_and_not_three_and_a_half_grams():
    meant = {size.text: size.grams for size in all_forms("gram", "3.5", "en")}
    assert meant["1/8 oz"] == Decimal("3.543690390625")
    assert meant["3.5g"] == meant["3.5g / 1/8 oz"] == Decimal("3.5")


@pytest.mark.parametrize(
    ("sold_by", "lot", "text"),
    [("gram", "10", "2x 5g"), ("gram", "1000", "1kg"), ("gram", "0.5", "500mg"), ("pill", "50", "50 x 200mg pills")],
)
def test_the_ways_of_the_field_occur(sold_by, lot, text):
    assert text in {size.text for size in all_forms(sold_by, lot, "en")}


def test_a_volume_has_neither_grams_nor_units():
    assert {(size.grams, size.units) for size in all_forms("millilitre", "250", "fr")} == {(None, None)}
