"""What others hand over to somebody, and what they took on."""

from django.db.models import QuerySet

from coalface.records.models import Answer, Disposition, HandOver, Person

SHOWN = (
    "giver",
    "disposition__remark__verbatim",
    "disposition__remark__reading",
    "disposition__remark__customer",
    "disposition__remark__noted_by",
    "disposition__remark__encounter__unit",
    "disposition__remark__encounter__format",
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
        "by", "remark__verbatim", "remark__reading", "remark__customer", "remark__noted_by"
    )
    return shown.order_by("-at", "-id")
