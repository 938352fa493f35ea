"""Five whys: the chain of reasons behind an issue, written one below the other."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Issue, Person, Why


class SaysNothing(ValueError):
    """A reason says something."""


class PartOfAnother(ValueError):
    """The issue was merged; reasons stand with the one it is part of."""


def _held(issue_id: int) -> Issue:
    issue = Issue.objects.select_for_update().get(pk=issue_id)
    if issue.merged_into_id:
        raise PartOfAnother(issue)
    return issue


def _said(text: str) -> str:
    if not text.strip():
        raise SaysNothing
    return text.strip()


@transaction.atomic
def write_why(*, issue: Issue, text: str, by: Person, now: datetime) -> Why:
    """One step further down."""
    issue = _held(issue.pk)
    last = issue.whys.order_by("place").last()
    place = last.place + 1 if last else 1
    why = Why.objects.create(issue=issue, place=place, text=_said(text), written_by=by, written_at=now)
    note("why.written", about=issue, by=by, at=now, why=why.pk)
    return why


@transaction.atomic
def change_why(*, why: Why, text: str, by: Person, now: datetime) -> Why:
    """Say it better; it is theirs from now on."""
    issue = _held(why.issue_id)
    why.text, why.written_by, why.written_at = _said(text), by, now
    why.save(update_fields=["text", "written_by", "written_at"])
    note("why.changed", about=issue, by=by, at=now, why=why.pk)
    return why


@transaction.atomic
def remove_why(*, why: Why, by: Person, now: datetime) -> None:
    """Take a step out; those below move up."""
    issue, gone = _held(why.issue_id), why.pk
    Why.objects.filter(pk=gone).delete()
    for place, one in enumerate(Why.objects.filter(issue=issue).order_by("place"), start=1):
        if one.place != place:
            one.place = place
            one.save(update_fields=["place"])
    note("why.removed", about=issue, by=by, at=now, why=gone)
