"""Boilerplate that is learned: lines that many articles of one outlet share, and headlines that open the body."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from broadsheet.duplicates.lines import COLUMNS, EDGE, ENDED, LONG, PART, REASONS, SPOKEN, known_by, read
from broadsheet.duplicates.patterns import DATELINE, HEADLINE, SIGN_OFF, STANDING
from broadsheet.schema import require

FEWEST = 3  # articles that share a line, told apart by what else they say
MANY = 10, 0.02  # of them, and of the outlet's articles, that must share a sentence which stands amid the text
AT_EDGE = 0.8  # share of its places at the body's edge from which a sentence is taken for a sign-off or a notice
WINDOW = 10  # days in which copies and versions of one article appear
ALIKE, MOST_ALIKE = 0.25, 60  # share of words in the same lines; articles that share a line of one story
NEEDED = {"published": "day of publication", "outlet": "who published it", "headline": "as printed", "body": "the text"}

ALL_REASONS = (*REASONS, HEADLINE, SIGN_OFF, STANDING)
"""What a passage can be marked for, by number; 0 is none."""
_HEADLINE, _SIGN_OFF, _STANDING = range(len(REASONS), len(ALL_REASONS))


def boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """Find what of some articles is not their own text, with what is learned from the articles of the same outlet.

    articles : outlet, headline, body; an outlet "" is one like any other.

    Returns one row per marked passage, in order: article (place of the row in `articles`, from 0), start, end, reason:
    those of `repeats`, and headline (the first line repeats it), sign-off (a line that three articles of the outlet share,
    with nothing but such lines after it), standing line (one that stands elsewhere). A whole sentence amid the text
    is a standing line only where ten articles, and one in fifty, share it.
    """
    require(articles, NEEDED, "boilerplate")
    return marked(*stacked([read(body) for body in articles["body"]]), articles).drop(columns="agency")


def stacked(found: list[dict[str, np.ndarray]]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the lines of several bodies as one table: of each line the number of its body, and the columns."""
    article = np.repeat(np.arange(len(found)), [len(one["start"]) for one in found])
    return article, {name: np.concatenate([one[name] for one in [read(""), *found]]) for name in COLUMNS}


def marked(article: np.ndarray, rows: dict[str, np.ndarray], articles: pd.DataFrame) -> pd.DataFrame:
    """Return the marked passages of articles whose lines were read, as `boilerplate` does.

    Returns besides agency: of a dateline, by what the agency that it names is known; else 0.

    article : of each line the number of its article, in order. rows : the lines, as `lines.read` gives them.
    articles : published, outlet, headline.
    """
    lines = pd.DataFrame({"article": article} | rows)
    day = (
        pd.to_datetime(articles["published"]).to_numpy().astype("datetime64[D]").astype(np.int64)
    )  # an unknown one is far away
    reason = lines["reason"].to_numpy(dtype=np.int64, copy=True)
    reason[_headlines(lines, articles["headline"])] = _HEADLINE
    free = np.flatnonzero(reason == 0)
    standing = free[_shared(lines.iloc[free], pd.factorize(articles["outlet"])[0], day)]
    reason[standing] = _STANDING
    text = np.append(np.flatnonzero(reason == 0), len(lines))
    after = np.append(article, -1)[text[np.searchsorted(text, standing)]]  # the article of the next line that is text
    reason[standing[after != article[standing]]] = _SIGN_OFF
    kept = lines[reason > 0].reset_index(drop=True)
    names = np.array(ALL_REASONS, dtype=object)[reason[reason > 0]]
    agency = kept["known_by"].where(names == DATELINE, 0)
    spans = kept[["article", "start", "end"]].astype("int64")
    return spans.assign(reason=pd.Series(names, dtype="str"), agency=agency)


def _headlines(lines: pd.DataFrame, headline: pd.Series) -> np.ndarray:
    """Return the rows of first lines that repeat the headline."""
    whole = np.flatnonzero((lines["shape"] & PART == 0).to_numpy())
    first = whole[np.unique(lines["article"].to_numpy()[whole], return_index=True)[1]]
    titles = headline.to_numpy()[lines["article"].to_numpy()[first]]
    hashes = np.array([known_by(title) if title else 0 for title in titles], dtype=np.uint64)
    return first[(lines["known_by"].to_numpy()[first] == hashes) & (titles != "")]


def _shared(lines: pd.DataFrame, outlet: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return which of some lines enough articles of the outlet share; outlet, day : a number per article."""
    of = pd.DataFrame({"outlet": outlet[lines["article"]], "known_by": lines["known_by"].to_numpy()})
    of["edge"], of["ended"] = (lines["shape"].to_numpy() & bit > 0 for bit in (EDGE, ENDED))
    may = lines["shape"].to_numpy() & (SPOKEN | LONG | PART) == 0
    line = of.groupby(["outlet", "known_by"], sort=False).ngroup()
    of["told_by"] = _told_by(lines, line.to_numpy(), day)[lines["article"]]
    holders = of[may].assign(line=line[may]).drop_duplicates(["line", "told_by"])["line"].value_counts()
    sharing = line.map(holders).fillna(0).to_numpy()
    at_edge = of["edge"].groupby(line).transform("mean").to_numpy() >= AT_EDGE
    articles = np.bincount(outlet)[of["outlet"]]
    enough = np.where(of["ended"] & ~at_edge, np.maximum(MANY[0], MANY[1] * articles), FEWEST)
    return may & (sharing >= enough)


def _told_by(lines: pd.DataFrame, line: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return for each article a number by which it is told from others: copies and versions of one have the same.

    Those are articles of one outlet that say a quarter of the shorter one's words in the same lines, of which no more
    than sixty hold any, or whose longest line is the same; and that lie in the same ten days.
    """
    article, words = lines["article"].to_numpy(), (lines["end"] - lines["start"]).to_numpy(dtype=float)
    period = day // WINDOW
    size = len(day)
    total = np.bincount(article, words, size)
    order = np.lexsort([-words, article])
    longest = order[np.unique(article[order], return_index=True)[1]]
    held = np.bincount(line)
    some = np.flatnonzero((held[line] > 1) & (held[line] <= MOST_ALIKE))
    shape = size, len(held)
    says = sparse.csr_matrix((words[some], (article[some], line[some])), shape)
    alike = (says @ (says > 0).T.astype(float)).tocoo()
    near = (alike.data >= ALIKE * np.minimum(total[alike.row], total[alike.col])) & (
        period[alike.row] == period[alike.col]
    )
    pairs = [(alike.row[near], alike.col[near])]
    same = pd.DataFrame({"article": article[longest], "line": line[longest], "period": period[article[longest]]})
    first = same.groupby(["line", "period"])["article"].transform("first").to_numpy()
    pairs.append((first, article[longest]))
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return csgraph.connected_components(sparse.coo_matrix((np.ones(len(one)), (one, other)), (size, size)), False)[1]
