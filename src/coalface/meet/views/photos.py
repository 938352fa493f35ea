"""A photo, for whoever may see what it came with."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from coalface.meet.queries import picture_path
from coalface.permissions import Right, needs

from .access import photo_for

A_DAY = 86_400


@needs(Right.MEET_CUSTOMERS)
@require_safe
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture itself, to be kept by nobody on the way."""
    path = picture_path(photo_for(request, pk).pk)
    if not path.exists():
        raise Http404(pk)
    answer = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="{pk}.jpg"'
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
