"""What a person makes of a proposal: an issue, a part of one, a part of another proposal, two, or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Issue, Person, Theme, ThemeClause

from .issues import confirm_issue, propose_issue
from .mentions import NotStanding
from .settling import count_clauses


class AlreadyDecided(Exception):
    """Somebody was quicker, or a new search put its clauses elsewhere."""


class NothingToSplit(ValueError):
    """Some clauses go and some stay: else it would be the same proposal under another number."""


class SameTheme(ValueError):
    """A proposal is no part of itself."""


@transaction.atomic
def confirm_theme(*, theme: Theme, title: str, kind: str, by: Person, now: datetime) -> Issue:
    """Give it a name: it becomes an issue, and all its clauses count for it, settled by this person."""
    held = _waiting(theme)
    issue = propose_issue(title=title, kind=kind, by=by, now=now)
    issue = confirm_issue(issue=issue, by=by, now=now)
    made, turned = count_clauses(theme=held, issue=issue, by=by, now=now)
    _decide(held, by, now, issue=issue)
    note("theme.confirmed", about=held, by=by, at=now, issue=issue.pk, made=made, turned=turned)
    return issue


@transaction.atomic
def join_issue(*, theme: Theme, issue: Issue, by: Person, now: datetime) -> Issue:
    """Say that customers speak of an issue there is: all its clauses count for that one."""
    held = _waiting(theme)
    if not Issue.objects.standing().filter(pk=issue.pk).exists():
        raise NotStanding(issue)
    made, turned = count_clauses(theme=held, issue=issue, by=by, now=now)
    _decide(held, by, now, issue=issue)
    note("theme.joined", about=held, by=by, at=now, issue=issue.pk, made=made, turned=turned)
    return issue


@transaction.atomic
def merge_themes(*, theme: Theme, into: Theme, by: Person, now: datetime) -> Theme:
    """Make two proposals one: the clauses move, and the old one points to the other."""
    if theme.pk == into.pk:
        raise SameTheme(theme)
    first, second = sorted((theme, into), key=lambda one: one.pk)
    both = {one.pk: one for one in (_waiting(first), _waiting(second))}
    moved = _move(both[theme.pk], both[into.pk])
    _decide(both[theme.pk], by, now, merged_into=both[into.pk])
    note("theme.merged", about=theme, by=by, at=now, into=into.pk, clauses=moved)
    return both[into.pk]


@transaction.atomic
def split_theme(*, theme: Theme, clauses: Iterable[int], by: Person, now: datetime) -> Theme:
    """Take some clauses out into a proposal of their own; both wait on."""
    held = _waiting(theme)
    there = set(ThemeClause.objects.filter(theme=held).values_list("clause_id", flat=True))
    going = there & set(clauses)
    if not going or going == there:
        raise NothingToSplit(held)
    part = Theme.objects.create(
        found_in=held.found_in, seen_in=held.seen_in, terms=held.terms, split_from=held
    )
    moved = _move(held, part, only=going)
    note("theme.split", about=held, by=by, at=now, into=part.pk, clauses=moved)
    return part


@transaction.atomic
def decline_theme(*, theme: Theme, by: Person, now: datetime) -> Theme:
    """Say that it is nothing; it is not proposed again unless it grows much larger."""
    held = _waiting(theme)
    _decide(held, by, now)
    note("theme.declined", about=held, by=by, at=now)
    return held


def _waiting(theme: Theme) -> Theme:
    held = Theme.objects.waiting().select_for_update().filter(pk=theme.pk).first()
    if held is None or not held.theme_clauses.exists():
        raise AlreadyDecided(theme)
    return held


def _decide(
    theme: Theme, by: Person, now: datetime, issue: Issue | None = None, merged_into: Theme | None = None
) -> None:
    theme.settled_by, theme.settled_at = by, now
    theme.issue, theme.merged_into = issue, merged_into
    theme.save(update_fields=["settled_by", "settled_at", "issue", "merged_into"])


def _move(giver: Theme, taker: Theme, only: Iterable[int] | None = None) -> list[int]:
    """Move clauses, and say which; where quotes moved both choose the first they have."""
    rows = ThemeClause.objects.filter(theme=giver)
    if only is not None:
        rows = rows.filter(clause__in=list(only))
    moved = sorted(rows.values_list("clause_id", flat=True))
    rows.update(theme=taker, rank=None)
    for theme in (giver, taker):
        rank_again(theme=theme)
    return moved


def rank_again(*, theme: Theme, most: int = 3) -> None:
    """Three quotes in an order, after clauses went or came: those that had a rank before the others."""
    rows = ThemeClause.objects.filter(theme=theme)
    chosen = sorted(rows, key=lambda row: (row.rank or most + 1, row.clause_id))[:most]
    rows.filter(rank__isnull=False).update(rank=None)
    for rank, row in enumerate(chosen, start=1):
        rows.filter(pk=row.pk).update(rank=rank)
