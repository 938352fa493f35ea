"""The loop closed alone by the customer's later yes."""

from datetime import timedelta

import pytest

from coalface.act.actions import leave_out, ship
from coalface.act.queries.letters import stop_address
from coalface.customers.actions import restrict
from coalface.records.models import (
    Approach,
    Basis,
    Channel,
    CustomerAnswer,
    Event,
    OutgoingMessage,
    Person,
    Policy,
    Purpose,
    RestrictionKind,
    Ruling,
    Telling,
    Verdict,
)
from coalface.shell.links import Expired, Forged
from coalface.verify.actions import (
    AlreadyDecided,
    Asked,
    NotShipped,
    TooEarly,
    answer,
    ask_customers_instead,
    ask_due,
    ask_those_who_raised_it,
)
from coalface.verify.queries import answer_of, answers_to, token_of
from coalface.verify.queries.answers import Answers
from tests.people import NOW
from tests.verify import at, done, issue, proposed_fix, said, shipped, week

pytestmark = pytest.mark.django_db
SHIPPED = NOW + timedelta(days=7)
LATER = NOW + timedelta(days=10)
LATE = SHIPPED + timedelta(days=8)


def changed(cast, *customers):
    """A fix that shipped, raised by these customers before."""
    about = issue(cast, "The bell of the bicycle")
    for customer in customers:
        said(about, cast.north, [1], first=10, customer=customer)
    fix = proposed_fix(cast, about)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    return ship(fix=fix, by=cast.sven, now=SHIPPED)


def asked(cast, *customers):
    fix = changed(cast, *customers)
    ask_those_who_raised_it(fix=fix, by=cast.sven, now=LATER)
    return fix, [CustomerAnswer.objects.get(fix=fix, customer=customer) for customer in customers]


def test_those_who_raised_it_are_asked_once_and_the_others_are_counted(cast):
    restrict(customer=cast.rosa, kind=RestrictionKind.LEGAL_DISPUTE, by=cast.mina, now=NOW)
    cast.quentin.email = ""
    cast.quentin.save()
    fix = changed(cast, cast.petra, cast.quentin, cast.rosa)
    first = ask_those_who_raised_it(fix=fix, by=cast.mina, now=LATER)
    assert first == Asked(1, {"no_address": 1, "restricted": 1})
    assert ask_those_who_raised_it(fix=fix, by=cast.mina, now=LATER) == Asked(
        0, {"no_address": 1, "restricted": 1}
    )
    question = CustomerAnswer.objects.get()
    message = OutgoingMessage.objects.get()
    assert (message.key, message.template, message.customer, message.about) == (
        f"told-{fix.pk}-{cast.petra.pk}",
        "verify/better",
        cast.petra,
        {
            "fix": fix.pk,
            "answers": cast.sven.pk,
            "unsubscribe": stop_address(cast.petra),
            "customer_answer": str(question.pk),
            "token": token_of(question),
        },
    )
    assert Telling.objects.get().message == message
    assert Event.objects.filter(kind="customers.asked").first().payload == {
        "asked": 1,
        "no_address": 1,
        "restricted": 1,
    }


def test_nobody_is_asked_before_it_shipped(cast):
    fix = proposed_fix(cast, issue(cast, "The bell"))
    with pytest.raises(NotShipped):
        ask_those_who_raised_it(fix=fix, by=cast.mina, now=LATER)


def test_one_yes_on_a_later_day_verifies(cast):
    fix, [petra] = asked(cast, cast.petra)
    verdict = answer(customer_answer=petra, better=True, now=LATER)
    assert (verdict.ruling, verdict.basis, verdict.judged_by, verdict.fix) == (
        Ruling.VERIFIED,
        Basis.CUSTOMERS,
        None,
        fix,
    )
    assert answers_to(fix) == Answers(asked=1, yes=1, no=0)
    assert Event.objects.get(kind="fix.judged").payload == {"verdict": verdict.pk, "ruling": "verified"}


def test_nobody_is_asked_or_answers_on_the_day_it_shipped(cast):
    fix = changed(cast, cast.petra)
    with pytest.raises(TooEarly):
        ask_those_who_raised_it(fix=fix, by=cast.mina, now=SHIPPED)
    assert not CustomerAnswer.objects.exists()
    ask_those_who_raised_it(fix=fix, by=cast.mina, now=SHIPPED + timedelta(days=1))
    question = CustomerAnswer.objects.get()
    with pytest.raises(TooEarly):
        answer(customer_answer=question, better=True, now=SHIPPED)
    assert CustomerAnswer.objects.get().better is None


def test_what_nobody_asked_is_asked_by_itself_a_week_later_and_whom_the_cap_held_back_after_it(cast):
    Approach.objects.create(
        customer=cast.quentin, channel=Channel.PHONE, purpose=Purpose.SURVEY, at=SHIPPED - timedelta(days=60)
    )
    fix = changed(cast, cast.petra, cast.quentin)
    assert ask_due(now=SHIPPED + timedelta(days=6)) == []
    assert ask_due(now=SHIPPED + timedelta(days=7)) == [Asked(1, {"too_soon": 1})]
    for days in (8, 29):
        assert ask_due(now=SHIPPED + timedelta(days=days)) == []
    Person.objects.filter(pk=cast.mina.pk).update(left_on=SHIPPED.date())
    assert ask_due(now=SHIPPED + timedelta(days=31)) == [Asked(1, {})]
    names = CustomerAnswer.objects.filter(fix=fix).values_list("customer__name", flat=True)
    assert sorted(names) == ["Petra Frei", "Quentin Roy"]
    by = [event.by for event in Event.objects.filter(kind="customers.asked").order_by("id")]
    assert by == [cast.mina, cast.olga]
    assert ask_due(now=SHIPPED + timedelta(days=200)) == []


def test_as_many_no_as_yes_is_no_change_and_opens_the_issue_again(cast):
    fix, [petra] = asked(cast, cast.petra)
    assert answer(customer_answer=petra, better=False, now=LATER).ruling == Ruling.NO_CHANGE
    assert Event.objects.filter(kind="issue.reopened", about_id=str(fix.issue_id)).count() == 1


def test_a_no_after_the_yes_of_others_is_a_relapse_only_when_as_many_say_so(cast):
    fix, [petra, quentin, rosa] = asked(cast, cast.petra, cast.quentin, cast.rosa)
    assert answer(customer_answer=petra, better=True, now=LATER).ruling == Ruling.VERIFIED
    assert answer(customer_answer=quentin, better=True, now=LATER) is None
    assert answer(customer_answer=rosa, better=False, now=LATER) is None
    assert answers_to(fix) == Answers(asked=3, yes=2, no=1)
    assert answers_to(fix).silent == 0
    assert Verdict.objects.count() == 1


def test_as_many_no_as_yes_after_it_was_verified_is_a_relapse_told_once(cast):
    _, [petra, quentin, rosa] = asked(cast, cast.petra, cast.quentin, cast.rosa)
    answer(customer_answer=petra, better=True, now=LATER)
    assert answer(customer_answer=quentin, better=False, now=LATER).ruling == Ruling.RELAPSED
    assert answer(customer_answer=rosa, better=False, now=LATER) is None


def test_an_answer_may_change_until_the_verdict(cast):
    Policy.objects.create(key="customer_yes_needed", value=2, set_by=cast.mina, set_at=NOW)
    _, [petra, quentin, _] = asked(cast, cast.petra, cast.quentin, cast.rosa)
    assert answer(customer_answer=petra, better=True, now=LATER) is None
    assert answer(customer_answer=petra, better=True, now=LATER + timedelta(hours=1)) is None
    verdict = answer(customer_answer=quentin, better=True, now=LATER + timedelta(hours=2))
    assert verdict.ruling == Ruling.VERIFIED
    with pytest.raises(AlreadyDecided):
        answer(customer_answer=petra, better=False, now=LATER + timedelta(hours=3))


def test_a_link_is_ours_and_ninety_days_long(cast):
    _, [petra] = asked(cast, cast.petra)
    token = token_of(petra)
    assert answer_of(token, LATER + timedelta(days=90)) == petra
    with pytest.raises(Expired):
        answer_of(token, LATER + timedelta(days=91))
    for forged in (token[:-1], "x" + token, "nothing"):
        with pytest.raises(Forged):
            answer_of(forged, LATER)
    petra.delete()
    with pytest.raises(Forged):
        answer_of(token, LATER)


def counted(cast, *, known=True):
    """A fix with a yardstick of counts, raised and asked about; `known`: how much was done is on record."""
    about = issue(cast, "The bell of the bicycle")
    said(about, cast.north, [60] * 9, first=10)
    said(about, cast.north, [1], first=19, customer=cast.petra)
    if known:
        done([cast.north], 1000, first=5, last=20, by=cast.adam)
    fix = shipped(cast, proposed_fix(cast, about))
    ask_those_who_raised_it(fix=fix, by=cast.mina, now=at(week(21)))
    return fix, CustomerAnswer.objects.get()


@pytest.mark.parametrize("better", [True, False])
def test_one_answer_does_not_set_a_yardstick_of_counts_aside(cast, better):
    fix, question = counted(cast)
    assert fix.evaluation_plan.decidable_on is not None
    assert answer(customer_answer=question, better=better, now=at(week(21))) is None
    assert answers_to(fix).silent == 0
    assert not Verdict.objects.exists()


def test_where_counts_never_can_speak_the_customers_do(cast):
    fix, question = counted(cast, known=False)
    assert fix.evaluation_plan.decidable_on is None
    assert answer(customer_answer=question, better=True, now=at(week(21))).ruling == Ruling.VERIFIED


@pytest.mark.parametrize(
    ("ruling", "decidable_on", "judge"),
    [
        (Ruling.NO_CHANGE, None, False),
        (Ruling.NOT_ENOUGH_EVIDENCE, week(30), False),
        (Ruling.NOT_ENOUGH_EVIDENCE, None, True),
    ],
)
def test_after_the_counts_have_spoken_their_word_stands(cast, ruling, decidable_on, judge):
    fix, question = counted(cast)
    Verdict.objects.create(
        fix=fix, basis=Basis.COUNTS, ruling=ruling, decidable_on=decidable_on,
        judged_by=cast.adam, judged_at=at(week(21)),
    )  # fmt: skip
    verdict = answer(customer_answer=question, better=True, now=at(week(22)))
    assert (verdict is not None) is judge


def told_it_is_live(cast, fix, customer):
    """By a letter, some days ago."""
    message = OutgoingMessage.objects.create(
        key=f"told-{fix.pk}-shipped-{customer.pk}",
        template="act/told_customer",
        customer=customer,
        due_at=NOW,
    )
    return Telling.objects.create(fix=fix, customer=customer, news="shipped", message=message, at=SHIPPED)


def test_who_heard_that_it_is_live_is_asked_all_the_same(cast):
    fix = changed(cast, cast.petra)
    letter = told_it_is_live(cast, fix, cast.petra)
    assert ask_those_who_raised_it(fix=fix, by=cast.mina, now=LATER) == Asked(1, {})
    assert CustomerAnswer.objects.get().customer == cast.petra
    assert Telling.objects.get() == letter


def test_whom_nobody_asked_is_asked_by_itself_once_wherever_customers_judge(cast):
    changed(cast, cast.petra)
    counted = issue(cast, "Cards")
    said(counted, cast.north, [1], first=10, customer=cast.quentin)
    done([cast.north], 500, first=0, last=30, by=cast.adam)
    shipped(cast, proposed_fix(cast, counted))
    assert ask_due(now=SHIPPED + timedelta(days=6)) == []
    assert ask_due(now=SHIPPED + timedelta(days=7)) == [Asked(1, {})]
    assert ask_due(now=SHIPPED + timedelta(days=8)) == []
    assert CustomerAnswer.objects.get().customer == cast.petra
    assert Event.objects.get(kind="customers.asked").payload == {"asked": 1}


def test_whom_somebody_left_out_is_not_asked(cast):
    fix = changed(cast, cast.petra)
    leave_out(fix=fix, news="shipped", customers=[cast.petra.pk], by=cast.mina, now=SHIPPED)
    assert ask_due(now=LATE) == []


def test_customers_who_have_spoken_are_asked_no_more_by_itself(cast):
    fix, [petra] = asked(cast, cast.petra)
    answer(customer_answer=petra, better=True, now=LATER)
    said(fix.issue, cast.north, [1], first=10, customer=cast.quentin)
    assert ask_due(now=LATE) == []
