"""The words of a theme: as written, told once, two together where they say more."""

import pytest

from coalface.methods.telling import TERMS, telling

CARD = ["My card is late.", "the cards are late", "Card payment", "my card!"]


def of(texts, others=("rude staff", "such staff")):
    return telling([*texts, *others], [0] * len(texts) + [1] * len(others))[0]


def test_a_term_repeats_no_other():
    assert of(CARD) == ("card", "late", "payment")


def test_two_words_that_mostly_come_together_are_one_term():
    assert of(["the exchange rate", "exchange rate is bad", "a bad rate"]) == ("exchange rate", "bad")


@pytest.mark.parametrize(
    ("texts", "terms"),
    [
        (["Die Straße ist laut", "Die Straße stinkt"], ("Straße", "laut", "stinkt")),
        (["I haven't paid", "he hasn’t paid", "paid"], ("paid",)),
        (["a 2fa code", "the 2FA fails", "no 2fa"], ("2fa", "code", "fails")),
        (["the top-up fails", "a top-up of 20"], ("top-up", "fails")),
        (["Apple Pay fails", "no Apple Pay", "with Apple Pay"], ("Apple Pay", "fails")),
        (["XXXX stole [name] money", "money [mail] XX/XX/XXXX"], ("money", "stole")),
        (["Karte verloren", "Meine Karte", "Meine Karten"], ("Karte", "verloren")),
        (["cash, fee", "fee. cash"], ("cash", "fee")),
        (["how are you", "you are how"], ()),
        (["😀", ""], ()),
    ],
    ids=[
        "as written",
        "no pieces",
        "digits",
        "hyphen",
        "names",
        "blacked out",
        "endings",
        "signs",
        "little",
        "none",
    ],
)
def test_terms_are_words_as_people_wrote_them(texts, terms):
    assert of(texts) == terms


def test_at_most_six_are_told_and_noise_counts_for_none():
    assert len(of([" ".join(f"word{letter}x" for letter in "abcdefghijk")])) <= TERMS
    assert telling(["one text", "another"], [-1, -1]) == {}
    with pytest.raises(ValueError, match="zip"):
        telling(["one"], [])
