"""Back to those who raised it: live, declined, verified, open again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coalface.act.actions import (
    NothingToTell,
    decline_fix,
    leave_out,
    open_fix,
    send_news,
    send_what_lies,
    ship,
    write_letter,
)
from coalface.act.queries import Told, told
from coalface.customers.actions import ask_to_be_forgotten, carry_out, restrict, withdraw_consent
from coalface.edges.mail import send, words_of
from coalface.records.models import (
    Approach,
    Channel,
    Customer,
    CustomerAnswer,
    Feedback,
    Lane,
    OutgoingMessage,
    Person,
    PublishedChange,
    Purpose,
    RestrictionKind,
    Telling,
)
from coalface.verify.actions import answer, ask_customers_instead, ask_those_who_raised_it
from coalface.worker.actions import drain
from tests.people import NOW, welcome
from tests.verify import at, issue, planned, proposed_fix, said, week

pytestmark = pytest.mark.django_db
LIVE = NOW + timedelta(days=7)
LATER = LIVE + timedelta(days=10)


def raised(cast, title="The bell", *customers, place=11):
    """An issue that these customers complained about; Fay brought it in."""
    about = issue(cast, title)
    for customer in customers or (cast.petra, cast.quentin, cast.rosa):
        said(about, cast.north, [1], first=place, customer=customer)
    Feedback.objects.filter(mentions__issue=about).update(reported_by=cast.fay)
    return about


def live(cast, about, unit=None):
    fix = proposed_fix(cast, about, unit)
    planned(cast, fix)
    return ship(fix=fix, by=cast.sven, now=LIVE)


def tellings():
    rows = Telling.objects.order_by("id").select_related("customer", "person", "fix__issue")
    return [((row.customer or row.person).name, row.fix.issue.title, row.news) for row in rows]


def sent_all(fix, cast, now=LATER):
    send_news(fix=fix, news="shipped", by=cast.mina, now=now)
    drain(now=now)


def test_those_of_us_who_brought_it_in_are_told_at_once_and_customers_when_somebody_sends_it(cast):
    fix = live(cast, raised(cast))
    drain(now=LIVE)
    assert tellings() == [("Fay Burns", "The bell", "shipped")]
    assert told(fix, LIVE) == Told(0, 1, {}, 3, "shipped", timezone.localdate(LIVE + timedelta(days=3)))
    sent_all(fix, cast)
    sent_all(fix, cast)
    assert tellings()[1:] == [
        ("Petra Frei", "The bell", "shipped"),
        ("Quentin Roy", "The bell", "shipped"),
        ("Rosa Conti", "The bell", "shipped"),
    ]
    assert told(fix, LATER) == Told(3, 1, {}, 0, "shipped", None)
    assert OutgoingMessage.objects.filter(customer__isnull=False).count() == 3


def test_one_letter_tells_of_everything_a_customer_raised_and_is_one_approach(cast, mailoutbox):
    about = raised(cast, "The bell", cast.petra)
    for place in range(12, 16):
        said(about, cast.north, [1], first=place, customer=cast.petra)
    fix = live(cast, about)
    declined = proposed_fix(cast, raised(cast, "The queue", cast.petra, cast.rosa))
    decline_fix(fix=declined, reason="It costs more than it gives.", by=cast.sven, now=LIVE)
    sent_all(fix, cast)
    assert tellings()[-2:] == [
        ("Petra Frei", "The queue", "declined"),
        ("Petra Frei", "The bell", "shipped"),
    ]
    assert Approach.objects.filter(customer=cast.petra, purpose=Purpose.TELLING).count() == 1
    send(OutgoingMessage.objects.get(customer=cast.petra))
    [mail] = mailoutbox
    assert mail.subject == "You told us, and this is what became of it"
    assert mail.body.count("Warn before the card is blocked") == 2
    assert "The reason: It costs more than it gives." in mail.body
    assert "List-Unsubscribe" in mail.extra_headers


def test_the_letter_speaks_the_customers_language_with_our_published_words(cast):
    fix = live(cast, raised(cast, "The bell", cast.petra))
    Customer.objects.filter(pk=cast.petra.pk).update(language="de")
    PublishedChange.objects.create(
        fix=fix, language="de", heard="Die Glocke ist stumm.", did="Wir haben eine neue Glocke.",
        published_by=cast.mina, published_at=LIVE,
    )  # fmt: skip
    sent_all(fix, cast)
    message = OutgoingMessage.objects.get(customer=cast.petra)
    assert "Wir haben eine neue Glocke." in words_of(message, "de")[1]
    assert "Warn before the card is blocked" in words_of(message, "en")[1]


def test_who_cannot_be_reached_is_counted_with_the_reason(cast):
    mute, foreign, alone, late = welcome("Mute May", "Foreign Fox", "Alone Ash", "Late Lee", unit=cast.north)
    fix = live(cast, raised(cast, "The bell", mute, foreign, alone, late, cast.petra))
    Customer.objects.filter(pk=mute.pk).update(email="")
    Customer.objects.filter(pk=foreign.pk).update(language="it")
    restrict(customer=alone, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=LIVE)
    Approach.objects.create(customer=late, channel=Channel.PHONE, purpose=Purpose.SURVEY, at=LIVE)
    consent = cast.petra.consents.get(channel=Channel.EMAIL, purpose=Purpose.TELLING)
    withdraw_consent(consent=consent, by=cast.mina, now=LIVE)
    why = {"no_address": 1, "language": 1, "restricted": 1, "no_consent": 1, "too_soon": 1}
    assert told(fix, LATER).not_told == why
    sent_all(fix, cast)
    assert not Telling.objects.filter(customer__isnull=False).exists()
    assert write_letter(customer=late, by=None, now=LATER) == "too_soon"
    assert write_letter(customer=cast.petra, by=None, now=LATER) == "no_consent"


def test_whoever_is_erased_or_says_no_between_the_preview_and_the_sending_gets_nothing(cast):
    fix = live(cast, raised(cast))
    send_news(fix=fix, news="shipped", by=cast.mina, now=LATER)
    wish = ask_to_be_forgotten(customer=cast.petra, by=cast.mina, now=LATER)
    carry_out(wish=wish, by=cast.mina, now=LATER)
    consent = cast.rosa.consents.get(channel=Channel.EMAIL, purpose=Purpose.TELLING)
    withdraw_consent(consent=consent, by=cast.mina, now=LATER)
    drain(now=LATER)
    assert [name for name, _, _ in tellings() if name != "Fay Burns"] == ["Quentin Roy"]
    assert told(fix, LATER).not_told == {"no_consent": 1}


def test_who_was_left_out_is_not_told_until_put_back(cast):
    fix = live(cast, raised(cast))
    given = {"fix": fix, "news": "shipped", "customers": [cast.petra.pk], "by": cast.mina}
    leave_out(now=LATER, **given)
    sent_all(fix, cast)
    assert [name for name, _, _ in tellings()[1:]] == ["Quentin Roy", "Rosa Conti"]
    leave_out(now=LATER, again=True, **given)
    sent_all(fix, cast)
    assert tellings()[-1] == ("Petra Frei", "The bell", "shipped")


def test_what_nobody_sent_goes_out_by_itself_after_some_days_and_once(cast):
    live(cast, raised(cast))
    drain(now=LIVE)
    assert send_what_lies(now=LIVE + timedelta(days=2, hours=23)) == []
    for days in (3, 4):
        send_what_lies(now=LIVE + timedelta(days=days))
        drain(now=LIVE + timedelta(days=days))
        assert len(tellings()) == 4
    assert send_what_lies(now=LIVE + timedelta(days=5)) == []


def test_old_news_is_told_to_nobody(cast):
    fix = live(cast, raised(cast))
    assert send_what_lies(now=LIVE + timedelta(days=181)) == []
    with pytest.raises(NothingToTell):
        send_news(fix=fix, news="shipped", by=cast.mina, now=LIVE + timedelta(days=181))


def test_a_fix_in_one_unit_is_told_where_it_applies_and_never_to_who_left(cast):
    about = raised(cast)
    [elsewhere] = welcome("Ursula Beck", unit=cast.south)
    [mention] = said(about, cast.south, [1], first=12, customer=elsewhere)
    Feedback.objects.filter(pk=mention.feedback_id).update(reported_by=cast.gus)
    Person.objects.filter(pk=cast.gus.pk).update(left_on=NOW.date())
    fix = live(cast, about, unit=cast.south)
    drain(now=LIVE)
    sent_all(fix, cast)
    assert tellings() == [("Ursula Beck", "The bell", "shipped")]


def test_what_is_open_again_is_told_to_exactly_those_who_were_told_before(cast):
    about = raised(cast, "The bell", cast.petra, cast.quentin)
    fix = live(cast, about)
    leave_out(fix=fix, news="shipped", customers=[cast.quentin.pk], by=cast.mina, now=LIVE)
    drain(now=LIVE)
    sent_all(fix, cast)
    again = LATER + timedelta(days=100)
    second = open_fix(
        issue=about, title="Another bell", lane=Lane.THIS_WEEK, owner=cast.sven, due_on=week(40),
        by=cast.mina, now=again,
    )  # fmt: skip
    second.follows = fix
    second.save()
    drain(now=again)
    send_what_lies(now=again + timedelta(days=3))
    drain(now=again + timedelta(days=3))
    assert tellings() == [
        ("Fay Burns", "The bell", "shipped"),
        ("Petra Frei", "The bell", "shipped"),
        ("Fay Burns", "The bell", "reopened"),
        ("Petra Frei", "The bell", "reopened"),
    ]


def test_a_leader_sends_to_customers_of_their_own_unit_only(cast):
    [elsewhere] = welcome("Ursula Beck", unit=cast.south)
    fix = live(cast, raised(cast, "The bell", cast.petra, elsewhere))
    cast.sven.grants.update(role="leader")
    send_news(fix=fix, news="shipped", by=cast.sven, now=LATER)
    drain(now=LATER)
    assert [name for name, _, _ in tellings()[1:]] == ["Petra Frei"]


def asked(cast):
    """A fix that the customers judge: Petra was asked; Quentin and Rosa raised it too."""
    about = issue(cast, "The bell")
    said(about, cast.north, [1], first=10, customer=cast.petra)
    fix = proposed_fix(cast, about)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    fix = ship(fix=fix, by=cast.sven, now=LIVE)
    ask_those_who_raised_it(fix=fix, by=cast.mina, now=LIVE + timedelta(days=1))
    for customer in (cast.quentin, cast.rosa):
        [mention] = said(about, cast.north, [1], first=11, customer=customer)
        Feedback.objects.filter(pk=mention.feedback_id).update(reported_by=cast.fay)
    return fix


def test_the_question_tells_of_a_fix_that_customers_judge_and_its_answer_the_others(cast, mailoutbox):
    fix = asked(cast)
    drain(now=LIVE)
    assert told(fix, LATER) == Told(1, 1, {})
    answer(customer_answer=CustomerAnswer.objects.get(), better=True, now=LATER)
    drain(now=LATER)
    send_what_lies(now=LATER + timedelta(days=3))
    drain(now=LATER + timedelta(days=3))
    assert tellings() == [
        ("Petra Frei", "The bell", "shipped"),
        ("Fay Burns", "The bell", "shipped"),
        ("Fay Burns", "The bell", "verdict"),
        ("Quentin Roy", "The bell", "verdict"),
        ("Rosa Conti", "The bell", "verdict"),
    ]
    for message in OutgoingMessage.objects.order_by("id"):
        send(message)
    subjects = [mail.subject for mail in mailoutbox]
    assert subjects == [
        "You told us, and we changed something. Is it better?",
        "What you brought in has been changed",
        "What you brought in has helped",
        "You told us, and it is better now",
        "You told us, and it is better now",
    ]


def test_nobody_is_told_that_it_helped_when_it_did_not(cast):
    fix = asked(cast)
    answer(customer_answer=CustomerAnswer.objects.get(), better=False, now=LATER)
    drain(now=LATER)
    assert not Telling.objects.filter(fix=fix, news="verdict").exists()


def test_a_colleague_without_an_address_reads_it_on_their_own_page(cast):
    Person.objects.filter(pk=cast.fay.pk).update(email="")
    fix = live(cast, raised(cast))
    drain(now=LIVE)
    telling = Telling.objects.get(person=cast.fay)
    assert (telling.fix, telling.message, telling.at) == (fix, None, LIVE)
    assert not OutgoingMessage.objects.filter(person=cast.fay).exists()
