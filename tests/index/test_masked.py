"""Masked tokens answer as the frame of all tokens without those that begin in the passages."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.index import Tokens
from broadsheet.text import fold, terms_in, words

WORDS = ["It", "it", "rained", "RAINED", "It’s", "Été", "été", "U.K.", "5"]
GAPS = [" ", " ", " ", " ", ". ", ".", ", ", "\n\n", "\n", " " * 130, "—"]
BODIES = st.lists(st.lists(st.sampled_from(WORDS + GAPS + GAPS), max_size=12).map("".join), max_size=5)
PHRASES = [
    "it",
    "RAINED",
    "it rained",
    "it it",
    "it it it",
    "rained it rained",
    "It’s",
    "5 été",
    "snow",
    "it snow",
    "",
    "—",
]
SHARDS = st.sampled_from([1, 20, 60, 10_000])
KINDS = ["doc_id", "sentence", "start", "end", "term"]


class Token(NamedTuple):
    """A token of all, and whether it is left."""

    number: int
    document: int
    sentence: int
    start: int
    end: int
    term: str
    follows: bool
    stays: bool


def passages_of(tokens, *rows):
    """Return passages (number of the article, start, end) as a table."""
    numbers, starts, ends = zip(*rows, strict=True) if rows else ((), (), ())
    doc_ids = tokens.doc_ids[np.array(numbers, dtype=np.int64)]
    spans = {"start": np.array(starts, dtype=np.int64), "end": np.array(ends, dtype=np.int64)}
    return pd.DataFrame({"doc_id": doc_ids} | spans)


def every_token(tokens, passages):
    """Return each token of the frame of all, and whether it begins in one of the passages, looked for one by one."""
    held = list(passages[["doc_id", "start", "end"]].itertuples(index=False, name=None))
    rows = zip(tokens.frame()[KINDS].itertuples(index=False, name=None), tokens.follows.tolist(), strict=True)
    return [
        Token(
            number,
            tokens.doc_ids.get_loc(doc_id),
            sentence,
            start,
            end,
            term,
            follows,
            not any(doc_id == name and begin <= start < stop for name, begin, stop in held),
        )
        for number, ((doc_id, sentence, start, end, term), follows) in enumerate(rows)
    ]


def uses_of(every, phrase):
    """Return document, start and end of each use of a phrase of which no word is left out."""
    terms = [fold(phrase[start:end]) for start, end in words(phrase)]
    runs = [every[at : at + len(terms)] for at in range(len(every) - len(terms) + 1)] if terms else []
    same = [run for run in runs if [one.term for one in run] == terms and all(one.follows for one in run[1:])]
    return [(run[0].document, run[0].start, run[-1].end) for run in same if all(one.stays for one in run)]


def follows_of(every):
    """Return of each token that is left whether the one it follows is left too."""
    before = [False, *(token.stays for token in every)]
    return [token.follows and stayed for token, stayed in zip(every, before, strict=False) if token.stays]


def assert_left(rest, whole, passages, asked):
    """Assert that the masked tokens answer as the tokens outside the passages do; asked : passages to look within."""
    every = every_token(whole, passages)
    left, documents = [token for token in every if token.stays], range(len(whole.doc_ids))
    vocabulary = sorted({token.term for token in left})
    counts = Counter((token.document, token.term) for token in left)
    assert rest.doc_ids.equals(whole.doc_ids)
    assert rest.vocabulary.tolist() == vocabulary
    assert len(rest) == len(left)
    assert rest.lengths.tolist() == [sum(token.document == document for token in left) for document in documents]
    assert rest.counts.toarray().tolist() == [[counts[document, term] for term in vocabulary] for document in documents]
    assert (rest.counts.data > 0).all()
    assert [rest.vocabulary[number] for number in rest.term] == [token.term for token in left]
    for name in ("document", "sentence", "start", "end"):
        assert getattr(rest, name).tolist() == [getattr(token, name) for token in left], name
    own = [(token.document, token.sentence) for token in left]
    opening = {row for row in range(len(own)) if row == 0 or own[row] != own[row - 1]}
    assert sorted(set(rest.sentence_edges.tolist())) == sorted({0, *opening, len(left)})
    follows = follows_of(every)
    assert rest.follows.tolist() == follows
    for phrase in PHRASES:
        expected, found = uses_of(every, phrase), rest.find(phrase)
        assert list(zip(found["doc_id"].cat.codes, found["start"], found["end"], strict=True)) == expected, phrase
        assert found.index.tolist() == list(range(len(expected)))
        assert rest.uses(phrase).tolist() == [sum(use[0] == document for use in expected) for document in documents]
    frame, expected = rest.frame(), whole.frame()[np.array([token.stays for token in every], dtype=bool)]
    expected = expected.astype({"term": "str"}).reset_index(drop=True)
    pd.testing.assert_frame_equal(frame.astype({"term": "str"}), expected)
    pd.testing.assert_frame_equal(rest.sentences(), whole.sentences())
    inside = [token.stays for token in every_token(whole, asked)]
    within = [(number, token) for number, token in enumerate(left) if not inside[token.number]]
    number, document = rest.within(asked)
    assert number.tolist() == [number for number, _ in within]
    assert document.tolist() == [token.document for _, token in within]
    assert [vocabulary[term] for term in rest.term[number]] == [token.term for _, token in within]


@pytest.fixture(scope="module")
def rained(read):
    return read(["It rained. It rained again and again.", "", "again it rained"])


@st.composite
def some_passages(draw, bodies):
    """Draw passages of some bodies: any, even empty, nested or overlapping ones, in any order; the edges more often."""
    if not bodies:
        return []
    rows = []
    for document in draw(st.lists(st.sampled_from(range(len(bodies))), max_size=6)):
        size = len(bodies[document])
        start = draw(st.just(0) | st.integers(0, size))
        rows.append((document, start, draw(st.just(size) | st.integers(start, size))))
    return rows


@settings(deadline=None, max_examples=40)
@given(BODIES, SHARDS, st.sampled_from([0, 1000]), st.data())
def test_masked_tokens_are_the_frame_without_the_passages(read, bodies, shard, many, data):
    """Of articles in one or more shards, in any order, some of them twice."""
    rows = st.lists(st.sampled_from(range(len(bodies))), max_size=6) if bodies else st.just([])
    chosen = data.draw(st.just(list(range(len(bodies)))) | rows)
    whole, said = read(bodies, chosen, shard=shard, many=many), [bodies[row] for row in chosen]
    passages, asked = (passages_of(whole, *data.draw(some_passages(said))) for _ in range(2))
    assert_left(whole.masked(passages), whole, passages, asked)


@settings(deadline=None, max_examples=25)
@given(BODIES, SHARDS, st.data())
def test_masking_some_of_the_articles_equals_choosing_some_of_the_masked(read, bodies, shard, data):
    """Whether the articles are chosen before or after; passages of the others are none of theirs."""
    whole = read(bodies, shard=shard)
    flags = data.draw(st.lists(st.booleans(), min_size=len(bodies), max_size=len(bodies)))
    some = np.flatnonzero(np.array(flags, dtype=bool))
    part, passages = whole.of(some), passages_of(whole, *data.draw(some_passages(bodies)))
    ours = passages[passages["doc_id"].isin(part.doc_ids)]
    for rest in (part.masked(passages), part.masked(ours), whole.masked(passages).of(some)):
        assert_left(rest, part, ours, passages_of(whole)[:0])
    assert_left(part.masked(ours), part, ours, ours)


@settings(deadline=None, max_examples=25)
@given(BODIES, SHARDS, st.data())
def test_some_of_the_articles_answer_as_if_they_were_all(read, bodies, shard, data):
    """And some of these again."""
    whole = read(bodies, shard=shard)
    for _ in range(2):
        flags = data.draw(st.lists(st.booleans(), min_size=len(whole.doc_ids), max_size=len(whole.doc_ids)))
        part = whole.of(np.flatnonzero(np.array(flags, dtype=bool)))
        every = whole.frame().astype({"doc_id": "str", "term": "str"})
        ours = every[every["doc_id"].isin(part.doc_ids)]
        found = part.frame().astype({"doc_id": "str", "term": "str"})
        pd.testing.assert_frame_equal(found, ours.reset_index(drop=True))
        assert part.vocabulary.tolist() == sorted(set(ours["term"]))
        assert part.counts.sum() == len(part) == len(ours)
        whole = part


@settings(deadline=None, max_examples=25)
@given(BODIES, SHARDS, st.data())
def test_passages_that_begin_in_others_are_those_of_a_plain_search(read, bodies, shard, data):
    tokens = read(bodies, shard=shard)
    some, passages = (passages_of(tokens, *data.draw(some_passages(bodies))) for _ in range(2))
    expected = [
        any(one.doc_id == other.doc_id and other.start <= one.start < other.end for other in passages.itertuples())
        for one in some.itertuples()
    ]
    assert tokens.begin_in(some, passages).tolist() == expected


def test_a_masked_line_loses_its_words_and_breaks_phrases(rained):
    """`It rained. It rained again and again.` without its first `rained`, `again it rained` without its last word."""
    rest = rained.masked(passages_of(rained, (0, 3, 10), (2, 9, 15)))
    assert rest.frame()["term"].tolist() == ["it", "it", "rained", "again", "and", "again", "again", "it"]
    assert rest.lengths.tolist() == [6, 0, 2]
    assert rest.uses("rained").tolist() == [1, 0, 0]
    assert rest.uses("it rained").tolist() == [1, 0, 0]
    assert list(rest.find("it rained").itertuples(index=False, name=None)) == [("d0", 11, 20)]
    assert repr(rest) == "<Tokens: 8 words of 3 articles>"


@pytest.mark.parametrize(
    "passages",
    [
        [(0, 0, 2)],  # at the start
        [(0, 31, 37), (2, 9, 15)],  # at the end
        [(2, 6, 8)],  # amid a phrase
        [(0, 4, 9)],  # within a word: it begins before
        [(0, 2, 3), (0, 10, 11)],  # nothing but a blank
        [(0, 0, 37), (2, 0, 15)],  # everything
        [],
        [(1, 0, 0)],
        [(0, 0, 37), (0, 3, 5), (0, 11, 13)],  # one holds the others
        [(2, 0, 5), (0, 11, 20), (0, 0, 2)],  # in no order
    ],
)
def test_passages_anywhere_are_masked(rained, passages):
    table = passages_of(rained, *passages)
    assert_left(rained.masked(table), rained, table, passages_of(rained, (0, 0, 20), (2, 6, 15)))


def test_masking_nothing_changes_nothing(rained):
    rest = rained.masked(passages_of(rained))
    pd.testing.assert_frame_equal(rest.frame(), rained.frame())
    assert rest.vocabulary.equals(rained.vocabulary)
    assert (rest.counts != rained.counts).nnz == 0


def test_masking_everything_gives_empty_tables_of_the_same_types(rained, read):
    rest = rained.masked(passages_of(rained, (0, 0, 99), (1, 0, 99), (2, 0, 99)))
    assert (len(rest), rest.lengths.tolist(), rest.counts.shape) == (0, [0, 0, 0], (3, 0))
    for none in (rest, read([]).masked(passages_of(rained)[:0]), read(["", "?!"]).masked(passages_of(rained)[:0])):
        frame = none.frame()
        assert frame.drop(columns=["doc_id", "term"]).dtypes.equals(
            rained.frame().drop(columns=["doc_id", "term"]).dtypes
        )
        assert (len(none.vocabulary), none.counts.sum(), len(frame)) == (0, 0, 0)
        assert none.uses("it").tolist() == none.uses("it rained").tolist() == [0] * len(none.doc_ids)


def test_a_passage_may_name_its_article_by_any_kind_of_column(rained):
    table = passages_of(rained, (2, 0, 5), (0, 0, 2))
    expected = rained.masked(table).frame()
    for kind in ("str", "object", "category", rained.article_type):
        assert rained.masked(table.astype({"doc_id": kind})).frame().equals(expected)


def test_a_phrase_with_marks_between_its_words_is_refused_in_masked_tokens_too(rained):
    with pytest.raises(Exception, match="it, rained"):
        rained.masked(passages_of(rained)).find("it, rained")
    assert terms_in("it rained") == ["it", "rained"]


def test_articles_are_located_once_for_all_selections_of_them(read):
    whole, asked = read(["It rained.", "It froze.", "zebra"]), []
    locate = whole._reader._locate
    tokens = Tokens(whole.doc_ids, lambda: asked.append(1) or locate())
    parts = [tokens.of(np.array(some)) for some in ([0, 1], [2], [1, 2])]
    assert [len(part) for part in parts] == [4, 1, 3]
    assert [len(tokens), len(parts[0].of(np.array([1]))), len(asked)] == [5, 2, 1]
