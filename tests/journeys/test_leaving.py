"""Somebody leaves: everything they were in charge of is somebody else's, and no new noun can be forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import QuerySet

from coalface.act.actions import add_point, call_meeting, minute, offer_fix, open_fix, open_meeting
from coalface.meet.actions import accept, hand_over, own, prepare_shift, promise
from coalface.people.actions import add_person, leave, move_person, say_goodbye
from coalface.people.queries import moved_from, moved_to, who_takes_over
from coalface.plan.actions import commit_person, make_feed, offer_slots
from coalface.records.history import history_of
from coalface.records.models import (
    Account,
    AgendaItem,
    ApiToken,
    Attendance,
    Badge,
    Calendar,
    CalendarFeed,
    Commitment,
    Competitor,
    Consequence,
    Customer,
    Decision,
    Disposition,
    EvaluationPlan,
    Event,
    Fix,
    FixOffer,
    Grant,
    HandOver,
    InsightMeeting,
    Lane,
    OutgoingMessage,
    Person,
    Position,
    PromiseToCustomer,
    PublishedClock,
    Remark,
    Role,
    Shift,
    Slot,
    StaffPin,
    Unavailability,
    WorkingHours,
)
from coalface.understand.actions import add_competitor
from coalface.verify.actions import register_plan
from coalface.worker.actions import drain, send_messages
from tests.meet import LATER, held, kinds, planned, said
from tests.meet.formats import of_kind
from tests.people import NOW, Cast, client_for
from tests.people.test_actions import TODAY
from tests.verify import issue

# Of each link from a record to one of us: does it say who did something, or who has to do something?
# What somebody has to do is given as the rows that still wait; they must be nobody's who has left.
WORK: dict[str, Callable[[], QuerySet]] = {
    "Customer.account_owner": Customer.objects.all,
    "Competitor.owner": lambda: Competitor.objects.filter(ended_at=None),
    "Commitment.person": lambda: Commitment.objects.filter(ends_on=None),
    "Fix.owner": lambda: Fix.objects.open(),
    "FixOffer.giver": lambda: FixOffer.objects.waiting(),
    "FixOffer.receiver": lambda: FixOffer.objects.waiting(),
    "AgendaItem.owner": lambda: AgendaItem.objects.filter(settled_at=None),
    "InsightMeeting.chair": lambda: InsightMeeting.objects.filter(closed_at=None, cancelled_at=None),
    "Decision.decider": lambda: Decision.objects.waiting(),
    "HandOver.giver": lambda: HandOver.objects.waiting(),
    "HandOver.receiver": lambda: HandOver.objects.filter(disposition__ended_at=None),
    "Attendance.person": lambda: Attendance.objects.filter(encounter__outcome="planned"),
    "Shift.buddy": lambda: Shift.objects.filter(encounter__outcome="planned"),
    "Shift.host": lambda: Shift.objects.filter(encounter__outcome="planned"),
    "Slot.host": lambda: Slot.objects.open().filter(starts_at__gt=LATER),
    "Slot.buddy": lambda: Slot.objects.open().filter(starts_at__gt=LATER),
    "PromiseToCustomer.by": lambda: PromiseToCustomer.objects.filter(settled_at=None),
    "Disposition.by": lambda: Disposition.objects.filter(ended_at=None, answer="owned"),
    "Remark.noted_by": lambda: Remark.objects.exclude(
        pk__in=Disposition.objects.filter(ended_at=None).values("remark")
    ),
    "EvaluationPlan.judge": lambda: EvaluationPlan.objects.filter(fix__verdicts=None),
    "Position.manager": lambda: Position.objects.filter(ends_on=None),
    "Position.person": lambda: Position.objects.filter(ends_on=None),
}
# What opens a door: it ends on the last day.
ACCESS: dict[str, Callable[[], QuerySet]] = {
    "StaffPin.person": StaffPin.objects.all,
    "Badge.person": lambda: Badge.objects.filter(revoked_at=None),
    "ApiToken.person": lambda: ApiToken.objects.filter(revoked_at=None),
    "CalendarFeed.person": lambda: CalendarFeed.objects.filter(revoked_at=None),
    "PublishedClock.person": lambda: PublishedClock.objects.filter(withdrawn_at=None),
    "Calendar.person": lambda: Calendar.objects.exclude(left_at__isnull=False, password=""),
    "Unavailability.person": Unavailability.objects.all,
    "WorkingHours.person": WorkingHours.objects.all,
    "OutgoingMessage.person": lambda: OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None),
}
# A key that opens nothing for who has left (`rights_of`, `WhoWorksHere`), and stays to say what was.
SHUT = {"Account.person", "Grant.person"}
# What happened, by whom: it stays theirs.
HISTORY = {
    "AdoptionVerdict.judged_by", "Amendment.by", "Cost.put_down_by", "PublishedChange.published_by",
    "Opportunity.registered_by", "Validation.heard_by",
    "ApiToken.made_by", "Approach.by", "Assignment.person", "Attachment.added_by", "Badge.issued_by",
    "CallDraw.drawn_by", "Cohort.noted_by", "Competitor.added_by", "CompetitorMention.settled_by",
    "ConsentBasis.set_by", "ConsentWording.written_by", "ContactRestriction.set_by", "DailyCall.person",
    "Decision.asked_by", "Decision.decided_by",
    "Digest.person", "Disclosure.disclosed_by", "Disposition.praised", "Erasure.asked_by", "Erasure.done_by",
    "EvaluationPlan.registered_by", "Event.by", "Exemption.agreed_by", "Exemption.person",
    "Feedback.reported_by", "Finding.marked_by", "Finishing.by", "Fix.opened_by", "FixOffer.answered_by",
    "Grant.granted_by",
    "HandOverAnswer.by", "Household.made_by", "ImportRun.by", "ImportRun.undone_by", "InboundHook.made_by",
    "InboundMail.person", "InsightMeeting.called_by",
    "InsightMeeting.present",
    "Invitation.person", "Issue.confirmed_by", "Issue.proposed_by", "MailStop.person",
    "Mention.settled_by", "Merging.by", "Merging.undone_by", "Message.by", "Passage.settled_by",
    "Plan.made_by", "Plan.published_by", "PlanConflict.people", "Policy.set_by", "ProgrammeNotice.filed_by",
    "QuestionStop.by", "Reflection.person", "RemedyPart.person", "ResearchReport.brought_by",
    "Route.changed_by", "SavedMapping.saved_by", "SayPlace.opened_by", "SecondVersion.sent_by",
    "SharedDevice.set_up_by",
    "Sighting.person", "Slot.offered_by", "StaffPin.issued_by", "Summary.asked_by", "Telling.person",
    "Theme.settled_by", "Transcript.added_by", "Verdict.judged_by", "Webhook.made_by", "Why.written_by",
}  # fmt: skip


def links() -> set[str]:
    """Every link from a record to one of us."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("records").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Person
    }


def test_of_every_link_to_one_of_us_it_is_said_whether_it_is_work_or_history():
    said_of = [*WORK, *ACCESS, *SHUT, *HISTORY]
    assert (links() - set(said_of), set(said_of) - links()) == (set(), set())
    assert len(said_of) == len(set(said_of))


def waits(of: Person) -> set[str]:
    """Where this person still has something to do, or can still open something."""
    every = WORK | ACCESS
    return {link for link, rows in every.items() if rows().filter(**{link.partition(".")[2]: of}).exists()}


def _asked_and_given(cast: Cast, fix: Fix) -> None:
    """Sven is asked to take a fix and to decide on it, gave Olga one of his, and leads through a meeting."""
    open_fix(
        issue=fix.issue, title="Self-service tills", lane=Lane.NEEDS_A_DECISION, owner=cast.sven,
        due_on=TODAY, by=cast.mina, now=NOW, decider=cast.sven, decide_by=TODAY + timedelta(9),
    )  # fmt: skip
    given = open_fix(
        issue=fix.issue, title="Longer tills", lane=Lane.THIS_WEEK, owner=cast.sven, due_on=TODAY,
        by=cast.sven, now=NOW,
    )  # fmt: skip
    offer_fix(fix=given, to=cast.olga, by=cast.sven, now=NOW)
    meeting = call_meeting(unit=cast.north, starts_at=NOW, chair=cast.sven, by=cast.mina, now=NOW)
    open_meeting(meeting=meeting, by=cast.sven, now=NOW)
    point = add_point(meeting=meeting, title="Parking", by=cast.sven, now=NOW)
    minute(item=point, minutes="", owner=cast.sven, due_on=None, settled=False, by=cast.sven, now=NOW)


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Sven has a hand in everything; Rolf is his manager."""
    sven, met = cast.sven, held(cast, cast.sven)
    Customer.objects.filter(pk=cast.rosa.pk).update(account_owner=sven)
    commit_person(person=sven, every_days=30, starts_on=TODAY, by=cast.mina, now=NOW)
    own(remark=said(met, sven, "Mine."), by=sven, now=LATER)
    said(met, sven, "Nobody's yet.")
    hand_over(remark=said(met, sven, "For Mina."), to=cast.mina, by=sven, now=LATER)
    elsewhere = held(cast, cast.olga)
    accept(hand_over=hand_over(remark=said(elsewhere, cast.olga, "One."), to=sven, by=cast.olga, now=LATER),
           by=sven, now=LATER)  # fmt: skip
    hand_over(remark=said(elsewhere, cast.olga, "Two."), to=sven, by=cast.olga, now=LATER)
    promise(
        encounter=met, customer=cast.petra, words="We call.", due_on=TODAY + timedelta(9), by=sven, now=LATER
    )
    planned(cast, sven, cast.quentin).__class__.objects.filter(outcome="planned").update(
        starts_at=NOW + timedelta(days=9)
    )
    shift = of_kind(cast, "shift")
    prepare_shift(encounter=shift, buddy=sven, tasks="Greet", by=cast.mina, now=NOW)
    shift.__class__.objects.filter(pk=shift.pk).update(starts_at=NOW + timedelta(days=9))
    Shift.objects.update(host=sven)
    fix = open_fix(
        issue=issue(cast, "Tills"), title="Open them", lane=Lane.THIS_WEEK, owner=sven,
        due_on=TODAY, by=sven, now=NOW,
    )  # fmt: skip
    other = open_fix(
        issue=fix.issue, title="More tills", lane=Lane.THIS_WEEK, owner=cast.olga, due_on=TODAY, by=cast.olga,
        now=NOW,
    )  # fmt: skip
    since = {"baseline_from": TODAY - timedelta(70), "baseline_until": TODAY, "measure": "contacts"}
    register_plan(fix=other, judge=sven, by=cast.mina, now=NOW, **since)
    register_plan(fix=fix, judge=cast.rolf, by=cast.mina, now=NOW, **since)
    _asked_and_given(cast, fix)
    next_week = {"starts_at": NOW + timedelta(days=7), "host": sven, "buddy": sven}
    offer_slots(format=cast.visit, unit=cast.north, by=cast.mina, now=NOW, **next_week)
    add_competitor(name="Harbour Bank", owner=sven, by=cast.mina, now=NOW)
    ApiToken.objects.create(name="Till", person=sven, hint="ab", digest="x", made_by=sven, made_at=NOW)
    PublishedClock.objects.create(person=sven, published_at=NOW)
    Calendar.objects.create(
        person=sven, address="https://calendar.example/", user_name="sven", password="sealed", joined_at=NOW
    )
    Unavailability.objects.create(person=sven, starts_at=NOW, ends_at=LATER)
    WorkingHours.objects.create(person=sven, weekday=0, from_time="08:00", until_time="12:00")
    make_feed(by=sven, now=NOW)
    return cast


def goes(person: Person, cast: Cast, days: int = 0) -> None:
    leave(person=person, on=TODAY + timedelta(days), by=cast.mina, now=LATER)
    drain(now=LATER)


def test_everything_somebody_was_in_charge_of_is_their_managers_the_same_minute(busy: Cast):
    assert waits(busy.sven) >= set(WORK) | {
        "ApiToken.person", "Calendar.person", "CalendarFeed.person", "PublishedClock.person",
        "Unavailability.person", "WorkingHours.person",
    }  # fmt: skip
    goes(busy.sven, busy)
    assert (waits(busy.sven), Consequence.objects.filter(done_at=None).count()) == (set(), 0)
    (moved,) = [one for one in moved_from(busy.sven) if one.to == busy.rolf]
    assert moved.counts == {
        "reports": 1, "customers": 1, "remarks": 2, "hand_overs": 3, "promises": 1, "encounters": 2,
        "fixes": 3, "judgements": 1, "meetings": 1, "competitors": 1, "slots": 1,
    }  # fmt: skip


def test_each_thing_says_in_its_history_where_it_went_and_the_new_owner_gets_one_mail(busy: Cast):
    goes(busy.sven, busy)
    fix, vow = Fix.objects.get(title="Open them"), PromiseToCustomer.objects.get()
    assert (fix.owner, fix.accepted_at, kinds(fix)[-1]) == (busy.rolf, None, "fix.handed_on")
    assert (vow.by, kinds(vow)[-1]) == (busy.rolf, "promise.handed_on")
    told = OutgoingMessage.objects.filter(template="people/took_over", person=busy.rolf)
    assert told.count() == 1
    send_messages(now=LATER)
    assert told.get().sent_at == LATER
    reasons = {str(event.payload) for event in Event.objects.filter(kind__endswith=".handed_on")}
    assert all(set(event) <= set("{}': ,0123456789abcdefghijklmnopqrstuvwxyz_") for event in reasons)


def test_who_makes_a_fix_does_not_judge_it_even_when_it_comes_to_them(busy: Cast):
    goes(busy.sven, busy)
    judged = {plan.fix.title: plan.judge for plan in EvaluationPlan.objects.select_related("fix", "judge")}
    assert judged == {"Open them": busy.olga, "More tills": busy.rolf}


def test_it_is_seen_on_the_page_of_who_left_and_in_the_week_of_who_has_it(busy: Cast):
    goes(busy.sven, busy)
    page = client_for(busy.mina).get(f"/people/{busy.sven.pk}/").content.decode()
    for words in ("Rolf Huber", "3 fixes", "3 hand-overs", "2 encounters", "1 competitor to know"):
        assert words in page
    assert [(one.leaver, one.to) for one in moved_to(busy.rolf, LATER)] == [(busy.sven, busy.rolf)]
    assert moved_to(busy.rolf, LATER + timedelta(days=15)) == []


def test_a_day_to_come_is_kept_and_nothing_moves_before_it(busy: Cast):
    goes(busy.sven, busy, days=3)
    assert [event.kind for event in history_of(busy.sven)][-1] == "person.leaving"
    assert (say_goodbye(now=LATER), Fix.objects.get(title="Open them").owner) == (0, busy.sven)
    then = LATER + timedelta(days=3)
    assert [say_goodbye(now=then), say_goodbye(now=then)] == [1, 0]
    drain(now=then)
    assert waits(busy.sven) == set()


def test_who_comes_back_finds_it_where_it_went(busy: Cast):
    goes(busy.sven, busy)
    move_person(person=busy.sven, unit=busy.north, by=busy.mina, now=LATER, on=TODAY + timedelta(1))
    drain(now=LATER)
    assert Fix.objects.get(title="Open them").owner == busy.rolf
    page = client_for(busy.mina).get(f"/people/{busy.sven.pk}/").content.decode()
    assert "It stays there" in page


def test_who_is_back_before_the_worker_came_keeps_everything(busy: Cast):
    leave(person=busy.sven, on=TODAY, by=busy.mina, now=LATER)
    move_person(person=busy.sven, unit=busy.north, by=busy.mina, now=LATER, on=TODAY + timedelta(1))
    drain(now=LATER)
    assert Fix.objects.get(title="Open them").owner == busy.sven


def test_the_line_of_who_takes_over(cast: Cast):
    assert who_takes_over(cast.fay, TODAY) == cast.sven
    leave(person=cast.sven, on=TODAY, by=cast.mina, now=NOW)
    assert who_takes_over(cast.fay, TODAY) == cast.rolf
    assert who_takes_over(cast.fay, TODAY, but={cast.rolf.pk}) == cast.olga
    lone = add_person(name="Lone", unit=cast.south, by=None, now=NOW, starts_on=TODAY)
    assert who_takes_over(lone, TODAY) == cast.rolf
    Grant.objects.exclude(role=Role.PROGRAMME_MANAGER).delete()
    Position.objects.update(manager=None, level="")
    assert who_takes_over(lone, TODAY) == cast.mina
    Grant.objects.all().delete()
    assert who_takes_over(lone, TODAY) is None


def test_work_nobody_could_take_waits_where_everybody_sees_it(busy: Cast):
    Position.objects.update(manager=None, level="")
    Grant.objects.exclude(person=busy.sven).exclude(role=Role.ADMINISTRATOR).delete()
    Account.objects.filter(person=busy.ada).update(is_active=True)
    Grant.objects.filter(role=Role.ADMINISTRATOR).update(unit=busy.south)
    goes(busy.sven, busy)
    stuck = Consequence.objects.filter(done_at=None)
    assert {one.error for one in stuck} == {"NobodyTakesOver"}
    assert "act.hand_on_fixes" in {one.reaction for one in stuck}


def test_who_leaves_with_nothing_to_do_bothers_nobody(cast: Cast):
    goes(cast.gus, cast)
    assert (moved_from(cast.gus), OutgoingMessage.objects.count()) == ([], 0)
