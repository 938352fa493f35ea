"""Where a sentence goes over to another subject: what follows from what was noticed in its pieces."""

from collections.abc import Iterator

from .speech_kinds import Speech
from .turning_pieces import Piece, pieces

# "The playground is new and the children love it": still the same subject.
_BACK = frozenset({"it", "them"})


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
    before: Piece | None = None
    for piece in _whole(pieces(text, start, end, speech)):
        if before is None:
            before = piece
        elif _is_another(before, piece):
            cuts.append(piece.start)
            before = piece
        else:
            before.goes_on(piece)
    return cuts


def _whole(found: Iterator[Piece]) -> Iterator[Piece]:
    """In "the price has but risen" the second piece is no subject's beginning, but shows a contrast."""
    last = next(found)
    for piece in found:
        if piece.kind in ("contrast", "aside", "beside") and not (
            piece.comma or piece.subject or piece.topics
        ):
            last.goes_on(piece)
            last.contrasts = True
        else:
            yield last
            last = piece
    yield last


def _is_another(before: Piece, piece: Piece) -> bool:
    """Whether a piece has a subject of its own, and something was said of the subject before it."""
    if (
        not (piece.topics or piece.speaks_of_no_noun)
        or piece.refers
        or piece.is_relative
        or piece.points_back
    ):
        return False
    something_was_said = before.verb or before.judged or before.described
    if piece.kind == "topic":
        return piece.comma and something_was_said
    turned_round = before.concedes and piece.kind == "comma" and not piece.speaker
    if turned_round and before.verb and piece.opened and not before.concedes_nothing:
        return True
    leaves_out_its_subject = piece.verb_at == 1 and piece.kind != "aside" and not turned_round
    guessed_at_its_end = not piece.surely_verb and piece.verb_at == piece.words
    says = piece.verb and piece.subject and not (leaves_out_its_subject or guessed_at_its_end)
    judges = (piece.judged or piece.described) and (not piece.verb or guessed_at_its_end)
    if piece.kind == "contrast":
        if before.denies and not (before.verb or before.judged):
            return False
        names = piece.introduced and piece.leads and not (piece.surely_verb or before.denies)
        return (says or judges or names) and (before.topics > 0 or before.judged or before.speaks_of_no_noun)
    if piece.kind in ("aside", "beside"):
        return _stands_beside(before, piece, says, judges)
    return _goes_over(before, piece, says, judges)


def _stands_beside(before: Piece, piece: Piece, says: bool, judges: bool) -> bool:
    """For "unfortunately" and its like, and for "while", which may also only say when."""
    both_judge = before.judged and piece.judged
    if piece.kind == "beside":
        same_time = piece.speaker != "" or piece.elapsing or before.explains
        parted = not same_time and (piece.comma or both_judge or not before.speaker)
    else:
        parted = piece.comma or both_judge
    return parted and (says or judges) and (before.topics > 0 or before.judged or before.speaks_of_no_noun)


def _goes_over(before: Piece, piece: Piece, says: bool, judges: bool) -> bool:
    """The same for "and" and for a mere comma, where more is asked."""
    stated = before.surely_verb or before.judged or before.described or (before.verb and piece.surely_verb)
    if before.concedes_nothing or not stated:
        return False
    if before.verb and piece.left_out_its_verb and before.topics > 0 and not before.explains:
        return True
    if before.saying if piece.kind == "comma" else before.explains and not piece.comma:
        return False
    if says and piece.opened and piece.kind == "adding":
        if piece.last in _BACK and not piece.dismissed:
            return False
        return piece.stands_alone and (not piece.speaker or piece.speaker != before.speaker)
    if piece.kind == "adding" and piece.article_first and before.judged_last and before.topics > 0:
        return not piece.speaker
    if says and piece.opened:
        return piece.contrasts or (before.judged and piece.judged) or _both_state(before, piece)
    return judges and before.topics > 0 and (not before.verb or piece.judged_last or piece.dismissed)


def _both_state(before: Piece, piece: Piece) -> bool:
    """Two whole statements side by side: "the tram comes every minute, the bus never comes"."""
    stated = (before.verb and before.subject) or before.judged
    if before.explains or piece.speaker or not (stated and before.topics > 0):
        return False
    return piece.surely_verb and piece.stands_alone
