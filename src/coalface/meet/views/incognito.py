"""Saying afterwards who it was."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.meet import actions
from coalface.meet.forms import DisclosureForm
from coalface.permissions import Right, needs

from .access import encounter_for, sent_from
from .encounters import encounter_page, meeting_address


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def disclose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The team knows who came and what was seen."""
    now, meeting = timezone.now(), encounter_for(request, pk)
    form = DisclosureForm(request.POST)
    if not form.is_valid():
        return encounter_page(request, meeting, now, disclosure_form=form)
    try:
        actions.disclose(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("Good. Now everybody knows."))
    except actions.NotThere as refused:
        raise PermissionDenied(pk) from refused
    except actions.AlreadyDisclosed:
        messages.warning(request, _("The team was told before."))
    except (actions.NotHeld, actions.NotIncognito):
        messages.warning(request, _("There is nothing to disclose."))
    return redirect(f"{meeting_address(pk)}#disclosure")
