"""What somebody will do differently after an encounter: theirs alone until they share it."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Encounter, Outcome, Person, Reflection, Verbatim

from .encounters import NotHeld, locked
from .remarks import NoWords
from .thanks import NotThere


class NotTheirs(Exception):
    """A reflection is changed, shared and taken back by who wrote it."""


@transaction.atomic
def reflect(*, encounter: Encounter, words: str, by: Person, now: datetime) -> Reflection:
    """Write down what to do differently, or write it anew: the earlier words are gone for good."""
    if not words.strip():
        raise NoWords(encounter)
    held = locked(pk=encounter.pk)
    if held.outcome != Outcome.HELD:
        raise NotHeld(held)
    if not held.attendances.filter(person=by).exists():
        raise NotThere(by)
    there = Reflection.objects.select_related("words").filter(encounter=held, person=by).first()
    if there and there.words.text == words.strip():
        return there
    written = _anew(there, words.strip(), now) if there else _first(held, words.strip(), by, now)
    note("reflection.written", about=written, by=by, at=now)
    return written


def _first(encounter: Encounter, words: str, by: Person, now: datetime) -> Reflection:
    kept = Verbatim.objects.create(text=words, language=by.language)
    return Reflection.objects.create(encounter=encounter, person=by, words=kept, written_at=now)


def _anew(there: Reflection, words: str, now: datetime) -> Reflection:
    there.words.text, there.words.masks = words, None
    there.words.save(update_fields=["text", "masks"])
    there.written_at = now
    there.save(update_fields=["written_at"])
    return there


@transaction.atomic
def share_reflection(*, reflection: Reflection, by: Person, now: datetime) -> Reflection:
    """Let those who may see the encounter read it; shared twice, the first time stands."""
    mine = _mine(reflection=reflection, by=by)
    if mine.shared_at is None:
        mine.shared_at = now
        mine.save(update_fields=["shared_at"])
        note("reflection.shared", about=mine, by=by, at=now)
    return mine


@transaction.atomic
def keep_to_oneself(*, reflection: Reflection, by: Person, now: datetime) -> Reflection:
    """Take it back: from now on nobody else reads it."""
    mine = _mine(reflection=reflection, by=by)
    if mine.shared_at:
        mine.shared_at = None
        mine.save(update_fields=["shared_at"])
        note("reflection.kept", about=mine, by=by, at=now)
    return mine


def _mine(*, reflection: Reflection, by: Person) -> Reflection:
    if reflection.person_id != by.pk:
        raise NotTheirs(by)
    return Reflection.objects.select_for_update(of=("self",)).get(pk=reflection.pk)
