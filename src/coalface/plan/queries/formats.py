"""Ways of meeting: which of them need no place, and how often one was used."""

from dataclasses import dataclass

from coalface.records.models import Encounter, Format, Outcome


@dataclass(frozen=True, slots=True)
class Used:
    """How many encounters of a format are planned, and how many took place."""

    planned: int
    held: int


def remote_formats() -> list[Format]:
    """What can be offered to everybody, wherever they are."""
    return list(Format.objects.filter(remote=True).order_by("name", "id"))


def used_so_far(format: Format) -> Used:
    """How often it was used, so that who changes it knows what stays as it was."""
    there = Encounter.objects.filter(format=format)
    return Used(there.filter(outcome=Outcome.PLANNED).count(), there.held().count())
