"""Two people ask, or a guest answers twice, in the same moment: nobody is asked or called off twice."""

from functools import partial

import pytest

from coalface.meet.actions import answer_invitation, ask_guest, never_again
from coalface.records.models import (
    Approach,
    ContactRestriction,
    Customer,
    GuestInvitation,
    OutgoingMessage,
)
from tests.meet import kinds
from tests.meet.coming import again, agree_to_mail, asked, drawn
from tests.meet.test_two_at_once import at_once
from tests.people import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_asked_by_two_of_us_at_once_they_get_one_mail(cast):
    agree_to_mail(*Customer.objects.all())
    guest = drawn(cast, NOW)
    first, second = at_once(
        partial(ask_guest, guest=guest, by=cast.mina, now=NOW),
        partial(ask_guest, guest=guest, by=cast.olga, now=NOW),
    )
    assert first == second == GuestInvitation.objects.get()
    assert (Approach.objects.count(), OutgoingMessage.objects.count()) == (1, 1)
    assert kinds(guest.encounter) == ["encounter.planned", "guest.asked_to_come"]


def test_never_said_twice_at_once_is_said_once(cast):
    invitation = asked(cast, NOW)
    at_once(*[partial(never_again, invitation=invitation, now=NOW)] * 2)
    assert ContactRestriction.objects.count() == 1
    assert kinds(invitation.guest.encounter).count("guest.replied") == 1


def test_an_answer_pressed_twice_at_once_is_told_once(cast):
    invitation = asked(cast, NOW)
    at_once(*[partial(answer_invitation, invitation=invitation, answer="comes", now=NOW)] * 2)
    assert again(invitation).answer == "comes"
    assert OutgoingMessage.objects.exclude(person=None).count() == 2  # Mina and Olga
