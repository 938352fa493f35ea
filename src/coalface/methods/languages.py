"""Which language a text is written in, among a few; nothing rather than a guess."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from .speech import hits

# What is looked for when nobody chose, and what is known beside it so as not to be taken for one of these.
COMMON = ("en", "de", "fr", "es", "nl", "pl", "it", "pt")
BESIDE = ("tr", "sv", "da", "ro", "cs", "hu", "hr", "id")
# One text in ten is taken to be in a language that is only known beside.
WEIGHT_BESIDE = 0.1
# An answer needs this share of the certainty; beginning and end need more, unless small words agree.
SURE, SURE_OF_A_PART = 0.8, 0.95
# Fewer letters tell no language; what comes after so many characters tells nothing new.
FEWEST_LETTERS, LOOKED_AT = 4, 1_000
# So many more small words of another language take the answer back.
CONTRADICTED_FROM = 2
_WORDS_TO_PART = 8
_ELISION = re.compile(r"\b([cdjlmnst]|qu)['’](?=\w)")
_NOT_WORDS = re.compile(
    r"<[^<>]{0,500}>|&#?\w{2,8};|\b(?:https?://|www\.)\S{1,500}|\S{1,64}@\S{1,190}|[\d_]+"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Language:
    """A code of ISO 639-1, "" where it cannot be told; the confidence is a score, not a probability."""

    code: str
    confidence: float


def detect(texts: Sequence[str], among: Sequence[str] = COMMON) -> list[Language]:
    """The language of each text.

    Shapes: any texts; as many answers. Units: codes of two letters, confidence 0 to 1 as the library gives
    it, uncalibrated. "" with 0 stands for: too short, no letters, beginning and end in two languages, a
    language or script not among those asked for, or the library not installed. Unknown codes are passed over.
    Errors: none, whatever the text. Source: lingua (n-grams of three letters, its low-accuracy mode).

    >>> [found.code for found in detect(["Die Karte wurde gesperrt", "Le guichet est fermé", "ok", "😡"])]
    ['de', 'fr', '', '']
    """
    if find_spec("lingua") is None:
        return [Language("", 0.0)] * len(texts)
    wanted = frozenset(code.split("-")[0].lower() for code in among)
    detector = _detector(frozenset({*COMMON, *BESIDE, *wanted}))
    return [_of(text, wanted, detector) for text in texts]


def _of(text: str, wanted: frozenset[str], detector: Any) -> Language:
    words = _words(text[:LOOKED_AT])
    if sum(map(len, words)) < FEWEST_LETTERS:
        return Language("", 0.0)
    found = _surest(words, wanted, detector)
    unsure = _is_in_two_scripts(words) or found.code not in wanted or found.confidence < SURE
    if unsure or _is_contradicted(words, found.code) or _is_mixed(words, wanted, detector):
        return Language("", 0.0)
    return found


def _small_words(words: Iterable[str]) -> dict[str, int]:
    return hits(piece for word in words for piece in _ELISION.sub(r"\1' ", word.lower()).split())


def _is_contradicted(words: Iterable[str], code: str) -> bool:
    """Whether its small words say another language; known for three."""
    counts = _small_words(words)
    return code in counts and max(counts.values()) - counts[code] >= CONTRADICTED_FROM


def _words(text: str) -> list[str]:
    """Without marks, addresses, numbers, what nobody sees, and halves of characters."""
    seen = _UNSEEN.sub("", _NOT_WORDS.sub(" ", text))
    return _WORD.findall(unicodedata.normalize("NFC", seen))


def _is_in_two_scripts(words: Sequence[str]) -> bool:
    """Whether a quarter or more of its words is Latin, and a quarter or more is not."""
    latin = sum(unicodedata.name(word[0], "").startswith("LATIN") for word in words)
    return 4 * min(latin, len(words) - latin) >= len(words)


def _is_mixed(words: Sequence[str], wanted: frozenset[str], detector: Any) -> bool:
    """Whether it surely begins in one language and ends in another."""
    if len(words) < _WORDS_TO_PART:
        return False
    part = max(_WORDS_TO_PART // 2, len(words) // 3)
    ends = words[:part], words[-part:]
    first, last = (_surest(some, wanted, detector) for some in ends)
    if first.code == last.code:
        return False
    confirmed = all(
        _small_words(some).get(found.code, 0) >= CONTRADICTED_FROM
        for some, found in zip(ends, (first, last), strict=True)
    )
    return min(first.confidence, last.confidence) >= (SURE if confirmed else SURE_OF_A_PART)


def _surest(words: Iterable[str], wanted: frozenset[str], detector: Any) -> Language:
    values = detector.compute_language_confidence_values(" ".join(words))
    weights = {code: value * (1 if code in wanted else WEIGHT_BESIDE) for code, value in map(_read, values)}
    code = max(weights, key=lambda each: weights[each])
    return Language(code, round(weights[code] / (sum(weights.values()) or 1), 3))


def _read(value: Any) -> tuple[str, float]:
    return _code(value.language), float(value.value)


@lru_cache(maxsize=1)
def _detector(codes: frozenset[str]) -> Any:
    """Built once for a process: about 30 MB, where high accuracy would take more than 200."""
    from lingua import Language as Known
    from lingua import LanguageDetectorBuilder

    known = [language for language in Known.all() if _code(language) in codes]
    return LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()


def _code(language: Any) -> str:
    return str(language.iso_code_639_1.name).lower()
