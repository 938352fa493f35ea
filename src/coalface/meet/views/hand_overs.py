"""What waits for somebody's yes, what they took on, and what was said in their praise."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import LONGEST
from coalface.meet.queries import HELD, OFFERED, PRAISE, held_by, praise_for, waiting_for
from coalface.permissions import Right, needs
from coalface.records.models import HandOver
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

LATEST = 10


@needs(Right.ANSWER_HAND_OVERS)
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Offered to the reader, the longest waiting first; then what they accepted and still hold."""
    waiting, held, praise = (ask(request.person) for ask in (waiting_for, held_by, praise_for))
    if file := taken(request, Offer(OFFERED, waiting), Offer(HELD, held), Offer(PRAISE, praise)):
        return file
    context = {
        "page": page_of(request, waiting),
        "held": held[: LATEST * 5],
        "praise": praise[:LATEST],
        "now": timezone.now(),
    }
    return render(request, "meet/hand_overs.html", context)


@needs(Right.ANSWER_HAND_OVERS)
@require_POST
def answer_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to it."""
    offered = get_object_or_404(HandOver.objects.select_related("disposition__remark", "giver"), pk=pk)
    accepting = request.POST.get("answer") == "accept"
    reason, who_and_when = request.POST.get("reason", ""), {"by": request.person, "now": timezone.now()}
    if len(reason) > LONGEST:
        messages.warning(request, _("That is too long. Say it in fewer words."))
        return redirect("meet:hand_overs")
    try:
        if accepting:
            actions.accept(hand_over=offered, **who_and_when)
        else:
            actions.give_back(hand_over=offered, reason=reason, **who_and_when)
    except actions.NotYours as refused:
        raise PermissionDenied(pk) from refused
    except actions.AlreadyAnswered:
        messages.warning(request, _("It was answered before."))
    except actions.TakenBack:
        messages.warning(request, _("Meanwhile it was taken back."))
    else:
        given = {"name": offered.giver.name}
        messages.success(request, _("It is yours now.") if accepting else _("%(name)s has it back.") % given)
    return redirect("meet:hand_overs")
