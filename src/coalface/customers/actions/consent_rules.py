"""What a channel needs in a country, and the texts that customers are shown when they are asked."""

from datetime import datetime

from django.db import transaction

from coalface.customers.queries import ALWAYS_CONSENT
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Consent,
    ConsentBasis,
    ConsentWording,
    LegalBasis,
    Person,
    Purpose,
)


class NeedsConsent(Exception):
    """Whatever a law allows: nobody is recorded without having agreed to it."""


class AlreadyShown(Exception):
    """Somebody agreed to this text; write a new version instead."""


@transaction.atomic
def set_basis(
    *, country: str, channel: str, purpose: str, basis: str, by: Person, now: datetime
) -> ConsentBasis:
    """Say what a channel needs in a country for a purpose; earlier rows stay, the newest holds."""
    if Purpose(purpose) in ALWAYS_CONSENT:
        raise NeedsConsent(purpose)
    row = ConsentBasis.objects.create(
        country=country.upper(),
        channel=Channel(channel),
        purpose=Purpose(purpose),
        basis=LegalBasis(basis),
        set_by=by,
        set_at=now,
    )
    note("consent_basis.set", about=row, by=by, at=now)
    return row


@transaction.atomic
def write_wording(*, version: str, language: str, text: str, by: Person, now: datetime) -> ConsentWording:
    """Keep the text of a version in a language; it may be corrected until the first customer agreed to it."""
    there = ConsentWording.objects.select_for_update().filter(version=version, language=language).first()
    if there and there.text == text:
        return there
    if there and Consent.objects.filter(wording=version).exists():
        raise AlreadyShown(version)
    wording, _ = ConsentWording.objects.update_or_create(
        version=version,
        language=language,
        defaults={"text": text, "written_by": by, "written_at": now},
    )
    note("consent_wording.written", about=wording, by=by, at=now)
    return wording
