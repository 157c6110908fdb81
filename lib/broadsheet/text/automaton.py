"""The expression of `words` as a finite automaton: the table by which the compiled loop reads words."""

import numpy as np

from broadsheet.text import characters as kind

FOLLOWS, FAR = 128, 127  # of a gap's byte: the bit for "only white space, in one sentence"; the value for a longer gap
OUTSIDE, IDLE = 1, 2  # bytes that end a word of two letters or more; bytes that also begin none

_LETTERS = (kind.LOWER, kind.UPPER, kind.LETTER)
_ALNUM = (*_LETTERS, kind.DIGIT)

# How a word begins decides what may be joined to it: letters (L), an abbreviation (A), a number (N).
_FAMILIES = {
    "L": (_ALNUM, (kind.HYPHEN, kind.APOSTROPHE, kind.UNDERSCORE)),
    "A": (_ALNUM, (kind.HYPHEN, kind.APOSTROPHE)),
    "N": (_LETTERS, (kind.HYPHEN, kind.APOSTROPHE)),
}


def _moves() -> dict[str, dict[str, tuple[int, ...]]]:
    """Return for each state the states that it leads to, and the kinds of character that lead there."""
    moves = {
        "start": {"one": _LETTERS, "number": (kind.DIGIT,), "hash": (kind.HASH,), "money": (kind.MONEY,)},
        "hash": {"many L": _LETTERS, "number": (kind.DIGIT,)},
        "money": {"number": (kind.DIGIT,)},
        "number": {"number": (kind.DIGIT,), "separator": (kind.STOP, kind.COMMA), "unit": _LETTERS, "percent": (kind.PERCENT,), "joint N": _FAMILIES["N"][1]},
        "separator": {"number": (kind.DIGIT,)},
        "unit": {"unit": _LETTERS, "joint N": _FAMILIES["N"][1]},
        "percent": {"joint N": _FAMILIES["N"][1]},
        "one": {"many L": (*_ALNUM, kind.COMBINING), "letter. A": (kind.STOP,), "joint L": _FAMILIES["L"][1]},
    }  # fmt: skip
    for family, (first, joints) in _FAMILIES.items():
        letters = tuple(one for one in first if one in _LETTERS)
        moves |= {
            f"joint {family}": {f"one {family}": letters, f"many {family}": tuple(set(first) - set(letters))},
            f"one {family}": {f"many {family}": (*_ALNUM, kind.COMBINING), f"letter. {family}": (kind.STOP,), f"joint {family}": joints},
            f"many {family}": {f"many {family}": (*_ALNUM, kind.COMBINING), f"joint {family}": joints},
            f"letter. {family}": {f"letter.letter {family}": _LETTERS},
            f"letter.letter {family}": {f"abbreviation {family}": (kind.STOP,)},
            f"abbreviation {family}": {f"letter.letter {family}": _LETTERS, f"joint {family}": joints},
        }  # fmt: skip
    return moves


_MOVES = _moves()
_WHOLE = ("one", "many", "number", "unit", "percent", "abbreviation")  # states that may end a word
ONE, MANY = 1, 2  # the states after one letter that begins a word, and after more
_STATES = ["start", "one", "many L", *sorted(state for state in _MOVES if state not in {"start", "one", "many L"})]

WHOLE = np.array([state.split()[0] in _WHOLE for state in _STATES])
"""Whether a word may end in each state; a word begins in the first."""

NEXT = np.full((len(_STATES), kind.NOTHING + 1), -1, dtype=np.int8)
"""The state to which a kind of character (column) leads from a state (row); -1 if the word cannot continue."""

for _state, _leads in _MOVES.items():
    for _target, _kinds in _leads.items():
        NEXT[_STATES.index(_state), list(_kinds)] = _STATES.index(_target)
