"""Say it: the public form, on a phone and on a screen in the shop, and the receipt that answers it."""

from datetime import datetime

import uuid_utils.compat as uuid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from coalface.hear import actions
from coalface.hear.forms import SayForm
from coalface.hear.queries import look_up_address, organisation, place_called
from coalface.permissions import ANYONE, needs
from coalface.policies import numbers
from coalface.records.models import SayPlace
from coalface.shell import proof
from coalface.shell.codes import code_in_page
from coalface.shell.languages import chosen, spoken
from coalface.shell.throttle import counted, sender_range

TEN_MINUTES = 600
A_MASK = 3  # any is read; looking for the best one costs ten milliseconds
# Somebody comes after them: nothing of a receipt, or of a screen in the shop, stays in the browser.
NOT_KEPT = "no-store"


@csrf_exempt  # nobody signs in and no cookie is set: there is nothing that a foreign page could borrow
@needs(ANYONE)
def say(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say something, at a place with a poster or without one."""
    return _at_the_door(request, code, kiosk=False)


@csrf_exempt  # as above
@needs(ANYONE)
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """The same on a screen in the shop: large, and back at its beginning for whoever comes next."""
    response = _at_the_door(request, code, kiosk=True)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _at_the_door(request: HttpRequest, code: str, *, kiosk: bool) -> HttpResponse:
    place = place_called(code) if code else None
    if code and place is None:
        return render(request, "hear/say/no_place.html", {"organisation": organisation()}, status=404)
    first = place.languages[0] if place and place.languages else ""
    with spoken(chosen(request) or first):
        if request.method == "POST":
            response = _said(request, place, timezone.now(), kiosk=kiosk)
        else:
            response = _page(request, SayForm(initial={"id": uuid.uuid7()}), place, kiosk=kiosk)
        response.headers["Content-Language"] = translation.get_language()
        return response


def _said(request: HttpRequest, place: SayPlace | None, now: datetime, *, kiosk: bool) -> HttpResponse:
    form = SayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, place, kiosk=kiosk)
    given = form.cleaned_data
    times = _times_too_many(request, place, now, trap=bool(given["website"]))
    if times is None:
        return _page(request, form, place, kiosk=kiosk, status=429)
    done = proof.is_done(given["token"], given["number"], of=str(given["id"]), now=now)
    if times > 1 and not done:
        return _page(request, form, place, kiosk=kiosk, status=429, task=_task(form, times, now))
    try:
        said = actions.say(
            id=given["id"],
            text=given["text"],
            kind=given["kind"],
            language=translation.get_language(),
            unit=place.unit if place else organisation(),
            place=place,
            now=now,
        )
    except actions.IdTaken:  # gone back, and written anew
        form = SayForm(request.POST | {"id": uuid.uuid7()})
        form.add_error(None, _("You had sent this before, in other words. Send it again to say both."))
        return _page(request, form, place, kiosk=kiosk)
    return _receipt(request, said, place, kiosk=kiosk)


def _times_too_many(
    request: HttpRequest, place: SayPlace | None, now: datetime, *, trap: bool
) -> float | None:
    """How many times more came than is taken without more ado; None where no more is taken at all.

    A shop and its screen share one address, so that calm is measured at the place too; a flood from one range
    of addresses is cut wherever it goes. Who filled in the field that nobody sees has to show that they are
    human.
    """
    limits = numbers("say_")
    at = f"say-at-{place.pk if place else 'large'}"
    from_there, at_place = counted([f"say-{sender_range(request)}", at], seconds=TEN_MINUTES, now=now)
    if from_there > limits["most_per_address"]:
        return None
    calm = max(from_there / limits["calm_per_address"], at_place / limits["calm_per_place"])
    return max(calm, 2.0 if trap else 0.0)


def _task(form: SayForm, times: float, now: datetime) -> proof.Task:
    """What is asked of this form: the same as before if it was asked already, with the time that is left."""
    of = str(form.cleaned_data["id"])
    return proof.again(form.cleaned_data["token"], of=of, now=now) or proof.task(of, times=times, now=now)


def _page(
    request: HttpRequest,
    form: SayForm,
    place: SayPlace | None,
    *,
    kiosk: bool,
    status: int = 200,
    task: proof.Task | None = None,
) -> HttpResponse:
    """The form, with every word that was written into it."""
    context = {
        "form": form,
        "place": place,
        "organisation": organisation(),
        "kiosk": place if kiosk else None,
        "task": task,
        "too_many": status == 429 and task is None,
    }
    response = render(request, "hear/say/say.html", context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(task.wait if task else TEN_MINUTES)
    return response


def _receipt(
    request: HttpRequest, said: actions.Said, place: SayPlace | None, *, kiosk: bool
) -> HttpResponse:
    """Number and secret, shown this once; asking for an answer is step two, and may be left out."""
    shop_screen = place if kiosk else None
    address = look_up_address(said.receipt.number, said.secret)
    carried = {"number": said.receipt.number, "secret": said.secret}
    context = {
        "said": said,
        "place": place,
        "organisation": organisation(),
        "kiosk": shop_screen,
        "look_up": look_up_address(),
        "code": code_in_page(address, scale=6, mask=A_MASK) if kiosk else "",
        "address": address,
        "carried": carried | ({"kiosk": place.code} if shop_screen else {}),
    }
    response = render(request, "hear/say/receipt.html", context)
    response.headers["Cache-Control"] = NOT_KEPT
    return response
