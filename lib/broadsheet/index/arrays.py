"""What a shard of tokens holds: made from one pass over bodies, or from several shards without reading a text again."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from broadsheet import store
from broadsheet.index import kernels
from broadsheet.text.passes import Pass
from broadsheet.text.words import fold

MANY = 1_000_000  # tokens of which a compiled kernel counts the postings: to compile it would take longer for fewer

# Of each token: word (number of its printed word), gap (see Pass); far, spans, tokens, sentences as in Pass.
# Of each printed word: term (number of what it counts as), lengths (code points), and in `printed` its letters (UTF-8),
# each word with a line end.
# Of the terms, sorted: letters (UTF-8, one after the other) and letter_starts. Some are never used: `sentences.KNOWN`.
# Postings, term by term: posting_articles (places in the shard, in order) and posting_counts; posting_starts of each term.
# Of each body: its key, two integers.


def of_pass(found: Pass, keys: list[bytes]) -> dict[str, np.ndarray]:
    """Return the arrays of the bodies with these keys, as one pass found them."""
    printed = pc.split_pattern(pa.scalar(fold(found.printed)), "\n").values.slice(0, len(found.lengths))
    vocabulary, (term,) = union([printed])
    return _packed(
        vocabulary,
        keys=store.as_integers(keys),
        word=found.word,
        gap=found.gap,
        far=found.far,
        spans=found.spans,
        tokens=found.tokens,
        sentences=found.sentences,
        term=term,
        lengths=found.lengths,
        printed=np.frombuffer(found.printed.encode(), dtype=np.uint8),
    )


def merged(shards: Sequence[store.Shard]) -> dict[str, np.ndarray]:
    """Return the arrays of all bodies that some shards hold, in their order.

    Raises DamagedError when one of them is not sound.
    """
    vocabulary, numbers = union([terms_of(shard) for shard in shards])
    words, tokens, sentences = (
        np.cumsum([0] + [int(size(shard)) for shard in shards])[:-1]
        for size in (
            lambda shard: len(shard["term"]),
            lambda shard: shard["tokens"][-1],
            lambda shard: shard["sentences"][-1],
        )
    )

    def joined(name: str, *bases: np.ndarray, axis: int = 0) -> np.ndarray:
        """Return the arrays of that name one after the other, each raised by where its shard's numbers begin."""
        raised = [
            shard[name] + sum(base[i] for base in bases) if bases else shard[name] for i, shard in enumerate(shards)
        ]
        return np.concatenate(raised, axis=axis)

    return _packed(
        vocabulary,
        keys=joined("keys"),
        word=joined("word", words).astype(np.uint32),
        gap=joined("gap"),
        far=joined("far", tokens[:, None] * [1, 0]),
        spans=joined("spans", tokens[:, None, None] * [[0], [0], [1], [0]], axis=1).astype(np.int32),
        tokens=np.append(
            0, np.concatenate([shard["tokens"][1:] + base for shard, base in zip(shards, tokens, strict=True)])
        ),
        sentences=np.append(
            0, np.concatenate([shard["sentences"][1:] + base for shard, base in zip(shards, sentences, strict=True)])
        ),
        term=np.concatenate([number[shard["term"]] for shard, number in zip(shards, numbers, strict=True)]),
        lengths=joined("lengths"),
        printed=joined("printed"),
    )


def terms_of(shard: store.Shard | store.Loose) -> pa.Array:
    """Return the terms of a shard, sorted."""
    starts, letters = shard["letter_starts"], shard["letters"]
    return pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(starts), pa.py_buffer(letters))


def printed_words_of(shard: store.Shard | store.Loose) -> pa.Array:
    """Return the printed words of a shard, in the order of their numbers."""
    joined = pa.scalar(shard["printed"].tobytes().decode(), pa.large_string())
    return pc.split_pattern(joined, "\n").values.slice(0, len(shard["term"]))


def union(several: Sequence[pa.Array]) -> tuple[pa.Array, list[np.ndarray]]:
    """Return the distinct terms of several lists in order, and for each list the numbers of its terms among them."""
    encoded = pa.chunked_array([terms.cast(pa.large_string()) for terms in several], pa.large_string())
    encoded = encoded.combine_chunks().dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    ends = np.cumsum([len(terms) for terms in several])[:-1]
    return encoded.dictionary.take(pa.array(order)), np.split(rank[encoded.indices.to_numpy()], ends)[: len(several)]


def counts_of(shard: store.Shard | store.Loose, numbers: np.ndarray, terms: int) -> sparse.csr_matrix:
    """Return how often each body of a shard (row) uses each of so many terms (column).

    numbers : of each term of the shard the column, -1 where it has none.
    """
    columns = np.repeat(numbers, np.diff(shard["posting_starts"]))
    uses, rows = shard["posting_counts"].astype(np.int64), shard["posting_articles"].astype(np.int32)
    if (columns < 0).any():
        rows, uses, columns = rows[columns >= 0], uses[columns >= 0], columns[columns >= 0]
    return sparse.csr_matrix((uses, (rows, columns)), shape=(len(shard["keys"]), terms))


def _packed(vocabulary: pa.Array, **arrays: np.ndarray) -> dict[str, np.ndarray]:
    """Return a shard's arrays with its vocabulary and postings, what can be narrow made so."""
    starts = np.frombuffer(vocabulary.buffers()[1], dtype=np.int64)[: len(vocabulary) + 1]
    posted = _postings(arrays["word"], arrays["tokens"], arrays["term"], len(vocabulary))
    return arrays | {
        "lengths": _narrow(arrays["lengths"]),
        "letters": np.frombuffer(vocabulary.buffers()[2], dtype=np.uint8)[: starts[-1]],
        "letter_starts": starts,
        "posting_starts": posted[0],
        "posting_articles": _narrow(posted[1]),
        "posting_counts": _narrow(posted[2]),
    }


def _postings(word: np.ndarray, tokens: np.ndarray, term: np.ndarray, terms: int) -> tuple[np.ndarray, ...]:
    """Return where the postings of each term begin, and of each posting its article and uses."""
    if len(word) > MANY and (counted := kernels.compiled(kernels.postings)):
        return counted(word, tokens, term, terms)
    uses = sparse.csr_matrix((np.ones(len(word), np.int32), term[word], tokens), (len(tokens) - 1, terms)).tocsc()
    uses.has_sorted_indices = True  # by article, as the rows were in order
    uses.sum_duplicates()
    return uses.indptr.astype(np.int64), uses.indices, uses.data


def _narrow(array: np.ndarray) -> np.ndarray:
    """Return `array` in the narrowest unsigned type that holds it."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))
