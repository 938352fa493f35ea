"""Pages about customers: the directory, and one customer at one glance."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import ConsentForm, CustomerForm, RestrictionForm, SearchForm
from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.records.models import Consent, ContactRestriction, Customer
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.SEE_CUSTOMERS)
def index(request: HttpRequest) -> HttpResponse:
    """Customers by name, with a search."""
    units = units_within(request.rights, Right.SEE_CUSTOMERS)
    form = SearchForm(request.GET, segments=queries.segments(), units=units)
    wanted = form.cleaned_data if form.is_valid() else {}
    customers = queries.customers_within(request.rights, Right.SEE_CUSTOMERS)
    if unit := wanted.get("unit"):
        customers = customers.filter(unit__path__startswith=unit.path)
    found = queries.named(customers, wanted.get("q", ""), wanted.get("segment", ""))
    if file := taken(request, Offer(queries.CUSTOMERS, found.select_related("household"))):
        return file
    context = {
        "form": form,
        "page": page_of(request, found),
        "searching": any(wanted.values()),
        "may_manage": request.rights.has(Right.MANAGE_CUSTOMERS),
        "small": request.small,
    }
    return render(request, "customers/index.html", context)


@needs(Right.MANAGE_CUSTOMERS)
def add(request: HttpRequest) -> HttpResponse:
    """Write down a customer by hand."""
    units = units_within(request.rights, Right.MANAGE_CUSTOMERS)
    form = CustomerForm(request.POST or None, units=units, initial={"unit": units.first()})
    if request.method == "POST" and form.is_valid():
        row = actions.NewCustomer(**form.cleaned_data)
        customer = actions.add_customers(rows=[row], by=request.person, now=timezone.now())[0]
        messages.success(request, _("%(name)s is in the directory.") % {"name": customer.name})
        return redirect("customers:customer", customer.pk)
    return render(request, "customers/add.html", {"form": form, "small": request.small})


@needs(Right.SEE_CUSTOMERS)
def customer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who this is, what they said last, and what we owe them."""
    return _page(request, _theirs(request, pk, Right.SEE_CUSTOMERS))


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def record_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The customer said yes to something."""
    one = _theirs(request, pk, Right.MANAGE_CUSTOMERS)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, one, consent_form=form)
    row = actions.NewConsent(customer=one, **form.cleaned_data)
    try:
        actions.record_consents(rows=[row], by=request.person, now=timezone.now())
    except actions.AlreadyAgreed:
        form.add_error(None, _("They agreed to this before, and it still holds."))
        return _page(request, one, consent_form=form)
    messages.success(request, _("Their yes is on record."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer took a yes back; twice is once."""
    consent = get_object_or_404(Consent.objects.select_related("customer"), pk=pk)
    one = _theirs(request, consent.customer_id, Right.MANAGE_CUSTOMERS)
    try:
        actions.withdraw_consent(consent=consent, by=request.person, now=timezone.now())
    except actions.AlreadyWithdrawn:
        messages.warning(request, _("This consent had been withdrawn before."))
    else:
        messages.success(request, _("Withdrawn. Nobody will reach them this way for this purpose."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def restrict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the customer alone."""
    one = _theirs(request, pk, Right.MANAGE_CUSTOMERS)
    now = timezone.now()
    form = RestrictionForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, one, restriction_form=form)
    actions.restrict(customer=one, by=request.person, now=now, **form.cleaned_data)
    messages.success(request, _("Nobody will approach them while this holds."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason to leave the customer alone is gone; twice is once."""
    restriction = get_object_or_404(ContactRestriction.objects.select_related("customer"), pk=pk)
    one = _theirs(request, restriction.customer_id, Right.MANAGE_CUSTOMERS)
    try:
        actions.lift(restriction=restriction, by=request.person, now=timezone.now())
    except actions.AlreadyOver:
        messages.warning(request, _("This had been lifted before."))
    else:
        messages.success(request, _("They may be approached again."))
    return redirect("customers:customer", one.pk)


def _theirs(request: HttpRequest, pk: UUID, right: Right) -> Customer:
    within = queries.customers_within(request.rights, right)
    return get_object_or_404(within.select_related("unit", "account_owner"), pk=pk)


def _page(
    request: HttpRequest,
    one: Customer,
    consent_form: ConsentForm | None = None,
    restriction_form: RestrictionForm | None = None,
) -> HttpResponse:
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
