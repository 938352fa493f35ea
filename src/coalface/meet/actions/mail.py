"""Letting one of us know by mail: where to look, never the words."""

from datetime import datetime

from coalface.records.models import (
    Disposition,
    Encounter,
    GuestInvitation,
    HandOver,
    OutgoingMessage,
    Person,
)


def tell(
    *,
    template: str,
    to: Person,
    now: datetime,
    key: str = "",
    **about: Disposition | Encounter | GuestInvitation | HandOver,
) -> None:
    """One mail about one record; what would be sent twice, under one key, is sent once.

    Who has no address reads it in My week: a mail that cannot leave is no failure worth anybody's time.
    """
    if not to.email:
        return
    (what,) = about.values()
    key = key or f"{template.partition('/')[2].replace('_', '-')}-{what.pk}"
    ids = {name: str(one.pk) if isinstance(one, Encounter) else one.pk for name, one in about.items()}
    told = {"template": template, "person": to, "about": ids, "due_at": now}
    OutgoingMessage.objects.get_or_create(key=key, defaults=told)
