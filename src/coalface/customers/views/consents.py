"""What a customer agreed to, and took back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import ConsentForm
from coalface.permissions import Right, needs
from coalface.records.models import Consent

from .page import page, theirs


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def record_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The customer said yes to something."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    form = ConsentForm(request.POST, versions=queries.versions())
    if not form.is_valid():
        return page(request, one, consent_form=form)
    row = actions.NewConsent(customer=one, **form.cleaned_data)
    try:
        actions.record_consents(rows=[row], by=request.person, now=timezone.now())
    except actions.AlreadyAgreed:
        form.add_error(None, _("They agreed to this before, and it still holds."))
        return page(request, one, consent_form=form)
    messages.success(request, _("Their yes is on record."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer took a yes back; twice is once."""
    consent = get_object_or_404(Consent.objects.select_related("customer"), pk=pk)
    one = theirs(request, consent.customer_id, Right.MANAGE_CUSTOMERS)
    try:
        actions.withdraw_consent(consent=consent, by=request.person, now=timezone.now())
    except actions.AlreadyWithdrawn:
        messages.warning(request, _("This consent had been withdrawn before."))
    else:
        messages.success(request, _("Withdrawn. Nobody will reach them this way for this purpose."))
    return redirect("customers:customer", one.pk)
