"""The corpus: finding it, selecting and counting articles, and odd corpora."""

import datetime
import time
import types

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import broadsheet
from broadsheet import readers, report, schema, sentiment, tables
from broadsheet.corpus import archive, loading, look
from broadsheet.errors import CorpusError, ParameterError

ONE = {"a.txt": "date 2021-05-23\nThe mill burned."}
UNDATED = {"a.txt": "The mill burned.", "b.txt": "The mill burned. It was old."}
ONE_DAY = {f"{n}.txt": f"date 2021-05-23\nThe mill burned on 22 May 2021, said witness {n}." for n in range(4)}
WORDLESS = {"a.txt": "date 2021-05-23\n* * *", "b.txt": "!"}
ODD = pytest.mark.parametrize("files", [ONE, UNDATED, ONE_DAY, WORDLESS], ids=["one", "undated", "one day", "wordless"])


@pytest.fixture
def corpus(golden):
    return broadsheet.load(golden)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return a project's folder with a reports.toml, in whose subfolder `notebooks` we work."""
    folder = tmp_path.resolve()
    (folder / "notebooks").mkdir()
    (folder / "reports.toml").write_text("")
    monkeypatch.chdir(folder / "notebooks")
    return folder


def laid(folder):
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("The mill burned.")
    return folder


def test_a_corpus_is_searched_for_in_the_working_folder_the_project_and_its_data(desk):
    for place in (desk / "data" / "mill", desk / "mill", desk / "notebooks" / "mill"):
        laid(place)
        assert loading.find("mill") == place


def test_the_nearest_project_upwards_is_searched(desk, monkeypatch):
    (desk / "notebooks" / "deep").mkdir()
    monkeypatch.chdir(desk / "notebooks" / "deep")
    outer = laid(desk / "data" / "mill")
    assert loading.find("mill") == outer
    (desk / "notebooks" / "reports.toml").write_text("")
    with pytest.raises(CorpusError):
        loading.find("mill")
    assert loading.find("../../data/mill") == outer


def test_without_a_project_the_working_folder_and_its_data_are_searched(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = laid(tmp_path / "data" / "mill")
    assert loading.find("mill") == place.resolve()
    assert loading.find(place) == place.resolve()
    assert loading.find(place / "a.txt") == place.resolve() / "a.txt"


@pytest.mark.parametrize("path", ["nowhere", ""])
def test_a_missing_corpus_is_an_error_that_names_every_place_searched(desk, path):
    with pytest.raises(CorpusError) as refused:
        broadsheet.load(path)
    for place in (desk / "notebooks" / path, desk / path, desk / "data" / path):
        assert str(place) in str(refused.value)
    assert "Give a folder or file" in str(refused.value)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "date YYYY-MM-DD"),
        ({"a.jpg": "x", "b.txt": "", "c.txt": ""}, r"\(2 empty, 1 unknown format\).*broadsheet check"),
    ],
)
def test_a_folder_without_an_article_is_an_error_that_names_content_and_fix(tmp_path, files, said):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(CorpusError, match=said):
        broadsheet.load(tmp_path)
    assert look(tmp_path).audit["kept"].sum() == 0
    assert len(look(tmp_path).audit) == len(files)


def test_the_golden_corpus_at_a_glance(corpus):
    """Twelve articles; the storm warning is one story of three outlets; the notice has no date, the withdrawn has no body;
    9 of the 512 words are marked."""
    assert report.glance(corpus) == {
        "articles": 12,
        "stories": 10,
        "words": 512,
        "period": "5 Feb 2019 – 19 Mar 2019",
        "outlets": 3,
        "set aside": 1,
        "without a date": 1,
    }
    assert corpus.title == "The lamp at Marrow Head"
    assert corpus.audit.loc[~corpus.audit["kept"], ["source", "reason"]].to_numpy().tolist() == [
        ["Coast Wire/withdrawn.txt", "no body"]
    ]
    assert corpus.articles.set_index("headline").loc["Two men and a spare bulb", ["byline", "section"]].tolist() == [
        "Ilse Marn",
        "Coast",
    ]


def test_a_glance_at_a_corpus_without_dates_and_outlets(news):
    glance = report.glance(news(UNDATED))
    assert (glance["period"], glance["outlets"], glance["without a date"]) == ("undated", "not named", 2)
    assert "without a date" not in report.glance(news(ONE).select(since="2021-01-01"))


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        ({"since": "2019-03-05"}, {"the-keeper", "letters", "lit-again"}),
        ({"until": "2019-02-06"}, {"dark-night", "lamp-fails"}),
        ({"since": "2019-02-12", "until": "2019-03-01", "outlet": "Pellow Courier"}, {"spare-bulb", "storm-warning", "correction"}),
        ({"query": "petrel"}, {"lamp-fails", "correction"}),  # a correction that stands alone is an article
        ({"query": "HARBOUR lamp", "since": "2019-03-01"}, {"council-vote", "lit-again"}),
        ({"query": "It's"}, {"dark-night"}),
        ({"query": "ferry", "outlet": "Coast Wire"}, {"notice"}),
    ],
)  # fmt: skip
def test_articles_that_meet_every_condition_are_selected(corpus, asked, sources):
    part = corpus.select(**asked)
    assert set(part.articles["source"].str.extract(r"/(?:\d{4}-\d\d-\d\d-)?([\w-]+)\.")[0]) == sources
    assert len(part.articles) == len(part) == len(sources)
    assert part.articles.index.tolist() == list(range(len(part)))


def test_an_undated_article_is_in_no_period(corpus):
    assert corpus.select(since="1700-01-01").articles["published"].notna().sum() == 11
    assert len(corpus.select(until="2100-01-01")) == 11
    assert len(corpus.select()) == 12


def test_a_selection_has_its_own_words_and_leaves_the_corpus_unchanged(corpus):
    part = corpus.select(outlet="Coast Wire")
    assert (len(corpus.tokens), len(part.tokens)) == (512, 36 + 48 + 23)
    assert part.audit is corpus.audit
    assert part.hash != corpus.hash


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"outlet": "pellow couriers"}, "Did you mean Pellow Courier?"),
        ({"outlet": "Bee"}, "Outlets: Coast Wire, Ostrey Herald, Pellow Courier"),
    ],
)
def test_an_outlet_that_no_article_names_is_a_mistake(corpus, asked, said):
    with pytest.raises(CorpusError) as refused:
        corpus.select(**asked)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "asked", [{"since": "2030-01-01"}, {"query": "submarine", "until": "2019-03-01"}, {"query": "?!"}]
)
def test_a_selection_without_articles_has_empty_tables(corpus, asked):
    part = corpus.select(**asked)
    assert (len(part), len(part.sentences), len(part.tokens), len(part.timex)) == (0, 0, 0, 0)
    assert tables.events(part).empty
    assert part.period == "undated"


def test_selecting_an_outlet_where_none_is_named_is_an_error(news):
    with pytest.raises(CorpusError, match="No article names its outlet"):
        news(ONE).select(outlet="Bee")
    with pytest.raises(CorpusError, match=r"Outlets: owl\.$"):
        news({"corpus.toml": 'outlet = "folder"', "owl/a.txt": "Rain.", "b.txt": "Sun."}).select(outlet="Bee")


@pytest.mark.parametrize("asked", [{"since": "May"}, {"until": "2021-02-30"}])
def test_an_invalid_day_is_an_error_that_names_the_argument(corpus, asked):
    with pytest.raises(broadsheet.BroadsheetError, match=next(iter(asked))):
        corpus.select(**asked)


def test_the_hash_depends_on_the_content_and_not_on_the_folder(news):
    there, elsewhere = news(ONE), news({"deep/b.txt": ONE["a.txt"]})
    assert there.hash == elsewhere.hash
    own = "---\nid: 7\n---\nThe mill burned."
    assert news({"a.md": own}).hash != news({"a.md": own.replace("burned", "drowned")}).hash
    assert news({"a.txt": ONE["a.txt"].replace("burned", "drowned")}).hash != there.hash
    assert news({"a.txt": ONE["a.txt"].replace("2021", "2020")}).hash != there.hash
    assert news(UNDATED).hash != there.hash


@pytest.fixture
def from_the_catalogue(news, tmp_path, monkeypatch):
    """Return a function: files by name in, out a corpus in the store whose texts may not be read."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(readers.files, "time", types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10))

    def made(files):
        read = news(files)
        assert report.glance(read)["words"] > 0

        def refuse(*_):
            raise AssertionError("the texts are read")

        for ask in ("texts", "give"):
            monkeypatch.setattr(archive.Archive, ask, refuse)
        return broadsheet.load(read.path)

    return made


MILLS = {
    "corpus.toml": 'outlet = "folder"',
    "Bee/a.txt": "date 2021-05-23\nThe mill burned. It was old.",
    "Bee/b.txt": "date 2021-05-24\nThe weir broke.",
    "Ant/c.txt": "date 2021-05-25\nThe mill stands, and the weir too.",
    "d.txt": "",
}


@pytest.mark.parametrize(
    ("asked", "sources", "words"),
    [
        ({}, ["Ant/c.txt", "Bee/a.txt", "Bee/b.txt"], 16),
        ({"outlet": "Bee"}, ["Bee/a.txt", "Bee/b.txt"], 9),
        ({"since": "2021-05-24"}, ["Ant/c.txt", "Bee/b.txt"], 10),
        ({"until": "2021-05-24", "outlet": "Bee"}, ["Bee/a.txt", "Bee/b.txt"], 9),
        ({"query": "MILL"}, ["Ant/c.txt", "Bee/a.txt"], 13),
        ({"query": "weir mill"}, ["Ant/c.txt"], 7),
        ({"query": "eel"}, [], 0),
    ],
)
def test_a_selection_needs_no_text(from_the_catalogue, asked, sources, words):
    part = from_the_catalogue(MILLS).select(**asked)
    assert part.catalogue["source"].tolist() == sources
    assert (len(part), len(part.tokens), report.glance(part)["words"]) == (len(sources), words, words)
    assert part.sentences["doc_id"].drop_duplicates().tolist() == part.catalogue["doc_id"].tolist()
    assert part.tokens.frame()["term"].tolist().count("the") == part.tokens.uses("the").sum()
    assert set(part.tokens.vocabulary) == set(part.tokens.frame()["term"])


def test_a_glance_needs_no_text(from_the_catalogue):
    corpus = from_the_catalogue(MILLS)
    assert report.glance(corpus) == {
        "articles": 3,
        "stories": 3,
        "words": 16,
        "period": "23 May 2021 – 25 May 2021",
        "outlets": 2,
        "set aside": 1,
    }
    assert len(corpus.audit) == 4
    assert corpus.hash != corpus.select(outlet="Bee").hash
    assert "3 articles" in repr(corpus)
    assert list(corpus.catalogue.columns) == [name for name in schema.ARTICLES if name != "body"]


def test_the_hash_from_the_store_is_the_same(news, from_the_catalogue):
    assert news(MILLS).hash == from_the_catalogue(MILLS).hash


def test_articles_have_our_columns_in_order_and_then_the_users(news):
    rows = (
        '{"words": 1, "text": "Rain.", "desk": "Coast", "story": "own", "title": "Wet"}\n{"text": "Sun.", "zebra": 1.5}'
    )
    articles = news({"a.jsonl": rows}).articles
    assert list(articles.columns) == [*schema.ARTICLES, "words", "desk", "story_given", "zebra"]
    assert articles["body"].tolist() == ["Rain.", "Sun."]
    assert articles["desk"].isna().tolist() == [False, True]


def test_a_selections_articles_equal_those_of_the_corpus(corpus):
    part = corpus.select(outlet="Coast Wire")
    whole = corpus.articles[corpus.articles["outlet"] == "Coast Wire"].reset_index(drop=True)
    pd.testing.assert_frame_equal(part.articles, whole)
    empty = corpus.select(since="2030-01-01").articles
    assert list(empty.columns) == list(corpus.articles.columns)
    assert empty.dtypes.equals(corpus.articles.dtypes)


@pytest.mark.parametrize("kind", ["str", "object", "category"])
def test_passages_are_read_with_any_dtype_of_doc_id(corpus, kind):
    passages = corpus.sentences.sample(frac=1, random_state=2)
    bodies = corpus.articles.set_index("doc_id")["body"]
    read = corpus.text(passages.astype({"doc_id": kind}))
    assert read.tolist() == [bodies[p.doc_id][p.start : p.end] for p in passages.itertuples()]
    assert read.index.equals(passages.index)


def test_unused_categories_in_passages_are_ignored(corpus):
    frame = corpus.tokens.frame(slice(5))
    assert len(frame["doc_id"].cat.categories) == 12
    assert [text.casefold() for text in corpus.text(frame)] == frame["term"].tolist()
    foreign = frame.assign(doc_id=frame["doc_id"].cat.add_categories("of another corpus"))
    assert corpus.text(foreign).tolist() == corpus.text(frame).tolist()


@pytest.mark.parametrize("kind", ["str", "category"])
def test_a_passage_of_an_unknown_article_is_an_error(corpus, kind):
    """It is not read from another article."""
    part = corpus.select(outlet="Coast Wire")
    with pytest.raises((KeyError, broadsheet.BroadsheetError)):
        part.text(corpus.sentences.astype({"doc_id": kind}))


def test_passages_are_read_in_the_callers_order(corpus):
    passages = corpus.sentences.sample(frac=1, random_state=1)[["end", "start", "doc_id"]]
    bodies = corpus.articles.set_index("doc_id")["body"]
    read = corpus.text(passages)
    assert read.index.equals(passages.index)
    assert read.tolist() == [bodies[p.doc_id][p.start : p.end] for p in passages.itertuples()]
    assert len(corpus.text(passages[:0])) == 0


TABLES = ["ARTICLES", "AUDIT", "SENTENCES", "TIMEX", "TONE", "REPEATS", "STORIES"]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "asked",
    [lambda c: c, lambda c: c.counted(), lambda c: c.counted("stories"), lambda c: c.select(since="2030-01-01")],
    ids=["printed", "counted", "stories", "empty"],
)
def test_every_table_has_the_columns_that_the_schema_declares(corpus, name, asked):
    table = getattr(asked(corpus), name.lower())
    assert list(table.columns)[: len(getattr(schema, name))] == list(getattr(schema, name))
    assert "doc_id" in table.columns
    assert table.index.tolist() == list(range(len(table)))
    assert [kind.kind for kind in table.dtypes] == [kind.kind for kind in getattr(corpus, name.lower()).dtypes]


def test_reprints_have_one_taken_passage_per_sentence(corpus):
    """Each of the two reprints has all four sentences of the storm warning."""
    assert list(corpus.taken.columns) == list(schema.SPANS)
    reprints = corpus.stories[corpus.stories["role"] == "reprint"]
    assert corpus.taken["doc_id"].tolist() == reprints["doc_id"].repeat(4).tolist()
    assert len(corpus.counted("stories").taken) == 0
    assert len(corpus.select(outlet="Coast Wire").taken) == 4


def test_story_is_the_last_of_our_columns(corpus, news):
    ours = [name for name in schema.ARTICLES if name != "body"]
    assert list(corpus.catalogue.columns) == ours
    assert ours[-1] == "story"
    assert list(news({"a.jsonl": '{"text": "Rain.", "desk": "Coast"}'}).catalogue.columns) == [*ours, "desk"]
    assert corpus.catalogue["story"].tolist() == corpus.stories["story"].tolist()


def test_a_loaded_corpus_is_as_printed_and_a_counted_one_leaves_out_marked_passages(corpus):
    """The nine words of the keeper's pull quote; the correction is all of its article, and so its text."""
    counted, marked = corpus.counted(), corpus.counted(marked=True)
    assert (corpus.marked, counted.marked, marked.marked) == (True, False, True)
    assert [len(one.tokens) for one in (corpus, marked, counted)] == [512, 512, 503]
    left_out = corpus.sentences[corpus.sentences["repeat"] != "none"]
    assert left_out["repeat"].value_counts().to_dict() == {"pull quote": 1}
    assert len(counted.sentences) == len(corpus.sentences) - 1
    assert (counted.sentences["repeat"] == "none").all()
    pd.testing.assert_frame_equal(marked.sentences, corpus.sentences)
    pd.testing.assert_frame_equal(marked.timex, corpus.timex)
    pd.testing.assert_frame_equal(counted.timex, corpus.timex)
    pd.testing.assert_frame_equal(counted.repeats, corpus.repeats)
    pd.testing.assert_frame_equal(counted.counted(marked=True).sentences, corpus.sentences)


def test_counted_and_marked_words_together_are_those_printed(corpus):
    printed, counted, marks = corpus.tokens.frame(), corpus.counted().tokens.frame(), corpus.repeats
    inside = [
        any((marks["doc_id"] == token.doc_id) & (marks["start"] <= token.start) & (token.start < marks["end"]))
        for token in printed.itertuples()
    ]
    left = printed[[not one for one in inside]].reset_index(drop=True)
    pd.testing.assert_frame_equal(counted.astype({"term": "str"}), left.astype({"term": "str"}))


def test_marked_passages_can_be_read_from_a_counted_corpus(corpus):
    assert corpus.counted().text(corpus.repeats).tolist() == corpus.text(corpus.repeats).tolist()


def test_the_ledger_of_stories_has_the_original_of_each(corpus):
    part = corpus.counted("stories")
    assert len(part) == corpus.stories["story"].nunique() == 10
    assert (part.stories["role"] == "original").all()
    assert part.catalogue["doc_id"].is_monotonic_increasing == corpus.catalogue["doc_id"].is_monotonic_increasing
    assert part.catalogue["source"].tolist() == [
        one for one in corpus.catalogue["source"] if one in set(part.catalogue["source"])
    ]
    assert report.glance(part)["articles"] == report.glance(part)["stories"] == 10


@pytest.mark.parametrize(
    ("asked", "source"),
    [
        ({}, "Pellow Courier/2019-02-20-storm-warning.txt"),
        ({"outlet": "Ostrey Herald"}, "Ostrey Herald/2019-02-20-storm-warning.txt"),
        ({"outlet": "Coast Wire"}, "Coast Wire/2019-02-20-storm-warning.txt"),
        ({"query": "rocks"}, "Pellow Courier/2019-02-20-storm-warning.txt"),
    ],
)
def test_without_its_original_a_story_is_counted_in_its_first_article(corpus, asked, source):
    part = corpus.select(since="2019-02-20", until="2019-02-20", **asked).counted("stories")
    assert part.catalogue["source"].tolist() == [source]


FLOOD = (
    "The weir at Marl broke on Monday and forty boats were lost in the flood below the mill, the harbour master said."
)


@pytest.mark.parametrize("days", [("", ""), ("2021-05-23", ""), ("", "2021-05-23"), ("2021-05-23", "2021-05-24")])
def test_a_story_is_counted_once_with_or_without_dates(news, days):
    """The dated article comes before the undated one, the earlier before the later; no outlet is named."""
    files = {f"{n}.txt": f"{'date ' if day else ''}{day}\n{FLOOD}{' It was late.' * n}" for n, day in enumerate(days)}
    corpus = news(files | {"z.txt": "Rain."})
    assert corpus.stories["story"].nunique() == 2
    part = corpus.counted("stories")
    original = days.index(min(day for day in days if day)) if any(days) else 1  # of one day, the longest
    assert part.catalogue["source"].tolist() == [f"{original}.txt", "z.txt"]
    assert part.stories["of"].tolist() == ["", ""]


def test_an_unknown_ledger_is_an_error_that_lists_the_ledgers(corpus):
    with pytest.raises(ParameterError, match=r"publications, stories, got 'story'"):
        corpus.counted("story")


def test_a_word_that_only_marked_passages_contain_selects_no_article(news):
    corpus = news({"a.txt": "date 2020-03-01\nThe lamp went out.\n\n© 2020 Orrin Post. All rights reserved."})
    assert len(corpus.select(query="reserved")) == 0
    assert len(corpus.counted(marked=True).select(query="reserved")) == 0
    assert len(corpus.select(query="lamp")) == 1


@pytest.mark.parametrize("asked", [{"ledger": "stories"}, {"marked": True}, {"ledger": "stories", "marked": True}])
def test_select_names_the_call_that_took_over_its_old_arguments(corpus, asked):
    with pytest.raises(ParameterError, match=rf"counted\({'=..., '.join(asked)}=...\)"):
        corpus.select(**asked)
    with pytest.raises(ParameterError, match="Did you mean outlet"):
        corpus.select(outlets="Bee")


def test_a_selection_remembers_what_it_counts(corpus):
    counted = corpus.counted("stories", marked=True).select(until="2019-03-01")
    assert (counted.ledger, counted.marked) == ("stories", True)
    assert (corpus.ledger, corpus.select().ledger, corpus.select().marked) == ("publications", "publications", True)


def test_tone_has_the_scores_of_the_sentences_that_count(corpus):
    tone = corpus.counted().tone
    texts = corpus.text(corpus.counted().sentences)
    pd.testing.assert_frame_equal(
        tone[["negative", "neutral", "positive", "compound"]], sentiment.score(texts.tolist())
    )
    assert len(corpus.tone) == len(corpus.sentences) == len(tone) + 1


def test_a_date_in_a_marked_passage_does_not_count(news):
    corpus = news({"a.txt": "date 2020-03-01\nIt went out on 5 February 2020.\n\n© 2020 Orrin Post, 1 March 2020."})
    assert corpus.timex["text"].tolist() == ["5 February 2020", "1 March 2020"]
    assert corpus.counted().timex["text"].tolist() == ["5 February 2020"]


def test_a_selection_without_a_query_needs_no_body_and_no_word(news, monkeypatch):
    corpus = news(MILLS)
    for ask in ("texts", "give"):
        monkeypatch.setattr(archive.Archive, ask, lambda *_: pytest.fail("the bodies are read"))
    part = corpus.select(since="2021-05-24", outlet="Bee")
    assert (len(part), part.period, part.hash != corpus.hash) == (1, "24 May 2021", True)


def test_a_date_in_a_mostly_marked_sentence_keeps_its_sentence(news):
    """The dateline is more than half of it; the date is in the rest."""
    body = "PORT TOLLMERE, March 12 (Northern Wire) – Rain on 3 May 2019."
    counted = news({"a.txt": f"date 2019-05-04\n{body}"}).counted()
    assert counted.sentences.empty
    assert tables.events(counted)["text"].tolist() == [body]


def test_the_tokens_frame_keeps_its_contract(corpus):
    frame = corpus.tokens.frame()
    assert list(frame.columns) == ["doc_id", "sentence", "start", "end", "term"]
    assert frame["doc_id"].drop_duplicates().tolist() == corpus.articles["doc_id"].tolist()
    for _, rows in frame.groupby("doc_id", observed=True):
        assert rows["start"].is_monotonic_increasing
        assert rows["sentence"].is_monotonic_increasing
    assert len(frame) == len(corpus.tokens)


def test_time_expressions_have_the_days_they_cover(news):
    told = news(
        {"a.txt": "Shut on 4 May 2019, in February 2024, on 14 October 1066.", "b.txt": "date 2019-05-04\nRain."}
    )
    rows = told.timex[["begin", "until", "granularity", "anchor"]].itertuples(index=False, name=None)
    assert [(f"{begin:%Y-%m-%d}", f"{until:%Y-%m-%d}", *rest) for begin, until, *rest in rows] == [
        ("2019-05-04", "2019-05-04", "day", "text"),
        ("2024-02-01", "2024-02-29", "month", "text"),
        ("1066-10-14", "1066-10-14", "day", "text"),
    ]


@ODD
def test_odd_corpora_give_tables_of_the_same_kinds_as_any_other(news, corpus, files):
    odd = news(files)
    for table in (odd.sentences, odd.timex, odd.tokens.frame(), tables.events(odd)):
        assert table["start"].dtype.kind == table["end"].dtype.kind == "i"
    assert odd.sentences.dtypes.equals(corpus.sentences.dtypes)
    texts = ["doc_id", "text", "type", "value", "granularity", "anchor"]
    assert odd.timex[texts].dtypes.equals(corpus.timex[texts].dtypes)
    assert pd.api.types.is_datetime64_dtype(odd.timex["begin"])
    assert odd.tokens.frame()["sentence"].dtype.kind == "i"
    assert sum(report.glance(odd)[name] for name in ("articles", "set aside")) == len(files)


@ODD
@pytest.mark.parametrize("ledger", ["publications", "stories"])
def test_odd_corpora_are_counted_in_either_ledger(news, corpus, files, ledger):
    odd = news(files)
    counted = odd.counted(ledger)
    for name in ("repeats", "stories", "taken", "sentences"):
        assert getattr(counted, name).dtypes.equals(getattr(corpus, name).dtypes)
    assert len(counted) == (odd.stories["story"].nunique() if ledger == "stories" else len(odd))
    assert len(counted.tokens) == len(counted.tokens.frame()) == report.glance(counted)["words"]


@ODD
@pytest.mark.parametrize("by", ["", "day", "week", "month"])
def test_odd_corpora_go_through_periods_and_ratios(news, files, by):
    facts = news(files).articles.set_index("doc_id")
    one, dated = pd.Series(1, index=facts.index), facts["published"].notna()
    over_time = tables.rates(one, one, tables.periods(facts["published"], by), facts["story"])
    assert isinstance(over_time.index.dtype, pd.PeriodDtype)
    assert over_time["n"].sum() == dated.sum()
    assert over_time["share"].eq(1).all()
    assert over_time["thin"].tolist() == [n < 3 for n in over_time["stories"]]
    by_outlet = tables.rates(one, one, facts["outlet"].replace("", None), facts["story"])
    assert by_outlet.empty  # no outlet is named


def test_one_day_of_articles_is_one_event_and_one_period(news):
    """Four articles of one day name one date: four mentions in four stories, of no named outlet."""
    events = tables.events(news(ONE_DAY))
    assert events[["mentions", "stories", "outlets"]].to_numpy().tolist() == [[4, 4, 0]]
    assert tables.periods(news(ONE_DAY).articles["published"]).nunique() == 1


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(since=st.dates(datetime.date(2019, 2, 1), datetime.date(2019, 3, 31)), width=st.integers(0, 40))
def test_any_period_selects_the_articles_within_it(golden, since, width):
    corpus, until = broadsheet.load(golden), since + datetime.timedelta(width)
    days = corpus.articles["published"].dt.date
    within = corpus.articles[(days >= since) & (days <= until)]
    chosen = corpus.select(since=since.isoformat(), until=until.isoformat())
    assert chosen.articles["doc_id"].tolist() == within["doc_id"].tolist()
