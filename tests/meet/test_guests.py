"""Focus groups and event tables: whom we invite, who came, what is kept of whom, and the token of thanks."""

from collections import Counter

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach, restrict
from coalface.measure.queries.guests import first_met
from coalface.meet.actions import (
    AlreadyDecided,
    Full,
    HasSpoken,
    NotAgreed,
    NotAGroup,
    NotHeld,
    NotThere,
    QuotaFull,
    Seat,
    StillOpen,
    TooManyWanted,
    call_off,
    draw_guests,
    finish,
    fix_now,
    give_tokens,
    hold,
    invite,
    note_remark,
    seat_guests,
    set_quota,
    take_back_invitation,
)
from coalface.meet.queries import Quota, Tokens, quotable, quotas, seats_left, tables, tokens
from coalface.plan.actions import NobodyToDraw
from coalface.records.models import Approach, Customer, Encounter, Guest, Kind, Remark
from tests.meet import LATER, at, count, kinds, planned
from tests.meet.formats import AFTER, of_kind, took_place
from tests.people import NOW, client_for, welcome

PHONE = {"channel": "phone", "now": NOW}


def asked(group, cast, *customers):
    """These customers are invited by Mina, on the phone."""
    return [invite(encounter=group, customer=one, by=cast.mina, **PHONE) for one in customers]


def came(guests, cast, *, agreed=True, **more):
    """All of them came, and agreed, unless told otherwise."""
    rows = [Seat(guest=guest, agreed=agreed, **({"came": True, "table": None} | more)) for guest in guests]
    group = guests[0].encounter
    seat_guests(encounter=group, guests=rows, ours=[], by=cast.olga, now=AFTER)
    return list(Guest.objects.filter(pk__in=[guest.pk for guest in guests]).order_by("id"))


@pytest.mark.parametrize("kind", ["focus_group", "event"])
def test_who_is_invited_is_approached_once_and_takes_one_seat(cast, kind):
    group = of_kind(cast, kind)
    first, again = asked(group, cast, cast.petra, cast.petra)
    assert first == again and seats_left(group) == 5
    assert Approach.objects.filter(customer=cast.petra).count() == 1
    assert kinds(group) == ["encounter.planned", "guest.invited"]
    assert Encounter.objects.get(pk=group.pk).chosen_by == "person"


def test_the_one_door_refuses_and_nobody_is_invited(cast):
    group = of_kind(cast, "focus_group")
    restrict(customer=cast.petra, kind="vulnerable", by=cast.mina, now=NOW)
    approach(customer=cast.quentin, channel="phone", purpose="conversation", by=cast.mina, now=NOW)
    for customer, channel, refusal in (
        (cast.petra, "phone", Restricted),
        (cast.quentin, "phone", TooSoon),
        (cast.rosa, "letter", NoConsent),
    ):
        with pytest.raises(refusal):
            invite(encounter=group, customer=customer, channel=channel, by=cast.mina, now=NOW)
    assert not group.guests.exists()


def test_never_more_guests_than_seats(cast):
    group = of_kind(cast, "event", seats=2)
    asked(group, cast, cast.petra, cast.quentin)
    with pytest.raises(Full):
        asked(group, cast, cast.rosa)
    with pytest.raises(Full):
        draw_guests(encounter=group, count=1, seed=1, by=cast.mina, **PHONE)
    take_back_invitation(guest=group.guests.get(customer=cast.petra), by=cast.mina, now=NOW)
    asked(group, cast, cast.rosa)
    assert Approach.objects.filter(customer=cast.petra).exists()


def test_guests_are_invited_to_a_group_while_it_is_planned(cast):
    talk = planned(cast)
    with pytest.raises(NotAGroup):
        asked(talk, cast, cast.rosa)
    group = took_place(of_kind(cast, "focus_group"), cast.olga)
    with pytest.raises(AlreadyDecided):
        asked(group, cast, cast.rosa)


def test_quotas_say_whom_we_still_miss(cast):
    group = of_kind(cast, "focus_group", seats=4)
    (tom,) = welcome("Tom Bauer", unit=cast.north, segment="trade")
    set_quota(encounter=group, segment="private", wanted=1, by=cast.mina, now=NOW)
    set_quota(encounter=group, segment="trade", wanted=2, by=cast.mina, now=NOW)
    asked(group, cast, cast.petra)
    assert quotas(group) == [Quota("private", 1, 1), Quota("trade", 2, 0)]
    with pytest.raises(QuotaFull):
        asked(group, cast, cast.quentin)
    asked(group, cast, tom)
    assert [quota.full for quota in quotas(group)] == [True, False]
    with pytest.raises(TooManyWanted):
        set_quota(encounter=group, segment="private", wanted=3, by=cast.mina, now=NOW)
    assert set_quota(encounter=group, segment="private", wanted=0, by=cast.mina, now=NOW) is None
    assert quotas(group) == [Quota("trade", 2, 1)]


def test_a_draw_fills_the_quotas_and_pressing_twice_draws_once(cast):
    welcome("Tom Bauer", "Tina Bauer", "Theo Bauer", unit=cast.north, segment="trade")
    group = of_kind(cast, "focus_group", seats=5)
    for segment, wanted in (("private", 2), ("trade", 2)):
        set_quota(encounter=group, segment=segment, wanted=wanted, by=cast.mina, now=NOW)
    drawn = draw_guests(encounter=group, count=5, seed=7, by=cast.mina, **PHONE)
    again = draw_guests(encounter=group, count=5, seed=7, by=cast.mina, **PHONE)
    assert [guest.pk for guest in drawn] == [guest.pk for guest in again]
    assert Counter(guest.customer.segment for guest in group.guests.all()) == {"private": 2, "trade": 2}
    assert Encounter.objects.get(pk=group.pk).chosen_by == "planner"
    with pytest.raises(NobodyToDraw):
        draw_guests(encounter=group, count=1, seed=8, by=cast.mina, **PHONE)


def test_without_quotas_who_is_met_too_rarely_comes_first_and_nobody_far_away(cast):
    welcome("Gina Keller", unit=cast.south)
    restrict(customer=cast.petra, kind="vulnerable", by=cast.mina, now=NOW)
    group = of_kind(cast, "event")
    asked(group, cast, cast.rosa)
    drawn = draw_guests(encounter=group, count=6, seed=1, by=cast.mina, **PHONE)
    assert [guest.customer for guest in drawn] == [cast.quentin]


def test_words_are_attributed_only_to_who_agreed(cast):
    group = of_kind(cast, "focus_group")
    guests = asked(group, cast, cast.petra, cast.quentin)
    took_place(group, cast.olga)
    came(guests[:1], cast)
    came(guests[1:], cast, agreed=False)
    assert quotable(group) == [cast.petra]
    given = {"encounter": group, "kind": Kind.NEED, "text": "A bench.", "by": cast.olga, "now": LATER}
    with pytest.raises(NotAgreed):
        note_remark(id=uuid.uuid7(), customer=cast.quentin, **given)
    note_remark(id=uuid.uuid7(), customer=None, **given)
    note_remark(id=uuid.uuid7(), customer=cast.petra, **given)
    assert [remark.customer for remark in group.remarks.order_by("sequence")] == [None, cast.petra]
    with pytest.raises(HasSpoken):
        came(guests[:1], cast, agreed=False)
    with pytest.raises(HasSpoken):
        came(guests[:1], cast, came=False)


def test_a_group_is_finished_once_it_is_said_who_came(cast):
    group = of_kind(cast, "event")
    guests = asked(group, cast, cast.petra, cast.quentin)
    took_place(group, cast.olga)
    with pytest.raises(StillOpen) as refused:
        finish(encounter=group, by=cast.olga, now=LATER)
    assert refused.value.wanted == ("guests_unsaid",)
    came(guests[:1], cast)
    came(guests[1:], cast, came=False)
    finish(encounter=group, by=cast.olga, now=LATER)
    assert set(first_met(LATER)) == {cast.petra.pk}


def test_saying_the_same_again_is_no_news(cast):
    group = of_kind(cast, "event")
    guests = asked(group, cast, cast.petra)
    ours = group.attendances.get()
    rows = [Seat(guest=guests[0], came=None, agreed=True, table=2)]
    for _ in range(2):
        seat_guests(encounter=group, guests=rows, ours=[(ours, 2)], by=cast.mina, now=NOW)
    assert kinds(group).count("guests.seated") == 1
    (table,) = tables(group)
    assert (table.number, table.ours, table.guests) == (2, [ours], guests)


def test_a_token_of_thanks_is_given_afterwards_to_who_came(cast):
    group = of_kind(cast, "event")
    guests = asked(group, cast, cast.petra, cast.quentin)
    thanks = {"token": "A mug", "value": 1250, "currency": "CHF", "by": cast.olga, "now": AFTER}
    with pytest.raises(NotHeld):
        give_tokens(encounter=group, guests=guests, **thanks)
    took_place(group, cast.olga)
    with pytest.raises(NotThere):
        give_tokens(encounter=group, guests=guests, **thanks)
    give_tokens(encounter=group, guests=came(guests, cast), **thanks)
    assert [(one.currency, one.count, str(one.total)) for one in tokens(group)] == [("CHF", 2, "25")]
    assert tokens(group) == [Tokens("CHF", 2, tokens(group)[0].total)]
    assert {guest.thanked_at for guest in group.guests.all()} == {AFTER}


# pages


def test_a_group_is_recruited_on_its_page(cast):
    (tom,) = welcome("Tom Bauer", unit=cast.north, segment="trade")
    group, mina = of_kind(cast, "focus_group", seats=3), client_for(cast.mina)
    page = mina.post(at("set_quota", group.pk), {"segment": "private", "wanted": 2}, follow=True)
    assert "0 of 2 private" in page.content.decode() and "3 of 3 seats are free" in page.content.decode()
    refused = mina.post(at("set_quota", group.pk), {"segment": "private", "wanted": 4})
    assert refused.context["quota_form"].errors["wanted"]
    assert mina.post(at("set_quota", group.pk), {}).context["quota_form"].errors
    found = mina.get(at("encounter", group.pk), {"find": "frei"})
    assert [customer.name for customer in found.context["found"]] == ["Petra Frei"]
    assert "Ask by phone" in found.content.decode()
    sent = {"customer": cast.petra.pk, "channel": "phone"}
    page = mina.post(at("invite", group.pk), sent, follow=True)
    assert "1 of 2 private" in page.content.decode() and "This is not a sales pitch" in page.content.decode()
    page = mina.post(at("invite", group.pk), {"customer": tom.pk, "channel": "phone"}, follow=True)
    assert "look for somebody who is still missing" in page.content.decode()
    page = mina.post(at("draw_guests", group.pk), {"count": 1, "channel": "phone", "seed": 3}, follow=True)
    assert "2 of 2 private" in page.content.decode()
    refused = mina.post(at("draw_guests", group.pk), {"count": 1, "channel": "phone", "seed": 4})
    assert "Nobody who is still missing" in refused.content.decode()
    assert (
        mina.post(at("draw_guests", group.pk), {"count": 9, "channel": "phone", "seed": 4})
        .context["draw_form"]
        .errors
    )
    guest = group.guests.get(customer=cast.petra)
    page = mina.post(at("take_back_invitation", guest.pk), follow=True)
    assert "seat is free again" in page.content.decode() and not Guest.objects.filter(pk=guest.pk).exists()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("restricted", "is to be left alone"),
        ("without consent", "did not agree"),
        ("too soon", "was approached not long ago"),
        ("full", "Every seat is taken"),
        ("held", "Nobody is invited to it any more"),
        ("unknown channel", "Choose whom to ask, and how"),
    ],
)
def test_why_somebody_may_not_be_asked_is_said_in_words(cast, how, words):
    group = of_kind(cast, "focus_group", seats=1)
    if how == "restricted":
        restrict(customer=cast.petra, kind="vulnerable", by=cast.mina, now=NOW)
    elif how == "too soon":
        now = timezone.now()
        approach(customer=cast.petra, channel="phone", purpose="conversation", by=cast.mina, now=now)
    elif how == "full":
        asked(group, cast, cast.quentin)
    elif how == "held":
        took_place(group, cast.olga)
    channel = {"without consent": "letter", "unknown channel": "pigeon"}.get(how, "phone")
    sent = {"customer": cast.petra.pk, "channel": channel}
    page = client_for(cast.mina).post(at("invite", group.pk), sent, follow=True)
    assert words in page.content.decode()
    assert not group.guests.filter(customer=cast.petra).exists()


def test_who_leads_in_the_south_finds_no_customers_of_the_north(cast):
    group = of_kind(cast, "event", person=cast.gus)
    gus = client_for(cast.gus)
    assert list(gus.get(at("encounter", group.pk), {"find": "Frei"}).context["found"]) == []
    sent = {"customer": cast.petra.pk, "channel": "phone"}
    assert gus.post(at("invite", group.pk), sent).status_code == 404
    assert client_for(cast.fay).post(at("invite", group.pk), sent).status_code == 403


def test_who_came_and_sat_where_and_was_given_what_is_said_on_one_page(cast):
    group, olga = of_kind(cast, "event"), client_for(cast.olga)
    petra, quentin = asked(group, cast, cast.petra, cast.quentin)
    us = group.attendances.get()
    before = {f"table_{petra.pk}": "1", f"table_{quentin.pk}": "2", f"seat_{us.pk}": "1"}
    olga.post(at("seat", group.pk), before)
    assert "Did Petra Frei come?" not in olga.get(at("encounter", group.pk)).content.decode()
    took_place(group, cast.olga)
    wrong = olga.post(at("seat", group.pk), before | {f"table_{petra.pk}": "0"})
    assert wrong.context["seats_form"].errors
    after = before | {f"came_{petra.pk}": "yes", f"agreed_{petra.pk}": "on", f"came_{quentin.pk}": "no"}
    page = olga.post(at("seat", group.pk), after, follow=True)
    assert [one.name for one in page.context["note_form"].guests] == ["Petra Frei"]
    sheet = olga.get(at("sheet", group.pk)).content.decode()
    assert "Table 1" in sheet and "Petra Frei" in sheet and "Quentin Roy" not in sheet
    token = {"token": "A mug", "value": "12.50", "currency": "CHF", "to": [petra.pk]}
    assert olga.post(at("give_tokens", group.pk), token | {"currency": "chf"}).context["token_form"].errors
    assert "together CHF 12.50" in olga.post(at("give_tokens", group.pk), token, follow=True).content.decode()
    note = {"id": uuid.uuid7(), "sequence": 1, "text": "Nice.", "kind": "like", "said_by": "customer"}
    olga.post(at("note", group.pk), note | {"customer": petra.customer_id})
    fix_now(remark=Remark.objects.get(), by=cast.olga, now=LATER)
    gone = olga.post(at("seat", group.pk), before | {f"came_{petra.pk}": "yes"})
    assert "Words of Petra Frei are written down" in gone.content.decode()
    assert "Finished" in olga.post(at("finish", group.pk), follow=True).content.decode()


def test_in_a_group_one_guest_who_agreed_is_not_taken_for_everybody(cast):
    group = of_kind(cast, "focus_group")
    guests = asked(group, cast, cast.petra)
    took_place(group, cast.olga)
    came(guests, cast)
    note = {"id": uuid.uuid7(), "sequence": 1, "text": "Hm.", "kind": "need", "said_by": "customer"}
    client_for(cast.olga).post(at("note", group.pk), note | {"customer": ""})
    assert Remark.objects.get().customer is None


def test_somebody_who_takes_the_yes_back_meanwhile_is_not_written_down(cast):
    group, olga = of_kind(cast, "focus_group"), client_for(cast.olga)
    guests = asked(group, cast, cast.petra, cast.quentin)
    took_place(group, cast.olga)
    came(guests, cast)
    note = {"id": uuid.uuid7(), "sequence": 1, "text": "Hm.", "kind": "need", "said_by": "customer"}
    came(guests[:1], cast, agreed=False)
    page = olga.post(at("note", group.pk), note | {"customer": cast.petra.pk})
    assert page.context["note_form"].errors["customer"] and not Remark.objects.exists()


def test_what_is_over_invites_nobody(cast):
    group, mina = of_kind(cast, "event"), client_for(cast.mina)
    guest = asked(group, cast, cast.petra)[0]
    call_off(encounter=group, outcome="cancelled", by=cast.mina, now=NOW)
    for name, pk, sent in (
        ("set_quota", group.pk, {"segment": "private", "wanted": 1}),
        ("draw_guests", group.pk, {"count": 1, "channel": "phone", "seed": 1}),
        ("take_back_invitation", guest.pk, {}),
    ):
        words = mina.post(at(name, pk), sent, follow=True).content.decode()
        assert "Nobody is invited to it any more" in words
    token = {"token": "A mug", "value": "1", "currency": "CHF", "to": [guest.pk]}
    assert mina.post(at("give_tokens", group.pk), token).status_code == 200
    assert "Petra Frei" in mina.get(at("encounter", group.pk)).content.decode()


def test_a_page_of_many_guests_asks_no_more_than_one_of_few(cast):
    few, many = of_kind(cast, "event", seats=20), of_kind(cast, "event", seats=21)
    crowd = welcome(*[f"Guest{n} Lang" for n in range(12)], unit=cast.north)
    asked(few, cast, cast.petra, cast.quentin)
    asked(many, cast, *crowd)
    olga = client_for(cast.olga)
    pages = [count(olga, at("encounter", group.pk)) for group in (few, many)]
    assert pages[0] == pages[1]
    for group in (few, many):
        hold(encounter=group, by=cast.olga, now=AFTER)
    pages = [count(olga, at("encounter", group.pk)) for group in (few, many)]
    assert pages[0] == pages[1]
    sheets = [count(olga, at("sheet", group.pk)) for group in (few, many)]
    assert sheets[0] == sheets[1]
    assert Customer.objects.filter(visits__encounter=many).count() == 12
