"""Giving a customer everything we hold about them, to read and to take along."""

import json
import zipfile
from datetime import datetime
from io import BytesIO

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from coalface.customers.queries import held, kept_of, photos_held
from coalface.edges.photo import picture_path
from coalface.records.history import note
from coalface.records.models import Customer, Person
from coalface.shell.languages import spoken


def hand_out(*, customer: Customer, by: Person | None, now: datetime) -> bytes:
    """A zip with a page to read, the same as JSON, and their photos; that it was made is on record."""
    kept = kept_of(customer)
    tables = held(kept)
    with spoken(kept.language):
        page = render_to_string("customers/held.html", {"customer": kept, "tables": tables, "now": now})
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("about-you.html", page)
        whole = {"made_on": timezone.localdate(now), "tables": tables}
        packed.writestr(
            "about-you.json", json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        )
        for photo in photos_held(kept):
            path = picture_path(photo.pk)
            if path.exists():
                packed.write(path, f"photos/{photo.pk}.jpg")
    _note(customer=kept, by=by, now=now)
    return file.getvalue()


@transaction.atomic
def _note(*, customer: Customer, by: Person | None, now: datetime) -> None:
    note("customer.handed_out", about=customer, by=by, at=now)
