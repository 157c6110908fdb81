"""Terms that are parts of web addresses, and no words of the text."""

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from broadsheet import schema

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus

# What tells an address: a scheme, a host that says so, or the end of one (the commonest; .co/ is a link shortener's).
MARKS = ("://", "www.", ".com", ".org", ".net", ".gov", ".edu", ".co/")
BLANK = re.compile(r"\s")
SHARE = 0.5  # of its uses: a term that stands in addresses more often is one of their parts


def addresses(corpus: "Corpus") -> pd.DataFrame:
    """Return the terms that stand in web addresses more often than elsewhere, such as `https` and `www`.

    An address is what stands between two blanks and holds a scheme (`://`), `www.` or the end of a host such as
    `.com`: of `pic.twitter.com/x1` the words are pic, twitter, com and x1.

    Returns one row per term, the most used first: n (uses), n_address (those in addresses).
    """
    found = [
        (doc_id, *span)
        for doc_id, body in zip(corpus.articles["doc_id"], corpus.articles["body"], strict=True)
        for span in sorted(_spans(body))
    ]
    tokens = corpus.tokens
    number, _ = tokens.within(pd.DataFrame(found, columns=list(schema.SPANS)))
    inside = np.bincount(tokens.terms_at(number), minlength=len(tokens.vocabulary))
    row = np.flatnonzero(inside)
    table = pd.DataFrame(
        {"n": tokens.counts[:, row].sum(axis=0).A1, "n_address": inside[row]}, tokens.vocabulary[row].rename("term")
    )
    return table[table["n_address"] > SHARE * table["n"]].sort_values("n", ascending=False, kind="stable")


def _spans(body: str) -> set[tuple[int, int]]:
    """Return where the addresses of a text stand."""
    small, spans = body.lower(), set()
    small = small if len(small) == len(body) else body  # the few letters that have two small ones would move all places
    for mark in MARKS:
        at = small.find(mark)
        while at >= 0:
            after = at + len(mark)
            if _tells(mark, small[at - 1 : at], small[after : after + 1]):
                blank, start = BLANK.search(body, after), at
                while start and not body[start - 1].isspace():
                    start -= 1
                after = blank.start() if blank else len(body)
                spans.add((start, after))
            at = small.find(mark, after)
    return spans


def _tells(mark: str, before: str, after: str) -> bool:
    """Say whether a mark is one of an address, by the letters around it: no `www.` in `Awww.`, no `.com` in `.comedy`."""
    if mark == "www.":
        return not before.isalnum()
    return mark.endswith("/") or not after.isalnum()
