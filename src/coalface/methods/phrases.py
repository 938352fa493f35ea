"""Which known issue somebody's words speak of, and in which clause: by phrases people wrote, no model."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from .clauses import parts_around

# Policy: how sure one, two, and three or more different phrases make us, and what a tie costs.
CONFIDENCE = (0.6, 0.8, 0.9)
UNSURE_BY_A_TIE = 0.2

_PIECES = re.compile(r"[\s\-\u2010-\u2015]+")
_GAP = r"[\s\-\u2010-\u2015]{1,20}"
# Scripts written without spaces: a word there has no edge to insist on. Indic vowels are letters here, too.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_INDIC = r"\u0900-\u0963\u0966-\u0dff"
_LETTER = rf"(?:[^\W{_UNSPACED}]|[{_INDIC}])"
_WORD = re.compile(rf"{_LETTER}+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_REST_OF_WORD = rf"{_LETTER}{{0,40}}"
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "ʼ": "'"})
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Phrases:
    """How an issue is recognised: any of the phrases, unless one of the others stands in the same text."""

    issue: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An issue that a text speaks of, how sure that is, and the clause which says it."""

    issue: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    route: int
    counts: bool
    pattern: re.Pattern[str]


class PhraseRouter:
    """Routes, prepared once so that many texts can be matched quickly.

    Shapes: any number of routes. In a phrase case and accents do not matter (ß = ss, ø = o), words match
    whole, a word ending in * matches whatever begins so, a space or hyphen any white space or hyphens.
    Scripts written without spaces match anywhere. An empty phrase matches nothing.
    Errors: none. Source: own rules.

    >>> PhraseRouter([Phrases("card_block", ("card block*", "carte bloquée"))]).match("Ma CARTE  BLOQUEE !")
    [Match(issue='card_block', confidence=0.6, start=0, end=19)]
    """

    def __init__(self, routes: Sequence[Phrases]) -> None:
        self._issues = [route.issue for route in routes]
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_beginning: dict[str, list[_Phrase]] = defaultdict(list)
        self._anywhere: list[_Phrase] = []
        for position, route in enumerate(routes):
            for counts, phrases in ((True, route.phrases), (False, route.unless)):
                for phrase in dict.fromkeys(_fold(each)[0].strip() for each in phrases):
                    self._take_in(position, counts, phrase)
        self._beginnings = sorted({len(beginning) for beginning in self._by_beginning})

    def match(self, text: str, language: str = "") -> list[Match]:
        """The issues a text speaks of, the surest first, then by name of the issue.

        Shapes: one text, and its language where that is known. Units: confidence .6 for one phrase, .8 for
        two different ones, .9 for three up; when several issues tie for the first place each loses .2. The
        clause is the part of a sentence (`clauses.parts`) with most hits. Errors: none. Source: policy, see
        docs/methods/phrases.md; not a measured probability.

        >>> router = PhraseRouter([Phrases("wait", ("queue", "wait*")), Phrases("fee", ("fee",))])
        >>> [(match.issue, match.confidence) for match in router.match("I queue and wait. A fee?")]
        [('wait', 0.8), ('fee', 0.6)]
        """
        folded, offsets = _fold(text)
        hits, silenced = self._hits(folded)
        spoken_of = [route for route in hits if route not in silenced]
        if not spoken_of:
            return []
        places = {
            route: [offsets[at] if offsets else at for at in _places(hits[route])] for route in spoken_of
        }
        around = parts_around(text, chain.from_iterable(places.values()), language)
        sure = {route: CONFIDENCE[min(len(hits[route]), len(CONFIDENCE)) - 1] for route in spoken_of}
        first = [route for route in spoken_of if sure[route] == max(sure.values())]
        if len({self._issues[route] for route in first}) > 1:
            sure.update({route: round(sure[route] - UNSURE_BY_A_TIE, 2) for route in first})
        found = []
        for route in spoken_of:
            tally = Counter(around[place] for place in places[route])
            clause = min(tally, key=lambda clause: (-tally[clause], clause.start))
            found.append(Match(self._issues[route], sure[route], clause.start, clause.end))
        return sorted(found, key=lambda match: (-match.confidence, match.issue, match.start))

    def _take_in(self, route: int, counts: bool, phrase: str) -> None:
        pieces = [piece for piece in _PIECES.split(phrase) if piece.strip("*")]
        if not pieces:
            return
        spelled = _GAP.join(
            re.escape(piece.rstrip("*")) + (_REST_OF_WORD if piece.endswith("*") else "") for piece in pieces
        )
        closed = rf"(?!{_LETTER})" if _WORD.match(pieces[-1][-1]) else ""
        kept = _Phrase(route, counts, re.compile(spelled + closed))
        word = _WORD.match(pieces[0])
        if word is None:
            self._anywhere.append(kept)
        elif pieces[0][word.end() :].startswith("*"):
            self._by_beginning[word[0]].append(kept)
        else:
            self._by_word[word[0]].append(kept)

    def _hits(self, folded: str) -> tuple[dict[int, dict[_Phrase, list[int]]], set[int]]:
        """By route and phrase where it was found, and the routes that an `unless` silences."""
        hits: dict[int, dict[_Phrase, list[int]]] = defaultdict(lambda: defaultdict(list))
        silenced: set[int] = set()
        for phrase, at in self._found(folded):
            if phrase.counts:
                hits[phrase.route][phrase].append(at)
            else:
                silenced.add(phrase.route)
        return hits, silenced

    def _found(self, folded: str) -> Iterator[tuple[_Phrase, int]]:
        for word in (_ASCII_WORD if folded.isascii() else _WORD).finditer(folded):
            for phrase in self._candidates(word[0]):
                if phrase.pattern.match(folded, word.start()):
                    yield phrase, word.start()
        for phrase in self._anywhere:
            for hit in phrase.pattern.finditer(folded):
                yield phrase, hit.start()

    def _candidates(self, word: str) -> Iterator[_Phrase]:
        yield from self._by_word.get(word, ())
        for length in self._beginnings:
            if length > len(word):
                return
            yield from self._by_beginning.get(word[:length], ())


def route(text: str, routes: Sequence[Phrases]) -> list[Match]:
    """Match one text; for many texts prepare a `PhraseRouter` once.

    Shapes, units and source: as for `PhraseRouter.match`. Errors: none.

    >>> route("The fee on my statement", [Phrases("statement_fee", ("fee*",), unless=("coffee",))])
    [Match(issue='statement_fee', confidence=0.6, start=0, end=23)]
    """
    return PhraseRouter(routes).match(text)


def _places(hits: dict[_Phrase, list[int]]) -> list[int]:
    return [at for places in hits.values() for at in places]


def _fold(text: str) -> tuple[str, list[int] | None]:
    """The text without case and accents, and for each character the place it came from (None: the same)."""
    if text.isascii():
        return text.lower(), None
    parts = [_fold_letter(letter) for letter in text]
    offsets = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), offsets


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    if letter in _DROPPED:
        return ""
    spelled = unicodedata.normalize("NFKD", letter.casefold()).translate(_PLAIN).casefold()
    return "".join(each for each in spelled if not _is_accent(each))


def _is_accent(letter: str) -> bool:
    """Accents, Hebrew points and Arabic vowel signs; not the vowels of Devanagari or Thai."""
    rank = unicodedata.combining(letter)
    return 10 <= rank <= 36 or rank >= 200
