"""The directory, and writing somebody into it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.customers import actions, queries
from coalface.customers.forms import CustomerForm, SearchForm
from coalface.people.queries import everywhere, units_within
from coalface.permissions import Right, needs
from coalface.records.tables import Table
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
    if file := taken(request, Offer(_columns(request), found.select_related("household"))):
        return file
    context = {
        "form": form,
        "page": page_of(request, found),
        "searching": any(wanted.values()),
        "may_manage": request.rights.has(Right.MANAGE_CUSTOMERS),
        "answers_wishes": request.rights.has(Right.ANSWER_WISHES),
        "sets_rules": request.rights.has(Right.SET_CONSENT_RULES),
        "may_import": everywhere(request.rights, Right.MANAGE_CUSTOMERS),
        "small": request.small,
    }
    return render(request, "customers/index.html", context)


def _columns(request: HttpRequest) -> Table:
    """What customers are worth only for those who see it on their pages."""
    worth = () if request.rights.has(Right.SEE_VALUE) else ("yearly_value", "currency")
    return queries.CUSTOMERS.without(*worth)


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
