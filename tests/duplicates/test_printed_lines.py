"""Printed lines, compared with splitting the texts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import index
from broadsheet.duplicates.printed_lines import _BLANK, Texts, printed_lines
from broadsheet.text import words as words_of

LINES = ["It rained.", "“It froze,” she said", " “Gone!”) ", "", " ", "***", "The 🌊 rose…", "\u3000Ost’s \x85", "© Wire ©", "A.\"’)", "©", "🌊"]  # fmt: skip
BODIES = st.lists(st.lists(st.sampled_from(LINES) | st.text(max_size=6), max_size=8).map("\n".join), max_size=4)


def plain(bodies: list[str]) -> list[tuple]:
    """Return article, place, text, words and paragraph of each line that holds a word, as plain as can be."""
    found, paragraph = [], 0
    for article, body in enumerate(bodies):
        begin, said, paragraph = 0, [start for start, _ in words_of(body)], paragraph + 1
        for line in body.split("\n"):
            words = sum(begin <= start < begin + len(line) for start in said)
            if words:
                text = line.strip()
                found.append((article, begin + line.index(text), text, words, paragraph))
            paragraph += not line.strip()
            begin += len(line) + 1
    numbers = {number: place for place, number in enumerate(dict.fromkeys(row[-1] for row in found))}
    return [(*row, numbers[number]) for *row, number in found]


@settings(deadline=None, max_examples=300)
@given(BODIES)
def test_lines_are_those_that_splitting_gives(bodies):
    lines = printed_lines(index.tokens_of(bodies), bodies)
    texts = [lines.texts.whole[begin:end] for _, begin, end in lines.spans(np.arange(len(lines.begin)))]
    start = lines.begin - lines.texts.begin[lines.article]
    columns = (lines.article.tolist(), start.tolist(), texts, np.diff(lines.edges).tolist(), lines.paragraph.tolist())
    assert list(zip(*columns, strict=True)) == plain(bodies)
    assert lines.spoken.tolist() == [text[0] in "\"“‘'«„" for text in texts]
    ended = [text.rstrip("\"'”’)]»").endswith((".", "!", "?", "…")) for text in texts]
    assert lines.texts.ended(lines.begin, lines.end).tolist() == ended
    for sign in ("©", "it", "🌊"):
        assert lines.containing(sign).tolist() == [number for number, text in enumerate(texts) if sign in text]


@given(st.lists(st.text()))
def test_places_are_code_points_whatever_they_need(texts):
    some = Texts(texts)
    assert [some.whole[begin:end] for begin, end in zip(some.begin, some.end, strict=True)] == texts
    assert "".join(map(chr, some.points)) == some.whole
    begin, end = some.stripped(some.begin, some.end)
    assert [some.whole[a:b] for a, b in zip(begin, end, strict=True)] == [text.strip() for text in texts]


def test_no_white_space_is_beyond_the_table_of_blanks():
    assert not any(chr(point).isspace() for point in range(len(_BLANK), 0x110000))


def test_a_closing_mark_alone_ends_no_sentence():
    some = Texts(["a.”"])
    assert some.ended(np.array([0, 2]), np.array([3, 3])).tolist() == [True, False]
