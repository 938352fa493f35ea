"""Who was told of a compliment."""

from django.db.models import QuerySet

from coalface.records.models import Feedback, OutgoingMessage, Person


def praise_key(feedback: Feedback, reader: Person) -> str:
    """The key of the message that tells somebody of a compliment."""
    return f"praise-{feedback.pk}-{reader.pk}"


def may_read_praise(feedback: Feedback, reader: Person) -> bool:
    """Whether this compliment was passed on to them."""
    return OutgoingMessage.objects.filter(key=praise_key(feedback, reader)).exists()


def told_of(feedback: Feedback) -> QuerySet[Person]:
    """Those a compliment was passed on to."""
    told = OutgoingMessage.objects.filter(key__startswith=f"praise-{feedback.pk}-")
    return Person.objects.filter(messages__in=told).order_by("name", "pk")
