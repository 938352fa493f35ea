"""One customer at one glance, as it is shown and shown again beside what was wrong."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from coalface.customers import queries
from coalface.customers.forms import ConsentForm, RestrictionForm
from coalface.permissions import Right, needs
from coalface.records.models import Customer


@needs(Right.SEE_CUSTOMERS)
def customer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who this is, what they said last, and what we owe them."""
    return page(request, theirs(request, pk, Right.SEE_CUSTOMERS))


def theirs(request: HttpRequest, pk: UUID, right: Right) -> Customer:
    """The customer, if the right reaches them."""
    within = queries.customers_within(request.rights, right)
    return get_object_or_404(within.select_related("unit", "account_owner"), pk=pk)


def page(
    request: HttpRequest,
    one: Customer,
    consent_form: ConsentForm | None = None,
    restriction_form: RestrictionForm | None = None,
) -> HttpResponse:
    """The whole page; a form that was wrong stays open."""
    now = timezone.now()
    managed = queries.customers_within(request.rights, Right.MANAGE_CUSTOMERS)
    wrong = consent_form or restriction_form
    context = {
        "customer": one,
        "glance": queries.glance(one, request.person, now),
        "today": timezone.localdate(now),
        "may_manage": managed.filter(pk=one.pk).exists(),
        "sees_all_encounters": request.rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS),
        "consent_form": consent_form or ConsentForm(),
        "restriction_form": restriction_form or RestrictionForm(today=timezone.localdate(now)),
        "consent_wrong": consent_form is not None,
        "restriction_wrong": restriction_form is not None,
        "small": request.small,
    }
    return render(request, "customers/customer.html", context, status=422 if wrong else 200)
