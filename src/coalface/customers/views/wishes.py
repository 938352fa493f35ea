"""Wishes of customers about what we hold: to see it, and to be forgotten."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import RefusalForm
from coalface.permissions import Right, needs
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .page import theirs


@needs(Right.ANSWER_WISHES)
def wishes(request: HttpRequest) -> HttpResponse:
    """What waits, by the day it has to be answered, and what was answered."""
    found = queries.wishes(request.rights)
    if file := taken(request, Offer(queries.WISHES, found)):
        return file
    context = {
        "page": page_of(request, found),
        "today": timezone.localdate(),
        "sees_customers": request.rights.has(Right.SEE_CUSTOMERS),
        "small": request.small,
    }
    return render(request, "customers/wishes.html", context)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def ask_to_be_forgotten(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that a customer wants to be forgotten."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    actions.ask_to_be_forgotten(customer=one, by=request.person, now=timezone.now())
    messages.success(request, _("Their wish is on record, with the day it has to be answered by."))
    return redirect("customers:customer", one.pk)


@needs(Right.ANSWER_WISHES)
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish: what would go and what would stay; carried out by pressing, for good."""
    one = get_object_or_404(queries.wishes(request.rights), pk=pk)
    if request.method == "POST":
        try:
            actions.carry_out(wish=one, by=request.person, now=timezone.now())
        except actions.AlreadyAnswered:
            messages.warning(request, _("This wish was answered before."))
        else:
            messages.success(request, _("Forgotten. Every count stays as it was."))
        return redirect("customers:wishes")
    return _page(request, one, RefusalForm(), 200)


@needs(Right.ANSWER_WISHES)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason the customer is told."""
    one = get_object_or_404(queries.wishes(request.rights), pk=pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, 422)
    try:
        actions.refuse_erasure(wish=one, by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyAnswered:
        messages.warning(request, _("This wish was answered before."))
    else:
        messages.success(request, _("Refused. Tell them why, and that they may complain about it."))
    return redirect("customers:wishes")


@needs(Right.ANSWER_WISHES)
@require_POST
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything we hold about a customer, to give to them."""
    one = theirs(request, pk, Right.ANSWER_WISHES)
    content = actions.hand_out(customer=one, by=request.person, now=timezone.now())
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="about-{one.pk}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, one, form: RefusalForm, status: int) -> HttpResponse:
    context = {
        "wish": one,
        "form": form,
        "reached": queries.would_reach(one),
        "sees_customers": request.rights.has(Right.SEE_CUSTOMERS),
        "small": request.small,
    }
    return render(request, "customers/wish.html", context, status=status)
