"""Where one sentence ends and the next begins, and where it turns to another subject: offsets kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .speech import BUT, SPEECHES, Speech

_END = re.compile(
    r"[.!?…;\u061b\u061f]+[\"'”’»›)\]]*"
    r"|[\u3002\uff01\uff1f\uff1b\u0964\u0965]+[”’\u300d\u300f\uff09)]*"
    r"|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+"
)
_NEEDS_A_SPACE_AFTER = frozenset(".!?…;\u061b\u061f")
_ABBREVIATION = re.compile(
    "abs|approx|art|bzgl|bzw|ca|chf|dept|dr|evtl|exkl|frs|ggf|inkl|jr|max|min|mio|mlle|mme|mr|mrd|mrs|ms|nr|pp"
    "|prof|resp|sog|sr|st|str|tel|usw|vgl|vs|zzgl"
)
_BEFORE_A_NUMBER = re.compile("ch|fig|no|nos|p|s|vol")
_MONTH = re.compile(
    "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember", re.IGNORECASE
)
_LETTER_BY_LETTER = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_NEXT_WORD = re.compile(r"\s{0,20}(\w{0,20})")
_LOOK_BACK = 24

_TOKEN = re.compile(
    r"""(?P<quote>["„“”«»])
    |(?P<bracket>[()\[\]])
    |(?P<comma>,(?!\d)|(?<=\s)[-\u2010-\u2015](?=\s))
    |(?P<word>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)|[^\W_]+(?:[.'’-][^\W_]+)*)""",
    re.VERBOSE | re.IGNORECASE,
)
_AT_THE_EDGES = " \t,-\u2010\u2011\u2012\u2013\u2014\u2015"
_LONGEST_WORD, _LOOKED_AT = 40, 2_000
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, a line, or a part of one: `text[start:end]`, trimmed and exact."""

    start: int
    end: int


def clauses(text: str) -> list[Clause]:
    """Cut a text into sentences and lines.

    Shapes: any string, of any script; spans are ordered, do not overlap, leave out nothing but white space.
    Units: offsets in characters. Not cut: abbreviations ("z.B.", "e.g.", "M."), numbers ("3.50"), German
    dates ("3. Mai"). Errors: none, whatever the text. Takes time proportional to its length.
    Source: own rules; compare Unicode UAX #29, which knows no abbreviations.

    >>> text = "It cost 3.50 z.B. in Rome.  Nobody told M. Rey!"
    >>> [text[clause.start : clause.end] for clause in clauses(text)]
    ['It cost 3.50 z.B. in Rome.', 'Nobody told M. Rey!']
    """
    found = []
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            first = start + len(piece) - len(piece.lstrip())
            found.append(Clause(first, first + len(inner)))
        start = end
    return found


def parts(text: str, language: str = "") -> list[Clause]:
    """Cut a text into spans that speak of one thing each.

    Shapes: any string; a code such as "de" or "de-CH", or "" to go by the words themselves. Spans are
    ordered, do not overlap, and leave out only white space and the comma or dash at a cut. Units: offsets in
    characters. Sentences are cut further where a contrast ("but") or an addition ("and", a comma) begins with
    a subject of its own and says something of it: by rules in English, German and French, elsewhere only at a
    comma and the language's commonest "but". Nothing inside quotation marks or brackets is cut, and nothing
    at words that only explain. Errors: none, whatever the text. Takes time proportional to its length.
    Source: own rules, measured on lines cut by hand in benchmarks/understand_languages.py.

    >>> text = "Great staff, dreadful app. A long and boring queue, and nobody answered the phone"
    >>> [text[part.start : part.end] for part in parts(text)]
    ['Great staff', 'dreadful app.', 'A long and boring queue', 'and nobody answered the phone']
    """
    code = language.split("-")[0].lower() or _guess(text)
    found = []
    for sentence in clauses(text):
        if code in SPEECHES:
            cuts = _turns(text, sentence, SPEECHES[code])
        elif code in BUT:
            cuts = _buts(text, sentence, BUT[code])
        else:
            cuts = []
        edges = [sentence.start, *cuts, sentence.end]
        found += [_trimmed(text, start, end, end != sentence.end) for start, end in pairwise(edges)]
    return found


def _trimmed(text: str, start: int, end: int, at_a_cut: bool) -> Clause:
    """Without the white space around it, and without the comma or dash before a cut."""
    piece = text[start:end]
    inner = piece.rstrip(_AT_THE_EDGES) if at_a_cut else piece
    inner = inner.rstrip()
    return Clause(start, start + len(inner))


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

    @property
    def is_relative(self) -> bool:
        """German "…, die niemand versteht" beside "…, die App spinnt": the verb comes last."""
        verb_last = self.verb_at == self.words >= (4 if self.noun_second else 3)
        return self.maybe_relative and self.kind == "comma" and verb_last

    def goes_on(self, other: "_Piece") -> None:
        """The other one still speaks of the same."""
        self.verb |= other.verb
        self.judged |= other.judged
        self.topics += other.topics
        self.saying = other.saying
        self.explains = other.explains or (self.explains and not other.comma)


def _guess(text: str) -> str:
    """The language whose small words come most often; "" when two are even."""
    words = [_plain(match["word"]) for match in _TOKEN.finditer(text[:_LOOKED_AT]) if match["word"]]
    scores = sorted(
        (
            sum(
                word in known
                for word in words
                for known in (speech.openers, speech.small, speech.verbs, speech.judging)
            ),
            code,
        )
        for code, speech in SPEECHES.items()
    )
    return scores[-1][1] if scores[-1][0] > scores[-2][0] else ""


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _buts(text: str, sentence: Clause, but: re.Pattern[str]) -> list[int]:
    """Where a comma and "but" stand between two runs of words."""
    cuts: list[int] = []
    words, after_comma = 0, False
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        if token["word"] and after_comma and words >= _FEWEST_WORDS and but.match(text, token.start()):
            cuts.append(token.start())
            words = 0
        words += bool(token["word"])
        after_comma = bool(token["comma"])
    return cuts[:-1] if words <= _FEWEST_WORDS else cuts


def _turns(text: str, sentence: Clause, speech: Speech) -> list[int]:
    """Where a sentence goes over to another subject."""
    cuts: list[int] = []
    before: _Piece | None = None
    for piece in _pieces(text, sentence, speech):
        if before is None:
            before = piece
        elif _is_another(before, piece):
            cuts.append(piece.start)
            before = piece
        else:
            before.goes_on(piece)
    return cuts


def _is_another(before: _Piece, piece: _Piece) -> bool:
    """Whether a piece has a subject of its own, and something was said of the subject before it."""
    if piece.refers or piece.is_relative or not (before.verb or before.judged):
        return False
    if piece.kind == "comma" and before.saying:
        return False
    leaves_out_its_subject = piece.verb_at == 1 and piece.kind != "aside"
    says = piece.verb and piece.subject and not leaves_out_its_subject and piece.topics > 0
    judges = piece.judged and piece.topics > 0 and not piece.verb
    if piece.kind == "aside" and not piece.comma and not (before.judged and piece.judged):
        return False
    if piece.kind in ("contrast", "aside"):
        return (says or judges) and (before.topics > 0 or before.judged)
    if before.explains and not piece.comma:
        return False
    if says and piece.opened:
        return piece.kind == "adding" or before.topics > 0
    return judges and before.topics > 0 and (not before.verb or piece.judged_last)


def _pieces(text: str, sentence: Clause, speech: Speech) -> Iterator[_Piece]:
    """A sentence from each word that may begin another subject to the next."""
    with_capitals = speech.nouns_are_capital and any(
        map(str.isupper, text[sentence.start + 1 : sentence.end])
    )
    piece = _Piece(sentence.start)
    quoted, brackets, comma, at = False, 0, False, sentence.start
    while token := _TOKEN.search(text, at, sentence.end):
        at = token.end()
        inside = quoted or brackets > 0
        if token["quote"]:
            quoted = not quoted
        elif token["bracket"]:
            brackets = max(0, brackets + (1 if token["bracket"] in "([" else -1))
        elif token["comma"]:
            comma = comma or not inside
        else:
            kind, after = ("", at) if inside else _joint(text, token.start(), sentence.end, speech)
            at = after or at
            if piece.words and (comma or _may_turn(piece, kind)):
                yield piece
                piece = _Piece(token.start(), kind or "comma", comma)
            if not kind:
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
    word = _plain(raw) if len(raw) <= _LONGEST_WORD else ""
    piece.words += 1
    first = piece.words == 1
    piece.judged_last = False
    piece.saying = word in speech.saying
    piece.maybe_relative |= first and word in speech.relative
    piece.noun_second |= piece.words == 2 and (raw[0].isupper() or word in speech.judging)
    if piece.explains:
        return
    if word in speech.explaining and (first or word not in speech.small):
        piece.explains = True
    elif word in speech.speakers:
        piece.refers |= first and word in speech.referring
        piece.opened |= word in speech.openers
        piece.subject = piece.verb = True
        piece.verb_at = piece.verb_at or piece.words + 1
    elif word in speech.openers and (first or word not in speech.small):
        _opens(piece, speech)
        piece.names_next = True
    elif word in speech.judging:
        piece.judged = piece.judged_last = piece.names_next = True
    elif _is_verb(word, raw, speech):
        piece.verb = True
        piece.verb_at = piece.verb_at or piece.words
        piece.names_next = False
    elif word not in speech.small and not raw[0].isdecimal():
        _names(piece, raw, speech, with_capitals)


def _opens(piece: _Piece, speech: Speech) -> None:
    """In German the subject may follow its verb: "am Telefon meldet sich die Zentrale"."""
    if speech.nouns_are_capital or not piece.verb:
        piece.subject = piece.opened = True


def _names(piece: _Piece, raw: str, speech: Speech, with_capitals: bool) -> None:
    """A word with a meaning of its own: a subject, if it stands where subjects stand."""
    bare = piece.topics == 0 and not piece.verb
    if raw[0].isupper() if with_capitals and piece.words > 1 else bare or piece.names_next:
        piece.topics += 1
        if bare:
            piece.subject = piece.opened = True
    piece.names_next = False


def _is_verb(word: str, raw: str, speech: Speech) -> bool:
    if word in speech.verbs:
        return True
    return not (speech.nouns_are_capital and raw[0].isupper()) and bool(speech.verb_ending.search(word))


def _ends(text: str) -> Iterator[int]:
    for mark in _END.finditer(text):
        at, end = mark.span()
        if text[at] in _NEEDS_A_SPACE_AFTER and end < len(text) and not text[end].isspace():
            continue
        if text[at] == "." and end == at + 1 and _goes_on(text, at):
            continue
        yield end


def _goes_on(text: str, dot: int) -> bool:
    """Whether this full stop belongs to an abbreviation or a date."""
    before = text[max(0, dot - _LOOK_BACK) : dot].split()
    word = before[-1].lstrip("(\"'«“„[") if before and not text[dot - 1].isspace() else ""
    following = _NEXT_WORD.match(text, dot + 1)
    after = following[1] if following else ""
    if word.isdecimal() and len(word) <= 2:
        return bool(_MONTH.fullmatch(after))
    if _BEFORE_A_NUMBER.fullmatch(word.lower()):
        return after[:1].isdecimal()
    if word.lower() == "etc":
        return after[:1].islower()
    return bool(_ABBREVIATION.fullmatch(word.lower()) or _LETTER_BY_LETTER.match(word))
