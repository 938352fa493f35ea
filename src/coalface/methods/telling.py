"""The words that tell groups of texts from one another, as people wrote them."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

# Terms shown for each group, and letters read of each text.
TERMS, READ = 6, 2_000
# Languages whose little words tell nothing.
SPOKEN: Final = ("en", "de", "fr", "es", "it", "nl", "pl", "pt")
# Two words stand for one of them if they come together in so many of its places, and of the texts.
TOGETHER, HEARD = 0.5, 0.1
# Words that differ by so many letters at the end, or one of a short word, are one to a reader.
ENDING, SHORT = 3, 4
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CODE = re.compile(r"\[[a-z]+\]")
_PARTS = re.compile(r"[^\W\d_]{2,}")
_STOPS = frozenset(".!?")
Pair = tuple[str, str]


def telling(texts: Sequence[str], labels: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """For each label from 0 up to six terms, words or pairs of words, the most telling first.

    Words as they are mostly written in the middle of a sentence. A pair takes the place of a word that comes
    with it every second time, if a tenth of the texts say it. No term repeats another ("card", "cards",
    "my card"). Little words of eight languages tell nothing, nor does a word that comes in most groups,
    unless there is no other.
    Shapes: n texts, n labels; texts at -1 count for none. Units: none. Errors: ValueError if they differ
    in number. Source: c-TF-IDF of Grootendorst 2022 (BERTopic): how often a word comes in the group, times
    ln(1 + words per group / how often it comes at all); pairs and folding are own rules.

    >>> told = ["The exchange rate is bad", "Your exchange rates!", "what exchange rate"]
    >>> telling([*told, "Rude staff", "staff"], [0, 0, 0, 1, 1])
    {0: ('exchange rate', 'bad'), 1: ('staff', 'rude')}
    """
    groups: dict[int, _Group] = defaultdict(_Group)
    for (label, text), often in Counter(zip(labels, texts, strict=True)).items():
        if label >= 0:
            groups[label].take(text, often)
    everywhere: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for group in groups.values():
        everywhere.update(group.words)
        spread.update(group.words.keys())
    per_group = everywhere.total() / max(1, len(groups))
    rare = {word: math.log(1 + per_group / often) for word, often in everywhere.items()}
    common = {word for word, found_in in spread.items() if found_in > max(2, len(groups) / 2)}
    return {label: _terms(group, rare, common) for label, group in sorted(groups.items())}


def said_in(text: str) -> frozenset[str]:
    """The words of a text and its pairs of words, casefolded: whether a term, casefolded, stands in it.

    Shapes: any string. Units: none. Errors: none. Source: own rules, those of `telling`.

    >>> sorted(said_in("The Drop-off CODE"))
    ['code', 'drop-off', 'drop-off code', 'the', 'the drop-off']
    """
    runs = [[word.casefold() for word in words] for _, words in _runs(text)]
    return frozenset(key for run in runs for key in (*run, *map(" ".join, pairwise(run))))


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Little words of eight languages, casefolded.

    Shapes: none in, a set out. Units: none. Errors: none. Source: the package stop-words.

    >>> {"the", "und", "haven"} <= small_words(), "card" in small_words()
    (True, False)
    """
    from stop_words import get_stop_words

    words = (word for language in SPOKEN for word in get_stop_words(language))
    return frozenset(part for word in words for part in _PARTS.findall(word.casefold()))


@dataclass(slots=True)
class _Group:
    """How often words and pairs come in a group, and how each word is written."""

    texts: int = 0
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[Pair] = field(default_factory=Counter)
    written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, text: str, often: int) -> None:
        self.texts += often
        for first, words in _runs(text):
            keys = [word.casefold() for word in words]
            for place, (key, word) in enumerate(zip(keys, words, strict=True)):
                if _is_word(key):
                    self.words[key] += often
                    starts = first and not place and word.istitle()
                    self.written[key][word.lower() if starts else word] += 1 if starts else 100 * often
            for pair in pairwise(keys):
                if pair[0] != pair[1] and all(map(_is_word, pair)):
                    self.pairs[pair] += often

    def shown(self, key: str) -> str:
        forms = self.written[key]
        return min(forms, key=lambda form: (-forms[form], not form.islower(), form))


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Words between which nothing but spaces stands; whether the first of them begins a sentence."""
    shown = _CODE.sub(".", unicodedata.normalize("NFKC", text[:READ]))
    first, run, end = True, list[str](), 0
    for found in _WORD.finditer(shown):
        between = shown[end : found.start()]
        if run and between.strip():
            yield first, run
            first, run = not _STOPS.isdisjoint(between), []
        run.append(found[0])
        end = found.end()
    if run:
        yield first, run


def _is_word(key: str) -> bool:
    """Two letters or more, not one and the same over and over, as where something is blacked out."""
    letters = sum(map(str.isalpha, key))
    return len(key) > 1 and 2 * letters >= len(key) and len(set(key)) > 1


def _terms(group: _Group, rare: Mapping[str, float], common: set[str]) -> tuple[str, ...]:
    small = small_words()
    weight = {word: often * rare[word] for word, often in group.words.items()}
    ranked = sorted(weight, key=lambda word: (-weight[word], word))
    large = [word for word in ranked if word not in small]
    best = [word for word in large if word not in common]
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for pair, often in group.pairs.items():
        if often >= max(2, HEARD * group.texts) and small.isdisjoint(pair):
            for word in pair:
                if often >= TOGETHER * group.words[word]:
                    pairs[word].append(pair)
    said: list[str] = []
    terms: list[str] = []
    for word in best or large:
        if len(terms) == TERMS:
            break
        if _repeats(word, said):
            continue
        fitting = [pair for pair in pairs[word] if not any(_repeats(part, said) for part in pair)]
        term = min(fitting, key=lambda pair: (-group.pairs[pair], pair), default=(word,))
        said += term
        terms.append(" ".join(map(group.shown, term)))
    return tuple(terms)


def _repeats(word: str, said: Sequence[str]) -> bool:
    return any(_alike(*sorted((word, one), key=len)) for one in said)


def _alike(shorter: str, longer: str) -> bool:
    """The same word with another ending: card and cards, charge and charging, Karte and Karten."""
    if shorter == longer or longer == shorter + "s":
        return True
    stem = shorter[:-1] if shorter[-1] in "ey" else shorter
    ending = len(longer) - len(shorter)
    return len(shorter) >= SHORT and 0 < ending <= ENDING and longer.startswith(stem)
