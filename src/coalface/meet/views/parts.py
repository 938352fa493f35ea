"""What each format's own part of the page needs to be drawn."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from coalface.meet.forms import DidForm, ShiftForm
from coalface.meet.queries import checklist, colleagues, shift_of
from coalface.policies import number
from coalface.records.models import Encounter, Outcome


def shift_part(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The checklist before, what was done after."""
    shift, today = shift_of(encounter), timezone.localdate(now)
    part: dict[str, object] = {"shift": shift, "induction_minutes": int(number("induction_minutes"))}
    if encounter.outcome == Outcome.PLANNED:
        return part | {
            "checklist": checklist(shift),
            "shift_form": ShiftForm(today=today, shift=shift),
            "colleagues": colleagues(today, request.person),
        }
    did = shift.did.text if shift and shift.did else ""
    return part | {"did_form": DidForm(auto_id="did_%s", initial={"text": did})}
