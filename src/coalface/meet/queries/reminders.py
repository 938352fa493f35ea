"""Who wants no reminder to write down what they heard, and which link says so."""

from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from coalface.records.models import Attendance, MailStop, Person

REMINDER: Final = "what_did_you_hear"  # the name of its template
_SIGNER: Final = Signer(salt="coalface.meet.reminders", sep=".")


class NotOurLink(Exception):
    """The link was not made here, or whoever it was for is gone."""


def no_reminders_address(attendance: Attendance) -> str:
    """The address in a reminder that stops reminders; only we can make one."""
    return reverse("meet_public:no_reminders", args=[_SIGNER.sign(str(attendance.person_id))])


def who_is_reminded(token: str) -> Person:
    """Whose reminders a link stops."""
    try:
        pk = _SIGNER.unsign(token)
    except BadSignature as forged:
        raise NotOurLink(token) from forged
    if person := Person.objects.filter(pk=pk).first():
        return person
    raise NotOurLink(token)


def no_reminders() -> QuerySet[MailStop]:
    """The stops that hold now, one for each person who wants no reminder."""
    return MailStop.objects.in_force().filter(kind=REMINDER)
