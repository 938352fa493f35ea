"""Looking for what customers speak of and nobody has named: proposals, which only a person makes an issue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Event, Person, Theme, ThemeClause, ThemeRun, Tick, Unit

from ..queries.grouping import SEED, Group, Grouped, Grouping, comparable, grouped, grouped_apart
from ..queries.searches import FOUND, TOO_FEW, WANTED, is_due, is_wanted, last_search, looks_back_to
from ..queries.unnamed import Unnamed, sizes_of_declined, unnamed

AT_ONCE: Final = 1_000
JOB: Final = "understand.discover_weekly"


class AlreadyWanted(Exception):
    """A search is under way."""


@transaction.atomic
def want_themes(*, by: Person, now: datetime) -> Event:
    """Ask for a search now instead of in the next week; it is done by the worker."""
    root = Unit.objects.select_for_update().get(parent=None)
    if is_wanted(last_search()):
        raise AlreadyWanted
    return note(WANTED, about=root, by=by, at=now)


@transaction.atomic
def search_soon(*, event: Event, now: datetime) -> int:
    """Let the daily job come again today, outside the transaction of whoever asked."""
    return Tick.objects.filter(name=JOB).update(last_on=None, failed_at=None)


def discover_weekly(*, now: datetime, group: Grouped = grouped) -> ThemeRun | None:
    """Look for themes once in seven days, or because somebody asked; not where too little was said.

    What was broken off half-way is done again as a whole the next day, from where it stands.
    """
    last = last_search()
    wanted = is_wanted(last)
    if not wanted and not is_due(last, timezone.localdate(now)):
        return None
    waiting = unnamed(since=looks_back_to(now), most=int(number("themes_most_clauses")))
    if len(waiting) < number("themes_from_clauses"):
        if wanted:
            _say_too_few(now=now)
        return None
    compared, found = grouped_apart(waiting, group=group, seed=SEED)
    return _write(compared, found, comparable(waiting)[0][0], now)


@transaction.atomic
def _say_too_few(*, now: datetime) -> None:
    note(TOO_FEW, about=Unit.objects.get(parent=None), by=None, at=now)


def _write(compared: Sequence[Unnamed], found: Grouping, encoder: str, now: datetime) -> ThemeRun:
    run = _begin(compared, found, encoder, now)
    declined, grown = sizes_of_declined(), number("theme_grown_by")
    grouped_places = set()
    for one in found.groups:
        size = declined.get(one.theme_id)
        if size is not None and len(one.places) < grown * size:
            continue
        grouped_places.update(one.places)
        _write_group(run, one, [compared[place] for place in one.places], regrown=size is not None)
    left = [one for place, one in enumerate(compared) if place not in grouped_places and one.theme_id]
    _let_go([one for one in left if one.theme_id not in declined])
    _end(run, now)
    return run


@transaction.atomic
def _begin(compared: Sequence[Unnamed], found: Grouping, encoder: str, now: datetime) -> ThemeRun:
    values = {
        "seed": SEED,
        "encoder": encoder,
        "clauses": len(compared),
        "noise": found.noise,
        "shared": found.shared,
        "stability": found.stability,
        "ended_at": now,
    }
    run, _ = ThemeRun.objects.update_or_create(as_of=timezone.localdate(now), defaults=values)
    return run


@transaction.atomic
def _end(run: ThemeRun, now: datetime) -> None:
    """From here on the search counts as done; the time is that up to which it looked."""
    note(FOUND, about=run, by=None, at=now)


def _write_group(run: ThemeRun, group: Group, members: Sequence[Unnamed], *, regrown: bool) -> None:
    theme_id = None if regrown else group.theme_id
    for some in _chunks(members):
        theme_id = _put(run, group, theme_id, some)
        if theme_id is None:
            return  # a person has decided about it meanwhile
    places = dict(zip(group.places, members, strict=True))
    _rank(theme_id, [places[place].clause_id for place in group.telling])


def _chunks(members: Sequence[Unnamed]) -> list[Sequence[Unnamed]]:
    return [members[at : at + AT_ONCE] for at in range(0, len(members), AT_ONCE)]


@transaction.atomic
def _put(run: ThemeRun, group: Group, theme_id: int | None, members: Sequence[Unnamed]) -> int | None:
    """Put clauses into a theme, a new one where there is none; what a person moved meanwhile stays there."""
    if theme_id and not Theme.objects.waiting().select_for_update().filter(pk=theme_id).exists():
        return None
    there = _there(members)
    new = [one.clause_id for one in members if one.clause_id not in there]
    moving = [
        row.pk
        for one in members
        if (row := there.get(one.clause_id)) and row.theme_id == one.theme_id and _may_leave(row.theme)
    ]
    if not theme_id and not new and not moving:
        return None
    changed = {"seen_in": run, "terms": list(group.terms)}
    if theme_id is None:
        theme_id = Theme.objects.create(found_in=run, **changed).pk
    Theme.objects.filter(pk=theme_id).update(**changed)
    ThemeClause.objects.filter(pk__in=moving).update(theme=theme_id)
    ThemeClause.objects.bulk_create([ThemeClause(clause_id=one, theme_id=theme_id) for one in new])
    return theme_id


def _there(members: Sequence[Unnamed]) -> dict[int, ThemeClause]:
    rows = ThemeClause.objects.select_for_update(of=("self",)).select_related("theme")
    return {row.clause_id: row for row in rows.filter(clause__in=[one.clause_id for one in members])}


def _may_leave(theme: Theme) -> bool:
    """Whether nobody has made anything of it: it waits, or it was declined."""
    return theme.issue_id is None and theme.merged_into_id is None


@transaction.atomic
def _rank(theme: int, telling: Sequence[int]) -> None:
    ThemeClause.objects.filter(theme=theme, rank__isnull=False).update(rank=None)
    for rank, clause in enumerate(telling, start=1):
        ThemeClause.objects.filter(theme=theme, clause=clause).update(rank=rank)


def _let_go(members: Sequence[Unnamed]) -> None:
    """What belongs to no group any more leaves the proposal it lay in, as long as nobody has decided."""
    for some in _chunks(members):
        with transaction.atomic():
            rows = ThemeClause.objects.filter(theme__settled_at=None)
            rows.filter(clause__in=[one.clause_id for one in some]).delete()
