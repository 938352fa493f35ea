"""Leaving a customer alone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions
from coalface.customers.forms import RestrictionForm
from coalface.permissions import Right, needs
from coalface.records.models import ContactRestriction

from .page import page, theirs


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def restrict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the customer alone."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    now = timezone.now()
    form = RestrictionForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return page(request, one, restriction_form=form)
    actions.restrict(customer=one, by=request.person, now=now, **form.cleaned_data)
    messages.success(request, _("Nobody will approach them while this holds."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason to leave the customer alone is gone; twice is once."""
    restriction = get_object_or_404(ContactRestriction.objects.select_related("customer"), pk=pk)
    one = theirs(request, restriction.customer_id, Right.MANAGE_CUSTOMERS)
    try:
        actions.lift(restriction=restriction, by=request.person, now=timezone.now())
    except actions.AlreadyOver:
        messages.warning(request, _("This had been lifted before."))
    else:
        messages.success(request, _("They may be approached again."))
    return redirect("customers:customer", one.pk)
