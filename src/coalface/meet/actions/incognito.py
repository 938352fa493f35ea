"""After an incognito visit: saying who it was, and talking it over with the team."""

from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Disclosure, Encounter, FormatKind, Outcome, Person, Verbatim

from .encounters import NotHeld, locked
from .remarks import NoWords
from .thanks import NotThere


class NotIncognito(Exception):
    """Everybody knew who came; there is nothing to disclose."""


class AlreadyDisclosed(Exception):
    """The team was told before, and what they were told stays as it is."""


@transaction.atomic
def disclose(*, encounter: Encounter, debrief: str, by: Person, now: datetime) -> Disclosure:
    """Say that the team knows who it was and what was seen; only who was there can tell them."""
    if not debrief.strip():
        raise NoWords(encounter)
    visit = locked(pk=encounter.pk)
    if visit.format.kind != FormatKind.INCOGNITO:
        raise NotIncognito(visit)
    if visit.outcome != Outcome.HELD:
        raise NotHeld(visit)
    if not visit.attendances.filter(person=by).exists():
        raise NotThere(by)
    if there := Disclosure.objects.select_related("debrief").filter(encounter=visit).first():
        if (there.disclosed_by_id, there.debrief.text) == (by.pk, debrief.strip()):
            return there
        raise AlreadyDisclosed(there)
    words = Verbatim.objects.create(text=debrief.strip(), language=by.language)
    told = Disclosure.objects.create(encounter=visit, disclosed_by=by, disclosed_at=now, debrief=words)
    note("visit.disclosed", about=visit, by=by, at=now)
    return told
