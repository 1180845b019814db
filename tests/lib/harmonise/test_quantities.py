"""A quantity is what the title says, or nothing."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from cryptodrug.harmonise.quantities import read_quantity
from hypothesis import given, settings
from hypothesis import strategies as st

SPELLINGS = [
    (spelling, row["measure"], Decimal(row["factor"]))
    for row in csv.DictReader(
        (Path(__file__).parents[3] / "workflow" / "judgements" / "quantities.csv").open(encoding="utf-8", newline="")
    )
    for spelling in row["spellings"].split("|")
]
BY_MEASURE = {
    measure: [entry for entry in SPELLINGS if entry[1] == measure] for measure in sorted({s[1] for s in SPELLINGS})
}
AMOUNTS = st.decimals("0.01", "999", places=2)


def in_words(quantity):
    return (
        None if quantity.grams is None else float(quantity.grams),
        None if quantity.units is None else float(quantity.units),
        quantity.status,
    )


@pytest.mark.parametrize(
    ("title", "grams"),
    [
        ("5g", 5),
        ("5G", 5),
        ("0.5g", 0.5),
        ("2,5 gr", 2.5),
        ("1/8 oz", 28.349523125 / 8),
        ("½ oz", 28.349523125 / 2),
        ("half ounce", 28.349523125 / 2),
        ("half an ounce", 28.349523125 / 2),
        ("one gram", 1),
        ("quarter pound", 453.59237 / 4),
        ("1 kg", 1000),
        ("1,000,000 mg", 1000),
        ("10x 5g", 50),
        ("5g x 10", 50),
        ("2,5 gr × 4", 10),
        ("5g x 5g", 5),
        ("5g x 0", 5),
        ("5g x 80% pure", 5),
        ("28g / 1oz", 28),
        ("100mg", 0.1),
    ],
)
def test_weights(units, title, grams):
    assert in_words(read_quantity(f"fine {title} here", units)) == (pytest.approx(grams), None, "grams")


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("10 x 100mg pills", 10),  # the weight is the content of each
        ("50 pills (200mg MDMA)", 50),
        ("10 strips of 100ug", 10),
        ("100µg x 5 blotters", 5),
        ("4 seeds", 4),
        ("10 pcs", 10),
    ],
)
def test_numbers_of_units(units, title, number):
    assert in_words(read_quantity(title, units)) == (None, number, "units")


@pytest.mark.parametrize(
    "title", ["5g or 10g", "1g-5g", "1.000 g", "1/0 g", "0 g", "100 pills 5g", "10 pills 20 pills"]
)
def test_what_is_not_clear_stays_unknown(units, title):
    assert read_quantity(title, units) == (None, None, "ambiguous")


@pytest.mark.parametrize(
    "title", [None, "", "best in town", "25i-NBOMe", "100ml of it", "five grams", "3.5.2 g", "5gx"]
)
def test_a_title_without_amount_gives_none(units, title):
    assert read_quantity(title, units) == (None, None, "none")


def test_milligrams_of_a_drug_sold_by_the_unit_are_no_weight(units):
    assert read_quantity("100mg", units, doses=True).status == "none"
    assert in_words(read_quantity("10 x 80mg", units, doses=True)) == (None, 10, "units")
    assert in_words(read_quantity("10 x 80mg", units)) == (pytest.approx(0.8), None, "grams")


@given(amount=AMOUNTS, entry=st.sampled_from(BY_MEASURE["g"]), blank=st.sampled_from(["", " "]), comma=st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_written_weight_is_read_back_in_every_spelling(units, amount, entry, blank, comma):
    spelling, _, factor = entry
    number = f"{amount:f}".replace(".", "," if comma else ".")
    found = read_quantity(f"{number}{blank}{spelling}", units)
    assert (found.grams, found.status) == (amount * factor, "grams")


@given(number=st.integers(1, 100_000), entry=st.sampled_from(BY_MEASURE["unit"]), blank=st.sampled_from(["", " "]))
@settings(max_examples=100, deadline=None)
def test_a_written_number_of_units_is_read_back_in_every_spelling(units, number, entry, blank):
    found = read_quantity(f"{number}{blank}{entry[0]}", units)
    assert (found.units, found.status) == (number, "units")


@given(amount=AMOUNTS, entry=st.sampled_from(BY_MEASURE["ml"]))
@settings(max_examples=50, deadline=None)
def test_a_volume_is_no_weight_and_no_number(units, amount, entry):
    assert read_quantity(f"{amount:f} {entry[0]}", units) == (None, None, "none")


WORDS = st.sampled_from(
    ["g", "x", "pills", "oz", "or", "mg", "/", "-", "kg", "caps", "half", "kush", ",", ".", "ml", "("]
)
PIECES = st.one_of(WORDS, st.integers(0, 5000).map(str), AMOUNTS.map(str))
TITLES = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda blank: blank.join(pieces))
))  # fmt: skip


@given(title=TITLES, doses=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_title_is_read_without_error_and_gives_at_most_one_quantity(units, title, doses):
    found = read_quantity(title, units, doses)
    assert found.status in ("grams", "units", "ambiguous", "none")
    assert (found.grams is not None) == (found.status == "grams")
    assert (found.units is not None) == (found.status == "units")
    given_number = found.grams if found.grams is not None else found.units
    assert given_number is None or given_number > 0


@given(numbers=st.lists(st.integers(1, 999), min_size=1, max_size=3), pieces=st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_no_number_comes_out_that_cannot_be_computed_from_those_in_the_title(units, numbers, pieces):
    """Whole numbers in: what comes out is one of them, a fraction or decimal of two, or a product of two, times a
    unit."""
    words = [word for pair in zip(map(str, numbers), pieces, strict=False) for word in pair]
    found = read_quantity(" ".join(words), units)
    number = found.grams if found.grams is not None else found.units
    if number is None:
        return
    factors = {factor for _, measure, factor in SPELLINGS if measure in ("g", "unit")}
    plain = {Decimal(one) for one in numbers} | {Decimal(1) / 2, Decimal(1)}
    plain |= {Decimal(a) / Decimal(b) for a in numbers for b in numbers}
    possible = {a * factor for a in plain for factor in factors}
    possible |= {a * b for a in possible for b in numbers}
    assert any(abs(number - one) <= Decimal("1e-12") * one for one in possible)


@given(digits=st.text("0123456789", min_size=50, max_size=400))
@settings(max_examples=30, deadline=None)
def test_a_number_of_hundreds_of_digits_is_no_quantity(units, digits):
    assert read_quantity(f"9{digits} g", units).grams is None
