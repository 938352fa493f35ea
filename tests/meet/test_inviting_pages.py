"""The pages on which we ask customers to come, settle what they said, and see what they were given."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from coalface.customers.actions import approach, restrict, withdraw_consent
from coalface.meet.actions import TooGenerous, answer_invitation, give_tokens, hold
from coalface.meet.queries import sums_of, tokens_given
from coalface.records.models import Customer, Encounter, Guest, GuestAnswer, GuestInvitation, OutgoingMessage
from tests.meet import at, planned
from tests.meet.coming import again, agree_to_mail, asked, drawn
from tests.meet.formats import of_kind
from tests.people import NOW, client_for, welcome

AN_HOUR = timedelta(hours=1)


def test_one_press_asks_and_a_second_one_changes_nothing(cast):
    now = timezone.now()
    agree_to_mail(cast.petra, cast.quentin, cast.rosa)
    guest, olga = drawn(cast, now), client_for(cast.olga)
    page = olga.get(at("encounter", guest.encounter_id))
    assert at("ask_guest", guest.pk) in page.content.decode()
    for _ in range(2):
        assert olga.post(at("ask_guest", guest.pk)).url == at("encounter", guest.encounter_id) + "#coming"
    assert OutgoingMessage.objects.get().template == "meet/come"
    assert client_for(cast.gus).post(at("ask_guest", guest.pk)).status_code == 403


def test_all_are_asked_at_once_and_it_is_said_before_who_is_left_out_and_why(cast):
    now = timezone.now()
    group = of_kind(cast, "focus_group", seats=8, starts_at=now + timedelta(days=10))
    mailed, called, alone, lately, silent = welcome(
        "Ina Mail", "Ida Call", "Ivo Alone", "Ilse Lately", "Ilka Silent", unit=cast.north
    )
    agree_to_mail(mailed)
    for one in (mailed, called, alone, lately, silent):
        Guest.objects.create(encounter=group, customer=one)
    restrict(customer=alone, kind="do_not_contact", by=cast.mina, now=now)
    approach(customer=lately, channel="phone", purpose="conversation", by=cast.mina, now=now - 2 * AN_HOUR)
    for yes in silent.consents.all():
        withdraw_consent(consent=yes, by=cast.mina, now=now)
    mina, address = client_for(cast.mina), at("ask_all", group.pk)
    assert "Ask 5 at once" in mina.get(at("encounter", group.pk)).content.decode()
    found = mina.get(address).context["found"]
    assert [one.customer for one in found.mails] == [mailed]
    assert [one.customer for one in found.by_us] == [called]
    assert [(one.customer, why) for one, why, _ in found.left_out] == [
        (silent, "no_consent"),
        (lately, "too_soon"),
        (alone, "protected"),
    ]
    for first in (True, False):
        said = mina.post(address, follow=True).content.decode()
        assert ("1 guest gets a mail." in said) == first
        assert "3 guests may not be asked now." in said
    assert GuestInvitation.objects.filter(guest__encounter=group).count() == 2
    assert client_for(cast.gus).get(address).status_code == 403


def test_a_refusal_is_said_in_words(cast):
    now = timezone.now()
    guest, olga = drawn(cast, now), client_for(cast.olga)
    restrict(customer=guest.customer, kind="negotiation", by=cast.mina, now=now)
    page = olga.post(at("ask_guest", guest.pk), follow=True)
    assert f"{guest.customer.name} is to be left alone for now." in page.content.decode()


def test_the_words_to_say_are_in_their_language_and_the_answer_is_written_down(cast):
    now = timezone.now()
    guest, olga = drawn(cast, now), client_for(cast.olga)
    Customer.objects.filter(pk=guest.customer_id).update(language="de")
    words = olga.post(at("ask_guest", guest.pk)).url
    page = olga.get(words)
    assert words == at("guest_words", guest.pk) and 'lang="de"' in page.content.decode()
    assert olga.post(words, {"answer": "other_time"}).status_code == 422
    wish = (now + timedelta(days=12)).strftime("%Y-%m-%dT15:00")
    for said in ({"answer": "none"}, {"answer": "other_time", "start": wish}):
        assert olga.post(words, said).status_code == 302
    shown = olga.get(at("encounter", guest.encounter_id)).content.decode()
    assert "15:00" in shown and "Take it" in shown
    olga.post(at("settle_other_time", guest.pk), {"take": "yes"})
    assert GuestInvitation.objects.get().answer == GuestAnswer.COMES
    olga.post(at("settle_other_time", guest.pk), {"take": "no"})
    assert GuestInvitation.objects.get().answer == GuestAnswer.COMES
    olga.post(words, {"answer": "never"})
    assert olga.get(at("encounter", guest.encounter_id)).status_code == 200
    assert GuestInvitation.objects.get().answer == GuestAnswer.NEVER


def test_the_planner_draws_somebody_else_for_the_seat(cast):
    invitation = asked(cast, timezone.now())
    meeting = invitation.guest.encounter
    answer_invitation(invitation=invitation, answer="declines", now=timezone.now())
    mina = client_for(cast.mina)
    assert mina.get(at("encounter", meeting.pk)).context["draw_another"]
    assert not client_for(cast.olga).get(at("encounter", meeting.pk)).context["draw_another"]
    for _ in range(2):
        mina.post(at("draw_another", meeting.pk), {"seed": "3"})
    assert sorted(meeting.guests.values_list("came", flat=True), key=str) == [False, None]


@pytest.mark.parametrize(
    ("said", "outcome", "came"),
    [
        ("cancelled", "cancelled", None),
        ("they_cancelled", "cancelled", False),
        ("no_show", "no_show", None),
        ("we_did_not_come", "no_show", True),
    ],
)
def test_on_which_side_it_was_is_asked(cast, said, outcome, came):
    meeting = planned(cast)
    client_for(cast.olga).post(at("call_off", meeting.pk), {"outcome": said})
    now = Encounter.objects.get(pk=meeting.pk)
    assert (now.outcome, now.guests.get().came) == (outcome, came)


def met(cast, customer, then):
    meeting = hold(encounter=planned(cast, cast.olga, customer), by=cast.olga, now=then)
    meeting.guests.update(came=True)
    return meeting


def given(cast, meeting, value, currency="CHF", then=NOW):
    guests = list(meeting.guests.select_related("customer"))
    thanks = {"token": "A mug", "value": value, "currency": currency, "by": cast.olga, "now": then}
    give_tokens(encounter=meeting, guests=guests, **thanks)


def test_a_token_has_limits_for_a_guest_a_year_and_public_service(cast):
    first, second = (met(cast, cast.petra, NOW + timedelta(hours=2)) for _ in range(2))
    with pytest.raises(TooGenerous) as refused:
        given(cast, first, 3001)
    assert refused.value.most == 3000
    for _ in range(2):  # written down anew, it is no second token
        given(cast, first, 3000)
    with pytest.raises(TooGenerous) as refused:
        given(cast, second, 2001)
    assert refused.value.most == 2000
    given(cast, second, 2000)
    (clerk,) = welcome("Carla Amt", unit=cast.north, segment="Public sector")
    with pytest.raises(TooGenerous) as refused:
        given(cast, met(cast, clerk, NOW + timedelta(hours=2)), 1)
    assert refused.value.most == 0
    assert [(one.currency, one.count, str(one.total)) for one in sums_of(tokens_given(Q()))] == [
        ("CHF", 2, "50")
    ]


def test_the_list_of_tokens_has_sums_and_can_be_taken_along(cast):
    given(cast, met(cast, cast.petra, NOW + timedelta(hours=2)), 1250)
    mina = client_for(cast.mina)
    page = mina.get(reverse("meet:token_list"))
    assert "CHF 12.50" in page.content.decode()
    rows = b"".join(mina.get(reverse("meet:token_list") + "?as=csv").streaming_content).decode()
    assert "A mug" in rows and "12.5" in rows
    assert client_for(cast.fay).get(reverse("meet:token_list")).status_code == 403


def test_the_answer_stays_when_the_page_is_opened_by_somebody_else(cast):
    invitation = asked(cast, timezone.now())
    client_for(cast.gus).get(at("guest_words", invitation.guest_id))
    assert again(invitation).answer == "none"
