"""One line of a list of what was said: the words, whose they are, and what the reader may do with them."""

from dataclasses import dataclass

from coalface.records.models import Feedback, Finding, Mention, Person, Remark


@dataclass(frozen=True, slots=True)
class Line:
    """A mention as a reader sees it; without `may_read` only that it is there."""

    mention: Mention
    kind: str
    words: str
    language: str
    customer: str
    topic: str
    is_reading: bool
    erased: bool
    mine: bool
    may_read: bool
    may_open: bool
    finding: Finding | None


def line_of(mention: Mention, *, me: Person, leads: bool, sees_encounters: bool) -> Line:
    """The clause where one was found, else all words; the observer's reading where none were kept."""
    source = mention.feedback or mention.remark
    spoken = source.verbatim or getattr(source, "reading", None)
    mine = me.pk in _brought_in_by(source)
    clause = mention.clause.text if mention.clause else ""
    return Line(
        mention=mention,
        kind=source.kind,
        words=clause or (spoken.text if spoken else ""),
        language=spoken.language if spoken else "",
        customer=source.customer.name if source.customer else "",
        topic=getattr(source, "topic", ""),
        is_reading=bool(spoken and not source.verbatim),
        erased=bool(spoken and spoken.erased_at),
        mine=mine,
        may_read=mine or leads,
        may_open=mine or (leads and (mention.feedback_id is not None or sees_encounters)),
        finding=getattr(mention.feedback, "finding", None),
    )


def _brought_in_by(source: Feedback | Remark) -> set[int | None]:
    return {getattr(source, "reported_by_id", None), getattr(source, "noted_by_id", None)}
