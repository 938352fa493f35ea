"""What we heard, what we did: for everybody, in the language somebody reads."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from coalface.permissions import Right, Rights
from coalface.records.models import Fix, PublishedChange, SayPlace, Unit, UnitKind, Verdict
from coalface.records.tables import Column, Of, Table

from .one_fix import reached

A_WEEK: Final = timedelta(days=7)
ON_A_POSTER: Final = 5
PUBLISHED = Table(
    "published",
    (
        Column("fix", read="fix.title"),
        Column("unit", read="fix.unit.name"),
        Column("language"),
        Column("heard"),
        Column("did"),
        Column("published_by", read="published_by.name"),
        Column("published_at", Of.MOMENT),
    ),
)


def published(language: str, unit: Unit | None = None) -> QuerySet[PublishedChange]:
    """What is public, each fix once: in the language, else in ours, else in any; the newest first.

    For a unit: what applies there, everywhere, or in a part of it. With the newest `ruling` on the fix.
    """
    newest = Verdict.objects.filter(fix=OuterRef("fix")).order_by("-judged_at", "-id")
    rows = PublishedChange.objects.filter(pk=Subquery(_best(language)))
    rows = rows.select_related("fix__unit", "fix__followed_by")
    rows = rows.annotate(ruling=Subquery(newest.values("ruling")[:1])).order_by("-published_at", "-pk")
    if unit is None:
        return rows
    here = Q(fix__unit=None) | Q(fix__unit__path__startswith=unit.path) | Q(here__startswith=F("of_unit"))
    return rows.annotate(here=Value(unit.path), of_unit=F("fix__unit__path")).filter(here)


def _best(language: str) -> QuerySet:
    near = Case(
        When(language=language, then=0),
        When(language=settings.LANGUAGE_CODE, then=1),
        default=2,
        output_field=IntegerField(),
    )
    standing = PublishedChange.objects.filter(fix=OuterRef("fix"), withdrawn_at=None)
    return standing.order_by(near, "pk").values("pk")[:1]


def published_since(language: str, now: datetime) -> QuerySet[PublishedChange]:
    """What became public in the last week, for the weekly mail."""
    return published(language).filter(published_at__gt=now - A_WEEK, published_at__lte=now)


def published_rows(rights: Rights) -> QuerySet[PublishedChange]:
    """All that is public, in every language, and whether it is `theirs` to change."""
    theirs = Case(When(reached(rights, Right.ANSWER_FEEDBACK, "fix__"), then=True), default=False)
    rows = PublishedChange.objects.filter(withdrawn_at=None).annotate(theirs=theirs)
    return rows.select_related("fix__unit", "published_by").order_by("-published_at", "-pk")


def words_of(fix: Fix) -> dict[str, PublishedChange]:
    """What is public about one fix, by language."""
    return {row.language: row for row in PublishedChange.objects.filter(fix=fix, withdrawn_at=None)}


def branches(rights: Rights) -> QuerySet[Unit]:
    """Units in reach that can hang up a poster: the whole organisation, and each site."""
    some = Q(parent=None) | Q(kind=UnitKind.SITE)
    return Unit.objects.filter(some, rights.units(Right.ANSWER_FEEDBACK)).order_by("path", "pk")


def place_in(unit: Unit) -> SayPlace | None:
    """The first open place of a unit where customers can say something."""
    return SayPlace.objects.filter(unit=unit, closed_at=None).order_by("opened_at", "pk").first()
