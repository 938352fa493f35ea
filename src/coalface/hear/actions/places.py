"""Places with a poster: opened, called something else, closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Person, SayPlace, Touchpoint, Unit

from ..queries.places import new_code


class NoName(ValueError):
    """A place has a name customers would recognise."""


@transaction.atomic
def open_place(
    *,
    unit: Unit,
    name: str,
    by: Person | None,
    now: datetime,
    touchpoint: Touchpoint | None = None,
    languages: Sequence[str] = (),
    code: str = "",
) -> SayPlace:
    """Make a place where customers can say something; its code goes on the poster."""
    if not name.strip():
        raise NoName
    code = code or new_code()
    while SayPlace.objects.filter(code=code).exists():
        code = new_code()
    place = SayPlace.objects.create(
        unit=unit,
        code=code,
        name=name.strip(),
        touchpoint=touchpoint,
        languages=list(languages),
        opened_by=by,
        opened_at=now,
    )
    note("place.opened", about=place, by=by, at=now)
    return place


@transaction.atomic
def change_place(
    *,
    place: SayPlace,
    name: str,
    by: Person,
    now: datetime,
    touchpoint: Touchpoint | None = None,
    languages: Sequence[str] = (),
) -> SayPlace:
    """Call a place something else; the posters that hang there stay good."""
    if not name.strip():
        raise NoName
    locked = SayPlace.objects.select_for_update().get(pk=place.pk)
    locked.name, locked.touchpoint, locked.languages = name.strip(), touchpoint, list(languages)
    locked.save(update_fields=["name", "touchpoint", "languages"])
    note("place.changed", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def close_place(*, place: SayPlace, by: Person, now: datetime) -> SayPlace:
    """Its posters lead to the general page from now on."""
    locked = SayPlace.objects.select_for_update().get(pk=place.pk)
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        note("place.closed", about=locked, by=by, at=now)
    return locked


@transaction.atomic
def open_again(*, place: SayPlace, by: Person, now: datetime) -> SayPlace:
    """Take what is said there again."""
    locked = SayPlace.objects.select_for_update().get(pk=place.pk)
    if locked.closed_at:
        locked.closed_at = None
        locked.save(update_fields=["closed_at"])
        note("place.opened_again", about=locked, by=by, at=now)
    return locked
