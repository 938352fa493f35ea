"""The door for people without an e-mail address: staff code and PIN, or a badge; and the shared till."""

import time
from datetime import datetime
from typing import Any, Final

from allauth.account.views import login as by_email
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from coalface.people import actions, queries
from coalface.people.forms import BadgeForm, DoorForm, NewPinForm, OwnPinForm
from coalface.permissions import ANYONE, Right, needs
from coalface.records.models import Person, StaffPin
from coalface.shell.throttle import too_many, too_many_called

BACKEND: Final = settings.AUTHENTICATION_BACKENDS[0]
CHOOSING: Final = "choosing_pin"
CHOOSES_WITHIN: Final = 600
# Away from shared devices a PIN or a badge opens one shift, not two weeks.
A_SHIFT: Final = 12 * 3600
# From one range of addresses or one shared device, and for one code, whether it is anybody's or not.
MOST_FROM_HERE, FROM_HERE_WITHIN = 40, 300
MOST_FOR_A_CODE, FOR_A_CODE_WITHIN = 15, 900
# A refusal takes so long whatever it was refused for.
REFUSAL_TAKES: Final = 0.25
A_YEAR: Final = 400 * 24 * 3600

secret = sensitive_post_parameters("code", "pin", "badge", "present", "again")


@needs(ANYONE)
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """allauth's page of that address, with the other door beside it; a shared device shows its own page."""
    if request.device and request.method == "GET" and "email" not in request.GET:
        return redirect(_door_address(request))
    answer = by_email(request)
    if context := getattr(answer, "context_data", None):
        context |= _door(request)
    return answer


@needs(ANYONE)
@never_cache
@secret
def door(request: HttpRequest) -> HttpResponse:
    """Staff code and PIN; on a shared device this is the locked screen, and shows nobody's data."""
    if request.till and request.method != "POST":  # what looks locked is locked
        return redirect("home:week")
    if request.method != "POST":
        return _page(request)
    if scanned := queries.code_in(request.POST.get("code", "")):  # a scanner typed into the wrong field
        return _with_badge(request, {"badge": scanned, "pin": request.POST.get("pin", "")})
    form = DoorForm(request.POST, numbers_only=queries.codes_are_numbers())
    if not form.is_valid():
        return _page(request, door_form=form, status=422)
    began, now, code = time.monotonic(), timezone.now(), form.cleaned_data["code"].strip()
    if _floods(request, code, now):
        return _too_many(request)
    who = queries.person_with_code(code, timezone.localdate(now))
    return _try(request, who, form, began, now)


@needs(ANYONE)
@never_cache
@secret
def badge(request: HttpRequest) -> HttpResponse:
    """A badge's link was opened or its code scanned; what stands behind the # never reaches a log of ours."""
    return _with_badge(request, request.POST) if request.method == "POST" else _page(request)


def _with_badge(request: HttpRequest, given) -> HttpResponse:
    form = BadgeForm(given, shared=bool(request.device))
    if not form.is_valid():
        return _page(request, badge_form=form, status=422)
    began, now = time.monotonic(), timezone.now()
    if _floods(request, "", now):
        return _too_many(request)
    who = queries.person_with_badge(queries.code_in(form.cleaned_data["badge"]), timezone.localdate(now))
    if request.device and who:
        return _enter(request, who)
    if request.device:
        _even_out(began)
        form.add_error(None, _("This badge opens nothing here. If it is yours, ask for a new one."))
        return _page(request, badge_form=form, status=422)
    return _try(request, who, form, began, now)


def _try(request: HttpRequest, who: Person | None, form, began: float, now: datetime) -> HttpResponse:
    pin = actions.try_pin(person=who, pin=form.cleaned_data["pin"].strip(), by=None, now=now)
    if pin is None:
        _even_out(began)
        form.add_error(None, _("That did not open the door. After a few wrong tries you need a new PIN."))
        kind = "door_form" if isinstance(form, DoorForm) else "badge_form"
        return _page(request, **{kind: form}, status=422)
    if pin.must_change:
        request.session.flush()
        request.session[CHOOSING] = [pin.pk, pin.digest[-16:], int(now.timestamp())]
        request.session["next"] = _next(request)
        return redirect("people_public:choose_pin")
    return _enter(request, pin.person)


def _enter(request: HttpRequest, person: Person, onward: str = "") -> HttpResponse:
    request.session.pop("till", None)
    login(request, person.account, backend=BACKEND)
    if not request.device:
        request.session.set_expiry(A_SHIFT)
    answer = redirect(onward or _next(request) or "home:week")
    if request.device:
        remember_device(answer, request.COOKIES[queries.DEVICE_COOKIE])
    return answer


def remember_device(answer: HttpResponse, token: str) -> None:
    """Let the browser keep what it is known by, as long as browsers keep anything."""
    answer.set_cookie(
        queries.DEVICE_COOKIE,
        token,
        max_age=A_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


@needs(ANYONE)
@never_cache
@secret
def choose_pin(request: HttpRequest) -> HttpResponse:
    """The first sign-in with a PIN a manager has seen: nothing opens before it is replaced by one's own."""
    now = timezone.now()
    pin = _being_chosen(request, now)
    if pin is None:
        return redirect("people_public:door")
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_pin(person=pin.person, pin=form.cleaned_data["pin"], by=pin.person, now=now)
        except actions.TooEasy as easy:
            form.too_easy(easy.why)
        else:
            onward = request.session.get("next", "")
            request.session.flush()
            messages.success(request, _("Your PIN is kept. Nobody but you knows it."))
            return _enter(request, Person.objects.get(pk=pin.person_id), onward)
    return render(request, "people/door/choose.html", {"form": form}, status=422 if form.errors else 200)


def _being_chosen(request: HttpRequest, now: datetime) -> StaffPin | None:
    key, tail, since = request.session.get(CHOOSING) or (0, "", 0)
    if now.timestamp() > since + CHOOSES_WITHIN:
        return None
    pin = StaffPin.objects.select_related("person").filter(pk=key, must_change=True).first()
    good = pin and pin.digest[-16:] == tail and not pin.person.has_left(timezone.localdate(now))
    return pin if good else None


@needs(Right.SEE_PEOPLE)
@never_cache
@secret
def own_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN instead of the present one, by its owner."""
    now, form = timezone.now(), OwnPinForm(request.POST or None)
    has_one = StaffPin.objects.filter(person=request.person).exists()
    if has_one and request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _floods(request, request.person.staff_code or "", now):
            return _too_many(request)
        if actions.try_pin(person=request.person, pin=given["present"], by=request.person, now=now) is None:
            form.add_error("present", _("This is not your present PIN."))
        else:
            try:
                actions.choose_pin(person=request.person, pin=given["pin"], by=request.person, now=now)
            except actions.TooEasy as easy:
                form.too_easy(easy.why)
            else:
                request.user.refresh_from_db()
                update_session_auth_hash(request, request.user)
                messages.success(request, _("Your new PIN is kept. Elsewhere you are signed out."))
                return redirect("people:person", request.person.pk)
    context = {"form": form, "has_one": has_one}
    return render(request, "people/door/own_pin.html", context, status=422 if form.errors else 200)


@needs(ANYONE)
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """One tap, always: whoever was signed in is so no more, and the page after it shows nothing of theirs."""
    logout(request)
    if not request.accepts("text/html"):
        return JsonResponse({"locked": True})
    return redirect(_door_address(request))


@needs(ANYONE)
@require_POST
def still_here(request: HttpRequest) -> HttpResponse:
    """A hand touched the screen, though it asked for no page; how many seconds are left."""
    till = request.till
    return JsonResponse({"idle": till.idle, "left": till.left} if till else {"idle": 0, "left": 0})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def _door_address(request: HttpRequest) -> str:
    """Back to where notes are taken, but never to what somebody else was just looking at."""
    address, capture = reverse("people_public:door"), reverse("meet:capture")
    return f"{address}?next={capture}" if _next(request).startswith(capture) else address


def _floods(request: HttpRequest, code: str, now: datetime) -> bool:
    limits = {"most": MOST_FROM_HERE, "seconds": FROM_HERE_WITHIN, "now": now}
    if request.device:
        here = too_many_called(str(request.device.pk), what="door-device", **limits)
    else:
        here = too_many(request, what="door", **limits)
    limits = {"most": MOST_FOR_A_CODE, "seconds": FOR_A_CODE_WITHIN, "now": now}
    return here or bool(code and too_many_called(code.lower(), what="door-code", **limits))


def _even_out(began: float) -> None:
    time.sleep(max(0.0, began + REFUSAL_TAKES - time.monotonic()))


def _too_many(request: HttpRequest) -> HttpResponse:
    answer = _page(request, busy=True, status=429)
    answer.headers["Retry-After"] = str(FROM_HERE_WITHIN)
    return answer


def _door(request: HttpRequest) -> dict[str, object]:
    return {
        "door_form": DoorForm(numbers_only=queries.codes_are_numbers(), auto_id="door_%s"),
        "badge_form": BadgeForm(shared=bool(request.device), auto_id="badge_%s"),
        "next": _next(request),
    }


def _page(request: HttpRequest, status: int = 200, **instead: Any) -> HttpResponse:
    for name in ("door_form", "badge_form"):
        if name in instead:
            instead[name].auto_id = f"{name[:-5]}_%s"
    by_link = request.resolver_match.url_name == "badge"
    context = _door(request) | {"by_link": by_link} | instead
    return render(request, "people/door/door.html", context, status=status)
