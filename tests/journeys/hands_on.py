"""A shift, a listening session, two own walks and a care walk at Lindner & Co, and the pages about them."""

from datetime import datetime, timedelta
from io import BytesIO

import uuid_utils.compat as uuid
from django.urls import reverse

from coalface.meet.actions import (
    add_step,
    confirm_induction,
    describe_shift,
    draw_calls,
    finish,
    hear_call,
    hold,
    inform_agent,
    judge_item,
    note_remark,
    prepare_shift,
)
from coalface.records.models import CareItem, Encounter, FormatKind, Kind, ListenedCall, WalkStep
from coalface.understand.actions import add_touchpoint
from tests.edges.pictures import picture
from tests.meet.formats import of_kind
from tests.people import Cast


def lend_a_hand(cast: Cast, now: datetime) -> None:
    """One of each, and one shift still to come."""
    _shifts(cast, now)
    _session(cast, now)
    _walk(cast, now - timedelta(days=40), 90, done=True)
    _walk(cast, now - timedelta(days=2), 45, done=False)
    _care(cast, now)


def hands_on_pages() -> dict[str, str]:
    """Every page about them."""
    held = Encounter.objects.held().order_by("-starts_at")
    planned = Encounter.objects.get(format__kind=FormatKind.SHIFT, outcome="planned")
    pages = {
        kind: reverse("meet:encounter", args=[held.filter(format__kind=kind).first().pk])
        for kind in (FormatKind.SHIFT, FormatKind.LISTENING, FormatKind.OWN_WALK, FormatKind.CARE_WALK)
    }
    shift = held.get(format__kind=FormatKind.SHIFT)
    item = CareItem.objects.first()
    told = ListenedCall.objects.get(heard=None, agent_informed_at__isnull=False)
    return pages | {
        "shift to come": reverse("meet:encounter", args=[planned.pk]),
        "shift of a host": reverse("meet:shift", args=[planned.pk]),
        "in the way": reverse("meet:in_the_way", args=[shift.pk]),
        "call": reverse("meet:call", args=[told.pk]),
        "step": reverse("meet:step", args=[WalkStep.objects.filter(broke=True).order_by("pk").last().pk]),
        "thing judged": reverse("meet:care_item", args=[item.pk]),
        "care sheet": reverse("meet:care_sheet", args=[item.encounter_id]),
    }


def _shifts(cast: Cast, now: datetime) -> None:
    then = now - timedelta(days=2)
    given = {"buddy": cast.fay, "tasks": "Fill shelves\nGreet", "by": cast.olga, "now": then}
    shift = of_kind(cast, FormatKind.SHIFT, starts_at=then)
    prepare_shift(encounter=shift, **given)
    confirm_induction(encounter=shift, by=cast.fay, now=then)
    hold(encounter=shift, by=cast.olga, now=then)
    describe_shift(encounter=shift, text="I filled shelves.", by=cast.olga, now=then)
    door = add_touchpoint(
        key="door", name="At the door", stage="using", order=2, owner=cast.office, by=cast.mina, now=then
    )
    note_remark(
        id=uuid.uuid7(), encounter=shift, kind=Kind.OBSTACLE, reading="Two keys.", touchpoint=door,
        said_by="employee", by=cast.olga, now=then,
    )  # fmt: skip
    ahead = of_kind(cast, FormatKind.SHIFT, starts_at=now + timedelta(days=9))
    prepare_shift(encounter=ahead, host=cast.mina, at_peak=True, **given)


def _session(cast: Cast, now: datetime) -> None:
    then = now - timedelta(days=2)
    session = hold(
        encounter=of_kind(cast, FormatKind.LISTENING, cast.mina, starts_at=then), by=cast.mina, now=then
    )
    draw = draw_calls(
        encounter=session, queues=["Cards", "Loans"], from_hour=9, until_hour=12, calls=3, seed=5,
        by=cast.mina, now=then,
    )  # fmt: skip
    first, second, _ = draw.calls.all()
    for call in (first, second):
        inform_agent(call=call, by=cast.mina, now=then)
    hear_call(call=first, id=uuid.uuid7(), kind=Kind.COMPLAINT, text="Where is it?", by=cast.mina, now=then)


def _walk(cast: Cast, then: datetime, seconds: int, *, done: bool) -> None:
    walk = hold(
        encounter=of_kind(cast, FormatKind.OWN_WALK, cast.mina, starts_at=then), by=cast.mina, now=then
    )
    for order, (name, human, broke) in enumerate(
        (
            ("Find the telephone number", False, False),
            ("Menu", False, True),
            ("Reached a human", True, False),
        ),
        1,
    ):
        add_step(
            encounter=walk, order=order, name=name, seconds=seconds + order, effort=3, feeling=2, human=human,
            broke=broke, by=cast.mina, now=then,
        )  # fmt: skip
    if done:
        finish(encounter=walk, by=cast.mina, now=then)


def _care(cast: Cast, now: datetime) -> None:
    then = now - timedelta(days=2)
    walk = of_kind(cast, FormatKind.CARE_WALK, cast.mina, starts_at=then)
    given = {"encounter": walk, "by": cast.mina, "now": then}
    judge_item(order=1, kind="letter", name="Reminder", cares=False, photo=BytesIO(picture()), **given)
    judge_item(order=2, kind="hold_message", name="Queue", cares=True, words="Thank you.", **given)
