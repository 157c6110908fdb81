"""The expression of `words` as a finite automaton: the table that the compiled loop reads words with."""

import numpy as np

from broadsheet.text.characters import (
    APOSTROPHE,
    COMBINING,
    COMMA,
    DIGIT,
    HASH,
    HYPHEN,
    LETTER,
    LOWER,
    MONEY,
    NOTHING,
    PERCENT,
    STOP,
    UNDERSCORE,
    UPPER,
)

FOLLOWS, FAR = 128, 127  # a gap's byte: the bit for "nothing but blanks, in one sentence"; what stands for a longer gap
OUTSIDE, IDLE = 1, 2  # bytes that end a word of two letters or more; and that begin none, either

_LETTERS = (LOWER, UPPER, LETTER)
_ALNUM = (*_LETTERS, DIGIT)

# Words that begin with letters, abbreviations and numbers differ in what may be joined to them, and so does each
# of their parts: L goes on after _ too, and N (a number) only with a part that begins with a letter.
_FAMILIES = {
    "L": (_ALNUM, (HYPHEN, APOSTROPHE, UNDERSCORE)),
    "A": (_ALNUM, (HYPHEN, APOSTROPHE)),
    "N": (_LETTERS, (HYPHEN, APOSTROPHE)),
}


def _moves() -> dict[str, dict[str, tuple[int, ...]]]:
    """Return, for each state, the states it leads to and the kinds of character that lead there."""
    moves = {
        "start": {"one": _LETTERS, "number": (DIGIT,), "hash": (HASH,), "money": (MONEY,)},
        "hash": {"many L": _LETTERS, "number": (DIGIT,)},
        "money": {"number": (DIGIT,)},
        "number": {"number": (DIGIT,), "separator": (STOP, COMMA), "unit": _LETTERS, "percent": (PERCENT,), "joint N": _FAMILIES["N"][1]},
        "separator": {"number": (DIGIT,)},
        "unit": {"unit": _LETTERS, "joint N": _FAMILIES["N"][1]},
        "percent": {"joint N": _FAMILIES["N"][1]},
        "one": {"many L": (*_ALNUM, COMBINING), "letter. A": (STOP,), "joint L": _FAMILIES["L"][1]},
    }  # fmt: skip
    for family, (first, joints) in _FAMILIES.items():
        letters = tuple(kind for kind in first if kind in _LETTERS)
        moves |= {
            f"joint {family}": {f"one {family}": letters, f"many {family}": tuple(set(first) - set(letters))},
            f"one {family}": {f"many {family}": (*_ALNUM, COMBINING), f"letter. {family}": (STOP,), f"joint {family}": joints},
            f"many {family}": {f"many {family}": (*_ALNUM, COMBINING), f"joint {family}": joints},
            f"letter. {family}": {f"letter.letter {family}": _LETTERS},
            f"letter.letter {family}": {f"abbreviation {family}": (STOP,)},
            f"abbreviation {family}": {f"letter.letter {family}": _LETTERS, f"joint {family}": joints},
        }  # fmt: skip
    return moves


_MOVES = _moves()
_WHOLE = ("one", "many", "number", "unit", "percent", "abbreviation")  # what may be a word's end
ONE, MANY = 1, 2  # the states after one letter that begins a word, and after more
_STATES = ["start", "one", "many L", *sorted(state for state in _MOVES if state not in {"start", "one", "many L"})]

WHOLE = np.array([state.split()[0] in _WHOLE for state in _STATES])
"""Whether what was read up to a state is a word; the first state is where a word begins."""

NEXT = np.full((len(_STATES), NOTHING + 1), -1, dtype=np.int8)
"""The state that a kind of character leads to from a state; -1 where no word goes on."""

for _state, _leads in _MOVES.items():
    for _target, _kinds in _leads.items():
        NEXT[_STATES.index(_state), list(_kinds)] = _STATES.index(_target)
