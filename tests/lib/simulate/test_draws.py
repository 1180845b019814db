"""Random draws: whole numbers only, from a stream with a name."""

from collections import Counter

from cryptodrug.simulate.draws import Draws


def test_a_stream_gives_these_numbers_on_every_machine():
    draws = Draws(82, "example")
    assert [draws.below(1000) for _ in range(6)] == [954, 159, 858, 966, 535, 528]


def test_another_name_is_another_stream():
    one, other = Draws(82, "vendor", 1), Draws(82, "vendor", 11)
    assert [one.below(10**9) for _ in range(3)] != [other.below(10**9) for _ in range(3)]


def test_every_value_between_the_ends_is_drawn_and_none_outside():
    draws = Draws(1, "ends")
    assert {draws.between(-2, 2) for _ in range(200)} == {-2, -1, 0, 1, 2}


def test_weights_are_followed_and_weight_zero_is_never_drawn():
    draws = Draws(1, "weights")
    counts = Counter(draws.weighted({"a": 3, "never": 0, "b": 1}) for _ in range(4000))
    assert set(counts) == {"a", "b"}
    assert 2850 < counts["a"] < 3150


def test_some_are_different_items():
    assert sorted(Draws(1, "some").some(range(5), 5)) == [0, 1, 2, 3, 4]
