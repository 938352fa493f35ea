"""What a channel needs in each country, and the texts customers are shown."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import BasisForm, WordingForm
from coalface.people.queries import everywhere
from coalface.permissions import Right, needs
from coalface.records.models import ConsentWording


@needs(Right.SET_CONSENT_RULES)
def consent_rules(request: HttpRequest) -> HttpResponse:
    """The table, country by country, and the texts."""
    return _page(request)


@needs(Right.SET_CONSENT_RULES)
@require_POST
def set_basis(request: HttpRequest) -> HttpResponse:
    """Decide what a channel needs."""
    _only_for_all(request)
    form = BasisForm(request.POST)
    if not form.is_valid():
        return _page(request, basis_form=form)
    actions.set_basis(by=request.person, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("From now on this holds."))
    return redirect("customers:consent_rules")


@needs(Right.SET_CONSENT_RULES)
@require_POST
def write_wording(request: HttpRequest) -> HttpResponse:
    """Keep a text; one somebody agreed to stays as it is."""
    _only_for_all(request)
    form = WordingForm(request.POST)
    if form.is_valid():
        try:
            actions.write_wording(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.AlreadyShown:
            form.add_error("version", _("Customers agreed to this version. Write a new one."))
        else:
            messages.success(request, _("The text is kept."))
            return redirect("customers:consent_rules")
    return _page(request, wording_form=form)


def _only_for_all(request: HttpRequest) -> None:
    """A rule holds in every unit, so it takes the right in all of them."""
    if not everywhere(request.rights, Right.SET_CONSENT_RULES):
        raise PermissionDenied(Right.SET_CONSENT_RULES)


def _page(
    request: HttpRequest, basis_form: BasisForm | None = None, wording_form: WordingForm | None = None
) -> HttpResponse:
    tables = [(country, queries.table(country)) for country in ["", *queries.countries_with_rows()]]
    context = {
        "tables": [(country, cells, any(cell.row for cell in cells)) for country, cells in tables],
        "wordings": ConsentWording.objects.select_related("written_by").order_by("-version", "language"),
        "basis_form": basis_form or BasisForm(),
        "wording_form": wording_form or WordingForm(),
        "basis_wrong": basis_form is not None,
        "wording_wrong": wording_form is not None,
        "sees_customers": request.rights.has(Right.SEE_CUSTOMERS),
        "small": request.small,
    }
    return render(
        request, "customers/consent_rules.html", context, status=422 if basis_form or wording_form else 200
    )
