"""Competitors: named by somebody, owned by somebody, ended rather than deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import Competitor, CompetitorMention, Event, Person

MOST_NAMES: Final = 30
LONGEST_NAME: Final = 80


class NoName(ValueError):
    """A competitor has a name one can say: two letters at least, eighty at most, and thirty others."""


class NameTaken(Exception):
    """Another competitor has this name."""


class NotLookedFor(Exception):
    """Nothing is settled to a competitor that was ended."""


class AlreadyNamed(Exception):
    """Somebody was quicker: it is known whom these words mean, or that they mean nobody we know."""


@transaction.atomic
def add_competitor(
    *, name: str, by: Person | None, now: datetime, called: Iterable[str] = (), owner: Person | None = None
) -> Competitor:
    """Name a competitor, so that what names them is found; one that was ended is looked for again."""
    name, others = _one_name(name), _names(called)
    there = Competitor.objects.select_for_update().filter(name__iexact=name).first()
    if there and not there.ended_at:
        raise NameTaken(name)
    competitor = there or Competitor(name=name, added_by=by, added_at=now)
    competitor.called, competitor.owner, competitor.ended_at = others, owner, None
    competitor.save()
    note("competitor.added", about=competitor, by=by, at=now)
    return competitor


@transaction.atomic
def change_competitor(
    *,
    competitor: Competitor,
    name: str,
    called: Iterable[str],
    owner: Person | None,
    by: Person,
    now: datetime,
) -> Competitor:
    """Correct how a competitor is called, or who of us knows them best."""
    locked = Competitor.objects.select_for_update().get(pk=competitor.pk)
    name, others = _one_name(name), _names(called)
    if Competitor.objects.filter(name__iexact=name).exclude(pk=locked.pk).exists():
        raise NameTaken(name)
    renamed = (locked.name, locked.called) != (name, others)
    locked.name, locked.called, locked.owner = name, others, owner
    locked.save(update_fields=["name", "called", "owner"])
    note("competitor.changed" if renamed else "competitor.given", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def end_competitor(*, competitor: Competitor, by: Person, now: datetime) -> Competitor:
    """Look for a competitor no more; what was said of them stays."""
    locked = Competitor.objects.select_for_update().get(pk=competitor.pk)
    if not locked.ended_at:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        note("competitor.ended", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def say_whom(
    *, mention: CompetitorMention, competitor: Competitor | None, by: Person, now: datetime
) -> CompetitorMention:
    """Say whom a remark about a competitor means, or that it means none we know."""
    locked = CompetitorMention.objects.select_for_update().filter(pk=mention.pk).first()
    if locked is None or locked.settled_at or locked.competitor_id:
        raise AlreadyNamed(mention)
    if competitor and competitor.ended_at:
        raise NotLookedFor(competitor)
    if competitor and (twin := _twin(locked, competitor)):
        locked.delete()
        locked = twin
    locked.competitor, locked.settled_by, locked.settled_at = competitor, by, now
    locked.save()
    whom = competitor.pk if competitor else None
    note("competitor_mention.settled", about=locked, by=by, at=now, competitor=whom)
    return locked


def _twin(mention: CompetitorMention, competitor: Competitor) -> CompetitorMention | None:
    """The same words, found meanwhile to name them."""
    same = CompetitorMention.objects.filter(remark=mention.remark_id, feedback=mention.feedback_id)
    return same.filter(competitor=competitor).first()


def _names(given: Iterable[str]) -> list[str]:
    names = list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in given))))
    fit = all(len(name) <= LONGEST_NAME and sum(map(str.isalnum, name)) >= 2 for name in names)
    if not fit or len(names) > MOST_NAMES:
        raise NoName(*names)
    return names


def _one_name(given: str) -> str:
    names = _names([given])
    if not names:
        raise NoName
    return names[0]


@transaction.atomic
def hand_on_competitors(*, event: Event, now: datetime) -> int:
    """Competitors whom somebody knew best who left are looked after by who takes over."""
    person = gone(event=event)
    theirs = list(Competitor.objects.filter(owner=person, ended_at=None).order_by("id")) if person else []
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    Competitor.objects.filter(pk__in=[one.pk for one in theirs]).update(owner=to)
    for competitor in theirs:
        note("competitor.handed_on", about=competitor, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, competitors=len(theirs))
    return len(theirs)
