"""Marked passages of one body: golden cases, promises that hold for any body, and an article as people keep theirs."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import index
from broadsheet.duplicates import fingerprints, lines, repeats, rolling_hash, shingles
from broadsheet.duplicates.lines import REASONS
from broadsheet.duplicates.patterns import AGENCIES, CONTAINING, OPENINGS
from broadsheet.duplicates.pull_quotes import QUOTED

LINES = [
    "OSTREY (Northern Wire) – The ferry sank.", "(CNN) -- She sank.", "Advertisement", "READ MORE: The lamp", "Share", "©",
    "“The gates were open the whole night,” she said.", "The gates were open the whole night", "It rained.", "(", "-- ", "\u200b",
    "© 2024 Tollmere Ledger. All rights reserved.", "Picture: FLARE/Nell Kabongo", "“", "…", "Sign up here", " \t", "\x00", "İß",
    "Northern Wire contributed to this report.", "The gates were open the whole night.", "It froze. The lamp went out at nine.",
]  # fmt: skip
BREAKS = ["\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n \n", "\u2028", " "]
BODIES = st.lists(st.sampled_from(LINES + BREAKS) | st.text(max_size=8), max_size=25).map("".join)


def read(body: str) -> list[tuple[str, str]]:
    return [(row.reason, body[row.start : row.end]) for row in repeats(body).itertuples()]


@pytest.mark.golden("repeats")
def test_lines_are_marked_as_the_golden_cases_say(case):
    """A line of other text follows: a correction or note that stands alone is the article."""
    assert [f"{reason}={text}" for reason, text in read(f"{case.input}\n\nNobody was hurt.")] == case.expected


@pytest.mark.parametrize("body", ["Correction: it was Tuesday.", "Editor’s note: we are moving.\n\n© 2024 Orrin Post."])
def test_a_correction_or_note_without_other_text_is_the_article(body):
    assert [reason for reason, _ in read(body)] == ["copyright"] * body.count("©")


def test_every_reason_has_a_golden_case(golden):
    told = (golden.parent / "repeats" / "wild.tsv").read_text("utf-8")
    assert [reason for reason in REASONS[1:] if f"{reason}=" not in told] == ["headline"]  # which no body tells
    assert {form.reason for form in CONTAINING} <= set(OPENINGS)


def test_a_row_has_the_span_and_the_reason():
    assert repeats("It rained.\n\n Share ").to_dict("records") == [{"start": 13, "end": 18, "reason": "share"}]


@pytest.mark.parametrize("body", ["", "\n", "It rained.", "It rained.\r\n\r\nIt froze.", "One\rTwo\u2028Three\x85Four"])
def test_a_body_without_a_mark_has_no_row_but_the_columns(body):
    found = repeats(body)
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == {"start": "int64", "end": "int64", "reason": "str"}


def test_each_agency_is_known_in_a_dateline_without_a_dash():
    for agency in AGENCIES:
        assert read(f"Ostrey ({agency}) The ferry sank.") == [("dateline", f"Ostrey ({agency})")]
        assert read(f"Ostrey ({agency}) said so.") == []


@pytest.mark.parametrize("words", [QUOTED[0] - 1, QUOTED[0], QUOTED[-1], QUOTED[-1] + 1])
def test_a_pull_quote_has_seven_to_sixty_words(words):
    pulled = " ".join(f"w{number}" for number in range(words))
    found = read(f"It rained, {pulled}, and it froze.\n\n{pulled}\n\nIt thawed.")
    assert found == ([("pull quote", pulled)] if words in QUOTED else [])


@settings(deadline=None, max_examples=300)
@given(BODIES)
def test_spans_are_ordered_stripped_and_within_the_body(body):
    last = 0
    for row in repeats(body).itertuples():
        assert last <= row.start < row.end <= len(body)
        assert body[row.start : row.end] == body[row.start : row.end].strip()
        assert row.reason in REASONS[1:]
        last = row.end


@settings(deadline=None, max_examples=300)
@given(BODIES)
def test_blank_lines_more_or_less_change_nothing(body):
    roomy = "\n\n\n" + body.replace("\n\n", "\n \n\n\t\n") + "\n\n"
    assert read(roomy) == read(body)


@settings(deadline=None, max_examples=200)
@given(BODIES)
def test_line_ends_of_windows_change_nothing(body):
    body = body.replace("\r", "")
    assert [(reason, text.replace("\r", "")) for reason, text in read(body.replace("\n", "\r\n"))] == read(body)


def test_a_body_of_two_megabytes_is_read_and_its_pull_quote_found(writer):
    write = writer(1)
    paragraphs = [write.body(1) for _ in range(9_000)]
    pulled = paragraphs[4_000].split(". ")[0].rstrip(".")
    body = "\n\n".join([*paragraphs, pulled])
    assert len(body) > 1.9e6
    assert read(body) == [("pull quote", pulled)]
    assert read(body.replace("\n", " ")) == []


@pytest.mark.parametrize("lot", [1, 40, 10**9])
def test_articles_are_the_same_read_in_one_lot_or_in_many(writer, monkeypatch, lot):
    write = writer(3)
    bodies = ["", "Share", *(f"OSTREY (Northern Wire) – {write.body(2)}\n\nRead more" for _ in range(6)), "***"]
    monkeypatch.setattr(fingerprints, "AT_ONCE", lot)
    found, _ = fingerprints.stored_fingerprints(bodies)
    words = index.tokens_of(bodies)
    runs = rolling_hash.hash_words(words)
    pd.testing.assert_frame_equal(found.lines, lines.line_table([lines.line_arrays(words, runs, bodies)]))
    whole = shingles.shingles(runs, found.edges)
    begun = np.cumsum([0, *(kept.edges[-1] for kept in found.shingles)])
    assert [
        word + before for kept, before in zip(found.shingles, begun, strict=False) for word in kept.word.tolist()
    ] == whole.word.tolist()
    assert np.concatenate([kept.shingle for kept in found.shingles]).tolist() == whole.shingle.tolist()


def test_figures_are_alike_in_a_line_with_a_word_that_is_not_a_sentence():
    known = dict(zip(FIGURES, lines.known_by(FIGURES), strict=True))
    assert known["Page 3"] == known["Page 12"] != known["Page"]
    assert known["Page 3 4"] != known["Page 3"]
    assert known["Page 3."] != known["Page 12."]
    assert len({known["2020"], known["1984"], known["3 4"], known["***"]}) == 4
    assert known["***"] == known[""] == 0


FIGURES = ["Page", "Page 3", "Page 12", "Page 3 4", "Page 3.", "Page 12.", "2020", "1984", "3 4", "***", ""]


def test_a_gallery_is_marked_however_many_captions_it_has(writer):
    write = writer(2)
    shots = " ".join(f"Photos: The flood {write.sentence()} Hide Caption {number} of 60" for number in range(1, 61))
    assert len(shots.split()) > 400
    assert read(f"It rained.\n\n{shots}\n\nIt froze.") == [("photograph", shots)]
    assert read(f"It rained.\n\n{shots} {write.body(40)}") == []


def test_ten_thousand_equal_paragraphs_are_one_text():
    """Each stands next to the one before: no refrain."""
    assert len(repeats("\n\n".join(["The gates were open the whole night."] * 10_000))) == 9_999


ARTICLE = """date 2024-11-03
The lamp on the quay at Ostrey has been dark since the storm, and nobody in the harbour office will say who is to light it.

Vida Tamm has kept it for thirty years. She was told in May that the oil would not be paid for any longer.

“I asked them for the paper with the decision on it,” she said. “There is no paper. There was a man on the telephone, and he had a cold.

“So I bought the oil myself, and I went on buying it. You cannot put a lamp out because somebody has a cold.

“My mother lit it, and her uncle before her, and in all that time no boat was lost on the bar. Not one. Then they shut the purse.”

You cannot put a lamp out because somebody has a cold

The office, which moved to Tollmere in the spring, says that the lamp is “under review”. Its tide tables still call it a light.

On the night of the storm three boats missed the bar. Two came in at dawn; the third, the Heron, is still on the sand, and children climb on her.

“I saw her coming and I knew,” said Aldo Roe, who mends nets below the wall. “I had a torch. I stood there with a torch for a boat of forty metres. She went on as if I were a star.”

I stood there with a torch for a boat of forty metres

Roe has since been asked to write down what he saw. He has not done so. “They can come and ask me,” he said. “They know where the wall is.”

My mother lit it, and her uncle before her, and in all that time no boat was lost on the bar. Not one. Then they shut the purse.

A meeting is called for Thursday. Tamm will not go. She has oil to buy.
"""


def test_of_an_article_with_three_pull_quotes_exactly_these_are_marked(news):
    """The quotation that runs over three paragraphs, each with a mark of its own, stays; so do its echoes in the text."""
    corpus = news({"lamp.txt": ARTICLE})
    (body,) = corpus.articles["body"]
    pulled = [
        "You cannot put a lamp out because somebody has a cold",
        "I stood there with a torch for a boat of forty metres",
        "My mother lit it, and her uncle before her, and in all that time no boat was lost on the bar. Not one. Then they shut the purse.",
    ]
    assert body.startswith("The lamp on the quay")
    assert corpus.text(corpus.repeats).tolist() == pulled
    assert set(corpus.repeats["reason"]) == {"pull quote"}
    marked = corpus.sentences[corpus.sentences["repeat"] == "pull quote"]
    assert corpus.text(marked).tolist() == [pulled[0], pulled[1], *pulled[2].replace(". ", ".\n").split("\n")]
    counted = corpus.counted().tokens
    assert counted.uses("torch").sum() == 2
    assert len(corpus.tokens) - len(counted) == sum(len(text.split()) for text in pulled)


def test_pieces_of_a_quotation_are_not_pull_quotes_of_one_another():
    pieces = [
        f"“The boat of the {place} was the last that came in before the dark." for place in ("mate", "wife", "boy")
    ]
    for order in itertools.permutations(pieces):
        assert read("\n\n".join(order) + "”") == []
