"""Articles in another language than the corpus's are set aside; uncertain ones are kept."""

import sys

import pytest

import broadsheet
from broadsheet.errors import CorpusError, ResourceError
from broadsheet.readers import language, languages
from broadsheet.readers.language import foreign

OTHERS = {  # about an invented ferry and bridge, each in its own words
    "de": "Die Fähre nach Osterwiek fährt seit gestern nicht mehr, weil der Motor nach dem Sturm ausgefallen ist. "
    "Der Bürgermeister sagte, man warte noch auf Ersatzteile aus der Werft.",
    "fr": "Le bac de Morvillac ne circule plus depuis hier matin, car son moteur est tombé en panne après la tempête. "
    "Le maire attend toujours les pièces que le chantier avait promises.",
    "es": "El transbordador de Villarroble no sale desde ayer porque su motor se averió después de la tormenta. "
    "La alcaldesa dijo que todavía esperan las piezas prometidas por el astillero.",
    "it": "Il traghetto per Montelupaia è fermo da ieri mattina, perché il motore si è rotto dopo la tempesta. "
    "Il sindaco ha detto che si aspettano ancora i pezzi promessi dal cantiere.",
    "pt": "A balsa de Vila Serena está parada desde ontem, porque o motor quebrou depois da tempestade. "
    "O prefeito disse que ainda espera as peças prometidas pelo estaleiro.",
    "nl": "De veerpont naar Oosterwold vaart sinds gisteren niet meer, omdat de motor na de storm is uitgevallen. "
    "De burgemeester zei dat men nog op onderdelen van de werf wacht.",
    "sv": "Färjan till Norrvik har stått stilla sedan i går eftersom motorn gick sönder efter stormen. "
    "Borgmästaren säger att man fortfarande väntar på delar från varvet.",
    "pl": "Prom do Starej Wierzby nie kursuje od wczoraj, ponieważ po burzy zepsuł się silnik. "
    "Burmistrz powiedział, że wciąż czekają na części obiecane przez stocznię.",
    "hu": "A kelefalvi komp tegnap óta nem közlekedik, mert a vihar után elromlott a motorja. "
    "A polgármester azt mondta, hogy még mindig várják a hajógyár által ígért alkatrészeket.",
    "tr": "Akçaköy vapuru dünden beri çalışmıyor, çünkü fırtınadan sonra motoru bozuldu. "
    "Belediye başkanı, tersanenin söz verdiği parçaları hâlâ beklediklerini söyledi.",
    "ru": "Паром в Старую Вербовку не ходит со вчерашнего дня, потому что после бури сломался двигатель. "
    "Мэр сказал, что город всё ещё ждёт обещанных верфью деталей.",
    "ar": "توقفت العبارة المتجهة إلى وادي السدر منذ يوم أمس لأن محركها تعطل بعد العاصفة. "
    "وقال رئيس البلدية إن المدينة ما زالت تنتظر القطع التي وعد بها حوض السفن.",
    "zh": "开往柳溪镇的渡船从昨天起停航，因为暴风雨过后发动机坏了。镇长说，他们还在等待船厂答应提供的零件，居民只好绕道走旧桥。",
    "ja": "柳沢町へ向かう渡し船は、嵐のあとにエンジンが壊れたため、昨日から運休している。町長は、造船所が約束した部品をまだ待っていると話した。",
}
ENGLISH = (
    "The ferry to Oldwillow has not sailed since yesterday, because its engine failed after the storm. "
    "The mayor said that the town was still waiting for the parts that the yard had promised."
)
KEPT = {
    "names": "Squad: Giuseppe Montelupo, Marco Valdorsi, Luca Pradella, Matteo Ronchiali, Davide Seregnini, "
    "Stefano Bellacorte, Paolo Vermiglia, Andrea Castorini, Fabio Lungarella, Enrico Salvatori, Nino Pasqualotto.",
    "lower-case names of dishes": "Menu: gnocchi, risotto, tiramisu, pesto, bruschetta, coq au vin, crème brûlée, "
    "fondue, paella, tapas, gazpacho, sauerkraut",
    "numbers": "1 204 88.1 13 % 77 2,140 9.5 41 41 12 8 7 6 5 4 3 2 1 0 1 1 2 3 5 8 13 21 34 55 89 144",
    "a table": "Ward Votes Share\nNorth Quay 1,204 31.2 %\nMill Lane 988 25.6 %\nSt Odile 731 18.9 %\nVieux Port 512 "
    "13.3 %\nDos Rios 277 7.2 %\nKirchberg 146 3.8 %\nTotal 3,858 100 %\nTurnout 61.4 %",
    "headlines": "Ferry Halts Service\nCouncil Weighs Toll Rise\nRovers Lose Again, Fans Walk Out\nMill Fire Probe "
    "Widens\nQuay Road Closes Tonight\nRain Ends Dry Spell\nMayor Denies Claim",
    "small headlines": "ferry halts service\ncouncil weighs toll rise\nrovers lose again, fans walk out\nmill fire "
    "probe widens\nquay road closes tonight\nrain ends dry spell\nmayor denies claim",
    "all capitals": ENGLISH.upper(),
    "headlines in capitals": "FERRY HALTS SERVICE - COUNCIL WEIGHS TOLL RISE - ROVERS LOSE AGAIN - MILL FIRE PROBE "
    "WIDENS - QUAY ROAD CLOSES TONIGHT - RAIN ENDS DRY SPELL - MAYOR DENIES CLAIM",
    "verse": "Grey gulls, grey water, wind-worn stone,\nSalt rope, slack sail, cold iron bell;\nNo lantern lit, no "
    "engine's drone,\nSlow tide, long shadow, rising swell.",
    "a transcript": "MAYOR: Yes.\nREPORTER: Ferry still broken?\nMAYOR: Broken, yes. Waiting. Parts.\nREPORTER: How "
    "long?\nMAYOR: Weeks. Maybe months.\nREPORTER: Thanks.\nMAYOR: Sure. Bye.",
    "code": "def ferry(engine, storm):\n    while storm.blows():\n        engine.stop(); time.sleep(60)\n    return "
    "engine.start(retry=True)\n\nfor boat in harbour: print(ferry(boat.engine, storm))",
    "addresses": " ".join(
        f"https://example.org/fahre/die-faehre-nach-osterwiek/{n} www.example.fr/le-bac" for n in range(9)
    ),
    "abbreviations": "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Oct. Nov. Dec. Mon. Tue. Wed. Thu. Fri. Sat. Sun.",
    "a cry": "Ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha",
    "marks alone": "* * * — — — … … … * * * — — — … … … * * * — — — … … … * * *",
    "nothing": "",
}


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_recognised(code):
    assert foreign(OTHERS[code], "en") == code


@pytest.mark.parametrize("code", OTHERS)
def test_the_language_of_a_long_text_is_recognised(code):
    assert foreign("\n\n".join([OTHERS[code]] * 60), "en") == code


@pytest.mark.parametrize("text", [ENGLISH, *KEPT.values()], ids=["prose", *KEPT])
def test_english_and_uncertain_texts_are_kept(text):
    assert foreign(text, "en") == ""


@pytest.mark.parametrize("text", [ENGLISH, *KEPT.values()], ids=["prose", *KEPT])
def test_longer_english_and_uncertain_texts_are_kept(text):
    assert foreign("\n\n".join([text] * 40), "en") == ""


def test_fewer_than_twelve_words_are_not_judged():
    assert foreign("Ja, die Fähre fährt heute leider nicht.", "en") == ""


def test_scripts_without_spaces_need_as_many_words_as_others():
    assert foreign("渡船从昨天起停航。", "en") == ""


def test_the_majority_decides_about_a_quotation():
    own, other = [ENGLISH] * 6, [OTHERS["fr"]] * 3
    for text in (own + other, other + own, own[:3] + other + own[3:]):
        assert foreign("\n\n".join(text), "en") == ""
    own, other = [ENGLISH] * 2, [OTHERS["fr"]] * 6
    for text in (own + other, other + own, other[:3] + own + other[3:]):
        assert foreign("\n\n".join(text), "en") == "fr"


def test_of_several_other_languages_the_most_frequent_is_named():
    assert foreign("\n\n".join([ENGLISH, *[OTHERS["de"]] * 4, *[OTHERS["fr"]] * 2]), "en") == "de"


def test_names_of_another_country_do_not_make_a_text_foreign():
    names = " Jürgen Oberhuber, Käthe Müllershausen, Rüdiger Schönefeld und Söhne,"
    assert foreign((ENGLISH + names * 2) * 5, "en") == ""


def test_another_corpus_keeps_its_own_language_and_sets_english_aside():
    assert foreign(OTHERS["de"], "de") == ""
    assert foreign(ENGLISH, "de") == "en"
    assert foreign(ENGLISH * 20, "de") == "en"
    assert foreign(OTHERS["fr"], "de") == "fr"


def test_both_forms_of_norwegian_are_one_language():
    text = (
        "Ferja til Nordvika har ikkje gått sidan i går, fordi motoren stansa etter stormen, seier ordføraren i bygda."
    )
    assert {foreign(text, code) for code in ("no", "nn", "nb")} == {""}
    assert foreign(text, "en") == "no"


def test_plain_english_needs_no_detector(monkeypatch):
    def refuse():
        raise AssertionError("the detector is asked")

    monkeypatch.setattr(language, "_detector", refuse)
    assert foreign(ENGLISH, "en") == foreign(ENGLISH * 30, "en") == ""
    assert foreign(OTHERS["de"], languages.ANY) == ""


def test_the_list_of_languages_is_the_detectors():
    labels, listed = set(language._detector().labels), set(languages.codes())
    assert {label for label in labels if len(label) == 2} <= listed
    assert {code for code in languages.names() if code not in labels} == {"gn", "ki"}
    assert {label for label in listed if len(label) > 2} <= labels


def test_a_detector_that_cannot_be_read_names_the_fix(monkeypatch):
    import py3langid.langid

    def refuse(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr(py3langid.langid.LanguageIdentifier, "from_model_file", refuse)
    language._detector.cache_clear()
    with pytest.raises(ResourceError, match=r'No space left on device\. Free some space .* language = "any"'):
        foreign(OTHERS["de"], "en")
    language._detector.cache_clear()


# In a corpus


def test_the_audit_names_the_language(corpus):
    """German in Windows-1252, without a date, twice; an article that is set aside has none of these notes."""
    articles, audit = corpus({"a.txt": ENGLISH, "b.txt": OTHERS["de"].encode("cp1252"), "c.txt": OTHERS["de"]})
    assert [tuple(row) for row in audit[["doc_id", "kept", "reason", "notes"]].to_numpy()] == [
        (articles.doc_id[0], True, "", "no date"),
        ("", False, "other language", "German"),
        ("", False, "other language", "German"),
    ]
    assert list(articles.body) == [ENGLISH]


def test_a_corpus_may_be_in_another_language(corpus):
    files = {"a.txt": ENGLISH, "b.txt": OTHERS["de"], "corpus.toml": 'language = "de"'}
    _, audit = corpus(files)
    assert list(audit.notes) == ["English", "no date"]


def test_a_corpus_may_be_in_any_language(corpus):
    _, audit = corpus({"a.txt": ENGLISH, "b.txt": OTHERS["de"], "corpus.toml": 'language = "any"'})
    assert audit.kept.all()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"German"', """found 'German'. Write "de"."""),
        ('"EN"', 'Write "en".'),
        ('"xx"', 'must be the ISO 639-1 code of a language that can be recognised, such as "en" or "de", or "any"'),
        ('"zxx"', "`language` must be"),
        ('""', "`language` must be"),
        ("3", "`language` must be"),
        ('["en", "de"]', "`language` must be"),
    ],
)
def test_an_unknown_language_is_explained(corpus, value, message):
    with pytest.raises(CorpusError) as error:
        corpus({"a.txt": ENGLISH, "corpus.toml": f"language = {value}"})
    assert message in str(error.value)


def test_a_corpus_wholly_in_another_language_names_the_fix(news):
    with pytest.raises(CorpusError) as error:
        news({"a.txt": OTHERS["de"], "b.txt": OTHERS["de"] + " Ende.", "c.txt": OTHERS["fr"], "d.txt": ""})
    assert "3 other language, 1 empty" in str(error.value)
    assert 'To keep the articles in German, write language = "de" in corpus.toml' in str(error.value)
    assert len(news({"a.txt": OTHERS["de"], "corpus.toml": 'language = "de"'})) == 1


def test_check_prints_the_language(tmp_path, capsys):
    (tmp_path / "x.txt").write_text(OTHERS["de"], "utf-8")
    assert broadsheet.cli.main(["check", str(tmp_path)]) == 1
    assert "x.txt, record 1: set aside, other language (German)\n" in capsys.readouterr().out


def test_loading_english_imports_no_detector(tmp_path):
    import subprocess

    (tmp_path / "a.txt").write_text(ENGLISH, "utf-8")
    said = "import sys, broadsheet; broadsheet.load(sys.argv[1]); sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said, str(tmp_path)], check=False).returncode == 0
