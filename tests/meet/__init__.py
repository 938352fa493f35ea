"""A visit at Lindner & Co, planned and held, and what was said there."""

from datetime import timedelta

import uuid_utils.compat as uuid
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.meet.actions import hold, note_remark
from coalface.plan.actions import plan_encounter
from coalface.records.history import history_of
from coalface.records.models import Customer, Encounter, Kind, Person, Remark
from tests.people import NOW, Cast

LATER = NOW + timedelta(hours=2)


def planned(cast: Cast, person: Person | None = None, *customers: Customer) -> Encounter:
    """Olga meets Petra in the north, in an hour."""
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW + timedelta(hours=1),
        person=person or cast.olga,
        customers=customers or [cast.petra],
        chosen_by="planner",
        by=cast.mina,
        now=NOW,
    )


def held(cast: Cast, person: Person | None = None, *customers: Customer) -> Encounter:
    """The same, an hour later."""
    met = planned(cast, person, *customers)
    return hold(encounter=met, by=person or cast.olga, now=LATER)


def said(encounter: Encounter, by: Person, text: str = "Nobody told me.", **more: object) -> Remark:
    """A complaint of the first guest, unless told otherwise."""
    given = {"id": uuid.uuid7(), "kind": Kind.COMPLAINT, "now": LATER, "text": text} | more
    given.setdefault("customer", encounter.guests.first().customer)
    return note_remark(encounter=encounter, by=by, **given)


def kinds(about: Model) -> list[str]:
    """The kinds of events about a record, in order."""
    return list(history_of(about).order_by("id").values_list("kind", flat=True))


def at(name: str, *args: object) -> str:
    """The address of a page of the room."""
    return reverse(f"meet:{name}", args=args)


def words(form_page, **given: object) -> dict[str, object]:
    """What a browser sends from the note form on this page."""
    form = form_page.context["note_form"]
    hidden = {"id": form["id"].value(), "sequence": form["sequence"].value()}
    return hidden | {"text": "Nobody told me.", "kind": "complaint", "said_by": "customer"} | given


def count(client, address: str) -> int:
    """How many questions a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
