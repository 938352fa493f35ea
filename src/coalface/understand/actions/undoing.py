"""Taking back what one decided last about a proposal: everything is as it was before."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Event, Fix, Issue, Mention, Person, Route, Theme, ThemeClause

from ..queries.decisions import last_decision
from .deciding import NothingToUndo
from .settling import put_back, to_the_pile
from .themes import rank_again


class BuiltUpon(Exception):
    """Others have gone on from there: the issue is in use, or the proposal was decided anew."""


@transaction.atomic
def undo_last(*, by: Person, now: datetime) -> Theme:
    """Take back the last decision of this person about a proposal, if it is a day old at most."""
    event = last_decision(by=by, now=now)
    if event is None:
        raise NothingToUndo
    theme = Theme.objects.select_for_update().get(pk=int(event.about_id))
    UNDOING[event.kind](theme, event.payload, event)
    note("theme.undone", about=theme, by=by, at=now, event=event.pk)
    return theme


def _unconfirm(theme: Theme, ids: Mapping[str, Any], event: Event) -> None:
    _wait_again(theme, event, issue_id=ids["issue"])
    issue = Issue.objects.select_for_update().get(pk=ids["issue"])
    put_back(made=ids["made"], turned=ids["turned"])
    to_the_pile(issue=issue)
    if _is_in_use(issue):
        raise BuiltUpon(issue)
    issue.delete()


def _is_in_use(issue: Issue) -> bool:
    return any(
        rows.exists()
        for rows in (
            Mention.objects.filter(issue=issue),
            Fix.objects.filter(issue=issue),
            Route.objects.filter(issue=issue),
            Theme.objects.filter(issue=issue),
            Issue.objects.filter(merged_into=issue),
            issue.summaries.all(),
        )
    )


def _leave(theme: Theme, ids: Mapping[str, Any], event: Event) -> None:
    _wait_again(theme, event, issue_id=ids["issue"])
    put_back(made=ids["made"], turned=ids["turned"])


def _unmerge(theme: Theme, ids: Mapping[str, Any], event: Event) -> None:
    _wait_again(theme, event, merged_into_id=ids["into"])
    _bring_back(theme, Theme.objects.select_for_update().get(pk=ids["into"]), ids["clauses"])


def _join_again(theme: Theme, ids: Mapping[str, Any], event: Event) -> None:
    """The part gives its clauses back, and points to what it came from: its number is not given again."""
    part = Theme.objects.select_for_update().get(pk=ids["into"])
    if theme.settled_at:
        raise BuiltUpon(theme)
    _bring_back(theme, part, ids["clauses"])
    if part.theme_clauses.exists():
        raise BuiltUpon(part)
    part.settled_by, part.settled_at, part.merged_into = event.by, event.at, theme
    part.save(update_fields=["settled_by", "settled_at", "merged_into"])


def _accept_again(theme: Theme, ids: Mapping[str, Any], event: Event) -> None:
    _wait_again(theme, event)


def _wait_again(theme: Theme, event: Event, **became: int) -> None:
    """The proposal waits again, if it still is what this decision made of it."""
    now_is = {"issue_id": theme.issue_id, "merged_into_id": theme.merged_into_id}
    if theme.settled_at != event.at or now_is != {"issue_id": None, "merged_into_id": None} | became:
        raise BuiltUpon(theme)
    theme.settled_by = theme.settled_at = theme.issue = theme.merged_into = None
    theme.save(update_fields=["settled_by", "settled_at", "issue", "merged_into"])


def _bring_back(theme: Theme, other: Theme, clauses: list[int]) -> None:
    if other.settled_at:
        raise BuiltUpon(other)
    ThemeClause.objects.filter(theme=other, clause__in=clauses).update(theme=theme, rank=None)
    for each in (theme, other):
        rank_again(theme=each)


Undoing = Callable[[Theme, Mapping[str, Any], Event], None]
UNDOING: Final[Mapping[str, Undoing]] = {
    "theme.confirmed": _unconfirm,
    "theme.joined": _leave,
    "theme.merged": _unmerge,
    "theme.split": _join_again,
    "theme.declined": _accept_again,
}
