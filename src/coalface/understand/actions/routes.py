"""The words by which what is said finds its issue."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Issue, Person, Route

LONGEST: Final = 120
MOST: Final = 300


class BadPhrase(ValueError):
    """A phrase nobody could say, such as a single letter, or one too long to be said twice."""


class TooManyPhrases(ValueError):
    """More phrases than anybody can keep in mind."""


class Merged(Exception):
    """The issue is part of another now; its words lead there."""


@transaction.atomic
def set_route(
    *,
    issue: Issue,
    phrases: Iterable[str],
    by: Person | None,
    now: datetime,
    unless: Iterable[str] = (),
    topics: Iterable[str] = (),
) -> Route:
    """Say which words and which labels of other systems lead to an issue, instead of those before."""
    given = {"phrases": _cleaned(phrases), "unless": _cleaned(unless), "topics": _cleaned(topics)}
    if Issue.objects.select_for_update().get(pk=issue.pk).merged_into_id:
        raise Merged(issue)
    Route.objects.filter(issue=issue).delete()
    route = Route.objects.create(issue=issue, changed_by=by, changed_at=now, **given)
    note("route.set", about=issue, by=by, at=now)
    return route


def _cleaned(phrases: Iterable[str]) -> list[str]:
    cleaned = list(dict.fromkeys(filter(None, (" ".join(phrase.split()) for phrase in phrases))))
    if len(cleaned) > MOST:
        raise TooManyPhrases(len(cleaned))
    for phrase in cleaned:
        if len(phrase) > LONGEST or sum(letter.isalnum() for letter in phrase) < 2:
            raise BadPhrase(phrase)
    return cleaned
