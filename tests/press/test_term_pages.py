"""The pages on terms and on groups: what stands among the keywords, whose they are, and what the methods say."""

import json
import random
import re

import pandas as pd
import pytest

from broadsheet import press

WORDS = "lock weir eel barge keeper toll gauge reed bank mill lamp rope sluice pike oar tide".split()  # noqa: SIM905
LINK = "Senators balk at lengthy trial MORE"


def article(n: int) -> dict:
    """Return one of 24 stories. The Gull writes of ferries in all, mostly by Ann Lee, and prints a link within its lines."""
    dice, gull = random.Random(n), n % 2 == 0
    lines = [" ".join(dice.choices(WORDS, k=6)) + "." for _ in range(28)]
    if gull:
        ferries = [f"A ferry {dice.choice(WORDS)} {dice.choice(WORDS)}." for _ in range(3 if n < 12 else 1)]
        lines[3:3] = [*ferries, f"Gate{n} {LINK} gate{n}."]
    text = " ".join(lines) + f" See https://t.co/x{n}."
    byline = ("Ann Lee and Bo Orr" if n < 6 else "Ann Lee" if n < 12 else "Cy Poe") if gull else f"Author{n} Name"
    date = f"2020-{n % 8 + 1:02d}-{n % 27 + 1:02d}"
    return {"text": text, "outlet": "Gull" if gull else "Tern", "byline": byline, "date": date, "title": f"Day {n}"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("groups")
    (folder / "a.jsonl").write_text("\n".join(json.dumps(article(n)) for n in range(24)))
    toml = folder / "reports.toml"
    asked = 'parameters = { terms = ["ferry barrge"] }'
    toml.write_text(f'[[report]]\nnotebook = "comparison"\n[[report]]\nnotebook = "term_frequencies"\n{asked}\n')
    made, failed = press.run(press.plan(toml, str(folder / "a.jsonl"), str(folder)), lambda line: None)
    assert failed == []
    return made


def table(site, report: str, name: str) -> pd.DataFrame:
    return pd.read_csv(site / "tables" / report / f"{name}.csv")


def plain(site, report: str) -> str:
    text = re.sub(r"<style.*?</style>|<pre.*?</pre>", "", (site / f"{report}.html").read_text("utf-8"), flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def test_the_key_table_holds_what_differs_by_more_than_chance_allows(site):
    terms = table(site, "comparison", "keyness")
    assert terms["term"].tolist() == ["ferry"]
    assert terms["sure"].all()
    assert {"g2_4", "log_odds_z", "odds_ratio_low", "p_g2_bh"} <= set(terms.columns)


def test_an_author_over_most_uses_is_named(site):
    """Six of the Gull's twelve stories are by Ann Lee, three of them with Bo Orr: 18 of its 24 ferries."""
    (row,) = table(site, "comparison", "keyness").to_dict("records")
    assert (row["author"], row["author_share"]) == ("Ann Lee", 0.75)
    assert "75% of its uses" in plain(site, "comparison")


def test_the_standfirst_says_what_is_compared_with_what_and_why(site):
    page = plain(site, "comparison")
    assert "most surely marks Gull out from all other outlets is ferry" in page
    assert "Gull is the target because none was asked for and no other outlet has more articles." in page


def test_the_word_shift_shows_terms_of_enough_stories_and_which_are_sure(site):
    """The file holds those between them too: a number beside *gate* is of one story."""
    shift = table(site, "comparison", "word-shift").set_index("term")
    stories = shift["stories_target"] + shift["stories_reference"]
    assert (shift["tested"] == (stories >= 5)).all()
    assert shift.loc["ferry", "sure"]
    text = (site / "comparison.html").read_text("utf-8")
    shown = text.partition('id="table-word-shift"')[2].partition("</figure>")[0].count("<tr>") - 1
    assert shown == min(shift["tested"].sum(), 20)


def test_no_claim_is_made_of_bars_that_are_not_drawn(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "The weir is dry. The weir is old.", "date": "2020-01-02"}))
    toml = tmp_path / "reports.toml"
    toml.write_text('[[report]]\nnotebook = "term_frequencies"\n')
    made, failed = press.run(press.plan(toml, str(tmp_path / "a.jsonl"), str(tmp_path)), lambda line: None)
    page = plain(made, "term_frequencies").partition("Methods and limits")[0]
    assert failed == []
    assert [word for word in ["bar:", "brackets", "tf-idf", "compare only"] if word in page] == []


def test_a_list_of_links_is_set_apart(site):
    phrases = table(site, "comparison", "set-phrases").set_index("term")
    assert {"senators", "balk", "lengthy", "trial"} <= set(phrases.index)
    assert (phrases["share_set"] == 1).all()


def test_parts_of_addresses_are_no_terms(site):
    assert "https" not in set(table(site, "term_frequencies", "terms")["term"])
    assert "As parts of web addresses" in plain(site, "term_frequencies")


def test_a_phrase_that_nobody_uses_has_near_ones(site):
    assert "Not used in these articles: ferry barrge (written alike: ferry barge" in plain(site, "term_frequencies")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("comparison", ["500 draws", "200 draws", "False alarms.", "20 times", "Word shift."]),
        ("term_frequencies", ["Fisher's exact test", "Bonferroni", "within 5 words", "windows of 50 running words"]),
    ],
)
def test_methods_are_those_of_the_page(site, report, said):
    methods = plain(site, report).partition("Methods and limits")[2]
    assert [one for one in said if one not in methods] == []


def test_the_numbers_recount(site):
    assert press.recount(site) > 50
