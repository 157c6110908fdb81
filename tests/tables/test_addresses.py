"""Parts of web addresses, told from words of the text."""

import pytest

from broadsheet.tables import addresses


def terms(corpus):
    return addresses(corpus)[["n", "n_address"]].to_dict("index")


def test_parts_of_addresses_are_no_words(news):
    """`co` stands twice in an address and once for a company; `ferry` once in an address and twice elsewhere."""
    text = "Ferry & Co. sails. See https://t.co/ab1 or (https://t.co/zz9). The ferry: www.ferry.example\npic.twitter.com/q7"
    found = terms(news({"a.txt": f"date 2019-02-05\n{text}"}))
    assert found["https"] == {"n": 2, "n_address": 2}
    assert found["co"] == {"n": 3, "n_address": 2}
    assert {"pic", "twitter", "com", "www", "t"} <= set(found)
    assert not {"ferry", "sails", "see"} & set(found)


@pytest.mark.parametrize(
    ("text", "part"), [("See WWW.GATE.EXAMPLE now", "www"), ("At Gate.Com.", "com"), ("gate.comedy,gate.com", "com")]
)
def test_case_does_not_matter_nor_what_stands_before(news, text, part):
    assert part in terms(news({"a.txt": f"date 2019-02-05\n{text}"}))


@pytest.mark.parametrize(
    "text", ["Awww. The gate went.", "A company.commerce grew.", "He said U.S./Mexico and w/o.", "No address.", "com"]
)
def test_what_is_no_address_stays(news, text):
    assert terms(news({"a.txt": f"date 2019-02-05\n{text}"})) == {}


def test_a_bare_host_is_an_address(news):
    assert set(terms(news({"a.txt": "date 2019-02-05\nMail to desk@gate.org, she said."}))) == {"desk", "@gate", "org"}


def test_what_is_marked_counts_neither_way(news):
    corpus = news({"a.txt": "date 2019-02-05\nThe gate stuck.\n\nRead more: https://gate.example"})
    assert set(terms(corpus)) == {"https", "example"}
    assert terms(corpus.counted()) == {}
