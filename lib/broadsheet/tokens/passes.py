"""One pass over articles' bodies: by the compiled loop, or by the reference where that is quicker or all there is."""

import functools
import importlib.util
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import numpy as np

from broadsheet.tokens import automaton, characters
from broadsheet.tokens.automaton import FAR, FOLLOWS, IDLE, INSIDE, OUTSIDE
from broadsheet.tokens.sentences import KNOWN, sentences
from broadsheet.tokens.words import words

MOST_WORDS = 1 << 18  # printed words of one pass: their table stays in the processor's cache
QUICK = 500_000  # bytes that the reference reads in the time that it takes to load the loop
FEW = 20_000  # bytes that it reads before the loop begins, once that is loaded
WORTH_COMPILING = 8_000_000  # bytes that the reference reads in the time that it takes to compile the loop

Say = Callable[[str], object]
_COMPILING = threading.Lock()


class Pass(NamedTuple):
    """What is found in the bodies of some articles."""

    word: np.ndarray  # of each token the number of its printed word
    gap: np.ndarray  # characters since the word before (FAR: see far), and FOLLOWS: only blanks, in one sentence
    spans: np.ndarray  # of each sentence, in rows: begin, end (code points), first token, 1 where a paragraph begins
    far: np.ndarray  # of each long gap: token, characters
    uses: np.ndarray  # of each word of an article, a row: its number, how often it is used there
    tokens: np.ndarray  # up to which token each article goes, from 0
    sentences: np.ndarray  # up to which sentence
    used: np.ndarray  # up to which of `uses`
    printed: str  # the printed words, in the order of their numbers, each with a line end
    lengths: np.ndarray  # of these, in code points


def to_stderr(line: str) -> None:
    """Say something to whoever runs the program, apart from its results."""
    print(line, file=sys.stderr, flush=True)


def read(bodies: Sequence[bytes], say: Say = to_stderr) -> Pass:
    """Read articles (UTF-8), all of them or as many as one pass can hold the words of: at least the first."""
    size = sum(map(len, bodies))
    if size < (min(FEW, QUICK) if _loop.cache_info().currsize else QUICK):
        return by_reference(bodies)
    if not (loop := _loop()):
        say("numba cannot be had, so words are read by the reference, thirty times more slowly. Try: pip install numba")
        return by_reference(bodies)
    with _COMPILING:
        if not _is_compiled(loop):
            if size < WORTH_COMPILING:
                return by_reference(bodies)
            say("Compiling the loop that reads words, once on this machine ...")
            began = time.perf_counter()
            by_loop(bodies[:1])
            say(f"Compiled in {time.perf_counter() - began:.0f} s; later it is only loaded.")
    return by_loop(bodies)


def by_loop(bodies: Sequence[bytes]) -> Pass:
    """Read articles by the compiled loop, until one might bring more new words than there is room for."""
    loop = _loop()
    data, ends = (
        np.frombuffer(b"".join(bodies), dtype=np.uint8),
        np.cumsum([len(body) for body in bodies], dtype=np.int64),
    )
    first, longest = np.frombuffer(_KNOWN_TEXT, dtype=np.uint8), max(map(len, [*bodies, _KNOWN_TEXT]))
    words, gaps, rules = _room(loop, longest), loop.Gaps(*np.empty((4, longest + 1), dtype=np.int64)), _rules()
    found = _found(loop, max(data.size, first.size), len(bodies) + 2)
    known = np.fromiter(KNOWN.values(), dtype=np.uint8)
    loop.read(first, np.array([first.size]), *rules, known[:0], words, 0, gaps, found)
    words.facts[: len(known), loop.LAST] = -1
    done, fars, count = loop.read(data, ends, *rules, known, words, len(known), gaps, found)
    tokens, sentences, used = (edges[: done + 1] for edges in (found.tokens, found.sentences, found.used))
    return Pass(
        found.word[: tokens[-1]],
        found.gap[: tokens[-1]],
        found.spans[:, : sentences[-1]],
        found.far[:fars],
        found.uses[: used[-1]],
        tokens,
        sentences,
        used,
        words.letters[: words.facts[count - 1, loop.START] + words.facts[count - 1, loop.SIZE] + 1].tobytes().decode(),
        words.lengths[:count],
    )


def _room(loop: ModuleType, longest: int) -> tuple:
    """Return a table of words with room for MOST_WORDS, or for those of the longest article (bytes) if they are more."""
    room = _power_of_two(max(MOST_WORDS, longest + 2 * len(KNOWN)))
    slots, facts = np.zeros(room, dtype=np.uint32), np.empty((room, 4), dtype=np.int64)
    return loop.Words(slots, facts, np.empty(2 * longest + 32 * room, dtype=np.uint8), np.empty(room, dtype=np.int32))


def _found(loop: ModuleType, size: int, articles: int) -> tuple:
    """Return room for what so many bytes and articles can hold; what is not written to takes no memory."""
    return loop.Found(
        np.empty(size, dtype=np.uint32),
        np.empty(size, dtype=np.uint8),
        np.empty((4, size + 1), dtype=np.int32),
        np.empty((size // FAR + 1, 2), dtype=np.int64),
        np.empty((size, 2), dtype=np.uint32),
        *np.empty((3, articles), dtype=np.int64),
    )


def by_reference(bodies: Sequence[bytes]) -> Pass:
    """Read articles by the rules as `words` and `sentences` write them."""
    number = {word: index for index, word in enumerate(KNOWN)}
    word, gap, far, spans, uses, tokens, ended, used = [], [], [], [], [], [0], [0], [0]
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
        uses += Counter(word[tokens[-1] :]).items()
        tokens.append(len(word))
        used.append(len(uses))
        ended.append(len(spans))
    return Pass(
        np.array(word, dtype=np.uint32),
        np.array(gap, dtype=np.uint8),
        np.array([span[:4] for span in spans], dtype=np.int32).reshape(-1, 4).T,
        np.array(far, dtype=np.int64).reshape(-1, 2),
        np.array(uses, dtype=np.uint32).reshape(-1, 2),
        np.array(tokens),
        np.array(ended),
        np.array(used),
        "".join(f"{printed}\n" for printed in number),
        np.array([len(printed) for printed in number], dtype=np.int32),
    )


_KNOWN_TEXT = "\n".join(KNOWN).encode()


@functools.cache
def _loop() -> ModuleType | None:
    """Return the compiled loop's module, or None where numba cannot be had, or was told not to compile."""
    if not importlib.util.find_spec("numba"):
        return None
    loop = importlib.import_module("broadsheet.tokens.loop")
    return loop if hasattr(loop.read, "signatures") else None


def _is_compiled(loop: ModuleType) -> bool:
    """Say whether the loop was compiled, in this process or on this machine before."""
    return bool(loop.read.signatures) or any(Path(loop.read.stats.cache_path).glob("loop.read-*.nbi"))


@functools.cache
def _rules() -> tuple[np.ndarray, ...]:
    """Return the kinds of all code points; which bytes are letters by themselves, which end a word of such letters
    at once, which of these begin none; and the automaton."""
    ascii_kinds, plain = characters.kinds()[:128], np.zeros(256, dtype=np.uint8)
    after = automaton.NEXT[[0, automaton.MANY]][:, ascii_kinds] < 0
    plain[:128] = np.select([ascii_kinds <= characters.LETTER, after.all(axis=0), after[1]], [INSIDE, IDLE, OUTSIDE])
    return characters.kinds(), plain, automaton.NEXT, automaton.WHOLE


def _power_of_two(size: int) -> int:
    return 1 << (size - 1).bit_length()
