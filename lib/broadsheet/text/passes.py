"""Read many bodies in one pass, with the compiled loop or, if that is faster or numba is missing, the plain rules."""

import functools
import importlib.util
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import numpy as np

from broadsheet.text import automaton, characters
from broadsheet.text.automaton import FAR, FOLLOWS, IDLE, OUTSIDE
from broadsheet.text.batch import Batch
from broadsheet.text.sentences import KNOWN, sentences
from broadsheet.text.words import words

MOST_WORDS = 1 << 18  # printed words of one pass: their table fits in the processor's cache
QUICK = 500_000  # bytes that the plain rules read in the time that it takes to load the loop
FEW = 20_000  # bytes that they read before the loop begins, once it is loaded
WORTH_COMPILING = 8_000_000  # bytes that they read in the time that it takes to compile the loop

Say = Callable[[str], object]
_COMPILING = threading.Lock()


class Pass(NamedTuple):
    """The words and sentences of some bodies."""

    word: np.ndarray  # of each token: the number of its printed word
    gap: np.ndarray  # characters since the word before (FAR: see far), and FOLLOWS: only white space, in one sentence
    spans: np.ndarray  # of each sentence, in rows: begin, end (code points), first token, 1 where a paragraph begins
    far: np.ndarray  # of each long gap: token, characters
    tokens: np.ndarray  # the first token of each article, and the number of tokens
    sentences: np.ndarray  # the same of sentences
    printed: str  # the printed words by number, each with a line end
    lengths: np.ndarray  # of these, in code points


def to_stderr(line: str) -> None:
    """Print a line on stderr, apart from the program's results."""
    print(line, file=sys.stderr, flush=True)


def read_batch(bodies: Batch, say: Say = to_stderr) -> Pass:
    """Read bodies: all of them, or as many as one pass has room for the words of, at least the first."""
    if bodies.size < (min(FEW, QUICK) if _loop.cache_info().currsize else QUICK):
        return by_reference(bodies)
    if not (loop := _loop()):
        say("Reading words without numba, which takes thirty times as long. Try: pip install numba")
        return by_reference(bodies)
    with _COMPILING:
        if not _is_compiled(loop):
            if bodies.size < WORTH_COMPILING:
                return by_reference(bodies)
            say("Compiling the loop that reads words, once on this machine ...")
            began = time.perf_counter()
            by_loop(_FIRST)
            say(f"Compiled in {time.perf_counter() - began:.0f} s; later runs only load it.")
    return by_loop(bodies)


def by_loop(bodies: Batch) -> Pass:
    """Read bodies by the compiled loop, until one might have more new words than there is room for."""
    loop, ends = _loop(), bodies.ends
    longest = max(int(np.diff(ends, prepend=0).max(initial=0)), _FIRST.size)
    words, gaps, rules = _room(loop, longest), loop.Gaps(*np.empty((4, longest + 1), dtype=np.int64)), _rules()
    found = _found(loop, max(bodies.size, _FIRST.size), len(bodies) + 2)
    known = np.fromiter(KNOWN.values(), dtype=np.uint8)
    loop.read(_FIRST.data, _FIRST.ends, *rules, known[:0], words, 0, gaps, found)
    done, fars, count = loop.read(bodies.data, ends, *rules, known, words, len(known), gaps, found)
    tokens, sentences = found.tokens[: done + 1], found.sentences[: done + 1]
    return Pass(
        found.word[: tokens[-1]],
        found.gap[: tokens[-1]],
        found.spans[:, : sentences[-1]],
        found.far[:fars],
        tokens,
        sentences,
        words.letters[: words.starts[count]].tobytes().decode(),
        words.lengths[:count],
    )


def _room(loop: ModuleType, longest: int) -> tuple:
    """Return an empty table of words with room for MOST_WORDS, or for those of the longest body (bytes) if they are more."""
    room = 1 << (max(MOST_WORDS, longest + 2 * len(KNOWN)) - 1).bit_length()  # a power of two
    table, starts = np.zeros((room, 2), dtype=np.int64), np.zeros(room + 1, dtype=np.int64)
    return loop.Words(table, starts, np.empty(2 * longest + 32 * room, dtype=np.uint8), np.empty(room, dtype=np.int32))


def _found(loop: ModuleType, size: int, articles: int) -> tuple:
    """Return room for the words of so many bytes and articles; what is not written to takes no memory."""
    return loop.Found(
        np.empty(size, dtype=np.uint32),
        np.empty(size, dtype=np.uint8),
        np.empty((4, size + 1), dtype=np.int32),
        np.empty((size // FAR + 1, 2), dtype=np.int64),
        *np.empty((2, articles), dtype=np.int64),
    )


def by_reference(bodies: Batch) -> Pass:
    """Read bodies by the plain rules of `words` and `sentences`."""
    number = {word: index for index, word in enumerate(KNOWN)}
    word, gap, far, spans, tokens, ended = [], [], [], [], [0], [0]
    for body in bodies:
        text, before, heads = body.decode(), 0, []
        found = words(text)
        for start, end, paragraph in sentences(text):
            head = next((i for i in range(heads[-1] if heads else 0, len(found)) if found[i][0] >= start), len(found))
            opens = not heads or paragraph != spans[-1][4]
            spans.append((start, end, len(word) + head, opens, paragraph))
            heads.append(head)
        begun = set(heads)
        for index, (start, end) in enumerate(found):
            follows = text[before:start].isspace() and index not in begun
            far += [(len(word), start - before)] if start - before >= FAR else []
            gap.append(min(start - before, FAR) | (FOLLOWS if follows else 0))
            word.append(number.setdefault(text[start:end], len(number)))
            before = end
        tokens.append(len(word))
        ended.append(len(spans))
    return Pass(
        np.array(word, dtype=np.uint32),
        np.array(gap, dtype=np.uint8),
        np.array([span[:4] for span in spans], dtype=np.int32).reshape(-1, 4).T,
        np.array(far, dtype=np.int64).reshape(-1, 2),
        np.array(tokens),
        np.array(ended),
        "".join(f"{printed}\n" for printed in number),
        np.array([len(printed) for printed in number], dtype=np.int32),
    )


_FIRST = Batch.of(["\n".join(KNOWN).encode()])  # gives the known words the first numbers


@functools.cache
def _loop() -> ModuleType | None:
    """Return the compiled loop's module, None without numba or if numba was told not to compile."""
    if not importlib.util.find_spec("numba"):
        return None
    loop = importlib.import_module("broadsheet.text.loop")
    return loop if hasattr(loop.read, "signatures") else None


def _is_compiled(loop: ModuleType) -> bool:
    """Return whether the loop was compiled, in this process or before on this machine."""
    return bool(loop.read.signatures) or any(Path(loop.read.stats.cache_path).glob("loop.read-*.nbi"))


@functools.cache
def _rules() -> tuple[np.ndarray, ...]:
    """Return the kinds of all code points, the OUTSIDE and IDLE bytes, and the automaton."""
    ascii_kinds, plain = characters.kinds()[:128], np.zeros(256, dtype=np.uint8)
    ends_word = automaton.NEXT[[0, automaton.MANY]][:, ascii_kinds] < 0
    plain[:128] = np.select([ends_word.all(axis=0), ends_word[1]], [IDLE, OUTSIDE])
    return characters.kinds(), plain, automaton.NEXT, automaton.WHOLE
