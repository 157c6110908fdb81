"""The pages on terms, on one word and on groups: what they lead with, what they leave out, which words they find."""

import json
import random
import re

import pandas as pd
import pytest

from broadsheet import press

WORDS = "lock weir eel barge keeper toll gauge reed bank mill lamp rope sluice pike oar tide".split()  # noqa: SIM905
LINK = "Senators balk at lengthy trial MORE"
ASKED = {"absent": "ferry barrge", "marked": "r&d", "phrase": "See https"}


def article(n: int) -> dict:
    """Return one of 24 stories. The Gull writes of ferries in all, mostly by Ann Lee, and prints a link within its lines.

    Every fourth story mentions R&D; stories from May on mention the Flood.
    """
    dice, gull, month = random.Random(n), n % 2 == 0, n % 8 + 1
    lines = [" ".join(dice.choices(WORDS, k=6)) + "." for _ in range(28)]
    if gull:
        ferries = [f"A ferry {dice.choice(WORDS)} {dice.choice(WORDS)}." for _ in range(3 if n < 12 else 1)]
        lines[3:3] = [*ferries, f"Gate{n} {LINK} gate{n}."]
    lines += ["Their R&D is old, R / D is not."] * (n % 4 == 0) + ["The Flood."] * (month > 4)
    text = " ".join(lines) + f" See https://t.co/x{n}."
    byline = ("Ann Lee and Bo Orr" if n < 6 else "Ann Lee" if n < 12 else "Cy Poe") if gull else f"Author{n} Name"
    date = f"2020-{month:02d}-{n % 27 + 1:02d}"
    return {"text": text, "outlet": "Gull" if gull else "Tern", "byline": byline, "date": date, "title": f"Day {n}"}


def printed(folder, articles: list[dict], *reports: str):
    """Print the reports, each given as TOML, of some articles; return the site."""
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, articles)))
    (folder / "reports.toml").write_text("\n".join(f"[[report]]\n{report}" for report in reports))
    made, failed = press.run(
        press.plan(folder / "reports.toml", str(folder / "a.jsonl"), str(folder)), lambda line: None
    )
    assert failed == []
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    asked = [f'notebook = "word"\nname = "{name}"\nparameters = {{ term = "{term}" }}' for name, term in ASKED.items()]
    plain = [f'notebook = "{notebook}"' for notebook in ("comparison", "term_frequencies", "word")]
    asked.append('notebook = "comparison"\nname = "unknown"\nparameters = { target = "Heron" }')
    return printed(tmp_path_factory.mktemp("groups"), [article(n) for n in range(24)], *plain, *asked)


def table(site, report: str, name: str) -> pd.DataFrame:
    return pd.read_csv(site / "tables" / report / f"{name}.csv", encoding="utf-8-sig")


def plain(site, report: str) -> str:
    text = re.sub(r"<style.*?</style>|<pre.*?</pre>", "", (site / f"{report}.html").read_text("utf-8"), flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", "", text).split())


def test_the_group_that_stands_out_most_leads_where_none_is_asked_for(site):
    assert "Only Gull stands out: it has 24 of the 24 uses of ferry." in plain(site, "comparison")


def test_a_group_that_there_is_not_leads_to_those_there_are(site):
    page = plain(site, "unknown")
    assert "No article has the outlet Heron. Choose from Gull and Tern." in page
    assert "Only Gull stands out" in page


def test_an_author_over_most_uses_is_named(site):
    """Six of the Gull's twelve stories are by Ann Lee, three of them with Bo Orr: 18 of its 24 ferries."""
    row = table(site, "comparison", "keyness").set_index("term").loc["ferry"]
    assert row["sure"]
    assert (row["author"], row["author_share"]) == ("Ann Lee", 0.75)


def test_the_clearest_word_of_all_groups_leads_though_no_group_was_asked_for(site):
    terms = table(site, "comparison", "keyness")
    assert terms["sure"].iloc[0]
    assert {"g2_4", "log_odds_z", "odds_ratio_low", "p_g2_bh"} <= set(terms.columns)
    answer = re.search(r'class="standfirst">(.*?)</p>', (site / "comparison.html").read_text("utf-8"), re.DOTALL)[1]
    uses = terms["n_target"][0] + terms["n_reference"][0]
    assert f"it has {terms['n_target'][0]} of the {uses} uses of {terms['term'][0]}" in re.sub("<[^>]+>", "", answer)


def test_the_word_shift_has_words_of_enough_stories_first_and_says_which_are_sure(site):
    shift = table(site, "comparison", "word-shift").set_index("term")
    enough = shift["stories_target"] + shift["stories_reference"] >= 5
    assert enough.tolist() == sorted(enough, reverse=True)
    assert shift.loc["ferry", "sure"]


def test_a_list_of_links_is_set_apart(site):
    phrases = table(site, "comparison", "set-phrases").set_index("term")
    assert {"Senators", "balk", "lengthy", "trial"} <= set(phrases.index)
    assert (phrases["share_set"] == 1).all()


def test_the_page_leads_with_the_word_of_one_half_then_with_what_is_distinctive(site):
    lead = "Flood is the word of the second half: in 0 of 12 stories before 5 May 2020, in 12 of 12 since. Most distinctive"
    assert lead in plain(site, "term_frequencies")


def test_without_a_change_the_distinctive_words_lead(tmp_path):
    made = printed(
        tmp_path, [{"text": "The weir is dry. The weir is old.", "date": "2020-01-02"}], 'notebook = "term_frequencies"'
    )
    page = plain(made, "term_frequencies").partition("Methods and limits")[0]
    assert "Most distinctive words: weir." in page
    assert [word for word in ["half", "bar:", "brackets", "chance"] if word in page] == []


def test_parts_of_addresses_are_no_terms(site):
    assert "https" not in set(table(site, "term_frequencies", "terms")["term"])
    assert "parts of web addresses: co, https, t" in plain(site, "term_frequencies")


def test_the_word_is_the_most_distinctive_one_where_none_is_named(site):
    first = (
        table(site, "term_frequencies", "distinctive").query("not phrase and term == term.str.lower()")["term"].iloc[0]
    )
    assert f"{first} is used" in plain(site, "word")


def test_a_word_that_nobody_uses_has_near_ones_and_no_sections(site):
    page = plain(site, "absent")
    assert "No article uses ferry barrge. Similar spellings: ferry barge" in page
    assert "Who uses it" not in page


def test_marks_between_words_are_found_as_written(site):
    """R / D with blanks is no use of R&D."""
    assert "R&amp;D is used 6 times in 6 of 24 stories" in plain(site, "marked")
    assert table(site, "marked", "concordance")["node"].tolist() == ["R&D"] * 6
    assert "See https is used 0 times" not in plain(site, "phrase")


def test_counts_of_a_word_add_up_over_outlets_periods_and_stories(site):
    assert {table(site, "marked", name)["n"].sum() for name in ("outlets", "periods", "stories")} == {6}


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("term_frequencies", ["Fisher’s exact test", "Bonferroni", "Kilgarriff", "Function words left out"]),
        ("comparison", ["200 random deals", "False alarms.", "20 random deals", "Word shift."]),
        ("word", ["Welch’s t", "Bonferroni", "log-likelihood", "deviation of proportions"]),
    ],
)
def test_methods_wait_at_the_end(site, report, said):
    before, _, methods = plain(site, report).rpartition("Methods and limits")
    assert [one for one in said if one not in methods] == []
    assert [one for one in said[:2] if one in before] == []


def test_the_numbers_recount(site):
    assert press.recount(site) > 100
