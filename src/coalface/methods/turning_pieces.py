"""A sentence in pieces: what was noticed between two places where another subject may begin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .speech_kinds import Speech

TOKEN = re.compile(
    r"""(?P<quote>["„“”«»])
    |(?P<bracket>[()\[\]])
    |(?P<comma>,(?!\d)|(?<=\s)[-\u2010-\u2015](?=\s)|(?<!\d)\u2014)
    |(?P<word>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)|[^\W_]+(?:[.'’-][^\W_]+)*)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_WORD = 40


@dataclass(slots=True)
class Piece:
    """What stands between two places where another subject may begin, and what was noticed in it."""

    start: int
    kind: str = "comma"
    comma: bool = False
    words: int = 0
    verb_at: int = 0
    verb: bool = False
    subject: bool = False
    opened: bool = False
    judged: bool = False
    judged_last: bool = False
    topics: int = 0
    explains: bool = False
    saying: bool = False
    refers: bool = False
    names_next: bool = False
    maybe_relative: bool = False
    noun_second: bool = False
    contrasts: bool = False
    introduced: bool = False
    denies: bool = False
    described: bool = False
    bare: bool = False
    surely_verb: bool = False
    leads: bool = False
    speaker: str = ""
    noun: str = ""
    unlisted: str = ""
    last: str = ""
    topics_first: int = 0
    dismissed: bool = False
    concedes: bool = False
    article_first: bool = False
    elapsing: bool = False

    @property
    def is_relative(self) -> bool:
        """German "…, die niemand versteht" beside "…, die App spinnt": the verb comes last."""
        verb_last = self.verb_at == self.words >= (4 if self.noun_second else 3)
        return self.maybe_relative and self.kind == "comma" and verb_last

    @property
    def points_back(self) -> bool:
        """German "…, die brauche ich"; "but this is wrong"."""
        return self.maybe_relative and self.verb_at == 2

    @property
    def stands_alone(self) -> bool:
        """ "… and lights flicker", "… and customer service takes days": only a name before its verb."""
        return (
            not self.bare
            or self.verb_at <= self.topics_first + 2 <= 3
            or self.verb_at == self.topics_first + 1
        )

    @property
    def speaks_of_no_noun(self) -> bool:
        """ "… and the first month is free", "… but to cancel is impossible" in German."""
        says = self.surely_verb and not self.speaker and self.kind in ("adding", "contrast")
        return says and (self.article_first or (self.judged and self.verb_at == 2 and self.unlisted != ""))

    @property
    def left_out_its_verb(self) -> bool:
        """ "…, hot water not", "…, the hotline however a morning"."""
        return self.article_first and not self.verb and (self.denies or self.contrasts)

    @property
    def only_names(self) -> bool:
        """ "… and breakfast", of which nothing was said yet."""
        return self.topics > 0 and not (self.verb or self.judged or self.explains)

    @property
    def concedes_nothing(self) -> bool:
        """ "While I was waiting, …" says when, "while the crew was kind, …" says something of the crew."""
        return self.concedes and (self.speaker != "" or self.topics == 0 or self.elapsing)

    def goes_on(self, other: "Piece") -> None:
        """The other one still speaks of the same."""
        self.verb |= other.verb
        self.surely_verb |= other.surely_verb
        self.judged |= other.judged
        self.judged_last = other.judged_last
        self.topics += other.topics
        self.described |= other.described
        self.denies |= other.denies
        self.speaker = self.speaker or other.speaker
        self.saying = other.saying
        self.explains = other.explains or (self.explains and not other.comma)


def pieces(text: str, start: int, end: int, speech: Speech) -> Iterator[Piece]:
    """A sentence from each word that may begin another subject to the next.

    Shapes: a text, where its sentence starts and ends, and the words of its language. Units: offsets in
    characters. Errors: none. Source: own rules.

    >>> from coalface.methods.speech_english import ENGLISH
    >>> [piece.start for piece in pieces("great staff, dreadful app", 0, 25, ENGLISH)]
    [0, 13]
    """
    with_capitals = speech.nouns_are_capital and any(map(str.isupper, text[start:end]))
    piece = Piece(start)
    quoted, brackets, comma, at = False, 0, False, start
    while token := TOKEN.search(text, at, end):
        at = token.end()
        inside = quoted or brackets > 0
        if token["quote"]:
            quoted = not quoted
        elif token["bracket"]:
            brackets = max(0, brackets + (1 if token["bracket"] in "([" else -1))
        elif token["comma"]:
            comma = comma or not inside
        else:
            kind, after = ("", at) if inside else _joint(text, token.start(), end, speech)
            if not piece.words and not inside and (led := speech.conceding.match(text, token.start(), end)):
                kind, after, piece.concedes = "beside", led.end(), True
            at = after or at
            if comma and piece.only_names:
                comma &= not _is_spoken_of_next(text, token.start(), piece, speech)
            if piece.words and (comma or _may_turn(piece, kind)):
                yield piece
                piece = Piece(token.start(), kind or "comma", comma)
            elif kind:
                piece.contrasts |= kind != "adding"
                piece.kind = "topic" if kind == "topic" and not piece.words else piece.kind
            if not (kind or brackets > 0):
                _notice(piece, token["word"], speech, with_capitals)
            comma = False
    yield piece


def _is_spoken_of_next(text: str, at: int, piece: Piece, speech: Speech) -> bool:
    """After "as for breakfast," and in "… and breakfast, well, skip it" the comma parts nothing."""
    if piece.kind == "comma":
        return False
    piece.dismissed = bool(speech.dismissing.match(text, at))
    piece.judged |= piece.dismissed
    return piece.dismissed or piece.kind == "topic"


def _joint(text: str, at: int, end: int, speech: Speech) -> tuple[str, int]:
    """What kind of joint begins here, and where it ends; "" and 0 for any other word."""
    for kind, pattern in (
        ("contrast", speech.contrast),
        ("topic", speech.topic),
        ("beside", speech.beside),
        ("aside", speech.aside),
        ("adding", speech.adding),
    ):
        if found := pattern.match(text, at, end):
            return kind, found.end()
    return "", 0


def _may_turn(piece: Piece, kind: str) -> bool:
    """In "…, the price however has risen" the subject stands before its "however"."""
    return bool(kind) and (kind == "adding" or piece.verb or piece.judged or not piece.comma)


def _notice(piece: Piece, raw: str, speech: Speech, with_capitals: bool) -> None:
    """What one more word says about its piece."""
    word = plain(raw) if len(raw) <= _LONGEST_WORD else ""
    piece.words += 1
    first = piece.words == 1
    just_judged = piece.judged_last
    piece.judged_last &= piece.explains
    piece.saying = word in speech.saying
    piece.maybe_relative |= first and (word in speech.relative or word in speech.referring)
    piece.noun_second |= piece.words == 2 and (raw[0].isupper() or word in speech.judging)
    if piece.explains:
        return
    piece.denies |= word in speech.denying
    piece.article_first |= first and word in speech.definite
    piece.elapsing |= word not in speech.judging and bool(speech.lasting.match(f"{piece.last} {word}"))
    piece.leads |= first and (word in speech.openers or word in speech.judging or word in speech.barely)
    if _explains(word, piece, speech):
        piece.explains = True
    elif word in speech.speakers:
        piece.refers |= first and word in speech.referring
        if speech.nouns_are_capital or not piece.verb:
            piece.speaker = piece.speaker or word
        piece.opened |= word in speech.openers
        piece.subject = True
        _says(piece, piece.words + 1)
    elif speech.inverted.match(word):
        piece.refers |= first
        piece.speaker = piece.speaker or word
        _says(piece, piece.words)
    elif word in speech.openers and (first or word not in speech.small):
        if piece.unlisted and word in speech.objects:
            _says(piece, piece.words - 1)
        _opens(piece, speech)
        piece.names_next = True
    elif word in speech.judging or speech.adjective.match(word):
        piece.judged = piece.judged_last = piece.names_next = True
    elif piece.noun and not piece.verb and speech.participle.match(word):
        piece.described = piece.judged_last = True
    elif _is_verb(word, raw, piece, speech, with_capitals):
        elided = piece.last == "l'" and piece.words == 2
        _says(piece, 1 if elided else piece.words)
    elif _follows(word, raw, piece, speech):
        _says(piece, piece.words, surely=with_capitals or speech.follows_surely)
    elif _is_small(word, speech) or raw[0].isdecimal():
        piece.names_next &= not just_judged
        piece.noun = ""
    else:
        _names(piece, raw, speech, with_capitals)
    piece.last = word


def _says(piece: Piece, at: int, surely: bool = True) -> None:
    piece.verb = True
    piece.surely_verb |= surely
    if not piece.verb_at:
        piece.verb_at, piece.topics_first = at, piece.topics
    piece.names_next = False


def _explains(word: str, piece: Piece, speech: Speech) -> bool:
    if word in speech.explaining:
        return piece.words == 1 or word not in speech.small
    subject_stands = speech.drops_that and piece.subject and not piece.verb
    return subject_stands and word in speech.speakers and word not in speech.openers


def _opens(piece: Piece, speech: Speech) -> None:
    """In German the subject may follow its verb: "am Telefon meldet sich die Zentrale"."""
    if speech.nouns_are_capital or not piece.verb:
        piece.subject = piece.opened = True


def _names(piece: Piece, raw: str, speech: Speech, with_capitals: bool) -> None:
    """A word with a meaning of its own: a subject, if it stands where subjects stand."""
    bare = not (piece.topics or piece.verb or piece.judged)
    is_noun = raw[0].isupper() if with_capitals else bare or piece.names_next
    if is_noun:
        piece.introduced |= piece.names_next or with_capitals
        piece.described |= with_capitals and bool(piece.unlisted or speech.attribute.match(piece.noun))
        piece.topics += 1
        piece.bare |= not (piece.subject or piece.verb or with_capitals)
        if not piece.verb:
            piece.subject = piece.opened = True
    else:
        piece.described |= bool(piece.noun) and with_capitals
    is_head = is_noun or (bool(piece.noun) and not with_capitals)
    piece.noun, piece.unlisted = raw if is_head else "", "" if is_noun else raw
    piece.names_next = False


def _is_small(word: str, speech: Speech) -> bool:
    return word in speech.small or bool(speech.adverb.match(word))


def _is_verb(word: str, raw: str, piece: Piece, speech: Speech, with_capitals: bool) -> bool:
    """By the list, by its ending, or because of what stands before it."""
    if with_capitals and piece.words > 1 and raw[0].isupper():
        return False
    if word in speech.verbs or piece.last in speech.clitics:
        return True
    may_be = (
        piece.last not in speech.openers
        and not (speech.nouns_are_capital and raw[0].isupper())
        and not _is_small(word, speech)
    )
    return may_be and bool(speech.verb_ending.search(word))


def _follows(word: str, raw: str, piece: Piece, speech: Speech) -> bool:
    """Whether it stands and looks like the verb of the noun before it."""
    plural_first = piece.words == 2 and piece.bare and speech.drops_that and piece.noun.endswith("s")
    stands = (
        (piece.introduced or plural_first)
        and piece.noun != ""
        and not piece.verb
        and not _is_small(word, speech)
    )
    return stands and speech.follows(piece.noun, raw)


def plain(word: str) -> str:
    """A word as the lists of small words spell it.

    Shapes: one word. Units: none. Errors: none. Source: own rules.

    >>> plain("L’")
    "l'"
    """
    return word.lower().replace("’", "'")
