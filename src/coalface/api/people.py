"""Who works here, and where: never how near anybody is to customers."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.people.queries import positions_on
from coalface.permissions import Right, is_small
from coalface.records.models import Person, Position

from .answers import READ, Refused
from .paging import Asked, Page, Short, page, unit_called
from .rights import needs
from .sent import Key
from .tags import tagged

router = Router(tags=["people"])


class PersonOut(BaseModel):
    """Somebody who works here today. No figures: those are about levels, and shown on pages only."""

    id: int
    name: str
    email: str
    language: str
    unit: str
    job: str
    level: str
    manager: int | None
    since_on: date


class PeopleAsked(Asked):
    """Who: in `unit` and everything below it, with `q` in their name."""

    unit: Short = ""
    q: Short = ""


def _out(one: Person, at: Position, small: bool) -> PersonOut:
    return PersonOut(
        id=one.pk,
        name=one.name,
        email=one.email,
        language=one.language,
        unit=at.unit.key,
        job=at.job,
        level="" if small else at.level,
        manager=at.manager_id,
        since_on=at.starts_on,
    )


@router.get("", auth=needs(Right.SEE_PEOPLE, "people:read"), response={200: Page[PersonOut]} | READ)
@decorate_view(tagged)
def list_people(request: HttpRequest, asked: Query[PeopleAsked]) -> Page[PersonOut]:
    """Who works here today."""
    today = timezone.localdate()
    positions = positions_on(today).order_by()
    if asked.unit:
        positions = positions.filter(unit__path__startswith=unit_called(asked.unit).path)
    rows = Person.objects.filter(pk__in=positions.values("person"))
    for word in asked.q.split():
        rows = rows.filter(name__icontains=word)
    kept, about = page(rows, asked, "people")
    held = {one.person_id: one for one in positions_on(today).filter(person__in=kept)}
    small = is_small(today)
    return Page[PersonOut](items=[_out(one, held[one.pk], small) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_PEOPLE, "people:read"), response={200: PersonOut} | READ)
@decorate_view(tagged)
def one_person(request: HttpRequest, id: Key) -> PersonOut:
    """One person, while they work here."""
    today = timezone.localdate()
    held = positions_on(today).filter(person=id).first()
    if held is None:
        raise Refused(404, "no_such_person")
    return _out(held.person, held, is_small(today))
