"""Which articles have their text from one another, on postings typed by hand."""

import numpy as np
import pytest

from broadsheet.duplicates import shingles, similarity

SOME = range(100)  # shingles of an article


def pairs(*held, day=None, outlet=None):
    """Return the pairs among articles that hold these shingles; one day and no outlet where none are given."""
    document = np.repeat(np.arange(len(held)), [len(of) for of in held])
    shingle = np.array([one for of in held for one in of], dtype=np.uint64) << np.uint64(24)
    day = np.array(day or [0] * len(held), dtype=np.int64)
    postings = shingles.postings([(document, shingle)], len(held))
    one, other = similarity.similar_pairs(postings, day, np.array(outlet or [-1] * len(held)))
    return list(zip(one.tolist(), other.tolist(), strict=True))


def test_copies_are_kin_and_strangers_are_not():
    assert pairs(SOME, SOME, range(200, 300)) == [(0, 1)]


def test_a_part_is_kin_to_the_whole():
    assert pairs(SOME, range(10)) == [(0, 1)]


@pytest.mark.parametrize(("common", "found"), [(45, [(0, 1)]), (40, [])])
def test_two_fifths_of_the_smaller_text_make_kin(common, found):
    """What two articles share weighs less than what one alone holds: 45 of 100 as 41.5, 40 as 36.7."""
    assert pairs(SOME, range(100 - common, 260), day=[0, 3]) == found


def test_of_thousands_of_copies_two_are_kin_though_each_has_edits_of_its_own():
    """Shared by all, eighty shingles weigh less than the ten that each one alone holds."""
    copies = [[*range(80), *range(100 * number, 100 * number + 10)] for number in range(1, 3001)]
    assert len(pairs(*copies)) == 2999


def test_less_is_enough_for_one_outlets_update_of_the_next_day():
    held = SOME, range(75, 175)
    assert pairs(*held, outlet=[1, 1], day=[0, 1]) == [(0, 1)]
    assert pairs(*held, outlet=[1, 1], day=[0, 2]) == []
    assert pairs(*held, outlet=[1, 2], day=[0, 1]) == []
    assert pairs(*held, outlet=[-1, -1], day=[0, 1]) == []


@pytest.mark.parametrize(("count", "found"), [(similarity.FEWEST - 1, []), (similarity.FEWEST, [(0, 1)])])
def test_less_than_three_shingles_are_no_evidence(count, found):
    assert pairs(range(count), range(count)) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([0, similarity.WINDOW], [(0, 1)]),
        ([0, similarity.WINDOW + 1], []),
        ([0, similarity.UNKNOWN], [(0, 1)]),
        ([similarity.UNKNOWN] * 2, [(0, 1)]),
    ],
)
def test_ten_days_may_lie_between_and_an_unknown_day_is_near_to_all(days, found):
    assert pairs(SOME, SOME, day=days) == found


def test_a_chain_of_copies_leads_over_more_than_ten_days():
    days = list(range(0, 60, similarity.WINDOW))
    found = pairs(*[SOME] * len(days), day=days)
    assert found == [(number, number + 1) for number in range(len(days) - 1)]
    assert set(similarity.connected(*np.array(found).T, np.arange(len(days))).tolist()) == {0}


def test_what_every_article_holds_weighs_less_than_what_two_hold():
    """A hundred articles share a notice of forty shingles; two of them share forty others besides."""
    notice = list(range(40))
    others = [notice + list(range(1000 * number, 1000 * number + 60)) for number in range(1, 99)]
    two = [notice + list(range(500, 540)) + list(range(at, at + 20)) for at in (600, 700)]
    assert pairs(*others, *two) == [(98, 99)]


def test_nothing_has_no_kin():
    assert pairs() == []
    assert pairs([], []) == []
    assert similarity.connected(*np.empty((3, 0), dtype=int)).tolist() == []


def test_those_that_pairs_lead_to_are_one_group():
    groups = similarity.connected(np.array([0, 4, 1]), np.array([1, 5, 5]), np.arange(6))
    assert groups[0] == groups[1] == groups[4] == groups[5]
    assert len(set(groups.tolist())) == 3


def test_equal_texts_are_one_group_whatever_pairs_there_are():
    """The second and the last are alike in both numbers of their keys, the first in one alone."""
    groups = similarity.connected(np.array([2]), np.array([3]), np.array([[1, 1], [1, 2], [3, 3], [4, 4], [1, 2]]))
    assert groups[1] == groups[4]
    assert groups[2] == groups[3]
    assert len(set(groups.tolist())) == 3
