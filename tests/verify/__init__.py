"""Months of what customers of Lindner & Co said, week by week, and how much was done in them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from coalface.act.actions import accept_fix, open_fix, ship
from coalface.records.models import (
    Customer,
    EvaluationPlan,
    Feedback,
    Fix,
    Issue,
    IssueKind,
    Kind,
    Lane,
    Mention,
    Person,
    SortedBy,
    Unit,
)
from coalface.verify.actions import NewExposure, record_exposures, register_plan
from tests.people import Cast

BEGAN_ON = date(2025, 3, 3)
WEEK = timedelta(weeks=1)


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a day at Lindner & Co."""
    return datetime.combine(day, time(hour), UTC)


def week(place: int) -> date:
    """The Monday so many weeks after everything began."""
    return BEGAN_ON + WEEK * place


def issue(cast: Cast, title: str) -> Issue:
    """A confirmed issue."""
    then = at(BEGAN_ON)
    return Issue.objects.create(
        title=title,
        kind=IssueKind.SERVICE,
        proposed_by=cast.adam,
        proposed_at=then,
        confirmed_by=cast.adam,
        confirmed_at=then,
    )


def said(
    about: Issue, unit: Unit, counts: Sequence[int], first: int = 0, customer: Customer | None = None
) -> list[Mention]:
    """Wordless feedback that counts for an issue, so many a week from a week on, on Wednesdays."""
    feedback = [
        Feedback(
            source="taps",
            channel="app",
            kind=Kind.COMPLAINT,
            unit=unit,
            received_at=at(week(first + place) + timedelta(days=2)),
            customer=customer,
        )
        for place, count in enumerate(counts)
        for _ in range(count)
    ]
    Feedback.objects.bulk_create(feedback)
    return Mention.objects.bulk_create(
        Mention(
            issue=about,
            feedback=one,
            sorted_by=SortedBy.ROUTE,
            confidence=1,
            counted=True,
            happened_at=one.received_at,
            unit=unit,
        )
        for one in feedback
    )


def raised_by(customer: Customer, about: Issue) -> None:
    """All that was said of an issue came from one customer; PostgreSQL, new to these rows, joins badly."""
    theirs = list(Mention.objects.filter(issue=about).values_list("feedback", flat=True))
    Feedback.objects.filter(pk__in=theirs).update(customer=customer)


def done(units: Sequence[Unit], quantity: int, first: int, last: int, by: Person) -> None:
    """So many contacts a week in each unit, from a week until before another."""
    rows = [
        NewExposure(unit, "contacts", week(place), week(place + 1), quantity, "till")
        for place in range(first, last)
        for unit in units
    ]
    record_exposures(rows=rows, by=by, now=at(BEGAN_ON))


def proposed_fix(cast: Cast, about: Issue, unit: Unit | None = None, owner: Person | None = None) -> Fix:
    """A fix its owner (Sven, unless somebody else) has opened for themselves."""
    owner = owner or cast.sven
    opened = open_fix(
        issue=about,
        title="Warn before the card is blocked",
        lane=Lane.THIS_WEEK,
        owner=owner,
        due_on=week(20),
        by=owner,
        now=at(week(19)),
        unit=unit,
    )
    return accept_fix(fix=opened, by=owner, now=at(week(19)))


def planned(cast: Cast, fix: Fix, **more: object) -> EvaluationPlan:
    """A plan over the ten weeks before, judged by Adam."""
    given = {
        "measure": "contacts",
        "baseline_from": week(10),
        "baseline_until": week(20),
        "judge": cast.adam,
        "smallest_effect": 0.2,
    } | more
    return register_plan(fix=fix, by=cast.mina, now=at(week(20)), **given)


def shipped(cast: Cast, fix: Fix, place: int = 20, **more: object) -> Fix:
    """The fix with its plan, live since the Monday of a week."""
    planned(cast, fix, **more)
    return ship(fix=fix, by=fix.owner, now=at(week(place), hour=10))
