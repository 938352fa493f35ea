"""Entries that may be one customer: proposed, side by side, merged, and taken apart."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import MergeForm
from coalface.permissions import Right, needs
from coalface.records.models import Customer, Merging
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

from .page import theirs


@needs(Right.MANAGE_CUSTOMERS)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one customer, the likeliest first."""
    pairs, as_of = queries.proposed()
    within = queries.customers_within(request.rights, Right.MANAGE_CUSTOMERS).select_related("unit")
    found = queries.both_within(pairs, within)
    if file := taken(request, Offer(queries.PAIRS, found)):
        return file
    context = {"page": page_of(request, found), "as_of": as_of, "small": request.small}
    return render(request, "customers/duplicates.html", context)


@needs(Right.MANAGE_CUSTOMERS)
def choose_other(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find the other entry by name or number."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    words = request.GET.get("q", "").strip()[:80]
    within = queries.customers_within(request.rights, Right.MANAGE_CUSTOMERS).exclude(pk=one.pk)
    found = queries.named(within, words)[:20] if words else []
    context = {"customer": one, "q": words, "found": found, "small": request.small}
    return render(request, "customers/choose_other.html", context)


@needs(Right.MANAGE_CUSTOMERS)
def merge(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Both side by side, and what is kept of each."""
    kept, gone = (theirs(request, each, Right.MANAGE_CUSTOMERS) for each in (pk, other))
    if kept == gone:
        raise Http404
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge(kept=kept, gone=gone, chosen=form.chosen(), by=request.person, now=timezone.now())
        except actions.CannotMerge:
            messages.warning(request, _("They are one entry already."))
        else:
            messages.success(request, _("They are one customer now. Below you can take them apart again."))
        return redirect("customers:customer", kept.pk)
    context = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "sides": [(one, queries.weight(one)) for one in (kept, gone)],
        "small": request.small,
    }
    return render(request, "customers/merge.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def tell_apart(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """They are two; they are not proposed again."""
    one, second = (theirs(request, each, Right.MANAGE_CUSTOMERS) for each in (pk, other))
    actions.tell_apart(one=one, other=second, by=request.person, now=timezone.now())
    messages.success(request, _("They stay two, and are not proposed again."))
    return redirect("customers:duplicates")


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def take_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Two of them again; twice is once."""
    merging = get_object_or_404(Merging, pk=pk)
    one: Customer = theirs(request, merging.kept_id, Right.MANAGE_CUSTOMERS)
    try:
        actions.take_apart(merging=merging, by=request.person, now=timezone.now())
    except actions.CannotTakeApart:
        messages.warning(request, _("They cannot be taken apart any more."))
    else:
        messages.success(request, _("They are two again. What came since stays here."))
    return redirect("customers:customer", one.pk)
