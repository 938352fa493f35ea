"""One remark and who answers for it, and all of a person's own."""

from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat as uuid
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.meet import actions
from coalface.meet.forms import KINDS, AnswerForm, PhotoForm
from coalface.meet.queries import REMARKS, Fate, colleagues, fates, is_finished, told
from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.history import history_of
from coalface.records.models import Answer, Disposition, PromiseToCustomer, Remark
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .access import encounter_for, may_add_to, may_answer, may_see, remark_for, sent_from
from .encounters import meeting_address

PHOTO = "photo_%s"  # its form stands on one page with another
SIMPLE = {Answer.FIXED_NOW: actions.fix_now, Answer.OWNED: actions.own, Answer.KEPT: actions.keep}


@needs(Right.MEET_CUSTOMERS)
def remarks(request: HttpRequest) -> HttpResponse:
    """What the reader wrote down, and what became of each."""
    now = timezone.now()
    days = int(number("resolution_after_days"))
    mine = Remark.objects.filter(noted_by=request.person)
    lists = _lists(mine, now, now - timedelta(days=days))
    status = request.GET.get("status", "")
    rows = lists.get(status, mine).select_related(
        "verbatim", "reading", "customer", "noted_by", "encounter__unit"
    )
    rows = rows.order_by("-noted_at", "-sequence", "-id")
    if file := taken(request, Offer(REMARKS, rows, lambda chunk: told(chunk, now))):
        return file
    page = page_of(request, rows)
    context = {
        "page": page,
        "lines": told(list(page), now),
        "counts": _counts(mine, lists, now),
        "status": status if status in lists else "",
        "days": days,
    }
    return render(request, "meet/remarks.html", context)


def _lists(mine: QuerySet, now: datetime, since: datetime) -> dict[str, QuerySet]:
    return {
        "open": mine.unresolved(now).asking() | mine.unresolved(now).open(),
        "unanswered": mine.open(),
        "resolved": mine.resolved(now),
        "old": mine.asking().filter(noted_at__lt=since),
    }


def _counts(mine: QuerySet, lists: dict[str, QuerySet], now: datetime) -> dict[str, int]:
    """How long each list is, all of them together and how much of the old is resolved, in one query."""
    counted = lists | {"all": mine, "old_resolved": lists["old"].resolved(now)}
    return mine.aggregate(
        **{name: Count("pk", filter=Q(pk__in=rows.order_by().values("pk"))) for name, rows in counted.items()}
    )


@needs(Right.MEET_CUSTOMERS)
def remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One thing that was said: the words, who holds it, what happened since."""
    return remark_page(request, remark_for(request, pk), timezone.now())


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:remark")
def dispose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer for a remark."""
    now, said = timezone.now(), remark_for(request, pk)
    if not may_answer(request, said, fates([said], now)[said.pk]):
        raise PermissionDenied(pk)
    form = AnswerForm(request.POST, today=timezone.localdate(now), by=request.person)
    if not form.is_valid():
        return remark_page(request, said, now, form=form)
    try:
        _answer(said, form.cleaned_data, request, now)
    except actions.Finished:
        messages.warning(request, _("The encounter is finished, and this is settled."))
    return _back(request, said)


def _answer(said: Remark, given: dict, request: HttpRequest, now: datetime) -> None:
    who_and_when = {"remark": said, "by": request.person, "now": now}
    answer = Answer(given["answer"])
    if answer == Answer.HANDED_OVER:
        actions.hand_over(to=given["to"], **who_and_when)
    elif answer == Answer.PASSED_ON:
        actions.pass_on(to=given["to"], **who_and_when)
    elif answer == Answer.DECLINED:
        actions.decline(reason=given["reason"], told=given["told"], **who_and_when)
    else:
        SIMPLE[answer](**who_and_when)


@needs(Right.MEET_CUSTOMERS)
@sent_from("meet:remark")
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The customer knows that it was declined."""
    now, said = timezone.now(), remark_for(request, pk)
    if not may_answer(request, said, fates([said], now)[said.pk]):
        raise PermissionDenied(pk)
    declined = get_object_or_404(Disposition, remark=said, answer=Answer.DECLINED, ended_at=None)
    actions.mark_told(disposition=declined, by=request.person, now=now)
    return _back(request, said)


@needs(Right.MEET_CUSTOMERS)
@require_POST
def settle_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise was kept, or broken."""
    made = get_object_or_404(PromiseToCustomer, pk=pk)
    encounter_for(request, made.encounter_id)
    try:
        actions.settle_promise(
            promise=made, kept=request.POST.get("kept") == "yes", by=request.person, now=timezone.now()
        )
    except actions.AlreadySettled:
        messages.warning(request, _("Somebody has settled this before."))
    return redirect(f"{meeting_address(made.encounter_id)}#promises")


def _back(request: HttpRequest, said: Remark) -> HttpResponse:
    """To the place of the remark at its encounter, for who may see that, or else to the remark alone."""
    if may_see(request, said.encounter):
        return redirect(f"{meeting_address(said.encounter_id)}#remark-{said.pk}")
    return redirect("meet:remark", said.pk)


def remark_page(
    request: HttpRequest,
    said: Remark,
    now: datetime,
    form: AnswerForm | None = None,
    photo_form: PhotoForm | None = None,
) -> HttpResponse:
    """The page with its forms; one that was sent and refused comes back as it was sent."""
    fate = fates([said], now)[said.pk]
    today = timezone.localdate(now)
    if may_add_to(request, said):
        photo_form = photo_form or PhotoForm(auto_id=PHOTO, initial={"id": uuid.uuid7()})
    context = {
        "remark": said,
        "photo_form": photo_form,
        "fate": fate,
        "form": form,
        "may_answer": may_answer(request, said, fate),
        "kinds": _kinds(request, said, fate),
        "may_see_encounter": may_see(request, said.encounter),
        "events": history_of(said).order_by("at", "id"),
        "colleagues": colleagues(today, request.person),
        "mine_to_accept": fate.code == "waiting" and fate.hand_over.receiver_id == request.person.pk,
    }
    return render(request, "meet/remark.html", context)


def _kinds(request: HttpRequest, said: Remark, fate: Fate) -> tuple:
    """What it may be corrected to, as long as the encounter is not finished."""
    if not may_answer(request, said, fate) or is_finished(said.encounter):
        return ()
    return KINDS
