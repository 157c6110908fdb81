"""How our sentences differ from sentencex's, paragraph by paragraph: how often, and each kind with examples.

usage: build/bench/bin/python tests/evaluation/sentences.py --corpus PATH [--examples N]

`make bench` sets up build/bench, with sentencex. Neither side is right by definition: the examples are to be read.
"""

import argparse
import collections
import random
import re

import broadsheet

CONTEXT = 50  # characters shown on either side of a cut
KINDS = {  # what stands before the cut, or after it (from the bar on); the first that fits names the difference
    "Ms.": r"\bMs\.\s*\|",
    "a.m., p.m.": r"[ap]\.m\.\s*\|",
    "initials and abbreviations with stops": r"(?:\b\w\.)+\s*\|",
    "at a straight mark": r'"\s*\||\|\s*"',
    "at a curly mark": r"[“‘’”]\s*\||\|\s*[“‘’”]",
    "after a bracket": r"[)\]]\s*\|",
    "after dots": r"(?:…|\.\.)\s*\|",
    "without a blank": r"\S\|\S",
    "before a small letter": r"\|[a-z]",
    "other": "",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--examples", type=int, default=3)
    given = parser.parse_args()
    news = broadsheet.load(given.corpus)
    ours = news.sentences.groupby(["doc_id", "paragraph"], sort=False)["start"].agg(list)
    bodies = news.articles.set_index("doc_id")["body"].to_dict()
    same, differences = 0, collections.defaultdict(list)
    ends = news.sentences.groupby(["doc_id", "paragraph"], sort=False)["end"].max()
    for (doc_id, paragraph), starts in ours.items():
        body, first, last = bodies[doc_id], starts[0], ends[doc_id, paragraph]
        theirs = {first + start for start in cuts(body[first:last])}
        same += len(theirs & set(starts[1:]))
        for side, found in (("ours alone", set(starts[1:]) - theirs), ("theirs alone", theirs - set(starts[1:]))):
            for cut in sorted(found):
                shown = f"{body[max(cut - CONTEXT, first) : cut]}|{body[cut : min(cut + CONTEXT, last)]}".replace(
                    "\n", " "
                )
                kind = next(
                    name for name, form in KINDS.items() if re.search(form, shown[max(0, shown.index("|") - 8) :][:12])
                )
                differences[side, kind].append(shown)
    alone = sum(map(len, differences.values()))
    print(f"{same:,} cuts within paragraphs are the same, {alone:,} are not: F1 {2 * same / (2 * same + alone):.4f}\n")
    print("| cut by | kind | n |\n|---|---|---:|")
    for (side, kind), shown in sorted(differences.items(), key=lambda item: -len(item[1])):
        print(f"| {side} | {kind} | {len(shown):,} |")
    for (side, kind), shown in sorted(differences.items()):
        print(f"\n{side}, {kind}")
        for one in random.Random(0).sample(shown, min(given.examples, len(shown))):
            print(f"    {one}")


def cuts(paragraph: str) -> list[int]:
    """Return where sentencex begins a sentence within a paragraph, at the first character that is no blank."""
    import sentencex  # of build/bench alone

    starts = [part["start_index"] for part in sentencex.get_sentence_boundaries("en", paragraph)[1:]]
    found = [start + len(paragraph[start:]) - len(paragraph[start:].lstrip()) for start in starts]
    return [start for start in found if 0 < start < len(paragraph)]


if __name__ == "__main__":
    main()
