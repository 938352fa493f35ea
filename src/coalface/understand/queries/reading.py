"""What has not been read through yet, and who may be spoken of in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from coalface.records.models import (
    Attendance,
    Departure,
    Disposition,
    Feedback,
    Guest,
    HandOverAnswer,
    Message,
    Passage,
    PromiseToCustomer,
    Reflection,
    Remark,
    SecondVersion,
    Verbatim,
)

AT_ONCE: Final = 200
CHARACTERS_AT_ONCE: Final = 200_000


@dataclass(slots=True)
class Near:
    """Names that may stand in some words, and the country whose phones do."""

    names: set[str] = field(default_factory=set)
    country: str = ""


def unread(*, after: int = 0) -> list[Verbatim]:
    """The oldest words nobody has looked through: a few hundred, or what takes a few seconds."""
    waiting = Verbatim.objects.filter(masks__isnull=True, erased_at=None, pk__gt=after).order_by("pk")
    lengths = waiting.annotate(length=Length("text")).values_list("pk", "length")[:AT_ONCE]
    wanted: list[int] = []
    characters = 0
    for pk, length in lengths:
        characters += length
        if wanted and characters > CHARACTERS_AT_ONCE:
            break
        wanted.append(pk)
    return list(Verbatim.objects.filter(pk__in=wanted).order_by("pk"))


def said_by_customers(ids: Sequence[int]) -> set[int]:
    """Those of these words that issues are found in: what reached us, and what was said."""
    found = set(Feedback.objects.filter(verbatim__in=ids).order_by().values_list("verbatim", flat=True))
    for one in ("verbatim", "reading"):
        found |= set(Remark.objects.filter(**{f"{one}__in": ids}).order_by().values_list(one, flat=True))
    return found


def near(ids: Sequence[int]) -> dict[int, Near]:
    """Who may be named in which of these words: whoever said them, and whoever else was there.

    Not the whole directory: among a million names every second word is somebody's, so that words would be
    torn apart, and a mask on a stranger's name would tell that they are a customer.
    """
    found: dict[int, Near] = defaultdict(Near)
    for words, name, company, country in _customers(ids):
        if name and not company:
            found[words].names.add(name)
        found[words].country = found[words].country or country or ""
    there = _encounters(ids)
    for encounter, name in _present({each for all_of_them in there.values() for each in all_of_them}):
        for words in (words for words, encounters in there.items() if encounter in encounters):
            found[words].names.add(name)
    return found


def _customers(ids: Sequence[int]) -> Iterable[tuple[int, str, bool, str]]:
    sources: tuple[tuple[QuerySet, str, str], ...] = (
        (Feedback.objects, "verbatim", "customer"),
        (Remark.objects, "verbatim", "customer"),
        (Remark.objects, "reading", "customer"),
        (Passage.objects, "verbatim", "speaker__customer"),
        (SecondVersion.objects, "verbatim", "customer"),
        (SecondVersion.objects, "reading", "customer"),
        (PromiseToCustomer.objects, "words", "customer"),
        (Message.objects, "verbatim", "feedback__customer"),
        (Departure.objects, "words", "customer"),
        (Disposition.objects, "reason", "remark__customer"),
        (HandOverAnswer.objects, "reason", "hand_over__disposition__remark__customer"),
    )
    for rows, words, customer in sources:
        fields = (words, f"{customer}__name", f"{customer}__is_company", f"{customer}__country")
        named = rows.filter(
            **{f"{words}__in": ids, f"{customer}__isnull": False, f"{customer}__erased_at": None}
        )
        yield from named.order_by().values_list(*fields)


def _encounters(ids: Sequence[int]) -> dict[int, set[int]]:
    there: dict[int, set[int]] = defaultdict(set)
    remarks = Remark.objects.filter(Q(verbatim__in=ids) | Q(reading__in=ids)).order_by()
    for verbatim, reading, encounter in remarks.values_list("verbatim", "reading", "encounter"):
        for words in {verbatim, reading} - {None}:
            there[words].add(encounter)
    sources: tuple[tuple[QuerySet, str, str], ...] = (
        (Passage.objects, "verbatim", "transcript__encounter"),
        (SecondVersion.objects, "verbatim", "encounter"),
        (SecondVersion.objects, "reading", "encounter"),
        (PromiseToCustomer.objects, "words", "encounter"),
        (Reflection.objects, "words", "encounter"),
        (Disposition.objects, "reason", "remark__encounter"),
        (HandOverAnswer.objects, "reason", "hand_over__disposition__remark__encounter"),
    )
    for rows, words, encounter in sources:
        found = rows.filter(**{f"{words}__in": ids}).order_by().values_list(words, encounter)
        for verbatim, place in found:
            there[verbatim].add(place)
    return there


def _present(encounters: Iterable[int]) -> Iterable[tuple[int, str]]:
    wanted = list(encounters)
    guests = Guest.objects.filter(encounter__in=wanted, customer__erased_at=None, customer__is_company=False)
    yield from guests.order_by().values_list("encounter", "customer__name")
    yield from (
        Attendance.objects.filter(encounter__in=wanted).order_by().values_list("encounter", "person__name")
    )
