"""Write the background table of `tables.distinctive`: how often general English uses each word.

Needs `pip install wordfreq==3.1.1`, which Broadsheet itself does not, so use an environment of its own:

    PYTHONPATH=lib python tests/evaluation/background.py
"""

import pathlib
from collections import defaultdict

from broadsheet.text.words import WORD, fold

TABLE = pathlib.Path(__file__).parents[2] / "lib/broadsheet/statistics/background.txt"
LEAST = 0.1  # uses per million words; a rarer word is left out, which changes no result beside the constant of 10
VERSION, DATE = "3.1.1", "2026-12-01"  # of wordfreq, and of the day it was read
HEAD = f"""\
# How often general English uses each word: uses per million words, then the words, folded as broadsheet.text.fold does.
# Words used less than {LEAST} times per million are left out. A run of digits is written in zeros (1990s: 0000s).
# Source: wordfreq {VERSION}, large English list (texts to 2021), https://github.com/rspeer/wordfreq
#   Robyn Speer (2022), rspeer/wordfreq: v3.0, doi:10.5281/zenodo.7199437.
# Licence of the source and of this table: Creative Commons Attribution-ShareAlike 4.0,
#   https://creativecommons.org/licenses/by-sa/4.0/ (the code around it has its own licence).
# wordfreq draws on Wikipedia, OPUS OpenSubtitles 2018 (http://www.opensubtitles.org/), the freely available SUBTLEX
#   lists by Marc Brysbaert et al. (http://crr.ugent.be/programs-data/subtitle-frequencies), NewsCrawl, GlobalVoices,
#   Google Books Ngrams (http://books.google.com/ngrams), the Leeds Internet Corpus, OSCAR, ParaCrawl, Twitter and Reddit.
# Changes: words are folded (u.s is u.s.); rare entries and those that are not one word with a letter are left out.
# Made on {DATE} by tests/evaluation/background.py.
"""


def main() -> None:
    """Fold the list, keep the words with a letter, and write them by rate, the most frequent first."""
    from wordfreq import get_frequency_dict  # needed here alone: pip install wordfreq

    rates = defaultdict(float)
    for word, share in get_frequency_dict("en", "large").items():
        word = word if WORD.fullmatch(word) else f"{word}."  # wordfreq has u.s for u.s.
        if WORD.fullmatch(word) and any(character.isalpha() for character in word):
            rates[fold(word)] += share * 1e6
    lines = defaultdict(list)
    for word, rate in rates.items():
        if rate >= LEAST:
            lines[float(f"{rate:.3g}")].append(word)
    table = "".join(f"{rate:g}\t{' '.join(sorted(words))}\n" for rate, words in sorted(lines.items(), reverse=True))
    TABLE.write_text(HEAD + table, encoding="utf-8")
    print(f"{sum(map(len, lines.values())):,} words, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
