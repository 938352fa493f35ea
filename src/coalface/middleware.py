"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


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
