"""Asking a language model for a name or a summary, and what a person makes of its proposal."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Issue, Person, Summary, SummaryKind, Theme

from ..queries.summaries import questions_since
from .issues import rename_issue

A_DAY: Final = timedelta(days=1)


class AlreadyAsked(Exception):
    """The model has not answered the question before."""


class EnoughAsked(Exception):
    """As often as a day allows."""


class AlreadyAnswered(Exception):
    """Somebody took or dismissed it, or words it rests on were erased."""


@transaction.atomic
def ask_about(
    *, about: Theme | Issue, kind: str, language: str, model: str, by: Person, now: datetime
) -> Summary:
    """Write a question down; the worker asks it. The proposal before goes, whatever became of it."""
    held = type(about).objects.select_for_update().get(pk=about.pk)
    if held.summaries.filter(made_at=None, failure="").exists():
        raise AlreadyAsked(held)
    if questions_since(now - A_DAY) >= number("model_questions_a_day"):
        raise EnoughAsked
    held.summaries.filter(kind=kind).delete()
    thing = {held._meta.model_name: held}
    summary = Summary.objects.create(
        **thing, kind=SummaryKind(kind), language=language, model=model[:80], asked_by=by, asked_at=now
    )
    note("summary.wanted", about=summary, by=by, at=now, **{name: one.pk for name, one in thing.items()})
    return summary


@transaction.atomic
def dismiss_summary(*, summary: Summary, by: Person, now: datetime) -> None:
    """Let a proposal go; nothing of it is kept but that there was one."""
    held = _held(summary)
    note("summary.dismissed", about=held, by=by, at=now)
    held.delete()


@transaction.atomic
def take_name(*, summary: Summary, title: str, by: Person, now: datetime) -> Issue:
    """Give an issue the proposed name, or what a person made of it; the proposal has done its work."""
    held = _held(summary)
    if held.issue is None or held.kind != SummaryKind.NAME:
        raise AlreadyAnswered(summary)
    issue = rename_issue(issue=held.issue, title=title, by=by, now=now)
    note("summary.taken", about=held, by=by, at=now, issue=issue.pk)
    held.delete()
    return issue


def _held(summary: Summary) -> Summary:
    held = Summary.objects.select_for_update(of=("self",)).filter(pk=summary.pk).first()
    if held is None:
        raise AlreadyAnswered(summary)
    return held
