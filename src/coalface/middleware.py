"""What happens around every request."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import bad_request

from coalface.people.queries import DEVICE_COOKIE, device_known_by
from coalface.people.sign_in import TILL, till_of
from coalface.policies import number
from coalface.shell.languages import chosen, spoken

# Bytes of a form, without knowing who sends it; of what a program sends; and the policies of what we upload.
FROM_ANYBODY: Final = 3 * 2**20
FROM_PROGRAMS: Final = 17 * 2**20
UPLOADS: Final = ("import_megabytes", "research_megabytes", "transcript_megabytes", "photo_megabytes")


def in_their_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show times in the zone the reader chose, or else the installation's."""

    def answer(request: HttpRequest) -> HttpResponse:
        account = request.user
        zone = account.time_zone if account.is_authenticated else None
        with timezone.override(zone or timezone.get_default_timezone()):
            return get_response(request)

    return answer


def on_shared_devices(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Know a shared device by its cookie; a session on it is short, and no page of it can be gone back to."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.device = device_known_by(request.COOKIES.get(DEVICE_COOKIE, ""))
        shared = request.device or TILL in request.session
        request.till = till_of(request, timezone.now()) if shared else None
        response = get_response(request)
        if request.till:
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def in_their_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Pages for customers speak more languages than ours: the one in the address, or the browser's."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/c/"):
            return get_response(request)
        with spoken(chosen(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return answer


def not_too_large(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what is longer than anything we take, before any of it is read and laid on the disk."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or (int(length) > FROM_ANYBODY and int(length) > _most_from(request)):
            if request.path.startswith("/api/"):
                return JsonResponse({"code": "too_large"}, status=413)
            return render(request, "413.html", status=413)
        return get_response(request)

    return answer


def _most_from(request: HttpRequest) -> int:
    if request.user.is_authenticated:
        return int(max(number(one) for one in UPLOADS) * 2**20) + FROM_ANYBODY
    return FROM_PROGRAMS if request.path.startswith("/api/") else FROM_ANYBODY


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address with a NUL character: PostgreSQL holds none, and no link of ours has one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            if request.path.startswith("/api/"):
                return JsonResponse({"code": "unreadable"}, status=400)
            return bad_request(request, ValueError("NUL"))
        return get_response(request)

    return answer
