"""Groups compared: which stands out, whose words its terms are, and what their tone is."""

import numpy as np
import pandas as pd
import pytest

from broadsheet import index, load, tables
from broadsheet.tables.comparison import REST

LINK = "Gate keepers balk at lengthy trial"
OUTLETS = pd.Series(["Post"] * 6 + ["Wire"] * 5 + ["Flare"] * 2, [f"d{n}" for n in range(13)], name="outlet")


def compared(**asked):
    return tables.compared(OUTLETS, range(13), **asked).value_counts().to_dict()


def test_groups_of_five_stories_are_compared_and_the_smaller_ones_are_all_others():
    assert compared() == {"Post": 6, "Wire": 5, REST: 2}


def test_groups_of_two_stories_are_compared_where_fewer_than_two_have_five():
    assert tables.compared(OUTLETS[5:], range(8)).value_counts().to_dict() == {"Wire": 5, "Flare": 2, REST: 1}


def test_a_target_is_compared_with_all_others():
    assert compared(target="Flare") == {REST: 11, "Flare": 2}


def test_with_a_reference_other_articles_are_left_out():
    assert compared(target="Flare", reference="Wire") == {"Wire": 5, "Flare": 2}


def test_a_reference_alone_is_compared_with_the_largest_other_group():
    assert compared(reference="Post") == {"Post": 6, "Wire": 5}


@pytest.mark.parametrize("asked", [{"target": "Herald"}, {"reference": "Herald"}])
def test_a_name_that_no_group_has_counts_as_none(asked):
    assert compared(**asked) == compared()


def test_a_target_is_not_compared_with_itself():
    assert compared(target="Wire", reference="Wire") == compared(target="Wire")


def test_no_group_is_compared_where_no_article_has_one():
    none = tables.compared(pd.Series([None, None], dtype="str"), range(2))
    assert none.isna().all()
    assert tables.marks(index.tokens_of(["eel", "owl"]), none, range(2)).empty


def marked(bodies, groups):
    """Return which term sets each group apart, of articles that are each a story."""
    groups = pd.Series(groups, [str(row) for row in range(len(groups))])
    return tables.marks(index.tokens_of(bodies), groups, range(len(bodies))), groups


def test_a_target_has_the_rows_of_keyness_and_articles_left_out_do_not_count():
    tokens = index.tokens_of(["eel lamp"] * 6 + ["oil lamp"] * 6 + ["eel oil"])
    group = pd.Series(["Post"] * 6 + ["Wire"] * 6 + [None])
    found = tables.marks(tokens, group, range(13), target="Wire").loc["Wire"]
    here = np.arange(12)
    assert found.equals(tables.keyness(tokens.of(here), here >= 6, here, full=True))


def test_two_groups_are_one_comparison():
    """Dealt twice, the larger of both chances would count."""
    tokens, group = index.tokens_of(["eel lamp"] * 4 + ["oil lamp"] * 5), pd.Series(["Post"] * 4 + ["Wire"] * 5)
    found = tables.marks(tokens, group, range(9))["p_adjusted"]
    alone = tables.keyness(tokens, group == "Post", range(9), draws=200)["p_adjusted"]
    assert found["Post"].to_dict() == found["Wire"].to_dict() == alone.to_dict()


def clearest(bodies, groups, target=""):
    found, groups = marked(bodies, groups)
    return tables.clearest(found, groups, range(len(bodies)), target)


def test_the_only_group_with_a_word_of_its_own_stands_out_alone():
    first = clearest(["eel " + "lamp " * 9] * 9 + ["lamp " * 9] * 18, ["Post"] * 9 + ["Wire"] * 9 + ["Bay"] * 9)
    row = first.iloc[0]
    assert (first.index[0], row["case"], row["n_target"], row["n"]) == ("Post", "alone", 9, 9)
    assert (row["stories"], row["groups"], row["marked"], row["others"]) == (9, 3, 1, 2)
    assert np.isnan(row["ratio"])  # nobody else uses it
    assert first["case"].tolist() == ["alone", "none", "none"]


def test_several_groups_with_words_of_their_own_are_counted():
    first = clearest(["eel"] * 9 + ["oil"] * 9, ["Post"] * 9 + ["Wire"] * 9)
    assert first[["case", "marked", "others"]].to_numpy().tolist() == [["several", 2, 0]] * 2


def test_with_few_stories_the_most_likely_word_is_named_but_not_sure():
    first = clearest(["eel lamp", "eel lamp", "oil lamp", "oil lamp"], ["Post"] * 2 + ["Wire"] * 2)
    assert first["case"].tolist() == ["none", "none"]
    assert first.loc["Post", ["term", "n_target", "n_reference", "stories"]].tolist() == ["eel", 2, 0, 2]


@pytest.mark.parametrize(("target", "case", "term"), [("Post", "asked", "eel"), ("Wire", "less", "eel")])
def test_a_target_is_set_apart_by_what_it_uses_more_or_less(target, case, term):
    other = REST if target == "Wire" else "Wire"
    names = [REST if target == "Wire" else "Post"] * 9 + [target if target == "Wire" else other] * 9
    first = clearest(["eel eel lamp"] * 9 + ["lamp"] * 9, names, target)
    assert first[["case", "term"]].to_numpy().tolist() == [[case, term]]


def test_the_ratio_is_that_of_the_rates():
    """Post: 18 eels in 36 words, Wire: 9 in 36."""
    row = clearest(["eel eel lamp lamp"] * 9 + ["eel lamp lamp lamp"] * 9, ["Post"] * 9 + ["Wire"] * 9).loc["Post"]
    assert row["ratio"] == pytest.approx(2)
    assert row["ratio_low"] < 2 < row["ratio_high"]


def test_no_group_is_clearest_without_marks():
    assert clearest(["eel", "owl"], ["Post", "Post"]).empty


def test_a_link_printed_under_many_stories_is_set_apart():
    bodies = [f"The ferry number{n} sailed, {LINK}." for n in range(9)] + [
        f"The weir number{n} broke." for n in range(9)
    ]
    found, groups = marked(bodies, ["Post"] * 9 + ["Wire"] * 9)
    apart = tables.set_apart(index.tokens_of(bodies), groups, range(18), found)
    assert {"balk", "lengthy", "trial"} <= set(apart.loc["Post"].index)
    assert "ferry" in found[found["sure"]].loc["Post"].index
    assert "ferry" not in apart.loc["Post"].index
    assert tables.set_apart(index.tokens_of(bodies), groups, range(18), found.iloc[:0]).empty


def test_a_term_set_apart_has_the_name_of_its_mark_however_the_group_prints_it():
    bodies = ["Read it, EMAIL us here now"] * 6 + ["One email came" + " and went" * 9] * 7
    found, groups = marked(bodies, ["Post"] * 6 + ["Wire"] * 7)
    apart = tables.set_apart(index.tokens_of(bodies), groups, range(13), found.assign(sure=True))
    assert ("Post", "email") in apart.index
    assert apart.index.isin(found.index).all()


def facts(*bylines):
    return pd.DataFrame({"doc_id": [str(row) for row in range(len(bylines))], "byline": bylines})


def uses(*doc_ids):
    return pd.DataFrame({"term": "ferry", "doc_id": list(map(str, doc_ids))})


def test_an_author_over_most_uses_is_named_with_the_share():
    catalogue = facts("Ann Lee and Bo Orr", "Ann Lee", "Cy Poe", "", "Di Fox")
    assert tables.authors(uses(0, 0, 1, 2), catalogue).to_dict("index") == {
        "ferry": {"author": "Ann Lee", "author_share": 0.75}
    }


def test_uses_without_a_byline_are_no_ones():
    assert tables.authors(uses(0, 1, 2, 2), facts("Ann Lee", "Ann Lee", "", "Bo Orr")).empty


def test_the_outlets_own_byline_is_no_author():
    assert tables.authors(uses(0, 1, 2), facts("Staff", "Staff", "Staff", "Bo Orr")).empty


def test_lines_know_the_group_of_their_article(golden):
    news = load(golden).counted()
    groups = tables.groups(news.catalogue, "outlet")
    found = tables.lines_by_group(news, ["lamp", "LAMP"], groups.where(groups != "Coast Wire"))
    assert found.groupby("term").size().nunique() == 1
    assert set(found["group"]) == {"Ostrey Herald", "Pellow Courier"}
    assert tables.lines_by_group(news, [], groups).empty


def test_the_tone_of_an_article_is_the_mean_of_its_sentences(golden):
    news = load(golden).counted()
    articles = tables.tone(news)
    by_hand = news.tone.groupby("doc_id")["compound"]
    assert articles["tone"].to_dict() == pytest.approx(by_hand.mean().to_dict())
    assert articles["sentences"].sum() == len(news.tone)
    assert articles["n_negative"].sum() == (news.tone["compound"] <= -0.5).sum()
    assert articles["n_positive"].sum() == (news.tone["compound"] >= 0.5).sum()


def month(share, period, stories=4):
    """Return a row of `tones`: of ten sentences so many clearly negative."""
    return pd.DataFrame(
        {"n_negative": share, "sentences": 10, "negative_share": share / 10, "stories": stories, "thin": stories < 3},
        index=pd.PeriodIndex([period], freq="M", name="period"),
    )


MONTHS = pd.concat([month(1, "2020-01"), month(4, "2020-02"), month(9, "2020-03", stories=2), month(2, "2020-04")])


def pairs(sure):
    """Return the differences of February from the other months."""
    lower = pd.PeriodIndex(["2020-04", "2020-01"], freq="M")
    return pd.DataFrame({"lower": lower, "higher": pd.Period("2020-02", "M"), "sure": [sure, False]})


def darkest(groups, of):
    row = tables.darkest(groups, of).reset_index()
    return row[["period", "beside", "n_negative", "n_negative_beside", "sure"]].astype(
        {"period": "str", "beside": "str"}
    )


def test_the_darkest_month_is_compared_with_the_one_it_most_surely_differs_from():
    assert darkest(MONTHS, pairs(sure=True)).to_numpy().tolist() == [["2020-02", "2020-04", 4, 2, True]]


def test_where_no_difference_is_sure_it_is_compared_with_the_month_before():
    assert darkest(MONTHS, pairs(sure=False)).to_numpy().tolist() == [["2020-02", "2020-01", 4, 1, False]]


def test_the_first_month_is_compared_with_the_next():
    assert darkest(MONTHS[1:], pairs(sure=False)).to_numpy().tolist() == [["2020-02", "2020-04", 4, 2, False]]


@pytest.mark.parametrize("groups", [MONTHS[:1], MONTHS[2:], MONTHS.assign(n_negative=0), MONTHS[:0]])
def test_no_month_is_darkest_of_one_or_without_a_negative_sentence(groups):
    assert tables.darkest(groups, pairs(sure=False)).empty


def test_a_wire_that_writes_darker_is_found_where_intervals_overlap():
    news = load("sample").counted()
    articles = tables.tone(news)
    mean = articles["tone"], articles["sentences"] > 0, articles["outlet"], articles["story"]
    surest = tables.differences(*mean, name="tone").iloc[0]
    assert (surest["lower"], surest["higher"], surest["sure"]) == ("Northern Wire", "The Saltway Post", True)


def test_the_test_of_variety_compares_the_shares_of_the_table(golden):
    news = load("sample").counted()
    asked = news.tokens, news.catalogue["outlet"], news.catalogue["story"]
    shares, found = tables.variety(*asked)["mattr"], tables.variety_differences(*asked)
    assert len(found) == 6
    assert found["mattr_lower"].tolist() == pytest.approx(shares[found["lower"]].tolist())
    assert found["mattr_higher"].tolist() == pytest.approx(shares[found["higher"]].tolist())
