"""The arrays of a shard: made from one pass over bodies, or from several shards without reading a text again."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from broadsheet import store
from broadsheet.index import kernels
from broadsheet.text.passes import Pass
from broadsheet.text.words import fold

AnyShard = store.Shard | store.Loose

MANY = 1_000_000  # tokens from which it pays to compile the kernel that counts postings

# word, gap, far, spans, tokens, sentences, lengths, printed (as bytes): see Pass. term: of each printed word.
# letters (UTF-8, one after the other), letter_starts: of the terms, sorted. Some are never used: `sentences.KNOWN`.
# posting_articles (places in the shard, in order), posting_counts, term by term; posting_starts: of each term.
# keys: of each body, two integers.


def of_pass(found: Pass, keys: list[bytes]) -> dict[str, np.ndarray]:
    """Return the arrays of the bodies with these keys, as one pass found them."""
    printed = pc.split_pattern(pa.scalar(fold(found.printed)), "\n").values.slice(0, len(found.lengths))
    vocabulary, (term,) = union([printed])
    letters = np.frombuffer(found.printed.encode(), dtype=np.uint8)
    return _packed(vocabulary, **found._asdict() | {"keys": store.as_integers(keys), "term": term, "printed": letters})


def merged(shards: Sequence[store.Shard]) -> dict[str, np.ndarray]:
    """Join shards: return the arrays of all their bodies, in their order.

    Raises DamagedError when one of them is not sound.
    """
    vocabulary, numbers = union([terms_of(shard) for shard in shards])
    word = token = sentence = 0  # how many there are in the shards before
    several = []
    for shard, number in zip(shards, numbers, strict=True):
        arrays = {name: shard[name] for name in ("keys", "gap", "lengths", "printed")}
        arrays |= {"word": shard["word"] + np.uint32(word), "term": number[shard["term"]]}
        arrays |= {"far": shard["far"] + [token, 0], "spans": shard["spans"] + np.int32([[0], [0], [token], [0]])}
        arrays |= {"tokens": shard["tokens"][1:] + token, "sentences": shard["sentences"][1:] + sentence}
        several.append(arrays)
        word, token, sentence = word + len(shard["term"]), arrays["tokens"][-1], arrays["sentences"][-1]
    joined = {name: np.concatenate([one[name] for one in several], axis=int(name == "spans")) for name in arrays}
    return _packed(vocabulary, **joined | {edges: np.append(0, joined[edges]) for edges in ("tokens", "sentences")})


def terms_of(shard: AnyShard) -> pa.Array:
    """Return the terms of a shard, sorted."""
    starts, letters = shard["letter_starts"], shard["letters"]
    return pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(starts), pa.py_buffer(letters))


def printed_words_of(shard: AnyShard) -> pa.Array:
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
    """Return an array in the narrowest unsigned type that fits."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))
