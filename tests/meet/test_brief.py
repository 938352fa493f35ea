"""All that a leader should know before saying hello, on one page."""

from datetime import timedelta

import pytest

from coalface.act.actions import open_fix
from coalface.customers.actions import withdraw_consent
from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.queries import briefs
from coalface.records.models import Customer, Encounter, Feedback, Lane, OutgoingMessage, Telling
from coalface.understand.actions import confirm_issue, propose_issue
from tests.meet import LATER, at, held, planned
from tests.people import client_for

TODAY = LATER + timedelta(days=1)


def brief_for(cast, reader=None):
    (brief,) = briefs(planned(cast), TODAY, TODAY.date(), reader or cast.olga)
    return brief


def page_for(cast, reader):
    return client_for(reader).get(at("encounter", planned(cast).pk)).content.decode()


def complained(cast, text="The bill is wrong.", number=1):
    row = NewFeedback(
        "mail", str(number), "mail", "complaint", LATER, cast.north, text=text, customer=cast.petra
    )
    take_in(rows=[row], by=None, now=LATER)
    return Feedback.objects.get(source_id=str(number))


def test_a_first_meeting_says_so(cast):
    brief = brief_for(cast)
    assert (brief.met_by_me, brief.met_last) == (None, None)
    assert "None of us has met them before." in page_for(cast, cast.olga)


def test_who_met_her_last_and_when_i_did(cast):
    first = held(cast)
    later = held(cast, cast.rolf)
    Encounter.objects.filter(pk=later.pk).update(starts_at=LATER + timedelta(hours=3))
    brief = brief_for(cast)
    assert (brief.met_by_me, brief.met_last) == (first, later)
    page = page_for(cast, cast.olga)
    assert "You met on 2 March 2026 (Visit)." in page
    assert "Met last on 2 March 2026 (Visit) by Rolf Huber." in page


def test_when_i_met_her_last_it_is_said_once(cast):
    held(cast)
    assert brief_for(cast).met_last == brief_for(cast).met_by_me
    assert "Met last" not in page_for(cast, cast.olga)


def test_who_did_not_come_was_not_met(cast):
    held(cast).guests.update(came=False)
    assert brief_for(cast).met_last is None


@pytest.mark.parametrize(
    ("withdrawn", "words"),
    [
        ((), "We may call and write."),
        (("phone",), "We may write, not call."),
        (("email",), "We may call, not write."),
        (("phone", "email"), "No consent to call or write."),
    ],
)
def test_whether_we_may_call_and_write(cast, withdrawn, words):
    for consent in cast.petra.consents.filter(channel__in=withdrawn):
        withdraw_consent(consent=consent, by=cast.mina, now=LATER)
    assert words in page_for(cast, cast.olga)


def test_what_she_is_worth_is_for_who_meets_her_and_who_looks_customers_up(cast):
    Customer.objects.filter(pk=cast.petra.pk).update(yearly_value=1_234_567, currency="CHF")
    worth = "CHF\u00a012,346 a year"
    assert worth in page_for(cast, cast.olga)
    assert worth in page_for(cast, cast.mina)


def test_a_complaint_nobody_answered_still_waits(cast):
    feedback = complained(cast)
    assert [(one.verbatim.text, one.waits) for one in brief_for(cast).last_words] == [
        ("The bill is wrong.", True)
    ]
    assert brief_for(cast).complaints == []
    for number in (2, 3, 4):
        complained(cast, f"Again {number}.", number)
    waiting = {one.id for one in (*brief_for(cast).last_words, *brief_for(cast).complaints) if one.waits}
    assert feedback.pk in waiting and len(waiting) == 4


def test_a_complaint_after_which_she_was_told_of_a_fix_waits_no_more(cast):
    complained(cast)
    issue = propose_issue(title="Bills", kind="service", by=cast.adam, now=LATER)
    confirm_issue(issue=issue, by=cast.adam, now=LATER)
    fix = open_fix(
        issue=issue, title="Print it anew", lane=Lane.THIS_WEEK, owner=cast.sven, due_on=TODAY.date(),
        by=cast.mina, now=LATER,
    )  # fmt: skip
    message = OutgoingMessage.objects.create(
        key="told", template="act/told_customer", customer=cast.petra, due_at=TODAY
    )
    Telling.objects.create(fix=fix, customer=cast.petra, message=message, at=LATER + timedelta(hours=1))
    assert [one.waits for one in brief_for(cast).last_words] == [False]


def test_how_she_was_chosen(cast):
    assert "Drawn by the planner" in page_for(cast, cast.olga)
