"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import bad_request

from coalface.people.queries import DEVICE_COOKIE, device_known_by
from coalface.people.sign_in import TILL, till_of
from coalface.shell.languages import chosen, spoken


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


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address with a NUL character: PostgreSQL holds none, and no link of ours has one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            if request.path.startswith("/api/"):
                return JsonResponse({"code": "unreadable"}, status=400)
            return bad_request(request, ValueError("NUL"))
        return get_response(request)

    return answer
