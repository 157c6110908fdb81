"""Find boilerplate by comparison: lines that many articles of one outlet share, and headlines that open the body."""

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.duplicates.fingerprints import stored_fingerprints
from broadsheet.duplicates.lines import (
    EDGE,
    ENDED,
    LONG,
    PART,
    REASONS,
    SPOKEN,
    joined_passages,
    known_by,
    spared,
)
from broadsheet.duplicates.patterns import DATELINE, HEADLINE, SIGN_OFF, STANDING
from broadsheet.duplicates.rolling_hash import APART
from broadsheet.duplicates.shingles import differs
from broadsheet.duplicates.similarity import WINDOW, connected, days, shared_weight
from broadsheet.schema import require

FEWEST = 3  # articles, different in their other lines, that must share a line
MANY = 10, 0.02  # such articles, and share of the outlet's articles, that must share a sentence amid the text
AT_EDGE = 0.8  # share of its uses at the body's edge that makes a sentence a sign-off or a notice
ALIKE = 0.25  # share of the shorter one's words in the same lines that makes two articles copies or versions
MOST_ALIKE, SEVERAL = 60, 3  # articles: a line that more share may be a notice, so several lines must be the same
NEXT = 4  # articles with which each is compared among those that share a line
DISTINCT = 0.1  # share of the articles with a line that must differ in the rest: a text copied often is no boilerplate
NEEDED = {"published": "day of publication", "outlet": "who published it", "headline": "as printed", "body": "the text"}

ALL_REASONS = (*REASONS, SIGN_OFF, STANDING)
"""The reasons for which a passage can be marked, by number; 0 is none."""
_HEADLINE, _SIGN_OFF, _STANDING = (ALL_REASONS.index(reason) for reason in (HEADLINE, SIGN_OFF, STANDING))


def boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """Find passages that are not an article's own text, by its lines and by comparison with articles of the same outlet.

    articles : published, outlet, headline, body; an outlet "" is one like any other.

    Returns one row per marked passage, in order: article (row number in `articles`, from 0), start, end, reason: those
    of `repeats`, and headline (the first line repeats it), sign-off (a line that three articles of the outlet share,
    followed only by such lines), standing line (a shared line elsewhere). A whole sentence amid the text is a standing
    line only if ten articles, and one in fifty, share it.
    """
    articles = completed(articles, "boilerplate")
    found, _ = stored_fingerprints(articles["body"].tolist())
    return marked_passages(found.lines, articles)[["article", "start", "end", "reason"]]


def completed(articles: pd.DataFrame, table: str) -> pd.DataFrame:
    """Check the columns of articles, and fill in "" for a missing outlet, headline or body."""
    return require(articles, NEEDED, table).fillna({"outlet": "", "headline": "", "body": ""})


def marked_passages(lines: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the marked passages of articles, given their lines.

    lines : as `lines.line_arrays` returns them. articles : published, outlet, headline.

    Returns the columns of `boilerplate`; first, after (words of the article); agency: for a dateline the hash of the
    agency that it names, else 0.
    """
    article, reason = lines["article"].to_numpy(), lines["reason"].to_numpy(dtype=np.int64, copy=True)
    reason[_headlines(lines, articles["headline"])] = _HEADLINE
    free = np.flatnonzero(reason == 0)
    # Only the columns that are needed: there are many lines to copy.
    those = lines[["article", "start", "end", "known_by", "shape"]].iloc[free]
    standing = free[_shared(those, pd.factorize(articles["outlet"])[0], days(articles["published"]))]
    reason[standing] = _STANDING
    reason = spared(lines, reason)
    text = np.append(np.flatnonzero(reason == 0), len(lines))
    after = np.append(article, -1)[text[np.searchsorted(text, standing)]]  # the article of the next line that is text
    reason[standing[after != article[standing]]] = _SIGN_OFF
    found = joined_passages(lines, reason, ALL_REASONS)
    found["agency"] = found.pop("known_by").where(found["reason"] == DATELINE, 0)
    return found


def _headlines(lines: pd.DataFrame, headline: pd.Series) -> np.ndarray:
    """Return the rows of the first lines that repeat the headline."""
    whole = np.flatnonzero((lines["shape"] & PART == 0).to_numpy())
    article, first = np.unique(lines["article"].to_numpy()[whole], return_index=True)
    titles = known_by(headline.to_numpy()[article].tolist())
    first = whole[first]
    return first[(lines["known_by"].to_numpy()[first] == titles) & (titles != 0)]


def _shared(lines: pd.DataFrame, outlet: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the rows of the lines that enough articles of the outlet share; outlet, day : a number per article."""
    article, shape = lines["article"].to_numpy(), lines["shape"].to_numpy()
    row, line = _recurring(lines["known_by"].to_numpy() + outlet[article].astype(np.uint64) * APART)
    article, shape, version = article[row], shape[row], _versions(lines, row, line, day)[article[row]]
    may, edge, ended = shape & (SPOKEN | LONG | PART) == 0, shape & EDGE > 0, shape & ENDED > 0
    sharing, holding = (_different(line[may], holder[may], len(line)) for holder in (version, article))
    at_edge = np.bincount(line, edge, len(line)) >= AT_EDGE * np.bincount(line, minlength=len(line))
    articles = np.bincount(outlet)[outlet[article]]
    enough = np.where(ended & ~at_edge[line], np.maximum(MANY[0], MANY[1] * articles), FEWEST)
    return row[may & (sharing[line] >= np.maximum(enough, DISTINCT * holding[line]))]


def _recurring(names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the names that recur, and for each row the number of its name."""
    ordered = np.sort(names)
    recurring = _distinct(ordered[~differs(ordered)])
    number = np.searchsorted(recurring, names)
    row = np.flatnonzero(np.searchsorted(recurring, names, side="right") > number)
    return row, number[row]


def _different(line: np.ndarray, holder: np.ndarray, size: int) -> np.ndarray:
    """Count the different holders of each of so many lines."""
    pair = _distinct(line.astype(np.int64) << 32 | holder)
    return np.bincount(pair >> 32, minlength=size)


def _versions(lines: pd.DataFrame, row: np.ndarray, line: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return a number for each article that copies and versions of one another share.

    These are articles of one outlet, at most ten days apart, that have a quarter of the shorter one's words in the same
    lines (in lines that up to sixty articles share, or in three lines or more), and equal texts of any day.
    Each article is compared only with the next ones among those that share a line, so the cost grows with the number of
    lines, not of copies. Within a day articles are ordered by their words, so the order of the table does not matter.

    row, line : of the lines that recur, as `_recurring` returns them. day : a number per article.
    """
    article, words = lines["article"].to_numpy(), (lines["end"] - lines["start"]).to_numpy(dtype=float)
    shape = size, _ = len(day), line.max(initial=-1) + 1
    text = np.zeros(size, dtype=np.uint64)
    np.add.at(text, article, lines["known_by"].to_numpy())
    total, once = np.bincount(article, words, size), np.bincount(np.delete(article, row), minlength=size)
    article, words = article[row], words[row]
    one, other = _next(article, line, day, text)
    says = sparse.csr_matrix((words, (article, line)), shape)
    occurs = (says > 0).astype(float)
    few = sparse.diags((occurs.sum(axis=0).A1 <= MOST_ALIKE).astype(float))
    all_words, few_words, same = (shared_weight(one, other, what, occurs) for what in (says, says @ few, occurs))
    count = once + occurs.sum(axis=1).A1
    enough = ALIKE * np.minimum(total[one], total[other])
    several = same >= np.minimum(SEVERAL, np.minimum(count[one], count[other]))
    near = (few_words >= enough) | (all_words >= enough) & several
    return connected(one[near], other[near], text)


def _next(article: np.ndarray, line: np.ndarray, day: np.ndarray, text: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of articles that are near neighbours in time among those that share a line."""
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
    """Return the distinct numbers, in order."""
    codes = np.sort(codes)
    return codes[differs(codes)]
