"""A care walk: judging one thing after the other, correcting, raising, and the sheet to print."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import REFUSED, JudgedForm, JudgeForm
from coalface.meet.queries import care_walk_of, is_finished
from coalface.permissions import Right, needs
from coalface.records.models import CareItem, Encounter, FormatKind

from .access import encounter_for, sent_from
from .encounters import meeting_address
from .formats import format_page


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:encounter")
def judge_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next thing, and straight on to the one after."""
    now, meeting = timezone.now(), encounter_for(request, pk, FormatKind.CARE_WALK)
    form = JudgeForm(request.POST, request.FILES, auto_id="item_%s")
    if form.is_valid():
        form = _judged(request, form, meeting, now)
    if not form.is_valid():
        return format_page(request, meeting, now, item_form=form)
    return redirect(f"{meeting_address(pk)}?walking#next-item")


def _judged(request: HttpRequest, form: JudgeForm, meeting: Encounter, now: datetime) -> JudgeForm:
    """The form as it went through, or with what was wrong; another picture gets an id of its own."""
    try:
        actions.judge_item(encounter=meeting, by=request.person, now=now, **form.cleaned_data)
    except actions.Refused as refused:
        form.add_error("photo", REFUSED[refused.refusal])
    except actions.IdTaken:
        again = form.data.copy()
        again["photo_id"] = str(uuid.uuid7())
        form = JudgeForm(again, request.FILES, auto_id="item_%s")
        form.add_error("photo", _("This picture did not go through. Please choose it once more."))
    except (actions.NotHeld, actions.Finished):
        messages.warning(request, _("Things are judged while the walk is under way."))
    return form


@needs(Right.MEET_CUSTOMERS)
def care_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was judged."""
    now, item = timezone.now(), _item_for(request, pk)
    if request.method != "POST" and is_finished(item.encounter):
        return redirect(f"{meeting_address(item.encounter_id)}#care")
    first = {
        "name": item.name,
        "kind": item.kind,
        "cares": "yes" if item.cares else "no",
        "words": item.words.text if item.words else "",
    }
    form = JudgedForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(item=item, by=request.person, now=now, **form.cleaned_data)
        except actions.NothingToSee:
            form.add_error("words", _("It has no picture, so it needs its words."))
        except (actions.NotHeld, actions.Finished):
            messages.warning(request, _("Things are judged while the walk is under way."))
    if request.method == "POST" and form.is_valid():
        return redirect(f"{meeting_address(item.encounter_id)}#care")
    return render(request, "meet/care_item.html", {"item": item, "encounter": item.encounter, "form": form})


@needs(Right.MEET_CUSTOMERS)
@require_POST
def raise_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One press makes it a remark."""
    now, item = timezone.now(), _item_for(request, pk)
    reading = _("“%(name)s” does not say “we care”.") % {"name": item.name}
    if item.words and item.words.text:
        reading = f"{reading} “{item.words.text}”"
    try:
        actions.raise_item(item=item, id=uuid.uuid7(), reading=reading, by=request.person, now=now)
    except actions.ItemRaised:
        messages.warning(request, _("It has its remark already."))
    except actions.Cares:
        messages.warning(request, _("It says “we care”: there is nothing to raise."))
    except (actions.NotHeld, actions.Finished):
        messages.warning(request, _("Things are judged while the walk is under way."))
    return redirect(f"{meeting_address(item.encounter_id)}#care")


@needs(Right.MEET_CUSTOMERS)
def care_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that was judged, on a sheet to print and hang up."""
    meeting = encounter_for(request, pk, FormatKind.CARE_WALK)
    people = meeting.attendances.select_related("person")
    context = {"encounter": meeting, "care": care_walk_of(meeting), "attendances": people}
    return render(request, "meet/care_sheet.html", context)


def _item_for(request: HttpRequest, pk: int) -> CareItem:
    rows = CareItem.objects.select_related("encounter__format", "encounter__unit", "words", "photo")
    found = get_object_or_404(rows, pk=pk)
    encounter_for(request, found.encounter_id)
    return found
