"""From a draft to the calendar and back: nobody twice, nobody who said no, each change checked."""

from datetime import date, timedelta

import pytest
from django.core import mail as post
from django.urls import reverse

from coalface.customers.actions import approach, restrict
from coalface.people.actions import leave
from coalface.plan.actions import (
    AlreadyPublished,
    AskedAlready,
    Discarded,
    DoubleBooked,
    NotMadeYet,
    NotToBeAsked,
    NotToBeChanged,
    SlotFull,
    SlotGone,
    arrange_published,
    discard,
    lock_match,
    make,
    move_match,
    offer_slots,
    plan_anew,
    publish,
    replace_customer,
    roll,
    take_back,
    unlock_match,
)
from coalface.records.models import (
    Approach,
    Assignment,
    Encounter,
    Event,
    OutgoingMessage,
    Plan,
    RestrictionKind,
    Slot,
)
from coalface.worker.actions import drain, send_messages
from tests.people import NOW
from tests.plan.planned import FIRST, made, published, wanted

LATER = NOW + timedelta(hours=1)


def matches(plan):
    return list(Assignment.objects.standing().filter(plan=plan).order_by("slot__starts_at", "id"))


def empty(plan):
    """The first slot in which nobody is."""
    return Slot.objects.exclude(assignments__in=matches(plan)).order_by("starts_at").first()


def test_published_each_match_is_an_encounter_and_its_customer_was_approached_once(cast):
    plan = made(cast)
    first = publish(plan=plan, by=cast.mina, now=NOW)
    again = publish(plan=plan, by=cast.olga, now=LATER)
    assert (first.arranged, first.dropped, first.waiting, again.arranged) == (2, (), 0, 0)
    plan.refresh_from_db()
    assert (plan.published_at, plan.published_by) == (NOW, cast.mina)
    for match in matches(plan):
        assert (match.encounter.starts_at, match.encounter.chosen_by) == (match.slot.starts_at, "planner")
        assert [guest.customer_id for guest in match.encounter.guests.all()] == [match.customer_id]
        assert [one.person for one in match.encounter.attendances.all()] == [match.person]
    assert Approach.objects.count() == 2


def test_a_large_plan_is_published_piece_by_piece(cast):
    plan = made(cast)
    assert publish(plan=plan, by=cast.mina, now=NOW, most=1).waiting == 1
    assert [arrange_published(now=LATER), arrange_published(now=LATER)] == [1, 0]
    assert Encounter.objects.count() == 2


def test_who_is_protected_or_was_asked_since_is_dropped_and_it_is_said_why(cast):
    plan = made(cast)
    first, second = matches(plan)
    restrict(customer=first.customer, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=NOW)
    approach(customer=second.customer, channel="phone", purpose="conversation", by=cast.mina, now=NOW)
    found = publish(plan=plan, by=cast.mina, now=LATER)
    assert (found.arranged, found.dropped) == (0, (first, second))
    why = Event.objects.filter(kind="match.withdrawn").order_by("id").values_list("payload", flat=True)
    assert [one["why"] for one in why] == ["restricted", "too_soon"]
    assert Encounter.objects.count() == 0


def test_who_says_never_afterwards_is_called_off(cast):
    plan = published(cast)
    first, second = matches(plan)
    restrict(customer=first.customer, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=LATER)
    drain(now=LATER)
    first.encounter.refresh_from_db()
    assert (first.encounter.outcome, matches(plan)) == ("cancelled", [second])


def test_what_is_not_made_or_put_aside_is_not_published(cast):
    plan = wanted(cast)
    with pytest.raises(NotMadeYet):
        publish(plan=plan, by=cast.mina, now=NOW)
    make(plan=plan, now=NOW)
    assert discard(plan=plan, by=cast.mina, now=NOW).discarded_at == NOW
    with pytest.raises(Discarded):
        publish(plan=plan, by=cast.mina, now=NOW)


def test_what_is_published_is_not_put_aside(cast):
    with pytest.raises(AlreadyPublished):
        discard(plan=published(cast), by=cast.mina, now=LATER)


def test_moved_by_hand_the_encounter_moves_along_and_the_match_is_locked(cast):
    plan = published(cast)
    first, _ = matches(plan)
    third = empty(plan)
    moved = move_match(match=first, slot=third, by=cast.mina, now=LATER)
    assert (moved.slot, moved.way, moved.locked) == (third, "by_hand", True)
    first.encounter.refresh_from_db()
    assert (first.encounter.starts_at, Approach.objects.count()) == (third.starts_at, 2)
    assert Plan.objects.get(pk=plan.pk).changed == 1
    assert Event.objects.filter(kind="encounter.moved").count() == 1


def test_a_move_that_cannot_be_is_refused_with_its_reason(cast):
    plan = made(cast)
    first, second = matches(plan)
    with pytest.raises(SlotFull):
        move_match(match=first, slot=second.slot, by=cast.mina, now=LATER)
    south = {"format": cast.visit, "unit": cast.south, "by": cast.mina, "now": NOW}
    (beside,) = offer_slots(starts_at=first.slot.starts_at + timedelta(minutes=10), **south)
    Assignment.objects.create(
        plan=plan, person=first.person, slot=beside, deficit=0, among=0, seed=1, drawn_at=NOW
    )
    third = empty(plan)
    back = first.slot
    moved = move_match(match=first, slot=third, by=cast.mina, now=LATER)
    with pytest.raises(DoubleBooked):
        move_match(match=moved, slot=back, by=cast.mina, now=LATER)
    take_back(slot=back, by=cast.mina, now=LATER)
    with pytest.raises(SlotGone):
        move_match(match=moved, slot=back, by=cast.mina, now=LATER)
    (outside,) = offer_slots(starts_at=FIRST + timedelta(days=70), **south)
    with pytest.raises(SlotGone):
        move_match(match=moved, slot=outside, by=cast.mina, now=LATER)


def test_another_customer_is_approached_at_once_and_only_if_they_may_be(cast):
    plan = published(cast)
    first, second = matches(plan)
    asked = {first.customer_id, second.customer_id}
    (third,) = [one for one in (cast.petra, cast.quentin, cast.rosa) if one.pk not in asked]
    with pytest.raises(AskedAlready):
        replace_customer(match=first, customer=second.customer, by=cast.mina, now=LATER)
    changed = replace_customer(match=first, customer=third, by=cast.mina, now=LATER)
    assert [one.customer_id for one in first.encounter.guests.all()] == [third.pk]
    assert (changed.customer, Approach.objects.count()) == (third, 3)
    with pytest.raises(NotToBeAsked):
        replace_customer(match=second, customer=first.customer, by=cast.mina, now=LATER)


def test_planned_anew_what_stands_stays_and_is_taken_over_without_asking_again(cast):
    plan = published(cast)
    first, second = matches(plan)
    lock_match(match=first, by=cast.mina, now=LATER)
    unlock_match(match=second, by=cast.mina, now=LATER)
    take_back(slot=second.slot, by=cast.mina, now=LATER)
    kept = first.encounter
    new = plan_anew(plan=plan, seed=8, by=cast.mina, now=LATER)
    make(plan=new, now=LATER)
    new.refresh_from_db()
    assert (new.follows, new.kept, new.changed) == (plan, 1, 1)
    found = publish(plan=new, by=cast.mina, now=LATER)
    assert (found.arranged, found.dropped, Approach.objects.count()) == (1, (), 3)
    assert [one.encounter for one in matches(new) if one.locked] == [kept]
    assert matches(plan) == []
    assert Encounter.objects.filter(outcome="planned").count() == 2


def test_an_encounter_that_is_over_is_not_changed(cast):
    first, _ = matches(published(cast))
    with pytest.raises(NotToBeChanged):
        lock_match(match=first, by=cast.mina, now=first.slot.starts_at)


def test_who_leaves_is_in_no_draft(cast):
    plan = made(cast)
    leave(person=cast.rolf, on=date(2026, 3, 2), by=cast.mina, now=LATER)
    drain(now=LATER)
    assert [one.person for one in matches(plan)] == [cast.olga]


def test_a_week_before_the_end_the_next_month_is_planned_and_the_programme_is_told(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    plan = published(cast)
    soon = NOW + timedelta(days=30)  # the 1st of April; the plan ends on the 6th
    assert [roll(now=LATER), roll(now=soon), roll(now=soon)] == [0, 1, 0]
    new = Plan.objects.exclude(pk=plan.pk).get()
    assert (new.starts_on, new.until_on, new.made_by) == (date(2026, 4, 6), date(2026, 5, 6), None)
    offer_slots(
        format=cast.visit, unit=cast.north, starts_at=NOW + timedelta(days=40), by=cast.mina, now=soon
    )
    make(plan=new, now=soon)
    drain(now=soon)
    (mail,) = OutgoingMessage.objects.filter(template="plan/rolled")
    assert mail.person == cast.mina
    send_messages(now=soon)
    mail.refresh_from_db()
    assert mail.sent_at == soon
    [letter] = [one for one in post.outbox if one.to[0].count(cast.mina.email)][-1:]
    assert reverse("plan:plan", args=[new.pk]) in letter.body
