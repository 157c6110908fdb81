"""Boilerplate that is learned: lines that many articles of one outlet share, and headlines that open the body."""

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.duplicates.hashes import APART
from broadsheet.duplicates.kin import WINDOW, days, in_common, joined
from broadsheet.duplicates.lines import (
    EDGE,
    ENDED,
    LONG,
    PART,
    REASONS,
    SPOKEN,
    alone,
    known_by,
    passages,
)
from broadsheet.duplicates.patterns import DATELINE, HEADLINE, SIGN_OFF, STANDING
from broadsheet.duplicates.reading import read_all
from broadsheet.duplicates.shingles import differs
from broadsheet.schema import require

FEWEST = 3  # articles that share a line, told apart by what else they say
MANY = 10, 0.02  # of them, and of the outlet's articles, that must share a sentence which stands amid the text
AT_EDGE = 0.8  # share of its places at the body's edge from which a sentence is taken for a sign-off or a notice
ALIKE = 0.25  # share of the shorter one's words in the same lines from which two articles are copies or versions
MOST_ALIKE, SEVERAL = 60, 3  # what more articles share may be a notice: then several lines must be the same
NEXT = 4  # articles that each is compared with among those that share a line
TOLD = 0.1  # share of the articles with a line that must say something else: a text copied often is no boilerplate
NEEDED = {"published": "day of publication", "outlet": "who published it", "headline": "as printed", "body": "the text"}

ALL_REASONS = (*REASONS, SIGN_OFF, STANDING)
"""What a passage can be marked for, by number; 0 is none."""
_HEADLINE, _SIGN_OFF, _STANDING = (ALL_REASONS.index(reason) for reason in (HEADLINE, SIGN_OFF, STANDING))


def boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """Find what of some articles is not their own text, with what is learned from the articles of the same outlet.

    articles : published, outlet, headline, body; an outlet "" is one like any other.

    Returns one row per marked passage, in order: article (place of the row in `articles`, from 0), start, end, reason:
    those of `repeats`, and headline (the first line repeats it), sign-off (a line that three articles of the outlet share,
    with nothing but such lines after it), standing line (one that stands elsewhere). A whole sentence amid the text
    is a standing line only where ten articles, and one in fifty, share it.
    """
    articles = known(articles, "boilerplate")
    found, _ = read_all(articles["body"].tolist())
    return marked(found.lines, articles)[["article", "start", "end", "reason"]]


def known(articles: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return articles with every column that is needed, an outlet or headline that is missing as ""."""
    return require(articles, NEEDED, table).fillna({"outlet": "", "headline": "", "body": ""})


def marked(lines: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the marked passages of articles whose lines were read.

    lines : as `lines.read` gives them. articles : published, outlet, headline.

    Returns the columns of `boilerplate`; first, after (words of the article); agency: of a dateline, by what the agency
    that it names is known, else 0.
    """
    article, reason = lines["article"].to_numpy(), lines["reason"].to_numpy(dtype=np.int64, copy=True)
    reason[_headlines(lines, articles["headline"])] = _HEADLINE
    free = np.flatnonzero(reason == 0)
    # Only the columns that are asked for: the others of so many lines need not be copied.
    those = lines[["article", "start", "end", "known_by", "shape"]].iloc[free]
    standing = free[_shared(those, pd.factorize(articles["outlet"])[0], days(articles["published"]))]
    reason[standing] = _STANDING
    reason = alone(lines, reason)
    text = np.append(np.flatnonzero(reason == 0), len(lines))
    after = np.append(article, -1)[text[np.searchsorted(text, standing)]]  # the article of the next line that is text
    reason[standing[after != article[standing]]] = _SIGN_OFF
    found = passages(lines, reason, ALL_REASONS)
    found["agency"] = found.pop("known_by").where(found["reason"] == DATELINE, 0)
    return found


def _headlines(lines: pd.DataFrame, headline: pd.Series) -> np.ndarray:
    """Return the rows of first lines that repeat the headline."""
    whole = np.flatnonzero((lines["shape"] & PART == 0).to_numpy())
    article, first = np.unique(lines["article"].to_numpy()[whole], return_index=True)
    titles = known_by(headline.to_numpy()[article].tolist())
    first = whole[first]
    return first[(lines["known_by"].to_numpy()[first] == titles) & (titles != 0)]


def _shared(lines: pd.DataFrame, outlet: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the rows of lines that enough articles of the outlet share; outlet, day : a number per article."""
    article, shape = lines["article"].to_numpy(), lines["shape"].to_numpy()
    row, line = _told_twice(lines["known_by"].to_numpy() + outlet[article].astype(np.uint64) * APART)
    article, shape, told_by = article[row], shape[row], _told_by(lines, row, line, day)[article[row]]
    may, edge, ended = shape & (SPOKEN | LONG | PART) == 0, shape & EDGE > 0, shape & ENDED > 0
    sharing, holding = (_different(line[may], holder[may], len(line)) for holder in (told_by, article))
    at_edge = np.bincount(line, edge, len(line)) >= AT_EDGE * np.bincount(line, minlength=len(line))
    articles = np.bincount(outlet)[outlet[article]]
    enough = np.where(ended & ~at_edge[line], np.maximum(MANY[0], MANY[1] * articles), FEWEST)
    return row[may & (sharing[line] >= np.maximum(enough, TOLD * holding[line]))]


def _told_twice(names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of names that stand more than once, and for each row a number by which its name is told."""
    ordered = np.sort(names)
    twice = _distinct(ordered[~differs(ordered)])
    number = np.searchsorted(twice, names)
    row = np.flatnonzero(np.searchsorted(twice, names, side="right") > number)
    return row, number[row]


def _different(line: np.ndarray, holder: np.ndarray, size: int) -> np.ndarray:
    """Return of each of so many lines how many different holders it has."""
    pair = _distinct(line.astype(np.int64) << 32 | holder)
    return np.bincount(pair >> 32, minlength=size)


def _told_by(lines: pd.DataFrame, row: np.ndarray, line: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return for each article a number by which it is told from others: copies and versions of one have the same.

    Those are articles of one outlet, at most ten days apart, that say a quarter of the shorter one's words in the same
    lines: in lines that up to sixty articles share, or in three lines or more; and equal texts whenever they appeared.
    Each is compared with the next ones among the articles that share a line: that costs no more than there are lines,
    however many copies there are. Of one day their order is that of their words, so that it is the same in any table.

    row, line : of the lines that stand more than once, as `_told_twice` gives them. day : a number per article.
    """
    article, words = lines["article"].to_numpy(), (lines["end"] - lines["start"]).to_numpy(dtype=float)
    shape = size, _ = len(day), line.max(initial=-1) + 1
    text = np.zeros(size, dtype=np.uint64)
    np.add.at(text, article, lines["known_by"].to_numpy())
    total, once = np.bincount(article, words, size), np.bincount(np.delete(article, row), minlength=size)
    article, words = article[row], words[row]
    one, other = _next(article, line, day, text)
    says = sparse.csr_matrix((words, (article, line)), shape)
    holds = (says > 0).astype(float)
    few = sparse.diags((holds.sum(axis=0).A1 <= MOST_ALIKE).astype(float))
    all_words, few_words, same = (in_common(one, other, what, holds) for what in (says, says @ few, holds))
    count = once + holds.sum(axis=1).A1
    enough = ALIKE * np.minimum(total[one], total[other])
    several = same >= np.minimum(SEVERAL, np.minimum(count[one], count[other]))
    near = (few_words >= enough) | (all_words >= enough) & several
    return joined(one[near], other[near], text)


def _next(article: np.ndarray, line: np.ndarray, day: np.ndarray, text: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of articles that come next to one another in time among those that share a line."""
    entries = _distinct(article.astype(np.int64) << 32 | line)
    article, line = entries >> 32, entries & (1 << 32) - 1
    order = np.lexsort([text[article], day[article], line])
    article, line = article[order], line[order]
    codes = []
    for step in range(1, NEXT + 1):
        one, other = article[:-step], article[step:]
        same = (line[step:] == line[:-step]) & (day[other] - day[one] <= WINDOW)
        codes.append(one[same] << 32 | other[same])
    code = _distinct(np.concatenate(codes))
    return code >> 32, code & (1 << 32) - 1


def _distinct(codes: np.ndarray) -> np.ndarray:
    """Return the different ones of some numbers, in order."""
    codes = np.sort(codes)
    return codes[differs(codes)]
