"""Somebody left: what they raised, took on, promised or were to attend goes to who takes over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from coalface.people.actions import gone, say_moved, successor
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Answer,
    Attendance,
    Disposition,
    Event,
    HandOver,
    HandOverAnswer,
    Outcome,
    Person,
    PromiseToCustomer,
    Remark,
    Shift,
)

from .encounters import locked


@transaction.atomic
def hand_on_remarks(*, event: Event, now: datetime) -> int:
    """What they had raised and nobody has answered, and what they had made their own, is the other's now.

    It stands there as handed over and taken; that nobody was asked, the history says.
    """
    person = gone(event=event)
    theirs = list(_open_of(person).order_by("id")) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for remark in theirs:
        locked(pk=remark.encounter_id)
        Disposition.objects.filter(remark=remark, ended_at=None).update(ended_at=now)
        given = Disposition.objects.create(remark=remark, by=person, at=now, answer=Answer.HANDED_OVER)
        offered = HandOver.objects.create(
            disposition=given, giver=person, receiver=to, offered_at=now, answer_due_at=now
        )
        HandOverAnswer.objects.create(hand_over=offered, accepted=True, by=to, at=now)
        note("remark.handed_on", about=remark, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, remarks=len(theirs))
    return len(theirs)


def _open_of(person: Person) -> Remark:
    current = Disposition.objects.filter(ended_at=None)
    unanswered = ~Q(pk__in=current.values("remark")) & Q(noted_by=person)
    owned = Q(pk__in=current.filter(answer=Answer.OWNED, by=person).values("remark"))
    return Remark.objects.filter(unanswered | owned)


@transaction.atomic
def hand_on_hand_overs(*, event: Event, now: datetime) -> int:
    """What waits for them, or what they took, is the other's; what they gave comes back to the other."""
    person = gone(event=event)
    running = HandOver.objects.filter(disposition__ended_at=None).select_related(
        "disposition__remark", "answer"
    )
    mine = Q(receiver=person) | Q(giver=person, answer=None)
    theirs = list(running.filter(mine).order_by("id")) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for hand_over in theirs:
        locked(pk=hand_over.disposition.remark.encounter_id)
        _pass_to(hand_over=hand_over, person=person, to=to, now=now)
        remark = hand_over.disposition.remark
        note("hand_over.handed_on", about=remark, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, hand_overs=len(theirs))
    return len(theirs)


def _pass_to(*, hand_over: HandOver, person: Person, to: Person, now: datetime) -> None:
    ends = {hand_over.giver_id, hand_over.receiver_id}
    if to.pk in ends:  # it came from them, or was on its way to them: it is theirs
        hand_over.disposition.ended_at = now
        hand_over.disposition.save(update_fields=["ended_at"])
        if not hasattr(hand_over, "answer"):
            HandOverAnswer.objects.create(hand_over=hand_over, accepted=False, by=None, at=now)
        Disposition.objects.create(remark=hand_over.disposition.remark, by=to, at=now, answer=Answer.OWNED)
        return
    if hand_over.receiver_id == person.pk:
        hand_over.receiver = to
    else:
        hand_over.giver = to
    if not hasattr(hand_over, "answer"):
        hand_over.answer_due_at = now + timedelta(days=number("hand_over_days"))
    hand_over.save(update_fields=["giver", "receiver", "answer_due_at"])


@transaction.atomic
def hand_on_promises(*, event: Event, now: datetime) -> int:
    """A customer who was promised something is not left waiting: the promise is the other's to keep."""
    person = gone(event=event)
    open_ones = PromiseToCustomer.objects.select_for_update().filter(by=person, settled_at=None)
    theirs = list(open_ones.order_by("id")) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for promise in theirs:
        promise.by = to
        promise.save(update_fields=["by"])
        note("promise.handed_on", about=promise, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, promises=len(theirs))
    return len(theirs)


@transaction.atomic
def hand_on_encounters(*, event: Event, now: datetime) -> int:
    """At encounters to come the other has their place, and is buddy or host where they were."""
    person = gone(event=event)
    if person is None:
        return 0
    coming = {"encounter__outcome": Outcome.PLANNED, "encounter__starts_at__gte": now}
    attending = Attendance.objects.filter(person=person, **coming).select_related("encounter")
    shifts = Shift.objects.filter(Q(buddy=person) | Q(host=person), **coming).select_related("encounter")
    encounters = {
        row.encounter_id: row.encounter for rows in (attending, shifts) for row in rows.order_by("id")
    }
    if not encounters:
        return 0
    to = successor(person=person, now=now)
    for pk, encounter in encounters.items():
        locked(pk=pk)
        _take_the_place(encounter_id=pk, person=person, to=to)
        note("attendance.handed_on", about=encounter, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, encounters=len(encounters))
    return len(encounters)


def _take_the_place(*, encounter_id: object, person: Person, to: Person) -> None:
    place = Attendance.objects.filter(encounter=encounter_id, person=person)
    if Attendance.objects.filter(encounter=encounter_id, person=to).exists():
        place.delete()
    else:
        place.update(person=to)
    shift = Shift.objects.filter(encounter=encounter_id)
    shift.filter(buddy=person).update(buddy=to)
    shift.filter(host=person).update(host=to, host_agreed_at=None)
