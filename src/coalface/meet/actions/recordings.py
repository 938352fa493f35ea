"""Sound stays out, unless everybody who can be heard agreed and something here turns it into words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.conf import settings
from django.db import transaction

from coalface.edges.transcriber import lay_down
from coalface.edges.transcripts import NotReadable
from coalface.meet.queries import not_agreed_to_recording
from coalface.records.history import note
from coalface.records.models import Customer, Encounter, FormatKind, Outcome, Person, Transcript

from .encounters import NotHeld
from .transcripts import Incognito, bring_in


class NotToBeRecorded(Exception):
    """Somebody who can be heard has not agreed to be recorded; with nobody named, nobody has."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        super().__init__(*(customer.pk for customer in customers))
        self.customers = tuple(customers)


class NoTranscriber(Exception):
    """Nothing is plugged in that turns sound into words."""


def bring_in_recording(*, encounter: Encounter, sound: Iterable[bytes], by: Person, now: datetime) -> None:
    """Lay a recording where the worker finds it; refused, not a byte of it is kept."""
    held = Encounter.objects.select_related("format").get(pk=encounter.pk)
    if held.outcome != Outcome.HELD:
        raise NotHeld(held)
    if held.format.kind == FormatKind.INCOGNITO:
        raise Incognito(held)
    missing = not_agreed_to_recording(held)
    if missing or not held.guests.exists():
        raise NotToBeRecorded(missing)
    if not settings.TRANSCRIBER:
        raise NoTranscriber(held)
    lay_down(sound, settings.RECORDINGS, f"{held.pk}.{by.pk}.{uuid.uuid7()}")
    _note(kind="recording.brought_in", encounter=held, by=by, now=now)


@transaction.atomic
def _note(*, kind: str, encounter: Encounter, by: Person, now: datetime) -> None:
    note(kind, about=encounter, by=by, at=now)


def take_words(*, recording: str, content: bytes, now: datetime) -> Transcript | None:
    """Bring in what was made of a recording, if everybody still agrees; the name says where it belongs."""
    encounter, by = _of(recording)
    try:
        if not not_agreed_to_recording(encounter):
            return bring_in(encounter=encounter, content=content, name="recording.vtt", by=by, now=now)
    except NotReadable:
        pass
    give_up_recording(recording=recording, now=now)
    return None


def give_up_recording(*, recording: str, now: datetime) -> None:
    """Say in the history that no words came of a recording; it is deleted all the same."""
    encounter, person = _of(recording)
    _note(kind="recording.failed", encounter=encounter, by=person, now=now)


def _of(recording: str) -> tuple[Encounter, Person]:
    encounter, person, _ = recording.split(".")
    return Encounter.objects.get(pk=UUID(encounter)), Person.objects.get(pk=int(person))
