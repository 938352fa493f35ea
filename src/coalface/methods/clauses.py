"""Where one sentence ends and the next begins, and where it turns to another subject: offsets kept."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from .speech import BUT, SPEECHES, hits
from .turning import turns
from .turning_pieces import TOKEN, plain

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

_AT_THE_EDGES = " \t,-\u2010\u2011\u2012\u2013\u2014\u2015"
_LOOKED_AT = 2_000
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
    return [part for sentence in clauses(text) for part in _parts(text, sentence, code)]


def parts_around(text: str, places: Iterable[int], language: str = "") -> dict[int, Clause]:
    """For each place the part it stands in; the same parts as of `parts`, and only these are looked for.

    Shapes: any string; places in it. Units: offsets in characters. A place between two parts belongs to the
    one before it, at the beginning to the first. Errors: ValueError where a text has no parts. Source: own
    rules.

    >>> parts_around("Great staff, dreadful app. Bye.", [3, 14])
    {3: Clause(start=0, end=11), 14: Clause(start=13, end=26)}
    """
    code = language.split("-")[0].lower() or _guess(text)
    sentences = clauses(text)
    if not sentences:
        raise ValueError("Nothing is said here")
    cut: dict[Clause, list[Clause]] = {}
    found = {}
    for place in places:
        sentence = _before(sentences, place)
        if sentence not in cut:
            cut[sentence] = _parts(text, sentence, code)
        found[place] = _before(cut[sentence], place)
    return found


def _before(spans: Sequence[Clause], place: int) -> Clause:
    """The last that begins at a place or before it."""
    return spans[max(0, bisect_right(spans, place, key=attrgetter("start")) - 1)]


def _parts(text: str, sentence: Clause, code: str) -> list[Clause]:
    if code in SPEECHES:
        cuts = turns(text, sentence.start, sentence.end, SPEECHES[code])
    elif code in BUT:
        cuts = _buts(text, sentence, BUT[code])
    else:
        cuts = []
    edges = [sentence.start, *cuts, sentence.end]
    return [_trimmed(text, start, end, end != sentence.end) for start, end in pairwise(edges)]


def _trimmed(text: str, start: int, end: int, at_a_cut: bool) -> Clause:
    """Without the white space around it, and without the comma or dash before a cut."""
    piece = text[start:end]
    inner = piece.rstrip(_AT_THE_EDGES) if at_a_cut else piece
    inner = inner.rstrip()
    return Clause(start, start + len(inner))


def _guess(text: str) -> str:
    """The language whose small words come most often; "" when two are even."""
    words = (plain(match["word"]) for match in TOKEN.finditer(text[:_LOOKED_AT]) if match["word"])
    (_, second), (code, first) = sorted(hits(words).items(), key=lambda each: each[1])[-2:]
    return code if first > second else ""


def _buts(text: str, sentence: Clause, but: re.Pattern[str]) -> list[int]:
    """Where a comma and "but" stand between two runs of words."""
    cuts: list[int] = []
    words, after_comma = 0, False
    for token in TOKEN.finditer(text, sentence.start, sentence.end):
        if token["word"] and after_comma and words >= _FEWEST_WORDS and but.match(text, token.start()):
            cuts.append(token.start())
            words = 0
        words += bool(token["word"])
        after_comma = bool(token["comma"])
    return cuts[:-1] if words <= _FEWEST_WORDS else cuts


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
