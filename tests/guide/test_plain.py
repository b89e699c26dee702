"""The plain language gate counts as a person would, and lets pass only what the guide names."""

from pathlib import Path

import pytest

from wizard.config import ROOT
from wizard.guide.plain import added_clauses, measure, split_sentences, split_words
from wizard.guide.plain_check import check_plain, read_passages
from wizard.guide.sources import Sources, read_sources

SOUND = Path(__file__).parent / "sound"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Du kan søke. Du kan klage.", ["Du kan søke.", "Du kan klage."]),
        ("Ta kontakt, f.eks. Nav eller bl.a. Helsenorge.", ["Ta kontakt, f.eks. Nav eller bl.a. Helsenorge."]),
        ("Det er åpent kl. 9–15. Ring først.", ["Det er åpent kl. 9–15.", "Ring først."]),
        ("Se hol. § 3-2 første ledd nr. 6 bokstav b.", ["Se hol. § 3-2 første ledd nr. 6 bokstav b."]),
        ("Ring 113. 116 117 er legevakten.", ["Ring 113.", "116 117 er legevakten."]),
        ("Møt opp 17. mai kl. 10.30 ved rådhuset.", ["Møt opp 17. mai kl. 10.30 ved rådhuset."]),
        ("Det koster 1.500,50 kroner. Spør om prisen.", ["Det koster 1.500,50 kroner.", "Spør om prisen."]),
        ("Seng, mat osv. Spør gjerne.", ["Seng, mat osv.", "Spør gjerne."]),
        ("Går det bra? Ja! Fint …", ["Går det bra?", "Ja!", "Fint …"]),
        ("Noen spør «Hvordan går det?» når de møtes.", ["Noen spør «Hvordan går det?» når de møtes."]),
        ("De sa «Kom inn.» Jeg gikk inn.", ["De sa «Kom inn.»", "Jeg gikk inn."]),
        ("Dette er gratis: råd og kurs.", ["Dette er gratis:", "råd og kurs."]),
        ("Ta med:\n- pass\n- briller\n1. Ring\n2. Spør", ["Ta med:", "pass", "briller", "Ring", "Spør"]),
        ("En overskrift\n\nEn tekst uten punktum", ["En overskrift", "En tekst uten punktum"]),
        ("En linje som er\n  brukket.", ["En linje som er brukket."]),
        (" – ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, sentences: list[str]) -> None:
    assert list(split_sentences(text)) == sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ring 116 117, hele døgnet.", 4),
        ("Hver dag kl. 9–15", 4),
        ("F.eks. § 3-2 nr. 6", 4),
        ("Mor og/eller far – sammen", 5),
        ("Tros- og livssynssamfunn", 3),
        ("Alderen 0–5 år, kl. 10.30 og 1,5 time", 8),
        ("", 0),
    ],
)
def test_a_number_a_time_and_an_abbreviation_are_one_word_each(text: str, count: int) -> None:
    assert len(split_words(text)) == count


def test_lix_is_words_per_sentence_and_long_words_per_hundred() -> None:
    """Counted by hand: 12 words, 2 sentences; “kommunen”, “hjelpen” and “trenger” have more than six letters."""
    counted = measure(["Du kan be kommunen om hjelp.", "Vi ser på hjelpen du trenger."])
    assert (counted.words, counted.sentences, counted.long_words) == (12, 2, 3)
    assert counted.lix == pytest.approx(12 / 2 + 100 * 3 / 12)


def test_a_word_of_six_letters_is_short_and_digits_are_no_letters() -> None:
    assert measure(["Søknad 116 117 2025–2026 3-2."]).long_words == 0
    assert measure(["Søknader."]).long_words == 1


def test_a_text_ends_a_sentence_with_or_without_a_full_stop() -> None:
    assert measure(["Mat og prat", "Tro"]).sentences == 2
    assert measure([]).lix == 0


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mye hjelp trenger du?",
        "Når begynte det?",
        "Trenger du hjelp med å finne, beholde eller tilpasse en bolig?",
        "Har du det som regel bra?",
        "Trenger personen eller du tolk?",
        "Får du hjelp hos deg eller hos noen andre?",
        "Har du blitt mer glemsk eller fått demens?",
    ],
)
def test_a_question_of_one_clause_passes(question: str) -> None:
    assert added_clauses(question) == ()


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("Tror du at det går over?", ["at"]),
        ("Har du gjeld som er vanskelig å betale?", ["som"]),
        ("Hva skjer når det er på det verste?", ["når"]),
        ("Når du er alene, er du da trygg?", ["Når du"]),
        ("Er du usikker på om du kan bo hjemme?", ["om du"]),
        ("Vet du hvor du skal ringe?", ["hvor du"]),
        ("Venter du barn, eller har du barn?", ["eller har du"]),
    ],
)
def test_what_opens_a_second_clause_is_named(question: str, by: list[str]) -> None:
    assert list(added_clauses(question)) == by


def judged(tmp_path: Path, file: str, old: str, new: str, plain: str = "") -> list[str]:
    """What the gate says of the sound guide with one text changed."""
    for source in SOUND.rglob("*.yaml"):
        copy = tmp_path / source.relative_to(SOUND)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    if plain:
        (tmp_path / "plain.yaml").write_text(plain, encoding="utf-8")
    sources: Sources = read_sources(tmp_path)
    assert not sources.faults
    return [fault.what for fault in check_plain(sources)]


LONG = "En te som er så lang at den aldri tar slutt, men bare går videre og videre til den er kald."


def test_a_sentence_of_twenty_words_passes_and_one_more_does_not(tmp_path: Path) -> None:
    assert len(split_words(LONG)) == 21
    said = ("urgent.yaml", "say: Ring og spør.")
    assert judged(tmp_path, *said, f"say: {LONG}") == [f"21 words in one sentence, at most 20: “{LONG}”."]
    assert judged(tmp_path, *said, "say: " + LONG.replace(" bare", "")) == []


@pytest.mark.parametrize("key", ["printed", "law"])
def test_what_others_have_worded_is_not_judged(tmp_path: Path, key: str) -> None:
    old = {"printed": "printed: Kanne", "law": "law: teloven § 1"}[key]
    file = {"printed": "steps/2-pot.yaml", "law": "rights.yaml"}[key]
    assert judged(tmp_path, file, old, f"{key}: >-\n          {LONG}" if key == "printed" else f'{key}: "{LONG}"') == []


@pytest.mark.parametrize("written", ["aim: Alle har nok te.", "title: En kanne", "title: Te"])
def test_the_printed_ladder_speaks_for_itself(tmp_path: Path, written: str) -> None:
    key = written.partition(":")[0]
    assert judged(tmp_path, "steps/2-pot.yaml", written, f"{key}: {LONG}") == []


def test_a_named_exception_lets_a_whole_sentence_pass(tmp_path: Path) -> None:
    plain = f"exceptions:\n  - text: >-\n      {LONG}\n    reason: Prøve.\n"
    assert judged(tmp_path, "urgent.yaml", "say: Ring og spør.", f"say: {LONG}", plain) == []


def test_an_exception_for_a_word_holds_only_in_the_words_it_quotes(tmp_path: Path) -> None:
    plain = "words: {bistand*: hjelp}\nexceptions:\n  - {text: praktisk bistand, reason: Heter det.}\n"
    said = "say: Praktisk bistand er gratis. Bistanden kommer."
    assert judged(tmp_path, "urgent.yaml", "say: Ring og spør.", said, plain) == [
        "An official word, “Bistanden”: “Bistanden kommer.”."
    ]


def test_an_official_word_is_a_whole_word(tmp_path: Path) -> None:
    plain = "words: {tiltak: hjelp, fatt* vedtak: bestemme}\n"
    said = "say: Tiltaket er godt. Tiltak er bra. Vi fattet vedtak."
    assert judged(tmp_path, "urgent.yaml", "say: Ring og spør.", said, plain) == [
        "An official word, “Tiltak”: “Tiltak er bra.”.",
        "An official word, “fattet vedtak”: “Vi fattet vedtak.”.",
    ]


def test_the_gate_reads_every_voice_of_every_question_and_no_code() -> None:
    passages = list(read_passages(read_sources(ROOT / "data" / "lillesand")))
    asked = [passage for passage in passages if passage.asks]
    assert {passage.path[-1] for passage in asked} >= {"self", "relative", "staff", "child"}
    assert len(asked) > 200
    assert any(passage.in_question and not passage.asks for passage in passages)
    assert not [passage for passage in passages if "when" in passage.path]


def test_every_exception_of_lillesand_is_needed_and_gives_its_reason() -> None:
    sources = read_sources(ROOT / "data" / "lillesand")
    assert len(sources.whole["plain"].words) >= 50
    assert all(exception.reason for exception in sources.whole["plain"].exceptions)
    assert check_plain(sources) == ()
