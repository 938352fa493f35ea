"""One point of an insight meeting: what was said, decided, and who does what by when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.act.forms import DeclineForm, MinuteForm, NotYetForm
from coalface.permissions import Right, needs
from coalface.records.models import AgendaItem, Decided

from .answers import again
from .meetings import run_by


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem, pk=pk)
    item.meeting = run_by(request, item.meeting_id)
    return item


@needs(Right.SEE_FIXES)
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """Its minutes; saved, the next point follows."""
    item = _item(request, pk)
    meeting, today = item.meeting, timezone.localdate()
    if not meeting.opened_at or meeting.closed_at or meeting.cancelled_at:
        return redirect("act:meeting", meeting.pk)
    items = list(queries.agenda_of(meeting))
    here = next(place for place, one in enumerate(items) if one.pk == item.pk)
    shown = items[here]
    after = items[here + 1] if here + 1 < len(items) else None
    first = {"minutes": shown.minutes, "owner": shown.owner_id, "due_on": shown.due_on}
    form = MinuteForm(request.POST or None, today=today, initial=first | {"settled": bool(shown.settled_at)})
    if form.is_valid():
        try:
            actions.minute(item=item, by=request.person, now=timezone.now(), **form.cleaned_data)
        except (actions.MeetingOver, actions.NotOpened):
            messages.warning(request, _("It stands differently by now; look again."))
            return redirect("act:meeting", meeting.pk)
        return redirect("act:point", after.pk) if after else redirect("act:meeting", meeting.pk)
    context = {
        "meeting": meeting,
        "item": shown,
        "number": here + 1,
        "of": len(items),
        "before": items[here - 1] if here else None,
        "after": after,
        "form": form,
        "present": meeting.present.filter(pk=shown.decision.decider_id).exists() if shown.decision else False,
        "not_yet_form": NotYetForm(auto_id="not_yet_%s", today=today),
        "no_form": DeclineForm(auto_id="no_%s"),
        "small": request.small,
    }
    return render(request, "act/meetings/point.html", context)


@require_POST
@needs(Right.SEE_FIXES)
def move_point(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    item = _item(request, pk)
    try:
        up = request.POST.get("way") == "up"
        actions.move_point(item=item, up=up, by=request.person, now=timezone.now())
    except actions.MeetingOver:
        messages.warning(request, _("It stands differently by now; look again."))
    return redirect(f"{reverse('act:meeting', args=[item.meeting_id])}#point-{item.pk}")


@require_POST
@needs(Right.SEE_FIXES)
def decide_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Do it, not yet, or no, in front of all."""
    item, answer, today = _item(request, pk), request.POST.get("answer"), timezone.localdate()
    form = NotYetForm(request.POST, today=today) if answer == Decided.NOT_YET else DeclineForm(request.POST)
    if answer not in Decided.values or item.decision_id is None:
        return redirect("act:point", pk)
    what = {}
    if answer != Decided.DO_IT:
        if not form.is_valid():
            words = _("A no needs its reason, and a not yet also a day to come.")
            return again(request, item.decision.fix, form, answer, words, reverse("act:point", args=[pk]))
        what = form.cleaned_data
    try:
        actions.decide_there(item=item, answer=answer, by=request.person, now=timezone.now(), **what)
    except (actions.MeetingOver, actions.NotOpened, actions.NothingToDecide):
        messages.warning(request, _("It stands differently by now; look again."))
    except (actions.AlreadyShipped, actions.AlreadyDeclined, actions.AlreadyMerged):
        messages.warning(request, _("It stands differently by now; look again."))
    except actions.NotTheirsToDecide:
        messages.warning(request, _("Only the decider decides: say that they are present, or put it off."))
    else:
        messages.success(request, _("Decided."))
    return redirect("act:point", pk)
