"""The two questions to a guest: did we listen, did it feel like a sales pitch?"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from coalface.meet import actions
from coalface.meet.queries import code_of, guest_of, may_show_code
from coalface.permissions import ANYONE, Right, needs
from coalface.records.models import Guest
from coalface.shell.codes import code_drawing
from coalface.shell.languages import CHOSEN_IN, spoken
from coalface.shell.links import Gone

from .access import encounter_for

QUESTIONS = ("listened", "felt_like_a_sale")


@needs(ANYONE)
def heard(request: HttpRequest, token: str) -> HttpResponse:
    """One question after the other; what was answered before is never shown, whoever holds the link."""
    now = timezone.now()
    try:
        guest = guest_of(token, now)
    except Gone as gone:
        return render(request, "meet/heard_gone.html", {"expired": gone.expired}, status=gone.status)
    if request.method == "POST" and (given := _given(request)):
        return _taken(guest, given, token, now)
    step = request.GET.get("step", "")
    context = {
        "guest": guest,
        "met": guest.encounter.attendances.select_related("person"),
        "step": step if step in {"sale", "thanks"} else "listened",
        "token": token,
    }
    with spoken(request.GET.get(CHOSEN_IN) or guest.customer.language):
        return render(request, "meet/heard.html", context)


def _given(request: HttpRequest) -> dict[str, bool]:
    return {
        name: request.POST[name] == "yes" for name in QUESTIONS if request.POST.get(name) in {"yes", "no"}
    }


def _taken(guest: Guest, given: dict[str, bool], token: str, now: datetime) -> HttpResponse:
    actions.answer_about_us(guest=guest, now=now, **given)
    step = "thanks" if "felt_like_a_sale" in given else "sale"
    return redirect(reverse("meet_public:heard", args=[token]) + f"?step={step}")


@needs(Right.MEET_CUSTOMERS)
def heard_code(request: HttpRequest, pk: UUID, guest: int) -> HttpResponse:
    """The link as a drawing for the guest's own camera."""
    meeting = encounter_for(request, pk)
    there = get_object_or_404(Guest, pk=guest, encounter=meeting)
    if not may_show_code(meeting, timezone.now()):
        return HttpResponse(status=410)
    address = settings.SITE + reverse("meet_public:heard", args=[code_of(there)])
    answer = HttpResponse(code_drawing(address, scale=6), content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    return answer
