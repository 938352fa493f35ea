"""Tills, tablets and kiosks that several people use one after another."""

import secrets
from datetime import datetime

from django.db import transaction

from coalface.people.queries import digest_of
from coalface.records.history import note
from coalface.records.models import Person, SharedDevice, Unit


class DeviceGone(Exception):
    """It was taken back before."""


@transaction.atomic
def set_up_device(*, name: str, unit: Unit, by: Person, now: datetime) -> tuple[SharedDevice, str]:
    """Let a browser be shared: the device, and the secret this browser alone will be known by."""
    token = secrets.token_urlsafe(32)
    device = SharedDevice.objects.create(
        name=name, unit=unit, digest=digest_of(token), set_up_by=by, set_up_at=now
    )
    note("device.set_up", about=device, by=by, at=now, unit=unit.pk)
    return device, token


@transaction.atomic
def revoke_device(*, device: SharedDevice, by: Person, now: datetime) -> None:
    """It is an ordinary browser again: badges alone open nothing on it, and what is open there ends."""
    if not SharedDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
        raise DeviceGone(device)
    note("device.revoked", about=device, by=by, at=now)
