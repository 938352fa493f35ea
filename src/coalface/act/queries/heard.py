"""What we heard, what we did: for everybody, in the language somebody reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.conf import settings
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from coalface.permissions import Right, Rights
from coalface.records.models import Fix, PublishedChange, SayPlace, Unit, UnitKind, Verdict
from coalface.records.tables import Column, Of, Table

from .one_fix import reached

A_WEEK: Final = timedelta(days=7)
ON_A_POSTER: Final = 5
# Room on a sheet, in hundredths of its width, and how much larger than just readable each size stands.
PAPERS: Final = {"a4": 78.0, "a3": 78.0, "letter": 66.0}
SIZES: Final = {"huge": 2.4, "large": 1.8, "middle": 1.4, "modest": 1.2, "small": 1.0}
# Letters of a line where they are just readable: what we heard, what we did, and the longest word of that.
WIDE_HEARD, WIDE_DID, LONGEST_WORD = 56, 40, 44
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """What hangs in a branch: the newest changes, and how large they stand."""

    changes: list[PublishedChange]
    size: str


def sheet(changes: Iterable[PublishedChange], paper: str) -> Sheet:
    """The newest that find room where they can be read from two metres, as large as they all fit then."""
    room, left, held = PAPERS[paper], PAPERS[paper], []
    for one in changes:
        if len(held) < ON_A_POSTER and (_height(one, 1.0) <= left or not held):
            held.append(one)
            left -= _height(one, 1.0)
    sizes = (size for size, larger in SIZES.items() if _fit(held, larger, room))
    return Sheet(held, next(sizes, "small"))


def _fit(changes: list[PublishedChange], larger: float, room: float) -> bool:
    """Whether they stand one below the other, and no word has to be broken."""
    longest = max((len(word) for one in changes for word in one.did.split()), default=0)
    return longest * larger <= LONGEST_WORD and sum(_height(one, larger) for one in changes) <= room


def _height(change: PublishedChange, larger: float) -> float:
    """About how high it stands, in hundredths of the width of the sheet."""
    lines = ((change.heard, WIDE_HEARD, 3.55), (change.did, WIDE_DID, 4.7))
    return larger * (3.1 + sum(ceil(len(words) * larger / wide) * high for words, wide, high in lines))


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
