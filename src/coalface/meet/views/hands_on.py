"""What the page of an encounter shows of a shift, a session of listening or a walk."""

from datetime import datetime
from random import SystemRandom

import uuid_utils.compat as uuid
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from coalface.meet.forms import NAMES, DidForm, DrawCallsForm, JudgeForm, NextStepForm, ShiftForm
from coalface.meet.queries import (
    attended,
    call_draw_of,
    calls_of,
    care_walk_of,
    checklist,
    shift_of,
    walk_of,
)
from coalface.policies import number
from coalface.records.models import Encounter, Outcome
from coalface.shell.charts import Pair, ThenNow

from .access import may_see

CHANCE = SystemRandom()


def shift_part(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The checklist before, what was done after."""
    shift, today = shift_of(encounter), timezone.localdate(now)
    part: dict[str, object] = {"shift": shift, "induction_minutes": int(number("induction_minutes"))}
    if encounter.outcome == Outcome.PLANNED:
        return part | {
            "checklist": checklist(shift),
            "shift_form": ShiftForm(today=today, shift=shift),
        }
    did = shift.did.text if shift and shift.did else ""
    return part | {"did_form": DidForm(auto_id="did_%s", initial={"text": did})}


def listening_part(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The calls that were drawn, and what was heard in each."""
    draw, calls = call_draw_of(encounter), list(calls_of(encounter))
    going_on = encounter.outcome in (Outcome.PLANNED, Outcome.HELD)
    first: dict[str, object] = {"seed": CHANCE.randrange(2**31)}
    if draw:
        first |= {
            "queues": "\n".join(draw.queues),
            "from_hour": draw.from_hour,
            "until_hour": draw.until_hour,
            "calls": len(calls),
        }
    return {
        "draw": draw,
        "calls": calls,
        "may_draw": going_on and not any(call.settled_at for call in calls),
        "draw_form": DrawCallsForm(initial=first, auto_id="draw_%s"),
    }


def own_walk_part(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """The steps so far, the next one, and the walk before beside them."""
    walk = walk_of(encounter)
    rows = [
        Pair(row.name, row.now and row.now.seconds, row.then and row.then.seconds) for row in walk.compared
    ]
    walked = {step.name for step in walk.steps}
    order = walk.steps[-1].order + 1 if walk.steps else 1
    step_form = NextStepForm(auto_id="step_%s", initial={"order": order})
    names = [row.name for row in walk.compared if row.then] or [str(name) for name in NAMES]
    return {
        "walk": walk,
        "may_walk": _may_walk(request, encounter),
        "may_see_before": walk.before and may_see(request, walk.before),
        "walk_chart": ThenNow(rows),
        "step_names": [name for name in names if name not in walked],
        "step_form": _at_once(request, step_form),
    }


def care_walk_part(request: HttpRequest, encounter: Encounter, now: datetime) -> dict[str, object]:
    """What was judged so far, and the next thing."""
    care = care_walk_of(encounter)
    form = JudgeForm(auto_id="item_%s", initial={"order": care.next_order, "photo_id": uuid.uuid7()})
    return {"care": care, "item_form": _at_once(request, form), "may_walk": _may_walk(request, encounter)}


def _at_once(request: HttpRequest, form: Form) -> Form:
    """With the cursor in the first field for whoever has just noted one and goes on."""
    if "walking" in request.GET:
        form.fields["name"].widget.attrs["autofocus"] = True
    return form


def _may_walk(request: HttpRequest, encounter: Encounter) -> bool:
    """Under way, or the reader can begin by writing the first thing down."""
    mine = encounter.outcome == Outcome.PLANNED and attended(encounter, request.person)
    return mine or encounter.outcome == Outcome.HELD
