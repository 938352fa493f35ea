"""One line of a list of what was said: the words, whose they are, and what the reader may do with them."""

from dataclasses import dataclass

from coalface.records.models import Feedback, Finding, Mention, Person, Remark, Verbatim
from coalface.records.tables import Column, Of, Table
from coalface.shell.personal import in_brackets


@dataclass(frozen=True, slots=True)
class Line:
    """A mention as a reader sees it; without `may_read` only that it is there."""

    mention: Mention
    kind: str
    words: str
    spoken: Verbatim | None
    openly: bool
    language: str
    customer: str
    topic: str
    is_reading: bool
    erased: bool
    mine: bool
    may_read: bool
    may_open: bool
    finding: Finding | None

    @property
    def start(self) -> int:
        return self.mention.clause.start if self.mention.clause else 0

    @property
    def end(self) -> int | None:
        return self.mention.clause.end if self.mention.clause else None


def line_of(
    mention: Mention, *, me: Person, leads: bool, sees_encounters: bool, sees_customers: bool
) -> Line:
    """The clause where one was found, else all words; the observer's reading where none were kept."""
    source = mention.feedback or mention.remark
    spoken = source.verbatim or getattr(source, "reading", None)
    mine = me.pk in _brought_in_by(source)
    clause = mention.clause.text if mention.clause else ""
    return Line(
        mention=mention,
        kind=source.kind,
        words=clause or (spoken.text if spoken else ""),
        spoken=mention.clause.verbatim if clause else spoken,
        openly=mine or sees_customers,
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


def readable(line: Line) -> str:
    """The words as plain text, as far as this reader may see them."""
    if not line.may_read or line.erased or line.spoken is None:
        return ""
    return in_brackets(line.spoken, openly=line.openly, start=line.start, end=line.end)


MENTIONS = Table(
    "mentions",
    (
        Column("issue", read="mention.issue.title"),
        Column("happened_at", Of.MOMENT, "mention.happened_at"),
        Column("unit_key", read="mention.unit.key"),
        Column("unit", read="mention.unit.name"),
        Column("kind"),
        Column("words", read=readable),
        Column("language"),
        Column("is_reading", Of.YES_NO),
        Column("topic", read=lambda line: line.topic if line.may_read else ""),
        Column("customer", read=lambda line: line.customer if line.may_read else ""),
        Column("sorted_by", read="mention.sorted_by"),
        Column("confidence", Of.NUMBER, "mention.confidence"),
        Column("settled_at", Of.MOMENT, "mention.settled_at"),
        Column("feedback", read=lambda line: line.mention.feedback_id if line.may_open else None),
        Column("remark", read=lambda line: line.mention.remark_id if line.may_open else None),
    ),
)
