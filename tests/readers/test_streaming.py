"""Reading in chunks: bodies are passed on as they are read, in little memory, with the same result."""

import codecs
import functools
import gzip
import io
import json
import pathlib
import random
import tracemalloc

import pandas as pd
import pytest

from broadsheet.readers import COLUMNS, formats, list_folder, read_articles
from broadsheet.readers.encoding import CHUNK, detect

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "corpus"
ROWS = [{"id": n, "title": f"No {n}", "text": f"Body {n}.", "words": n} for n in range(3)]
LATE = {"text": "w" * CHUNK}  # what stands behind this record is not in the first piece that is read


def parquet(rows: list[dict]) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_parquet(buffer)
    return buffer.getvalue()


def lines(*records: dict, end: str = "\n") -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + end for record in records)


EVERY_FORMAT = {
    "a.txt": "date 2021-05-23\nA text.",
    "b.md": "---\ntitle: A heading\ntags: [x, y]\n---\nA marked text.",
    "c.csv": "title,text\nMill,It burned.\nMill,\nWeir,It broke.\n",
    "d.tsv": 'title\ttext\nMill\t"It burned," she said.\n',
    "e.json": json.dumps(ROWS),
    "f.json": lines(*ROWS) + "{",
    "g.jsonl": lines(*ROWS, {"text": "A text."}, {"text": ""}),
    "h.jsonl.gz": gzip.compress(lines({"text": "Packed."}).encode()),
    "i.parquet": parquet([{"text": "A row."}, {"text": None}, {"text": "A row."}]),
    "j.csv": "title,summary\nMill,Gone\n",
    "k.txt": b"\0",
    "l.txt": "The mill’s wheel.".encode("cp1252"),
}


def agree(path: pathlib.Path) -> None:
    taken = []
    bodiless, audit_of_taken = read_articles(list_folder(path), taken.append)
    articles, audit = read_articles(list_folder(path))
    assert taken == articles.body.tolist() != []
    pd.testing.assert_frame_equal(bodiless, articles.drop(columns="body"))
    pd.testing.assert_frame_equal(audit_of_taken, audit)


def test_take_gets_every_body_in_reading_order_and_the_table_has_none(corpus, tmp_path):
    corpus(EVERY_FORMAT)
    agree(tmp_path / "corpus")


@pytest.mark.parametrize("name", [name for name in EVERY_FORMAT if name[0] not in "jk"])
def test_take_gets_every_body_of_each_format(corpus, tmp_path, name):
    corpus({name: EVERY_FORMAT[name]})
    agree(tmp_path / "corpus")


def test_the_golden_corpus_is_read_alike_with_and_without_take():
    agree(GOLDEN)


def test_take_gets_no_body_that_is_set_aside(corpus, tmp_path):
    _, audit = corpus({"a.jsonl": lines(ROWS[0], {"text": ""}, ROWS[0], ROWS[1]) + "{"})
    taken = []
    articles, _ = read_articles(list_folder(tmp_path / "corpus"), taken.append)
    assert taken == ["Body 0.", "Body 1."]
    assert list(audit.reason) == ["", "no body", "same record", "", "malformed"]
    assert list(articles.columns) == [*(name for name in COLUMNS if name != "body"), "words"]


def test_bodies_are_taken_before_the_next_file_is_opened(corpus, tmp_path):
    corpus({"a.txt": "Here.", "b.txt": "Here as yet."})
    _, audit = read_articles(
        list_folder(tmp_path / "corpus"), lambda _: (tmp_path / "corpus" / "b.txt").unlink(missing_ok=True)
    )
    assert list(audit.reason) == ["", "not text"]


def unpacked_only_as_read(monkeypatch) -> None:
    monkeypatch.setattr(formats, "SMALL_UNPACKED", 2**16)


RECORD = {"text": "w " * 30_000}


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.jsonl.gz"])
def test_a_file_is_read_in_little_memory(tmp_path, monkeypatch, name):
    """A thousand records of 60 kB; only their rows in the tables stay in memory."""
    unpacked_only_as_read(monkeypatch)
    with (gzip.open if name.endswith("gz") else open)(tmp_path / name, "wt", encoding="utf-8") as file:
        file.write("text\n" if "sv" in name else "")
        for number in range(1000):
            file.write(
                f"{number} é {RECORD['text']}\n" if "sv" in name else lines({"text": f"{number} {RECORD['text']}"})
            )
    lengths = []
    tracemalloc.start()
    articles, audit = read_articles(list_folder(tmp_path / name), lambda body: lengths.append(len(body)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(articles) == len(audit) == 1000
    assert sum(lengths) > 59_000_000
    assert peak < 8_000_000


def table(name: str, rows: list[dict]) -> str:
    return "text\n" + "\n".join(row["text"] for row in rows) if "sv" in name else lines(*rows)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.jsonl.gz"])
def test_one_late_byte_is_read_as_windows_1252_and_changes_no_other_record(one, monkeypatch, name):
    unpacked_only_as_read(monkeypatch)
    rows = [{"text": "café"}, LATE, {"text": "the mill’s"}, {"text": "the weir’s"}]
    data = table(name, rows).encode().replace("mill’".encode(), b"mill\x92")
    articles, audit = one(name, gzip.compress(data) if name.endswith("gz") else data)
    assert articles.body.tolist() == ["café", LATE["text"], "the mill’s", "the weir’s"]
    assert list(audit.notes) == ["no date", "no date", "no date; cp1252", "no date"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_file_without_valid_utf8_is_windows_1252_and_only_the_records_that_show_it_are_noted(one, name):
    rows = [{"text": "plain"}, LATE, {"text": "the mill’s café"}]
    articles, audit = one(name, table(name, rows).encode("cp1252"))
    assert articles.body.tolist() == ["plain", LATE["text"], "the mill’s café"]
    assert list(audit.notes) == ["no date", "no date", "no date; cp1252"]


@pytest.mark.parametrize("late", [b"\0", b"\x81"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv"])
def test_one_late_byte_that_is_no_character_costs_no_record(one, name, late):
    rows = [{"text": "It burned."}, LATE, {"text": "It bro@ke."}, {"text": "It sank."}]
    articles, audit = one(name, table(name, rows).encode().replace(b"@", late))
    assert articles.body.tolist() == [
        "It burned.",
        LATE["text"],
        f"It bro{'' if late == b'%c' % 0 else chr(0xFFFD)}ke.",
        "It sank.",
    ]
    assert list(audit.notes) == ["no date", "no date", "no date; repaired", "no date"]


def test_a_late_nul_in_a_text_is_dropped_and_noted(one):
    articles, audit = one("a.txt", LATE["text"].encode() + b" It sank.\0")
    assert articles.body[0].endswith("w It sank.")
    assert audit.notes[0] == "no date; repaired"


@pytest.mark.parametrize("content", [b"It burned. " * 9 + b"\0" * 9, LATE["text"].encode() + b"\0" * (CHUNK // 50)])
def test_many_nuls_are_not_text(one, content):
    assert list(one("a.txt", content)[1].reason) == ["not text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n \n\r\n"])
def test_marks_and_line_ends_are_read_alike(one, encoding, end):
    rows = [{"text": "mill é 😀\u2028x"}, LATE, {"text": "\ufeffweir"}]
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    articles, audit = one("a.jsonl", mark + lines(*rows, end=end).encode(encoding))
    assert articles.body.tolist() == [row["text"] for row in rows]
    assert list(audit.record) == [1, 2, 3]
    assert list(articles.source) == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]


@pytest.mark.parametrize("shift", range(5))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_character_may_cross_two_chunks(one, encoding, shift):
    text = "w" * (CHUNK // (2 if encoding == "utf-16" else 1) - 12 - shift) + "😀é" * 8
    articles, audit = one("a.jsonl", lines({"text": text}).encode(encoding))
    assert articles.body[0] == text
    assert audit.notes[0] == "no date"


def test_a_line_may_be_very_long_and_the_last_have_no_end(one):
    rows = [{"text": "long " * 600_000 + "é"}, {"text": "Short."}]
    articles, audit = one("a.jsonl", "\n\n" + lines(*rows).rstrip("\n"))
    assert articles.body.tolist() == [row["text"] for row in rows]
    assert list(audit.record) == [1, 2]


def test_control_characters_are_counted_at_the_beginning_only(one):
    assert list(one("a.txt", LATE["text"] + "\x01" * CHUNK)[1].reason) == [""]
    assert list(one("a.txt", "\x01" * 700 + LATE["text"])[1].reason) == ["not text"]
    assert list(one("a.txt", "\x01" * 600 + LATE["text"])[1].reason) == [""]


@pytest.mark.parametrize("content", [lines(ROWS[0], LATE, ROWS[1]).encode(), b"\xff\xfe\x00", b"\0" * CHUNK])
def test_an_archive_that_is_cut_short_is_malformed(one, monkeypatch, content):
    monkeypatch.setattr(formats, "SMALL_UNPACKED", 1)
    assert one("a.jsonl.gz", gzip.compress(content)[:-9])[1][["record", "reason"]].values.tolist() == [[1, "malformed"]]


def test_an_archive_that_is_cut_while_it_is_read_is_malformed_from_there(tmp_path, monkeypatch):
    unpacked_only_as_read(monkeypatch)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(
        gzip.compress(lines(*({"text": random.Random(n).randbytes(99_000).hex()} for n in range(9))).encode())
    )
    articles, audit = read_articles(list_folder(path), lambda _: path.write_bytes(path.read_bytes()[:300_000]))
    assert 1 <= len(articles) < 9
    assert list(audit.reason) == [""] * len(articles) + ["malformed"]
    assert list(audit.record) == list(range(1, len(audit) + 1))


def test_a_text_that_changes_while_it_is_read_is_read_to_its_end():
    found = detect(functools.partial(io.BytesIO, b"The mill burned."))
    changed = type(found)(functools.partial(io.BytesIO, b"The mill\xff\n\xe2"), found.encoding)
    assert (list(changed.lines()), changed.whole()) == (["The mill\udcff\n", "\udce2"], "The mill\udcff\n\udce2")


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('{"text": "One."}\n{"text": "Two."}', ["", ""]),
        ('\n {"text": "One."}\n\n[', ["", "malformed"]),
        ('{"articles": [{"text": "One."}]}\n \n', [""]),
        ('{"articles": [{"text": "One."}]}\n{"text": "Two."}', ["", ""]),
        ('{"text":\n"One."}', [""]),
        ('{"text": "One."} x\n{"text": "Two."}', ["malformed", ""]),
        ('[{"text": "One."},\n{"text": "Two."}]', ["", ""]),
    ],
)
def test_json_is_lines_when_the_first_is_an_object_and_more_follow(one, content, reasons):
    assert list(one("a.json", content)[1].reason) == reasons


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('title,text\nMill,"cut" off\nMill,It burned.\n', ["malformed", ""]),
        ('title,summary\nMill,"cut" off\nMill,Gone\n', ["no text column"]),
        ('title,summary\nMill,"cut" off\n', ["malformed"]),
    ],
)
def test_a_table_is_judged_by_its_first_good_row(one, content, reasons):
    assert list(one("a.csv", content)[1].reason) == reasons


def test_a_parquet_file_is_read_entirely_or_not_at_all(tmp_path):
    """The second row group is broken; no article of the first may be taken."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({"text": [random.Random(n).randbytes(500).hex() for n in range(2000)]})
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=1000, compression="gzip", use_dictionary=False)
    taken = []
    assert len(read_articles(list_folder(path), taken.append)[0]) == len(taken) == 2000
    middle = pyarrow.parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset + 5000
    data = bytearray(path.read_bytes())
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    _, audit = read_articles(list_folder(path), taken.append)
    assert audit[["record", "reason"]].values.tolist() == [[1, "malformed"]]
    assert len(taken) == 2000


def test_parquet_columns_of_one_name_are_malformed(tmp_path):
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table([["One."], ["Two."]], names=["text", "text"]), tmp_path / "a.parquet")
    assert list(read_articles(list_folder(tmp_path / "a.parquet"))[1].reason) == ["malformed"]
