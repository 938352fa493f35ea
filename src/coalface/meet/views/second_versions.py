"""What was sent twice under one id, both ways of saying it side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.queries import SECOND_VERSIONS, first_versions, second_versions_for
from coalface.permissions import Right, needs
from coalface.records.models import SecondVersion
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .access import may_see


@needs(Right.MEET_CUSTOMERS)
def second_versions(request: HttpRequest) -> HttpResponse:
    """What the reader sent, and what was sent about encounters the reader may see."""
    within = request.rights.within(Right.SEE_ENCOUNTERS_OF_OTHERS, "encounter__unit")
    rows = second_versions_for(request.person, within)
    if file := taken(request, Offer(SECOND_VERSIONS, rows)):
        return file
    page = page_of(request, rows)
    first = first_versions(page.object_list)
    context = {"page": page, "pairs": [(version, first.get(version.sent_id)) for version in page.object_list]}
    return render(request, "meet/second_versions.html", context)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def settle_second_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep both, or leave it at the first."""
    rows = SecondVersion.objects.select_related("encounter__unit", "sent_by")
    version = get_object_or_404(rows, pk=pk)
    if version.sent_by != request.person and not may_see(request, version.encounter):
        raise PermissionDenied(pk)
    both = request.POST.get("answer") == "both"
    verb = actions.keep_both if both else actions.says_the_same
    try:
        verb(version=version, by=request.person, now=timezone.now())
        messages.success(request, _("Both are written down.") if both else _("Good. The first one stays."))
    except actions.AlreadyDecidedUpon:
        messages.warning(request, _("Somebody has decided this before."))
    except actions.NotHeld:
        messages.warning(request, _("Say first that you met."))
    except actions.NotReady:
        messages.warning(request, _("Something has to be done first; it stands on the encounter’s page."))
    except actions.NotAgreed:
        messages.warning(request, _("They did not agree to be written down, so this waits for their yes."))
    return redirect("meet:second_versions")
