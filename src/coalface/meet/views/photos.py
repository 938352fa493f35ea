"""A photo, for whoever may see what it came with; and one more, from whoever may add it."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalface.meet import actions
from coalface.meet.forms import REFUSED, PhotoForm
from coalface.meet.queries import picture_path
from coalface.permissions import Right, needs
from coalface.records.models import Remark

from .access import may_add_to, photo_for, remark_for, sent_from
from .remarks import PHOTO, remark_page

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


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:remark")
def add_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a photo with what was said, or say why not."""
    now, said = timezone.now(), remark_for(request, pk)
    if not may_add_to(request, said):
        raise PermissionDenied(pk)
    form = PhotoForm(request.POST, request.FILES, auto_id=PHOTO)
    if form.is_valid():
        form = _kept(request, form, said, now)
    if not form.is_valid():
        return remark_page(request, said, now, photo_form=form)
    return redirect(f"{redirect('meet:remark', pk).url}#photos")


def _kept(request: HttpRequest, form: PhotoForm, said: Remark, now: datetime) -> PhotoForm:
    """The form as it went through, or with what was wrong; another photo gets an id of its own."""
    given = form.cleaned_data
    try:
        photo = actions.keep_upload(
            id=given["id"], content=given["photo"], remark=said, by=request.person, now=now
        )
    except actions.Refused as refused:
        form.add_error("photo", REFUSED[refused.refusal])
        return form
    except actions.IdTaken:
        again = form.data.copy()
        again["id"] = str(uuid.uuid7())
        form = PhotoForm(again, request.FILES, auto_id=PHOTO)
        form.add_error("photo", _("This picture did not go through. Please choose it once more."))
        return form
    if photo.location_removed:
        messages.success(request, _("The photo is kept. The place where it was taken was removed."))
    else:
        messages.success(request, _("The photo is kept."))
    return form
