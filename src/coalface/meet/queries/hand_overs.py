"""What others hand over to somebody, and what they took on."""

from django.db.models import QuerySet

from coalface.records.models import Answer, Disposition, HandOver, Person
from coalface.records.tables import Column, Of, Table, words

SHOWN = (
    "giver",
    "disposition__remark__verbatim",
    "disposition__remark__reading",
    "disposition__remark__customer",
    "disposition__remark__noted_by",
    "disposition__remark__encounter__unit",
    "disposition__remark__encounter__format",
)


def _remark(at: str) -> tuple[Column, ...]:
    whose = {"unit": f"{at}.encounter.unit", "by": f"{at}.noted_by_id"}
    return (
        Column("remark", read=f"{at}.pk"),
        Column("kind", read=f"{at}.kind"),
        Column("words", read=words(f"{at}.verbatim", **whose)),
        Column("reading", read=words(f"{at}.reading", **whose)),
        Column("customer", read=f"{at}.customer.name"),
        Column("noted_by", read=f"{at}.noted_by.name"),
    )


OFFERED = Table(
    "hand_overs",
    (
        Column("giver", read="giver.name"),
        Column("offered_at", Of.MOMENT),
        Column("answer_due_at", Of.MOMENT),
        Column("unit", read="disposition.remark.encounter.unit.name"),
        *_remark("disposition.remark"),
    ),
)
HELD = Table(
    "held",
    (
        Column("giver", read="giver.name"),
        Column("accepted_at", Of.MOMENT, "answer.at"),
        Column("unit", read="disposition.remark.encounter.unit.name"),
        *_remark("disposition.remark"),
    ),
)
PRAISE = Table(
    "praise",
    (Column("passed_on_by", read="by.name"), Column("passed_on_at", Of.MOMENT, "at"), *_remark("remark")),
)


def waiting_for(person: Person) -> QuerySet:
    """Offered to the person and not yet answered, the longest waiting first."""
    return HandOver.objects.waiting().filter(receiver=person).select_related(*SHOWN)


def held_by(person: Person) -> QuerySet:
    """Accepted by the person and still theirs to bring to an end, the oldest first."""
    mine = HandOver.objects.filter(receiver=person, answer__accepted=True, disposition__ended_at=None)
    return mine.select_related(*SHOWN, "answer")


def praise_for(person: Person) -> QuerySet:
    """What was passed on to the person, the latest first."""
    mine = Disposition.objects.filter(praised=person, answer=Answer.PASSED_ON, ended_at=None)
    shown = mine.select_related(
        "by",
        "remark__verbatim",
        "remark__reading",
        "remark__customer",
        "remark__noted_by",
        "remark__encounter__unit",
    )
    return shown.order_by("-at", "-id")
