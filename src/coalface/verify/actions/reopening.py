"""A fix that did not last is tried again."""

from datetime import datetime, timedelta

from django.db import transaction

from coalface.act.actions import AlreadyDeclined, Size, open_fix
from coalface.records.history import note
from coalface.records.models import Event, Fix, Lane, Person, Verdict
from coalface.verify.queries import day_of, zone_of

from .judging import OPENS_AGAIN, NotShipped, still_here

TIME_TO_TRY = timedelta(days=28)


@transaction.atomic
def reopen(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Open a second attempt, and ask the owner of the first one; asked twice, it is one.

    What was decided once is not put to the vote again: it goes into the lane of this week.
    """
    fix = Fix.objects.select_for_update(of=("self",)).select_related("issue", "unit", "owner").get(pk=fix.pk)
    if fix.shipped_at is None:
        raise AlreadyDeclined(fix) if fix.declined_at else NotShipped(fix)
    again = Fix.objects.filter(follows=fix).first()
    if again:
        return again
    today = day_of(now, zone_of(fix))
    again = open_fix(
        issue=fix.issue,
        title=fix.title,
        lane=Lane.THIS_WEEK if fix.lane == Lane.NEEDS_A_DECISION else fix.lane,
        owner=still_here(person=fix.owner, now=now),
        due_on=today + TIME_TO_TRY,
        by=by,
        now=now,
        unit=fix.unit,
        kind=fix.kind,
        size=Size(worth=fix.worth, effort=fix.effort),
    )
    again.follows = fix
    again.save(update_fields=["follows"])
    note("fix.reopened", about=fix, by=by, at=now, again=again.pk, issue=fix.issue_id)
    return again


@transaction.atomic
def reopen_what_did_not_last(*, event: Event, now: datetime) -> Fix | None:
    """After NO CHANGE, WORSE or RELAPSED try again, in the name of who judged or registered, or took over."""
    verdict = Verdict.objects.select_related("fix__evaluation_plan__registered_by", "judged_by").get(
        pk=event.payload["verdict"]
    )
    if verdict.ruling not in OPENS_AGAIN:
        return None
    by = verdict.judged_by or verdict.fix.evaluation_plan.registered_by
    return reopen(fix=verdict.fix, by=still_here(person=by, now=now), now=now)
