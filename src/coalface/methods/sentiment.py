"""Whether a clause sounds pleased or displeased: where that was measured, and unknown everywhere else."""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

# From these scores on (VADER's compound, -1 to 1) an answer is given: the smallest that were right two times
# in three on half of what people rated. Between them lies "neutral", which was right so seldom that it is not
# answered (docs/methods/sentiment.md).
NEGATIVE_FROM, POSITIVE_FROM = -0.05, 0.4
# Longer than this no text speaks of one thing, so nothing it sounds like would be true of it.
LONGEST = 2_000
# In a customer's mouth these name a thing or ask for one; VADER's lexicon takes them for feelings.
_NO_FEELING = (
    "accept accepted active agreed agreement allow allowed approval approve approved assured beneficiary"
    " benefit benefits bonus care certain certainly clear clearly consent credit credited credits dear"
    " definitely ensure fair free friend friends gift gifts help interest interested interests legal"
    " mandatory matter number original parties party please progress reach reached reward rewards resolve"
    " resolving secure secured security share shared shares sincerely support sure swift top trust trusts"
    " tx united urgent validate want wants well wells wish withdrawal"
)

# What is wished for, or taken back by the words around it, sounds like its opposite.
_TURNED = re.compile(
    r"\b(?:(?:could|should|would|might)(?:n['’]t| not)?(?: have)? (?:be|been)|hardly|barely|scarcely"
    r"|anything but|far from|no longer|used to be|supposed to be)\b",
    re.IGNORECASE,
)


def polarity(texts: Sequence[str], languages: Sequence[str]) -> list[str]:
    """What each text sounds like: "positive", "negative", or "" for unknown.

    Shapes: as many language codes ("en", "en-GB") as texts, as many answers. Units: none. Unknown are: every
    language but English (nothing was measured there), texts without a word of feeling, with feelings that
    weigh each other out or wishes ("could be better"), questions that sound pleased, texts longer than
    `LONGEST`, and everything where vaderSentiment is not installed. "neutral" is kept for a method that can
    tell it; this one cannot. Never about a person's performance.
    Errors: ValueError when texts and languages are not as many.
    Source: Hutto & Gilbert 2014, VADER; measured in benchmarks/understand_languages.py.

    >>> polarity(["Great staff", "Dreadful app", "It kept crashing", "Tolle App"], ["en", "en", "en", "de"])
    ['positive', 'negative', '', '']
    """
    pairs = list(zip(texts, languages, strict=True))
    if find_spec("vaderSentiment") is None:
        return [""] * len(pairs)
    return [_sounds(text) if code.split("-")[0].lower() == "en" else "" for text, code in pairs]


def _sounds(text: str) -> str:
    if len(text) > LONGEST or not text.strip() or _TURNED.search(text):
        return ""
    score = _vader().polarity_scores(text)["compound"]
    if score >= POSITIVE_FROM:
        return "" if text.rstrip().endswith("?") else "positive"
    return "negative" if score <= NEGATIVE_FROM else ""


@lru_cache(maxsize=1)
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    for word in _NO_FEELING.split():
        vader.lexicon.pop(word, None)
    return vader
