"""Somebody else goes: the encounter is counted as delegated, and planned anew for who stands in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coalface.plan.actions import plan_encounter
from coalface.records.history import note
from coalface.records.models import (
    Attendance,
    Customer,
    Encounter,
    Guest,
    GuestInvitation,
    Outcome,
    Person,
    RecruitmentQuota,
)

from .answers import ToOneself
from .encounters import HasLeft, decided
from .mail import tell


class GoesAnyway(Exception):
    """Who is to stand in takes part already."""


@transaction.atomic
def delegate(*, encounter: Encounter, to: Person, by: Person, now: datetime) -> Encounter:
    """Send somebody else, with the same guests, whom nobody has to approach again; they learn it by mail."""
    if to == by:
        raise ToOneself(to)
    if to.has_left(timezone.localdate(now)):
        raise HasLeft(to)
    given = decided(pk=encounter.pk, outcome=Outcome.DELEGATED, now=now)
    ours = list(given.attendances.order_by("id"))
    if to.pk in {attendance.person_id for attendance in ours}:
        raise GoesAnyway(to)
    given.save(update_fields=["outcome", "outcome_at"])
    note("encounter.called_off", about=given, by=by, at=now, to=to.pk)
    stand_in = _stand_in(given=given, to=to, by=by, now=now)
    _bring_along(given=given, stand_in=stand_in, others=_others(ours=ours, by=by))
    tell(template="meet/delegated", to=to, now=now, encounter=stand_in)
    return stand_in


def _stand_in(*, given: Encounter, to: Person, by: Person, now: datetime) -> Encounter:
    guests = Customer.objects.filter(visits__in=given.guests.there())
    stand_in = plan_encounter(
        format=given.format,
        unit=given.unit,
        starts_at=given.starts_at,
        person=to,
        customers=list(guests.order_by("name", "id")),
        chosen_by=given.chosen_by,
        announced=given.announced,
        by=by,
        now=now,
    )
    stand_in.stands_in_for, stand_in.minutes = given, given.minutes
    stand_in.save(update_fields=["stands_in_for", "minutes"])
    return stand_in


def _others(*, ours: list[Attendance], by: Person) -> list[Attendance]:
    """Who of us goes as planned: all but who passes it on, or whose place it was."""
    gone = next((one for one in ours if one.person_id == by.pk), ours[0])
    return [one for one in ours if one != gone]


def _bring_along(*, given: Encounter, stand_in: Encounter, others: list[Attendance]) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            encounter=stand_in,
            person_id=one.person_id,
            depth=one.depth,
            minutes=one.minutes,
            table=one.table,
        )
        for one in others
    )
    for guest in given.guests.there():
        known = {"agreed_at": guest.agreed_at, "table": guest.table}
        Guest.objects.filter(encounter=stand_in, customer=guest.customer_id).update(**known)
    _bring_invitations(given=given, stand_in=stand_in)
    RecruitmentQuota.objects.bulk_create(
        RecruitmentQuota(encounter=stand_in, segment=quota.segment, wanted=quota.wanted)
        for quota in given.quotas.all()
    )


def _bring_invitations(*, given: Encounter, stand_in: Encounter) -> None:
    """The link a guest holds, and what they answered, go along; nobody asks them again."""
    there = {guest.customer_id: guest for guest in stand_in.guests.all()}
    for invitation in GuestInvitation.objects.filter(guest__encounter=given).select_related("guest"):
        if guest := there.get(invitation.guest.customer_id):
            invitation.guest = guest
            invitation.save(update_fields=["guest"])
