"""Lindner & Co with as many rows in every list as are asked for, made through the users' actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid_utils.compat as uuid
from django.urls import reverse

from coalface.act.actions import ship
from coalface.edges.letters import Letter
from coalface.home.actions import send_digests
from coalface.home.queries.mailing import stop_address
from coalface.measure.actions import take_snapshots
from coalface.meet.actions import (
    accept,
    finish,
    fix_now,
    hand_over,
    hold,
    keep_aside,
    note_remark,
    own,
    pass_on,
    promise,
    reflect,
    take_reply,
)
from coalface.meet.queries import no_reminders_address
from coalface.meet.queries import token_of as link_of
from coalface.people.actions import add_person
from coalface.plan.actions import commit_person, draw, plan_encounter
from coalface.records.models import (
    Assignment,
    Customer,
    CustomerAnswer,
    Digest,
    Encounter,
    Feedback,
    Fix,
    HandOver,
    Invitation,
    Issue,
    Kind,
    Person,
    Policy,
    Remark,
    Transcript,
    Webhook,
)
from coalface.understand.actions import judge_touchpoints
from coalface.verify.actions import (
    ask_those_who_raised_it,
    judge,
)
from coalface.verify.queries import token_of
from coalface.worker.actions import drain, send_messages
from tests.journeys.customers_way import add_a_stop, begin_the_way, way_pages
from tests.journeys.directory import add_to_directory, directory_lists, directory_pages, settle_directory
from tests.journeys.doors import come_in, door_pages
from tests.journeys.fixes import (
    an_issue,
    begin_telling,
    exposures_of,
    fix_lists,
    fix_pages,
    fixes_of,
    tell_one_more,
    telling_lists,
    telling_pages,
)
from tests.journeys.gatherings import gather, gathering_addresses, gatherings
from tests.journeys.hands_on import hands_on_pages, lend_a_hand
from tests.journeys.hearing import TILL, hear
from tests.journeys.insight import insight_lists, insight_pages
from tests.journeys.planning import add_to_plan, plan_ahead, plan_lists, plan_pages
from tests.journeys.programs import let_programs_in
from tests.journeys.themes import look_for_themes, something_new, theme_lists, theme_pages
from tests.journeys.times import not_then
from tests.journeys.understanding import (
    name_others,
    speak_of_others,
    understanding_lists,
    understanding_pages,
)
from tests.meet.transcripts import named
from tests.people import Cast, welcome


@dataclass(frozen=True)
class House:
    """The company, who looks at its pages, and the encounter, customer and issue that everything is about."""

    cast: Cast
    now: datetime
    reader: Person
    guest: Customer
    meeting: Encounter
    issue: Issue
    gatherings: dict[str, Encounter]

    @property
    def long_ago(self) -> datetime:
        return self.now - timedelta(days=60)


def house(cast: Cast, now: datetime) -> House:
    """The company, said to be a large one, with one issue everybody speaks of and one meeting still open."""
    began = now - timedelta(days=60)
    Policy.objects.create(key="small_organisation_below", value=2, set_by=cast.mina, set_at=began)
    issue = an_issue(cast, "Tills are closed at noon", ["till was closed", "line was long"], began)
    begin_the_way(cast, began)
    begin_telling(cast, issue, now)
    exposures_of(cast, now)
    meeting = _meeting(cast, cast.mina, [cast.petra], now - timedelta(days=3))
    ours = House(cast, now, cast.mina, cast.petra, meeting, issue, gatherings(cast, now))
    named(cast, meeting)
    speak_of_others(cast, began)
    take_reply(letter=Letter("<1@elsewhere>", "stranger@elsewhere.example"), now=now)
    _planned(cast, cast.mina, [cast.petra], now + timedelta(hours=20))
    lend_a_hand(cast, now)
    settle_directory(cast, now)
    plan_ahead(cast, now)
    promise(
        encounter=meeting,
        customer=cast.petra,
        words="We call you back.",
        due_on=now.date() + timedelta(days=3),
        by=cast.mina,
        now=now - timedelta(days=3),
    )
    return ours


def add_rows(ours: House, first: int, last: int) -> None:
    """One more row of everything for each number, what follows from it, and what failed."""
    for number in range(first, last):
        _add_one(ours, number)
    drain(now=ours.now)
    for number in range(first, last):
        _move_on(ours, number)
    look_for_themes(ours.cast, ours.now)
    drain(now=ours.now)
    Invitation.objects.update(
        reply="countered", replied_at=ours.now, other_start=ours.now + timedelta(days=9)
    )
    send_messages(now=ours.now)
    take_snapshots(now=ours.now)
    judge_touchpoints(now=ours.now)
    send_digests(now=ours.now)
    for number in range(first, last):
        _remark(ours, ours.meeting, f"This one failed {number}.", ours.cast.mina)
    for hours in range(1, 7):
        drain(now=ours.now + timedelta(hours=hours), reactions={"remark.noted": {"tests.stumble": _stumble}})


def addresses(ours: House) -> dict[str, str]:
    """Every page with rows first, and then one of each page about a single thing."""
    return (
        list_addresses(ours)
        | _of_one_thing(ours)
        | directory_pages(ours.cast)
        | understanding_pages()
        | _of_records(ours)
        | hands_on_pages()
        | theme_pages()
        | plan_pages()
        | way_pages()
        | telling_pages(ours.cast)
    )


def list_addresses(ours: House) -> dict[str, str]:
    """Every page with rows."""
    return {
        "customers": reverse("customers:index"),
        **directory_lists(),
        **understanding_lists(),
        "hand-overs": reverse("meet:hand_overs"),
        "people": reverse("people:index"),
        "programs": reverse("people:tokens"),
        "PINs and badges": reverse("people:team"),
        "shared devices": reverse("people:devices"),
        "plan": reverse("plan:index"),
        "remarks": reverse("meet:remarks"),
        "second versions": reverse("meet:second_versions"),
        "what I will do differently": reverse("meet:reflections"),
        "open encounters": reverse("meet:index") + "?state=open",
        "finished encounters": reverse("meet:index") + "?state=finished",
        "encounters of all": reverse("meet:index") + "?whose=all&state=open",
        "feedback": reverse("hear:index"),
        "research": reverse("hear:research"),
        "bring in a list": reverse("importers:index"),
        "whom to thank": reverse("meet:thank_somebody"),
        "passed on": reverse("hear:mine"),
        "places": reverse("hear:places"),
        "issues": reverse("understand:index"),
        "mentions": reverse("understand:mentions", args=[ours.issue.pk]),
        "unsure": reverse("understand:unsure"),
        **theme_lists(),
        **plan_lists(),
        **fix_lists(),
        **telling_lists(),
        **insight_lists(),
        "journey": reverse("understand:journey"),
        "the way being changed": reverse("understand:journey") + "?edit=1",
        "failed": reverse("worker:index"),
        "other systems": reverse("worker:webhooks"),
        "notices": reverse("plan:notices"),
        "my times": reverse("plan:my_times"),
        "working hours": reverse("plan:hours"),
        "what is found": reverse("home:search") + "?q=bill+trouble",
        "feedback that is found": reverse("home:search") + "?q=till+closed&in=feedback",
        "tokens of thanks": reverse("meet:token_list"),
        "live questions": reverse("meet:question_list", args=[ours.gatherings["town_hall"].pk]),
    }


def _of_one_thing(ours: House) -> dict[str, str]:
    return {
        "my week": reverse("home:week"),
        "how programs ask": reverse("api:docs"),
        "programme": reverse("home:programme"),
        "contact": reverse("measure:contact"),
        "awareness": reverse("measure:awareness"),
        "person": reverse("people:person", args=[ours.cast.olga.pk]),
        "add a person": reverse("people:add"),
        "add a unit": reverse("people:add_unit"),
        "change a person": reverse("people:change", args=[ours.cast.gus.pk]),
        "move somebody": reverse("people:move", args=[ours.cast.gus.pk]),
        "somebody leaves": reverse("people:leave", args=[ours.cast.gus.pk]),
        "policies": reverse("people:policies"),
        "a policy": reverse("people:choose", args=["half_life_days"]),
        "customer": reverse("customers:customer", args=[ours.guest.pk]),
        "add a customer": reverse("customers:add"),
        "meet": reverse("meet:index"),
        "drop in": reverse("meet:drop_in"),
        "encounter": reverse("meet:encounter", args=[ours.meeting.pk]),
        "report": reverse("hear:report"),
        "tell a department": reverse("hear:tell"),
        "open a place": reverse("hear:open_place"),
        "bring in a study": reverse("hear:bring_study"),
        "thank a customer": reverse("meet:thank_one", args=[ours.guest.pk]),
        "issue": reverse("understand:issue", args=[ours.issue.pk]),
        "propose an issue": reverse("understand:propose"),
        "words of an issue": reverse("understand:route", args=[ours.issue.pk]),
        "open a fix": reverse("act:open_fix", args=[ours.issue.pk]),
        "rhythm": reverse("plan:commit"),
        "time off": reverse("plan:exempt"),
        "add a format": reverse("plan:add_format"),
        "change a format": reverse("plan:change_format", args=[ours.cast.visit.pk]),
        "plan an encounter": reverse("plan:encounter"),
        "my calendar": reverse("plan:calendar"),
        "text of a notice": reverse("plan:notice_text"),
        "hours of a place": reverse("plan:hours_of_unit", args=[ours.cast.north.pk]),
        "hours of a person": reverse("plan:hours_of_person", args=[ours.cast.gus.pk]),
        "components": reverse("shell:design"),
    }


def _of_records(ours: House) -> dict[str, str]:
    remark = Remark.objects.filter(encounter=ours.meeting).first()
    feedback = Feedback.objects.exclude(verbatim=None).order_by("id").first()
    drawn = Assignment.objects.filter(plan=None).order_by("id").first()
    asked = CustomerAnswer.objects.order_by("asked_at", "id").first()
    transcript = reverse("meet:transcript", args=[Transcript.objects.order_by("id").first().pk])
    to_come = Encounter.objects.to_come(ours.now).order_by("starts_at", "id").first()
    return (
        {
            "other system": reverse("worker:webhook", args=[Webhook.objects.order_by("id").first().pk]),
            "stop the weekly mail": stop_address(Digest.objects.order_by("id").first()),
            "brief": reverse("meet:encounter", args=[to_come.pk]),
            "bring in a transcript": reverse("meet:bring_in", args=[ours.meeting.pk]),
            "transcript": transcript,
            "a transcript in order": f"{transcript}?show=all",
            "remark": reverse("meet:remark", args=[remark.pk]),
            "one feedback": reverse("hear:feedback", args=[feedback.pk]),
            "draw": reverse("plan:assignment", args=[drawn.pk]),
            "is it better": reverse("verify:better", args=[token_of(asked)]),
            "no reminders": no_reminders_address(ours.meeting.attendances.first()),
            "did we listen": reverse("meet_public:heard", args=[link_of(ours.meeting.guests.get())]),
        }
        | gathering_addresses(ours.gatherings)
        | door_pages()
        | fix_pages(ours.reader)
        | insight_pages(ours.issue, remark, feedback)
    )


def _add_one(ours: House, number: int) -> None:
    cast, then = ours.cast, ours.long_ago
    guest, _ = welcome(f"Guest{number} Lang", f"Neighbour{number} Kurz", unit=cast.north)
    colleague = _colleague(ours, number)
    for person in (cast.mina, cast.olga):
        meeting = _meeting(cast, person, [guest], ours.now - timedelta(days=2, minutes=number))
        remark = _remark(ours, meeting, f"Bill trouble{number} again. And {TILL}.", person)
        if person == cast.olga:
            hand_over(remark=remark, to=cast.mina, by=person, now=ours.now - timedelta(days=1))
    finished = _meeting(cast, cast.mina, [guest], ours.now - timedelta(days=4, minutes=number))
    fix_now(remark=_remark(ours, finished, "All well now.", cast.mina), by=cast.mina, now=ours.now)
    finish(encounter=finished, by=cast.mina, now=ours.now)
    reflect(encounter=finished, words=f"Ask first, number {number}.", by=cast.mina, now=ours.now)
    praise = _remark(ours, ours.meeting, f"Colleague {number} was kind.", cast.mina, Kind.COMPLIMENT)
    pass_on(remark=praise, to=colleague, by=cast.mina, now=ours.now)
    taken = _remark(ours, _meeting(cast, cast.rolf, [guest], ours.now), f"Please see to {number}.", cast.rolf)
    given = hand_over(remark=taken, to=cast.mina, by=cast.rolf, now=ours.now)
    accept(hand_over=HandOver.objects.get(pk=given.pk), by=cast.mina, now=ours.now)
    mine = own(
        remark=_remark(ours, ours.meeting, f"And {number} more.", cast.mina), by=cast.mina, now=ours.now
    )
    _twice(ours, mine.remark, f"And {number} more, in other words.")
    hear(ours.cast, number, guest, then)
    something_new(cast, number, guest, then)
    come_in(ours.cast, number, ours.now)
    issue = an_issue(cast, f"Trouble {number} with the bill", [f"bill trouble{number}"], then)
    fixes_of(cast, ours.now, number, issue)
    tell_one_more(cast, number, guest, ours.now)
    add_a_stop(cast, number, guest, ours.now)
    _planned(cast, cast.mina, [guest], ours.now + timedelta(days=1, minutes=number))
    gather(ours.cast, ours.gatherings, number, ours.now)
    add_to_directory(cast, number, ours.now)
    name_others(cast, number, guest, ours.now)
    not_then(cast, number, ours.now)
    add_to_plan(cast, number, guest, colleague)


def _colleague(ours: House, number: int) -> Person:
    person = add_person(
        name=f"Colleague {number}",
        unit=ours.cast.south,
        level="supervisor",
        job="Counter",
        manager=ours.cast.sven,
        starts_on=ours.long_ago.date(),
        by=ours.cast.ada,
        now=ours.long_ago,
    )
    let_programs_in(ours.cast, number, ours.long_ago)
    commit_person(
        person=person, every_days=30, starts_on=ours.long_ago.date(), by=ours.cast.mina, now=ours.long_ago
    )
    return person


def _planned(cast: Cast, person: Person, guests: list[Customer], at: datetime) -> Encounter:
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=at,
        person=person,
        customers=guests,
        chosen_by="planner",
        by=cast.mina,
        now=at - timedelta(days=3),
    )


def _meeting(cast: Cast, person: Person, guests: list[Customer], at: datetime) -> Encounter:
    return hold(encounter=_planned(cast, person, guests, at), by=person, now=at + timedelta(minutes=30))


def _remark(ours: House, meeting: Encounter, text: str, by: Person, kind: str = Kind.COMPLAINT) -> Remark:
    guest = meeting.guests.get().customer
    return note_remark(
        id=uuid.uuid7(),
        encounter=meeting,
        kind=kind,
        text=text,
        customer=guest,
        by=by,
        now=max(meeting.starts_at + timedelta(hours=1), ours.now - timedelta(days=2)),
    )


def _twice(ours: House, first: Remark, text: str) -> None:
    sent = {"id": first.pk, "encounter": first.encounter, "kind": first.kind, "customer": first.customer}
    keep_aside(text=text, by=ours.cast.mina, now=ours.now, **sent)


def _move_on(ours: House, number: int) -> None:
    judge(fix=Fix.objects.get(title=f"Write it anew {number}"), by=ours.cast.mina, now=ours.now)
    asked = Fix.objects.get(title=f"Ring them up {number}")
    ship(fix=asked, by=ours.cast.sven, now=ours.now - timedelta(days=2))
    ask_those_who_raised_it(fix=asked, by=ours.cast.mina, now=ours.now - timedelta(hours=2))
    draw(
        person=Person.objects.get(name=f"Colleague {number}"),
        format=ours.cast.visit,
        unit=ours.cast.north,
        starts_at=ours.now + timedelta(days=2, minutes=number),
        by=ours.cast.mina,
        now=ours.now,
        seed=number,
    )


def _stumble(*, event: object, now: datetime) -> None:
    raise LookupError("on purpose")
