"""One customer at one glance, as it is shown and shown again beside what was wrong."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from coalface.customers import queries
from coalface.customers.forms import ConsentForm, HouseholdForm, RestrictionForm
from coalface.people.queries import everywhere
from coalface.permissions import Right, needs
from coalface.records.models import Customer


@needs(Right.SEE_CUSTOMERS)
def customer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who this is, what they said last, and what we owe them; a merged entry leads to the kept one."""
    merged = Customer.objects.filter(pk=pk, erased_at=None).exclude(merged_into=None).first()
    if merged:
        kept = theirs(request, queries.kept_of(merged).pk, Right.SEE_CUSTOMERS)
        return redirect("customers:customer", kept.pk)
    return page(request, theirs(request, pk, Right.SEE_CUSTOMERS))


def theirs(request: HttpRequest, pk: UUID, right: Right) -> Customer:
    """The customer, if the right reaches them."""
    within = queries.customers_within(request.rights, right)
    return get_object_or_404(within.select_related("unit", "account_owner", "household"), pk=pk)


def page(
    request: HttpRequest,
    one: Customer,
    consent_form: ConsentForm | None = None,
    restriction_form: RestrictionForm | None = None,
    household_form: HouseholdForm | None = None,
) -> HttpResponse:
    """The whole page; a form that was wrong stays open."""
    now = timezone.now()
    wrong = consent_form or restriction_form or household_form
    context = {
        "customer": one,
        "glance": queries.glance(one, request.person, now),
        "today": timezone.localdate(now),
        "may_manage": _reaches(request, Right.MANAGE_CUSTOMERS, one),
        "sees_value": _reaches(request, Right.SEE_VALUE, one),
        "answers_wishes": _reaches(request, Right.ANSWER_WISHES, one),
        "sees_all_encounters": request.rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS),
        "consent_form": consent_form or ConsentForm(versions=queries.versions()),
        "restriction_form": restriction_form or RestrictionForm(today=timezone.localdate(now)),
        "household_form": household_form or HouseholdForm(),
        "consent_wrong": consent_form is not None,
        "restriction_wrong": restriction_form is not None,
        "household_wrong": household_form is not None,
        "small": request.small,
    }
    return render(request, "customers/customer.html", context, status=422 if wrong else 200)


def _reaches(request: HttpRequest, right: Right, one: Customer) -> bool:
    """Whether the right reaches this customer; one without a unit belongs to the whole organisation."""
    return request.rights.reach(right, one.unit) if one.unit else everywhere(request.rights, right)
