"""Back to those who raised it, once it is known to have helped."""

from datetime import timedelta

import pytest

from coalface.act.actions import ship, tell_those_who_raised_it
from coalface.act.queries import Told, told
from coalface.customers.actions import withdraw_consent
from coalface.edges.mail import send
from coalface.records.models import (
    Approach,
    Channel,
    CustomerAnswer,
    Event,
    OutgoingMessage,
    Person,
    Purpose,
    Telling,
)
from coalface.verify.actions import answer, ask_customers_instead, ask_those_who_raised_it
from tests.people import NOW, welcome
from tests.verify import at, issue, proposed_fix, said, week

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10)


def verified(cast, better=True):
    """A fix Petra was asked about; Quentin and Rosa raised it too, and Fay and Gus brought it in."""
    about = issue(cast, "The bell")
    said(about, cast.north, [1], first=10, customer=cast.petra)
    fix = proposed_fix(cast, about)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    fix = ship(fix=fix, by=cast.sven, now=NOW + timedelta(days=7))
    ask_those_who_raised_it(fix=fix, by=cast.mina, now=NOW + timedelta(days=8))
    for customer in (cast.quentin, cast.rosa):
        [mention] = said(about, cast.north, [1], first=11, customer=customer)
        mention.feedback.reported_by = cast.fay
        mention.feedback.save()
    answer(customer_answer=CustomerAnswer.objects.get(), better=better, now=LATER)
    return fix, Event.objects.get(kind="fix.judged")


def test_customers_who_may_be_told_and_those_of_us_who_brought_it_in_are_told_once(cast):
    fix, event = verified(cast)
    consent = cast.rosa.consents.get(channel=Channel.EMAIL, purpose=Purpose.TELLING)
    withdraw_consent(consent=consent, by=cast.mina, now=LATER)
    assert tell_those_who_raised_it(event=event, now=LATER) == {"told": 1, "no_consent": 1, "people": 1}
    assert tell_those_who_raised_it(event=event, now=LATER) == {"no_consent": 1}
    assert told(fix) == Told(customers=2, people=1, not_told={"no_consent": 1})
    assert list(OutgoingMessage.objects.order_by("id").values_list("key", "template", "about")[1:]) == [
        (f"told-{fix.pk}-{cast.quentin.pk}", "act/told_customer", {"fix": fix.pk}),
        (f"told-{fix.pk}-p{cast.fay.pk}", "act/told_person", {"fix": fix.pk}),
    ]
    assert set(Telling.objects.values_list("customer", "person")) == {
        (cast.petra.pk, None),
        (cast.quentin.pk, None),
        (None, cast.fay.pk),
    }


def test_who_was_approached_lately_is_not_written_to_again(cast):
    fix, event = verified(cast)
    Approach.objects.create(customer=cast.rosa, channel=Channel.PHONE, purpose=Purpose.CONVERSATION, at=NOW)
    assert tell_those_who_raised_it(event=event, now=LATER) == {"told": 1, "too_soon": 1, "people": 1}
    assert told(fix).not_told == {"too_soon": 1}


def test_nobody_is_told_of_what_did_not_help(cast):
    _, event = verified(cast, better=False)
    assert tell_those_who_raised_it(event=event, now=LATER) == {}
    assert not Telling.objects.filter(person__isnull=False).exists()


def test_a_fix_in_one_unit_is_told_where_it_applies_and_never_to_who_left(cast):
    fix, event = verified(cast)
    fix.unit = cast.south
    fix.save()
    [elsewhere] = welcome("Ursula Beck", unit=cast.south)
    [mention] = said(fix.issue, cast.south, [1], first=12, customer=elsewhere)
    mention.feedback.reported_by = cast.gus
    mention.feedback.save()
    Person.objects.filter(pk=cast.gus.pk).update(left_on=NOW.date())
    assert tell_those_who_raised_it(event=event, now=LATER) == {"told": 1}


def test_the_mails_say_what_changed_and_carry_the_link(cast, mailoutbox):
    _, event = verified(cast)
    tell_those_who_raised_it(event=event, now=LATER)
    for message in OutgoingMessage.objects.order_by("id"):
        send(message)
    asked, quentin, _, fay = mailoutbox
    token = OutgoingMessage.objects.order_by("id").first().about["token"]
    assert asked.subject == "You told us, and we changed something. Is it better?"
    assert f"/c/better/{token}/" in asked.body
    assert quentin.subject == "You told us, and it is better now"
    assert quentin.body.startswith("Dear Quentin Roy,")
    assert "Warn before the card is blocked" in quentin.body
    assert fay.subject == "What you brought in has helped"
    assert "“The bell”" in fay.body


def test_a_colleague_without_an_address_reads_it_on_their_own_page(cast):
    fix, event = verified(cast)
    cast.fay.email = ""
    cast.fay.save()
    assert tell_those_who_raised_it(event=event, now=LATER) == {"told": 2, "people": 1}
    telling = Telling.objects.get(person=cast.fay)
    assert (telling.fix, telling.message, telling.at) == (fix, None, LATER)
    assert not OutgoingMessage.objects.filter(person=cast.fay).exists()
    assert told(fix).people == 1
