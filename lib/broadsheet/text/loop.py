"""The rules of `words` and `sentences`, compiled: two loops over the UTF-8 bytes of many articles.

The first finds the words and notes the gaps that are more than one space; the second visits only these gaps and finds
where sentences end. Each is one function, because a call costs more than the work in it. numba compiles anew when this
file changes, not when imported constants do.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from broadsheet.text.automaton import FAR, FOLLOWS, IDLE, MANY
from broadsheet.text.characters import (
    APOSTROPHE,
    BLANK,
    CLOSING,
    DIGIT,
    HYPHEN,
    LINE,
    LOWER,
    MARK,
    NOTHING,
    OPENING,
    OTHER,
    STOP,
    STRAIGHT,
    UPPER,
)
from broadsheet.text.sentences import ADDRESS, EITHER, NUMBERED, OPENER, TITLE

MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
ONE = np.uint64(1)
EACH = np.uint64(0x0101010101010101)  # times a number below 256: that number in each of eight bytes
LINE_END, SPACE, POINT, CAPITAL_I, QUOTE = 10, ord(" "), ord("."), ord("I"), ord('"')


class Words(NamedTuple):
    """The printed words, numbered in order of appearance, in an open-addressing hash table."""

    table: np.ndarray  # rows: hash; twice (number + 1), plus 1 if the hash is the whole word, or 0 for none
    starts: np.ndarray  # of each word in `letters`, and where the next begins
    letters: np.ndarray  # UTF-8, each word with a line end
    lengths: np.ndarray  # in code points


class Found(NamedTuple):
    """Room for the words and sentences, as in `passes.Pass`."""

    word: np.ndarray
    gap: np.ndarray
    spans: np.ndarray
    far: np.ndarray
    tokens: np.ndarray
    sentences: np.ndarray


class Gaps(NamedTuple):
    """The gaps between two words that are more than one space, and after the last word of an article."""

    token: np.ndarray  # the token after the gap
    start: np.ndarray  # offset of its first byte
    end: np.ndarray  # offset after its last byte
    place: np.ndarray  # offset of its first code point in the article


@njit(cache=True, nogil=True)
def code_point(data, at):
    """Return the code point that begins at `at`."""
    lead = np.int64(data[at])
    if lead < 0x80:
        return lead
    if lead < 0xE0:
        return (lead & 31) << 6 | np.int64(data[at + 1] & 63)
    if lead < 0xF0:
        return (lead & 15) << 12 | np.int64(data[at + 1] & 63) << 6 | np.int64(data[at + 2] & 63)
    high = (lead & 7) << 18 | np.int64(data[at + 1] & 63) << 12
    return high | np.int64(data[at + 2] & 63) << 6 | np.int64(data[at + 3] & 63)


@njit(cache=True, nogil=True)
def leading_letters(data, at):
    """Return the ASCII letters from `at` up to the first other byte, eight at most, as an integer; and their number."""
    eight = np.uint64(0)
    for byte in range(8):  # which the compiler makes one load
        eight |= np.uint64(data[at + np.uint64(byte)]) << np.uint64(8 * byte)
    small = (eight | EACH * np.uint64(32)) & EACH * np.uint64(127)  # lower case, each byte's high bit free
    from_a, beyond_z = small + EACH * np.uint64(128 - ord("a")), small + EACH * np.uint64(127 - ord("z"))
    others = (~from_a | beyond_z | eight) & EACH * np.uint64(128)
    if others == 0:
        return eight, 8
    letters = ((others & (~others + ONE)) - ONE) >> np.uint64(7)  # all bits of the bytes before the first other
    return eight & letters, np.int64((letters & EACH) * EACH >> np.uint64(56))


@njit(cache=True, nogil=True)
def read_words(data, start, stop, kinds, plain, steps, whole, words, count, word, gap, tokens, gaps):
    """Read the words of one article, data[start:stop]; eight more bytes must follow, the first not a letter.

    plain : OUTSIDE or IDLE, by byte. steps, whole : the automaton of a word.
    words, count : the known words, with room for more; their number.
    word, gap : filled from `tokens` on: the word's number, and the characters since the word before.
    gaps : filled. Returns the new count and tokens, and the number of gaps written.
    """
    table, starts, letters, lengths = words
    mask = np.uint64(len(table) - 1)
    at, place, gap_start, gap_place, blanks, quiet, gapped = start, 0, start, 0, False, False, 0
    while at < stop:
        # The longest run from `at` that is a word: `end` is where it ends, `length` its code points.
        run, hashed, size = np.uint64(at), np.uint64(0), 8  # unsigned: numba looks twice at what might be negative
        while size == 8:
            eight, size = leading_letters(data, run)
            hashed = (hashed ^ eight) * MIX
            run += np.uint64(size)
        ahead = end = np.int64(run)
        length = end - at
        if length == 0 and plain[data[at]] == IDLE:
            blanks &= kinds[data[at]] == BLANK or kinds[data[at]] == LINE
            at, place = at + 1, place + 1
            continue
        short = length < 8  # then the hash is the word itself
        if length < 2 or not plain[data[ahead]]:
            beyond, state, mixed = length, MANY if length > 1 else np.int64(length), hashed
            while ahead < stop:
                point = code_point(data, ahead)
                state = np.int64(steps[state, kinds[point]])
                if state < 0:
                    break
                mixed = (mixed ^ np.uint64(point)) * MIX
                ahead += 1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF)
                beyond += 1
                if whole[state]:
                    end, length, hashed, short = ahead, beyond, mixed, False
        if end == at:  # no word begins here: the gap goes on
            point = code_point(data, at)
            blanks &= kinds[point] == BLANK or kinds[point] == LINE
            at += 1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF)
            place += 1
            continue
        # Its number: known, or the next.
        value, size = np.int64(hashed ^ (hashed >> np.uint64(32))), end - at
        slot = np.uint64(value) & mask
        while True:
            number = (table[slot, 1] >> 1) - 1
            if number < 0:
                number, first = count, starts[count]
                for byte in range(size):
                    letters[first + byte] = data[at + byte]
                letters[first + size] = LINE_END
                starts[count + 1], lengths[count] = first + size + 1, length
                table[slot, 0], table[slot, 1] = value, (count + 1) << 1 | short
                count += 1
                break
            if table[slot, 0] == value and table[slot, 1] & 1 == short:
                first, byte = starts[number], size if short else 0
                if not short and starts[number + 1] - first == size + 1:
                    while byte < size and letters[first + byte] == data[at + byte]:
                        byte += 1
                if byte == size:
                    break
            slot = (slot + ONE) & mask
        word[tokens] = number
        if at - gap_start == 1 and quiet:  # one blank, most often
            gap[tokens] = FOLLOWS | 1
        else:
            gap[tokens] = min(place - gap_place, FAR) | (FOLLOWS if blanks and place > gap_place else 0)
            gaps.token[gapped], gaps.start[gapped] = tokens, gap_start
            gaps.end[gapped], gaps.place[gapped] = at, gap_place
            gapped += 1
        tokens += 1
        at, place = end, place + length
        gap_start, gap_place, blanks, quiet = at, place, True, False
        if at < stop and data[at] == SPACE:
            quiet = data[at - 1] != POINT
            at, place = at + 1, place + 1
    gaps.token[gapped], gaps.start[gapped], gaps.end[gapped], gaps.place[gapped] = tokens, gap_start, stop, gap_place
    return count, tokens, gapped + 1


# The gap so far ends with: stops; closing marks after them; an opening mark right after.
STOPPING, CLOSED, AHEAD = 1, 2, 3


@njit(cache=True, nogil=True)
def kind_before(data, at, kinds):
    """Return the kind of the character before `at`."""
    at -= 1
    while data[at] & 192 == 128:
        at -= 1
    return np.int64(kinds[code_point(data, at)])


@njit(cache=True, nogil=True)
def closing_mark(point):
    """Return the mark that closes what `point` opens, as in `sentences.CLOSED_BY`; 0 if it opens nothing."""
    if point == 0x201C:
        return 0x201D
    if point == 0x2018:
        return 0x2019
    if point == 0xAB:
        return 0xBB
    if point == QUOTE:
        return QUOTE
    if point == 0x28:
        return 0x29
    return 0x5D if point == 0x5B else 0


@njit(cache=True, nogil=True)
def end_sentence(spans, number, begin, end, head, opens):
    """Write a sentence."""
    spans[0, number], spans[1, number], spans[2, number], spans[3, number] = begin, end, head, opens


@njit(cache=True, nogil=True)
def read_sentences(data, kinds, known, lengths, word, first_token, gaps, to, spans, sentences, far, fars):
    """Find the sentences of one article; `to` is the number of its `gaps`.

    known : kinds of the first words, as in `sentences.KNOWN`. lengths : of all words. word : of each token.
    spans : filled from `sentences` on: begin, end (code points), first token, 1 where a paragraph begins.
    far : filled from `fars` on with the gaps too long for a byte. Returns the new sentences and fars.
    """
    begun, head, closing, opened, first = -1, first_token, 0, 0, sentences
    for number in range(to):
        after, at, stop, place = gaps.token[number], gaps.start[number], gaps.end[number], gaps.place[number]
        before, knows, knew = -1, 0, NOTHING  # the word before, what is known of it, the kind of its last character
        if after > first_token:
            before, knew = np.int64(word[after - 1]), kind_before(data, at, kinds)
            knows = np.int64(known[before]) if before < known.size else 0
        initial = knew == UPPER and lengths[before] == 1 and data[at - 1] != CAPITAL_I
        own_stop = knew == STOP  # U.S. ends with what may be the sentence's stop too
        gap_place, last, previous, lines = place, place, knew, 0
        run, run_length, run_state, run_stop = place - own_stop, np.int64(own_stop), np.int64(own_stop), own_stop
        cut, plain, beyond = -1, False, -1  # the last end possible, if it is a single stop's, what comes after it
        while at < stop:
            point = code_point(data, at)
            kind = np.int64(kinds[point])
            at += 1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF)
            if kind == BLANK or kind == LINE:
                if run_state == STOPPING or run_state == CLOSED:
                    plain = run_state == STOPPING and run_length == 1 and run_stop and run == gap_place - own_stop
                    cut, beyond = place, -1
                run_state = 0
                lines += kind == LINE
                if lines == 2:  # a blank line: the paragraph ends
                    if begun >= 0:
                        end_sentence(spans, sentences, begun, last, head, sentences == first)
                        sentences += 1
                    begun, head, closing, first, before, cut = -1, after, 0, sentences, -1, -1
            else:
                lines, last = 0, place + 1
                begun = place if begun < 0 else begun
                beyond = place if beyond < 0 else beyond
                if kind == STOP or kind == MARK:
                    if run_state != STOPPING:
                        run, run_length, run_state = place, 0, STOPPING
                    run_length, run_stop = run_length + 1, kind == STOP
                elif run_state == 0 or run_state == AHEAD:
                    run_state = 0
                elif kind == CLOSING or kind == STRAIGHT or kind == APOSTROPHE:
                    run_state = CLOSED
                else:
                    run_state = AHEAD if kind == OPENING else 0
                pair = closing_mark(point)
                if kind == STRAIGHT:  # opens only before text, in a quotation only after a space or dash
                    following = np.int64(kinds[code_point(data, at)]) if at < stop or number < to - 1 else NOTHING
                    leads = previous == BLANK or previous == LINE or previous == OTHER or previous == HYPHEN
                    if (
                        following == BLANK
                        or following == LINE
                        or following == NOTHING
                        or (closing == QUOTE and not (leads or previous == OPENING))
                    ):
                        pair = 0
                if closing and point == closing and (pair == 0 or kind != STRAIGHT):
                    while sentences > first and spans[1, sentences - 1] > opened:  # closed, so not split
                        sentences -= 1
                        begun, head = np.int64(spans[0, sentences]), np.int64(spans[2, sentences])
                    closing = 0
                elif pair and (closing == 0 or closing == pair):
                    closing, opened = pair, place
            previous = kind
            place += 1
        if number == to - 1:  # the article ends
            if begun >= 0:
                end_sentence(spans, sentences, begun, last, head, sentences == first)
                sentences += 1
            break
        if place - gap_place >= FAR:
            far[fars, 0], far[fars, 1] = after, place - gap_place
            fars += 1
        kind, following = np.int64(kinds[code_point(data, stop)]), 0
        if word[after] < known.size:
            following = np.int64(known[word[after]])
        if begun < 0:
            begun = place
        elif before >= 0:
            if cut < 0:  # no blank: "It rained.Then it froze."
                if run_state and run == gap_place - own_stop and kind == UPPER and knew == LOWER:
                    if lengths[before] > 1 and not knows & TITLE:
                        cut = opened if closing and opened >= gap_place else place
                        cut = place - 1 if run_state == AHEAD else cut
                        beyond = cut
            elif (
                (kind == LOWER and not following & ADDRESS)
                or (plain and (knows & TITLE or (knows & NUMBERED and kind == DIGIT)))
                or (plain and (own_stop or initial or knows & EITHER) and not following & OPENER)
            ):
                cut = -1
            if cut >= 0:
                end_sentence(spans, sentences, begun, cut, head, sentences == first)
                sentences += 1
                begun, head = beyond if beyond >= cut else place, after
    return sentences, fars


@njit(cache=True, nogil=True)
def has_room(words, count, size):
    """Return whether the words of an article of so many bytes fit if all are new, with a quarter of the table left free."""
    most = count + size // 2 + 256  # a new word takes two bytes or more with its separator, single letters apart
    return most < len(words.table) * 3 // 4 and words.starts[count] + 2 * size < words.letters.size


@njit(cache=True, nogil=True)
def read(data, ends, kinds, plain, steps, whole, known, words, count, gaps, found):
    """Read many articles in `data` (UTF-8), each up to its end in `ends` and one byte apart.

    kinds : of each code point, as in `characters`. plain, steps, whole : see `read_words`.
    words, count : the known words; known : their kinds. gaps : room for those of the longest article. found : room for all.

    Returns the number of articles read, of far gaps, and of words. It stops before an article whose words might not fit.
    """
    word, gap, spans, far, tokens, sentences = found
    fars, start, document = np.int64(0), np.int64(0), np.int64(0)
    tokens[0] = sentences[0] = 0
    while document < ends.size and has_room(words, count, ends[document] - start):
        stop, token = ends[document], tokens[document]
        count, last, gapped = read_words(
            data, start, stop, kinds, plain, steps, whole, words, count, word, gap, token, gaps
        )
        ended, fars = read_sentences(
            data, kinds, known, words.lengths, word, token, gaps, gapped, spans, sentences[document], far, fars
        )
        for sentence in range(sentences[document], ended):
            if spans[2, sentence] < last:
                gap[spans[2, sentence]] &= FAR
        start, document = stop + 1, document + 1
        tokens[document], sentences[document] = last, ended
    return document, fars, count
