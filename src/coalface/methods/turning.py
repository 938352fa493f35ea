"""Where a sentence goes over to another subject: what was noticed in its pieces, and what follows from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .speech import Speech

TOKEN = re.compile(
    r"""(?P<quote>["„“”«»])
    |(?P<bracket>[()\[\]])
    |(?P<comma>,(?!\d)|(?<=\s)[-\u2010-\u2015](?=\s))
    |(?P<word>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)|[^\W_]+(?:[.'’-][^\W_]+)*)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_WORD = 40


@dataclass(slots=True)
class _Piece:
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

    @property
    def is_relative(self) -> bool:
        """German "…, die niemand versteht" beside "…, die App spinnt": the verb comes last."""
        verb_last = self.verb_at == self.words >= (4 if self.noun_second else 3)
        return self.maybe_relative and self.kind == "comma" and verb_last

    @property
    def points_back(self) -> bool:
        """German "…, die brauche ich"; "but this is wrong"."""
        return self.maybe_relative and self.verb_at == 2

    def goes_on(self, other: "_Piece") -> None:
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


def turns(text: str, start: int, end: int, speech: Speech) -> list[int]:
    """Where a sentence goes over to another subject.

    Shapes: a text, where its sentence starts and ends, and the words of its language. Units: offsets in
    characters, in order, each at the word that begins another part. Errors: none. Source: own rules, see
    docs/methods/clauses.md.

    >>> from coalface.methods.speech import SPEECHES
    >>> turns("great staff, dreadful app", 0, 25, SPEECHES["en"])
    [13]
    """
    cuts: list[int] = []
    before: _Piece | None = None
    for piece in _whole(_pieces(text, start, end, speech)):
        if before is None:
            before = piece
        elif _is_another(before, piece):
            cuts.append(piece.start)
            before = piece
        else:
            before.goes_on(piece)
    return cuts


def _whole(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """In "the price has but risen" the second piece is no subject's beginning, but shows a contrast."""
    last = next(pieces)
    for piece in pieces:
        if piece.kind in ("contrast", "aside") and not (piece.comma or piece.subject or piece.topics):
            last.goes_on(piece)
            last.contrasts = True
        else:
            yield last
            last = piece
    yield last


def _is_another(before: _Piece, piece: _Piece) -> bool:
    """Whether a piece has a subject of its own, and something was said of the subject before it."""
    if piece.topics == 0 or piece.refers or piece.is_relative or piece.points_back:
        return False
    leaves_out_its_subject = piece.verb_at == 1 and piece.kind != "aside"
    guessed_at_its_end = not piece.surely_verb and piece.verb_at == piece.words
    says = piece.verb and piece.subject and not (leaves_out_its_subject or guessed_at_its_end)
    judges = (piece.judged or piece.described) and not piece.verb
    if piece.kind == "contrast":
        names = piece.introduced and piece.leads and not (piece.surely_verb or before.denies)
        return (says or judges or names) and (before.topics > 0 or before.judged)
    if piece.kind == "aside":
        both_judge = before.judged and piece.judged
        return (piece.comma or both_judge) and (says or judges) and (before.topics > 0 or before.judged)
    return _goes_over(before, piece, says, judges)


def _goes_over(before: _Piece, piece: _Piece, says: bool, judges: bool) -> bool:
    """The same for "and" and for a mere comma, where more is asked."""
    if not (before.surely_verb or before.judged or before.described):
        return False
    if before.saying if piece.kind == "comma" else before.explains and not piece.comma:
        return False
    if says and piece.opened and piece.kind == "adding":
        stands_alone = not piece.bare or piece.verb_at == piece.topics + 1
        return stands_alone and (not piece.speaker or piece.speaker != before.speaker)
    if says and piece.opened:
        return piece.contrasts or (before.judged and piece.judged)
    return judges and before.topics > 0 and (not before.verb or piece.judged_last)


def _pieces(text: str, start: int, end: int, speech: Speech) -> Iterator[_Piece]:
    """A sentence from each word that may begin another subject to the next."""
    with_capitals = speech.nouns_are_capital and any(map(str.isupper, text[start:end]))
    piece = _Piece(start)
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
            at = after or at
            if piece.words and (comma or _may_turn(piece, kind)):
                yield piece
                piece = _Piece(token.start(), kind or "comma", comma)
            elif kind:
                piece.contrasts |= kind != "adding"
            if not (kind or brackets > 0):
                _notice(piece, token["word"], speech, with_capitals)
            comma = False
    yield piece


def _joint(text: str, at: int, end: int, speech: Speech) -> tuple[str, int]:
    """What kind of joint begins here, and where it ends; "" and 0 for any other word."""
    for kind, pattern in (("contrast", speech.contrast), ("aside", speech.aside), ("adding", speech.adding)):
        if found := pattern.match(text, at, end):
            return kind, found.end()
    return "", 0


def _may_turn(piece: _Piece, kind: str) -> bool:
    """In "…, the price however has risen" the subject stands before its "however"."""
    return bool(kind) and (kind == "adding" or piece.verb or piece.judged or not piece.comma)


def _notice(piece: _Piece, raw: str, speech: Speech, with_capitals: bool) -> None:
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
    piece.leads |= first and (word in speech.openers or word in speech.judging or word in speech.barely)
    if _explains(word, piece, speech):
        piece.explains = True
    elif word in speech.speakers:
        piece.refers |= first and word in speech.referring
        piece.speaker = piece.speaker or word
        piece.opened |= word in speech.openers
        piece.subject = True
        _says(piece, piece.words + 1)
    elif word in speech.openers and (first or word not in speech.small):
        if piece.unlisted and word in speech.objects:
            _says(piece, piece.words - 1)
        _opens(piece, speech)
        piece.names_next = True
    elif word in speech.judging:
        piece.judged = piece.judged_last = piece.names_next = True
    elif _is_verb(word, raw, piece, speech):
        elided = piece.last == "l'" and piece.words == 2
        _says(piece, 1 if elided else piece.words)
    elif _follows(word, raw, piece, speech):
        _says(piece, piece.words, surely=with_capitals)
    elif _is_small(word, speech) or raw[0].isdecimal():
        piece.names_next &= not just_judged
        piece.noun = ""
    else:
        _names(piece, raw, speech, with_capitals)
    piece.last = word


def _says(piece: _Piece, at: int, surely: bool = True) -> None:
    piece.verb = True
    piece.surely_verb |= surely
    piece.verb_at = piece.verb_at or at
    piece.names_next = False


def _explains(word: str, piece: _Piece, speech: Speech) -> bool:
    if word in speech.explaining:
        return piece.words == 1 or word not in speech.small
    subject_stands = speech.drops_that and piece.subject and not piece.verb
    return subject_stands and word in speech.speakers and word not in speech.openers


def _opens(piece: _Piece, speech: Speech) -> None:
    """In German the subject may follow its verb: "am Telefon meldet sich die Zentrale"."""
    if speech.nouns_are_capital or not piece.verb:
        piece.subject = piece.opened = True


def _names(piece: _Piece, raw: str, speech: Speech, with_capitals: bool) -> None:
    """A word with a meaning of its own: a subject, if it stands where subjects stand."""
    bare = not (piece.topics or piece.verb or piece.judged)
    is_noun = raw[0].isupper() if with_capitals else bare or piece.names_next
    if is_noun:
        piece.introduced |= piece.names_next or with_capitals
        piece.described |= bool(piece.unlisted) and with_capitals
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


def _is_verb(word: str, raw: str, piece: _Piece, speech: Speech) -> bool:
    """By the list, by its ending, or because of what stands before it."""
    if word in speech.verbs or piece.last in speech.clitics:
        return True
    may_be = (
        piece.last not in speech.openers
        and not (speech.nouns_are_capital and raw[0].isupper())
        and not _is_small(word, speech)
    )
    return may_be and bool(speech.verb_ending.search(word))


def _follows(word: str, raw: str, piece: _Piece, speech: Speech) -> bool:
    """Whether it stands and looks like the verb of the noun before it."""
    stands = piece.introduced and piece.noun != "" and not piece.verb and not _is_small(word, speech)
    return stands and speech.follows(piece.noun, raw)


def plain(word: str) -> str:
    """A word as the lists of small words spell it.

    Shapes: one word. Units: none. Errors: none. Source: own rules.

    >>> plain("L’")
    "l'"
    """
    return word.lower().replace("’", "'")
