"""Similar articles, found in postings typed by hand."""

import numpy as np
import pytest

from broadsheet.duplicates import shingles, similarity

SOME = range(100)  # shingles of an article


def pairs(*held, day=None, outlet=None):
    """Return the similar pairs of articles with these shingles; of one day and no outlet unless given."""
    document = np.repeat(np.arange(len(held)), [len(of) for of in held])
    shingle = np.array([one for of in held for one in of], dtype=np.uint64) << np.uint64(24)
    day = np.array(day or [0] * len(held), dtype=np.int64)
    postings = shingles.postings([(document, shingle)], len(held))
    one, other = similarity.similar_pairs(postings, day, np.array(outlet or [-1] * len(held)))
    return list(zip(one.tolist(), other.tolist(), strict=True))


def test_copies_are_similar_and_other_texts_are_not():
    assert pairs(SOME, SOME, range(200, 300)) == [(0, 1)]


def test_a_part_is_similar_to_the_whole():
    assert pairs(SOME, range(10)) == [(0, 1)]


@pytest.mark.parametrize(("common", "found"), [(45, [(0, 1)]), (40, [])])
def test_two_fifths_of_the_smaller_text_make_two_articles_similar(common, found):
    """A shared shingle weighs less than one that a single article contains: 45 of 100 as 41.5, 40 as 36.7."""
    assert pairs(SOME, range(100 - common, 260), day=[0, 3]) == found


def test_thousands_of_copies_are_similar_though_each_has_edits_of_its_own():
    """Eighty shingles that all share weigh less than the ten of each article's own."""
    copies = [[*range(80), *range(100 * number, 100 * number + 10)] for number in range(1, 3001)]
    assert len(pairs(*copies)) == 2999


def test_an_update_by_the_same_outlet_on_the_next_day_needs_less():
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
def test_similar_articles_are_ten_days_apart_at_most_and_an_unknown_day_is_near_to_all(days, found):
    assert pairs(SOME, SOME, day=days) == found


def test_a_chain_of_copies_leads_over_more_than_ten_days():
    days = list(range(0, 60, similarity.WINDOW))
    found = pairs(*[SOME] * len(days), day=days)
    assert found == [(number, number + 1) for number in range(len(days) - 1)]
    assert set(similarity.connected(*np.array(found).T, np.arange(len(days))).tolist()) == {0}


def test_shingles_of_every_article_weigh_less_than_those_of_two():
    """A hundred articles share a notice of forty shingles; two of them share forty others besides."""
    notice = list(range(40))
    others = [notice + list(range(1000 * number, 1000 * number + 60)) for number in range(1, 99)]
    two = [notice + list(range(500, 540)) + list(range(at, at + 20)) for at in (600, 700)]
    assert pairs(*others, *two) == [(98, 99)]


def test_no_article_is_similar_to_nothing():
    assert pairs() == []
    assert pairs([], []) == []
    assert similarity.connected(*np.empty((3, 0), dtype=int)).tolist() == []


def test_a_chain_of_pairs_is_one_group():
    groups = similarity.connected(np.array([0, 4, 1]), np.array([1, 5, 5]), np.arange(6))
    assert groups[0] == groups[1] == groups[4] == groups[5]
    assert len(set(groups.tolist())) == 3


def test_equal_texts_are_one_group_without_a_pair():
    """The second and the last are alike in both numbers of their keys, the first in one alone."""
    groups = similarity.connected(np.array([2]), np.array([3]), np.array([[1, 1], [1, 2], [3, 3], [4, 4], [1, 2]]))
    assert groups[1] == groups[4]
    assert groups[2] == groups[3]
    assert len(set(groups.tolist())) == 3
