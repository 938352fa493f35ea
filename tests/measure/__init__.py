"""Encounters, issues and sightings at Lindner & Co, so many days before NOW."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.actions import hold, note_remark
from coalface.people.actions import grant, publish_clock
from coalface.plan.actions import commit_level, plan_encounter
from coalface.records.models import (
    ChosenBy,
    Customer,
    Depth,
    Encounter,
    Feedback,
    Issue,
    Kind,
    Level,
    Mention,
    Person,
    Policy,
    Remark,
    Role,
    SortedBy,
)
from coalface.understand.actions import confirm_issue, propose_issue, see
from tests.people import CAME_ON, NOW, Cast, join

MOST_OPEN = "Why does nobody tell us beforehand?"


def ago(days: float) -> datetime:
    """A moment before NOW."""
    return NOW - timedelta(days=days)


def met(
    cast: Cast,
    person: Person,
    days: float,
    customers: Sequence[Customer] = (),
    *,
    depth: str = "",
    noted_after: float | None = 0,
    chosen_by: str = ChosenBy.PERSON,
) -> Encounter:
    """An encounter held so many days ago; something was noted so many days after it, or never (None)."""
    encounter = plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=ago(days),
        person=person,
        customers=customers,
        chosen_by=chosen_by,
        depth=depth or Depth.CONVERSING,
        by=None,
        now=ago(days + 1),
    )
    hold(encounter=encounter, by=person, now=ago(days))
    if noted_after is not None:
        noted(encounter, person, days - noted_after, kind=Kind.LIKE)
    encounter.refresh_from_db()
    return encounter


def noted(encounter: Encounter, by: Person, days: float, kind: str = Kind.COMPLAINT, text="") -> Remark:
    """A remark, so many days ago; as a liking it asks for nothing and counts in no rate."""
    return note_remark(
        id=uuid.uuid4(), encounter=encounter, kind=kind, by=by, now=ago(days), text=text or MOST_OPEN
    )


def scored(customer: Customer, days: float, nps: int) -> Feedback:
    """A customer's answer to whether they would recommend us."""
    take_in(
        rows=[
            NewFeedback(
                source="survey",
                source_id=str(uuid.uuid4()),
                channel="email",
                kind=Kind.COMPLAINT if nps < 7 else Kind.COMPLIMENT,
                received_at=ago(days),
                unit=customer.unit,
                customer=customer,
                nps=nps,
            )
        ],
        by=None,
        now=NOW,
    )
    return Feedback.objects.latest("id")


def issue(cast: Cast, title: str) -> Issue:
    """A confirmed issue."""
    proposed = propose_issue(title=title, kind="service", by=cast.adam, now=ago(300))
    return confirm_issue(issue=proposed, by=cast.adam, now=ago(299))


def said(cast: Cast, about: Issue, days: float, text: str = "") -> Feedback:
    """A complaint that counts for the issue."""
    take_in(
        rows=[
            NewFeedback(
                source="form",
                source_id=str(uuid.uuid4()),
                channel="web",
                kind=Kind.COMPLAINT,
                received_at=ago(days),
                unit=cast.north,
                text=text,
            )
        ],
        by=None,
        now=ago(days),
    )
    feedback = Feedback.objects.latest("id")
    Mention.objects.create(
        issue=about,
        feedback=feedback,
        sorted_by=SortedBy.ROUTE,
        confidence=1,
        counted=True,
        happened_at=feedback.received_at,
        unit=cast.north,
    )
    return feedback


def heard(person: Person, about: Feedback, days: float, depth: str = Depth.RESOLVING) -> None:
    """Somebody came to know of it."""
    see(person=person, depth=depth, now=ago(days), feedback=about)


def crowd(cast: Cast, level: str, names: Sequence[str]) -> list[Person]:
    """More people at a level."""
    people = [join(f"{name} {level.title()}", cast.north, level) for name in names]
    for person in people:
        grant(person=person, role=Role.MEMBER, unit=cast.north, by=None, now=NOW)
    return people


def nine_leaders(cast: Cast, days: Sequence[float | None], published: int) -> list[Person]:
    """Nine people at the top who owe an encounter every 30 days; the first of them publish their clock."""
    leaders = [
        cast.olga,
        cast.rolf,
        *crowd(cast, Level.TOP, ["Cora", "Dan", "Eva", "Finn", "Gil", "Hanna", "Ivo"]),
    ]
    commit_level(level=Level.TOP, every_days=30, starts_on=CAME_ON, by=cast.mina, now=NOW)
    for leader, since in zip(leaders, days, strict=True):
        if since is not None:
            met(cast, leader, since, [cast.petra])
    for leader in leaders[:published]:
        publish_clock(by=leader, now=ago(1))
    return leaders


def large() -> None:
    """However few they are, treat them as a large organisation."""
    Policy.objects.create(
        key="small_organisation_below", value=2, set_by=Person.objects.order_by("id").first(), set_at=NOW
    )
