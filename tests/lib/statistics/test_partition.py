"""Groups around medoids: against a search of all, against others' code, against broken variants."""

from itertools import combinations

import numpy as np
import pytest
from cryptodrug.statistics.latent_classes import best_number, latent_classes
from cryptodrug.statistics.partition import (
    adjusted_rand,
    best,
    gower,
    medoids,
    nearest,
    partitions,
    silhouettes,
    stability,
    unit_scale,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

NAN = np.nan


def random(seed):
    return np.random.Generator(np.random.PCG64(seed))


def clusters(seed=1, centres=(0.0, 5.0, 10.0), each=20, features=4):
    """Groups far apart on every feature, and which one each case is of."""
    generator = random(seed)
    values = np.concatenate([centre + generator.normal(size=(each, features)) for centre in centres])
    return unit_scale(values), np.repeat(np.arange(len(centres)), each)


def test_gowers_distance_by_hand():
    values = unit_scale(np.array([[0, 1, NAN], [10, 1, 4], [5, 0, 8]], dtype=float))
    # 1 and 2: 10 of 10 and alike, the third unknown; 1 and 3: half and unlike; 2 and 3: half, unlike, unlike
    assert gower(values, values) == pytest.approx(np.array([[0, 0.5, 0.75], [0.5, 0, 2.5 / 3], [0.75, 2.5 / 3, 0]]))
    assert gower(np.array([[NAN, 1]]), np.array([[0, NAN]])).tolist() == [[1.0]]
    assert unit_scale(np.array([[3.0], [3.0]])).tolist() == [[0.0], [0.0]]


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_without_missing_values_gower_is_the_city_block_distance_of_others(seed, features):
    values = unit_scale(random(seed).normal(size=(9, features)))
    assert gower(values, values) == pytest.approx(cdist(values, values, "cityblock") / features)


@pytest.mark.parametrize("seed", range(12))
def test_medoids_have_the_least_sum_of_all_choices(seed):
    """PAM finds a local least, which on small data is never far from the least of all."""
    values = random(seed).normal(size=(14, 3))
    distances = cdist(values, values)
    for k in (1, 2, 3):
        least = min(distances[:, list(places)].min(axis=1).sum() for places in combinations(range(14), k))
        found = distances[:, medoids(distances, k)].min(axis=1).sum()
        assert found <= least * 1.03
        if k == 1:
            assert found == pytest.approx(least)


def test_no_single_exchange_makes_the_medoids_better():
    values = random(5).normal(size=(40, 2))
    distances = cdist(values, values)
    places = medoids(distances, 4)
    cost = distances[:, places].min(axis=1).sum()
    for place in range(4):
        for case in range(40):
            other = places.copy()
            other[place] = case
            assert distances[:, other].min(axis=1).sum() >= cost - 1e-9


def test_silhouettes_by_hand():
    """Rousseeuw (1987): (b - a) / max(a, b); a case alone has none."""
    points = np.array([[0.0], [1.0], [4.0], [10.0]])
    distances = cdist(points, points)
    found = silhouettes(distances, np.array([0, 0, 1, 2]))
    assert found == pytest.approx([(4 - 1) / 4, (3 - 1) / 3, 0, 0])
    # a case outside the groups is compared with all of its own
    away = cdist(np.array([[2.0]]), points)
    assert silhouettes(away, np.array([0, 0, 1, 1]), np.array([0]), np.array([False])) == pytest.approx([(5 - 1.5) / 5])


def test_groups_that_are_there_are_found_and_stable():
    values, true = clusters()
    distances = gower(values, values)
    chosen = best(partitions(distances, 6, 50, 7), 0.75)
    assert chosen.k == 3
    assert adjusted_rand(chosen.groups, true) == 1
    assert chosen.stability == pytest.approx([1, 1, 1], abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_of_one_cloud_no_stable_types_are_made(seed):
    values = unit_scale(random(seed).normal(size=(60, 8)))
    assert best(partitions(gower(values, values), 6, 40, 7), 0.75) is None


def test_without_the_rule_of_stability_one_cloud_has_types_which_is_caught():
    """The broken variant: the largest silhouette alone."""
    values = unit_scale(random(0).normal(size=(60, 8)))
    assert best(partitions(gower(values, values), 6, 40, 7), 0.0) is not None


def test_stability_counts_a_case_once_however_often_it_is_drawn():
    values, _ = clusters(each=5)
    distances = gower(values, values)
    found = stability(distances, nearest(distances, medoids(distances, 3)), 30, 3)
    assert ((found > 0.8) & (found <= 1)).all()


# eighteen places in three loose clouds
PLACES = [(0.85, 1.55), (0.79, 0.78), (0.95, 0.83), (1.27, 0.72), (1.5, 1.46), (0.6, 1.14), (0.11, 0.26), (0.42, 0.45),
          (0.47, 0.93), (0.26, 0.19), (0.67, 0.95), (0.92, 0.88), (1.06, 0.94), (1.65, 0.87), (1.41, 0.22),
          (1.79, 0.66), (1.78, 0.2), (1.13, 0.76)]  # fmt: skip


def test_medoids_silhouettes_and_agreement_as_others_find_them():
    """Against kmedoids 0.5.5 (`pam`, begun by `build`) and scikit-learn 1.9.1, run on these places."""
    places = np.array(PLACES)
    distances = abs(places[:, None] - places[None]).mean(axis=2)
    found = medoids(distances, 3)
    assert found.tolist() == [9, 11, 15]
    assert distances[:, found].min(axis=1).sum() == pytest.approx(3.43)
    clouds = np.repeat([0, 1, 2], 6)
    theirs = [0.3574097136, -0.0506628788, 0.1592356688, -0.339953271, 0.0193164933, -0.0610047847, 0.4798434442,
              0.4797783934, 0.2185483871, 0.4936344969, -0.1239892183, -0.3929359823, -0.34082397, 0.30625,
              0.3892857143, 0.4394520548, 0.4804, -0.1280653951]  # fmt: skip
    assert silhouettes(distances, clouds) == pytest.approx(theirs, abs=1e-9)
    assert adjusted_rand(clouds, nearest(distances, found)) == pytest.approx(0.17250213492741248)


def test_agreement_of_partitions_with_published_values():
    # the example of Hubert & Arabie's index in the documentation of scikit-learn
    assert adjusted_rand(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])) == pytest.approx(0.5714285714)
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])) == 1
    assert adjusted_rand(np.array([0, 0, 0, 0]), np.array([0, 1, 2, 3])) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=30))
def test_agreement_does_not_depend_on_names_or_order(pairs):
    one, other = np.array(pairs).T
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))
    assert adjusted_rand(one, 5 - other) == pytest.approx(adjusted_rand(one, other))


def binary(seed=2, n=200):
    """Two classes of six yes-no features, most of them told apart; a tenth of the answers missing."""
    generator = random(seed)
    true = np.repeat([0, 1], n // 2)
    chances = np.where(true[:, None] == 0, 0.85, 0.15)
    values = (generator.uniform(size=(n, 6)) < chances).astype(float)
    values[generator.uniform(size=values.shape) < 0.1] = NAN
    return values, true


def test_latent_classes_that_are_there_are_found():
    values, true = binary()
    found = best_number(values, 6, 0.05, 1)
    assert len(np.unique(found.classes)) == 2
    assert adjusted_rand(found.classes, true) > 0.8


def test_one_latent_class_is_independence():
    values = (random(3).uniform(size=(300, 5)) < 0.4).astype(float)
    one = latent_classes(values, 1, 1)
    # chances with half a case more of each kind; the likelihood of independent features
    chances = (values.sum(axis=0) + 0.5) / (len(values) + 1)
    expected = (values * np.log(chances) + (1 - values) * np.log(1 - chances)).sum()
    assert one.log_likelihood == pytest.approx(expected)
    assert one.bic == pytest.approx(5 * np.log(300) - 2 * expected)
    assert len(np.unique(best_number(values, 4, 0.05, 1).classes)) == 1
