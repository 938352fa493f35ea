"""What the small words of a language do in a sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """What the words of a language do in a sentence; everything in lower case.

    `speakers` are subjects that bring a verb along, `referring` ones name what was spoken of before,
    `openers` begin a subject of their own, or, the `relative` ones, a clause whose verb comes last. `verbs`,
    and whatever ends in `verb_ending`, say something of a subject, as does what comes after `clitics` or
    before `objects`; after `saying` ones comes what was said. By `follows` a word that is in no list looks
    like the verb of the noun right before it. Where one `drops_that`, "the card I ordered" explains.
    `judging` words praise or blame, `denying` and `barely` ones say what something is not, `small` ones and
    whatever looks like an `adverb` name no subject.
    `explaining` words begin a clause that only explains; those that are small, too, only as its first word.
    After `contrast` and `adding` words another subject may begin; after `aside` words, too, where a comma
    stands before them or both sides judge; after `beside` ones where two things are set side by side rather
    than at the same time. `topic` words name what is spoken of next; `conceding` ones at the beginning of a
    sentence are half of what it says. `dismissing` words judge what stands before them, and whatever looks
    like a judging `adjective` judges. `definite` words begin something known; what looks `lasting` went on
    meanwhile. At the beginning of a sentence what looks like an `attribute` describes the noun after it, a
    `participle` the one before it; an `inverted` verb brings its subject along. `follows_surely`: no list is
    needed to know the verb of the noun before it.
    """

    speakers: frozenset[str]
    openers: frozenset[str]
    verbs: frozenset[str]
    verb_ending: re.Pattern[str]
    judging: frozenset[str]
    small: frozenset[str]
    explaining: frozenset[str]
    referring: frozenset[str]
    contrast: re.Pattern[str]
    aside: re.Pattern[str]
    adding: re.Pattern[str]
    beside: re.Pattern[str]
    topic: re.Pattern[str]
    conceding: re.Pattern[str]
    dismissing: re.Pattern[str]
    adjective: re.Pattern[str]
    saying: frozenset[str]
    definite: frozenset[str]
    follows: Callable[[str, str], bool]
    relative: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    barely: frozenset[str] = frozenset()
    adverb: re.Pattern[str] = re.compile(r"(?!)")
    nouns_are_capital: bool = False
    follows_surely: bool = False
    lasting: re.Pattern[str] = re.compile(r"(?!)")
    attribute: re.Pattern[str] = re.compile(r"(?!)")
    participle: re.Pattern[str] = re.compile(r"(?!)")
    inverted: re.Pattern[str] = re.compile(r"(?!)")
    drops_that: bool = False


def dismissals(text: str, fillers: str) -> re.Pattern[str]:
    """Any of these phrases, with fillers such as "well," before it.

    Shapes: phrases with white space between. Units: none. Errors: none. Source: none.

    >>> dismissals("skip forget", "well frankly").match("well, skip it")[0]
    'well, skip'
    """
    filled = phrases(fillers).pattern
    return re.compile(rf"(?:{filled},?\s{{1,9}}){{0,2}}{phrases(text).pattern}", re.IGNORECASE)


def words(text: str) -> frozenset[str]:
    """The words of a list.

    Shapes: words with white space between. Units: none. Errors: none. Source: none.

    >>> sorted(words("und aber"))
    ['aber', 'und']
    """
    return frozenset(text.split())


def phrases(text: str) -> re.Pattern[str]:
    """Any of these phrases, the longest first; an underline stands for white space.

    Shapes: phrases with white space between. Units: none. Errors: none. Source: none.

    >>> phrases("as as_for").match("as  for the food")[0]
    'as  for'
    """
    longest_first = sorted(text.split(), key=len, reverse=True)
    spelled = "|".join(phrase.replace("_", r"\s{1,9}") for phrase in longest_first)
    return re.compile(rf"(?:{spelled})(?![\w'’])", re.IGNORECASE)
