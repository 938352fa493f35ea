"""The small words that show where a sentence turns to another subject, in English, German and French.

>>> sorted(SPEECHES)
['de', 'en', 'fr']
>>> "aber" in SPEECHES["de"].small, bool(SPEECHES["en"].contrast.match("however"))
(True, True)
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from .speech_english import ENGLISH
from .speech_french import FRENCH
from .speech_german import GERMAN
from .speech_kinds import phrases

SPEECHES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH}


def _known_by() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code, speech in SPEECHES.items():
        for known in (speech.openers, speech.small, speech.verbs, speech.judging):
            for word in known:
                found[word][code] += 1
    return dict(found)


# In how many lists of each language a word stands.
KNOWN_BY = _known_by()


def hits(words: Iterable[str]) -> dict[str, int]:
    """How often words belong to those a language is known by.

    Shapes: words in lower case, with straight apostrophes. Units: a count for each of the three languages.
    Errors: none. Source: the lists above.

    >>> hits(["die", "karte", "ist", "weg"])
    {'en': 0, 'de': 3, 'fr': 0}
    """
    found = dict.fromkeys(SPEECHES, 0)
    for word, count in Counter(words).items():
        for code, lists in KNOWN_BY.get(word, {}).items():
            found[code] += count * lists
    return found


# The commonest "but" of other languages; a cut only after a comma, or where a sentence begins anew.
BUT = {
    "es": phrases("pero sin_embargo"),
    "it": phrases("ma però invece"),
    "nl": phrases("maar echter"),
    "pl": phrases("ale jednak natomiast"),
    "pt": phrases("mas porém"),
    **dict.fromkeys(("sv", "da"), phrases("men")),
    "tr": phrases("ama fakat ancak"),
    "cs": phrases("ale avšak"),
    "ro": phrases("dar însă"),
    "hu": phrases("de viszont azonban"),
    "hr": phrases("ali"),
}
