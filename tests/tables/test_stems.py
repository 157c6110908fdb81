"""Stems: worked out by hand, and stemmed again by NLTK."""

import pandas as pd
from nltk.stem.snowball import EnglishStemmer

from broadsheet.tables import stems, summed


def test_the_most_used_form_stands_for_its_stem(read):
    labels = stems(
        read(["election elections elections electing 2019 u.k. was", "Election elections' oil-lamp election’s"])
    )
    assert labels.name == "label"
    assert labels.index.name == "term"
    assert labels[["electing", "election", "election's", "elections"]].unique().tolist() == ["elections"]
    assert labels[["2019", "oil-lamp", "was"]].tolist() == ["2019", "oil-lamp", "was"]


def test_of_forms_equally_used_the_first_in_the_alphabet_stands(read):
    assert stems(read(["lamps lamp"])).tolist() == ["lamp", "lamp"]


def test_labels_are_nltks_stems_grouped_and_counts_sum(corpus):
    tokens, stemmer = corpus.tokens, EnglishStemmer()
    labels = stems(tokens)
    n = pd.Series(tokens.counts.sum(axis=0).A1, tokens.vocabulary)

    def stem(term):
        word = term.removesuffix("'s")
        return stemmer.stem(word) if word.isalpha() and len(word) > 3 else term

    groups = pd.Series([stem(term) for term in labels.index], labels.index)
    for _, forms in groups.groupby(groups):
        best = n[forms.index].sort_values(ascending=False, kind="stable").index[0]
        assert set(labels[forms.index]) == {best}
    merged, names = summed(tokens.counts.T, labels)
    assert names.tolist() == sorted(labels.unique())
    assert merged.sum() == len(tokens)
    assert pd.Series(merged.sum(axis=1).A1, names).to_dict() == n.groupby(labels).sum().to_dict()


def test_no_words_have_no_stems(read):
    assert stems(read([])).empty
    assert stems(read(["2019"])).to_dict() == {"2019": "2019"}
