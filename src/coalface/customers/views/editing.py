"""Putting right what stands in the directory."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers import actions, queries
from coalface.customers.forms import EditForm, HouseholdForm
from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.records.models import Customer, Person

from .page import page, theirs


@needs(Right.MANAGE_CUSTOMERS)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a customer; whoever saves second sees what the first one wrote."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    form = _form(request, one, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            actions.change(
                customer=one, seen=form.cleaned_data["seen"], by=request.person, now=timezone.now(), **fields
            )
        except actions.ChangedMeanwhile as changed:
            messages.warning(
                request, _("Somebody else changed this customer meanwhile. This is how it stands now.")
            )
            return _shown(request, changed.customer, _form(request, changed.customer, None), 409)
        except actions.ReferenceTaken:
            form.add_error("reference", _("Another customer has this number."))
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:customer", one.pk)
    return _shown(request, one, form, 422 if form.errors else 200)


def _form(request: HttpRequest, one: Customer, sent) -> EditForm:
    """The form works on a copy: what was typed is not how it stands."""
    fresh = Customer.objects.get(pk=one.pk)
    return EditForm(
        sent,
        instance=fresh,
        initial={"seen": queries.state_of(fresh)},
        units=units_within(request.rights, Right.MANAGE_CUSTOMERS),
        colleagues=Person.objects.working(timezone.localdate()),
    )


def _shown(request: HttpRequest, one: Customer, form: EditForm, status: int) -> HttpResponse:
    context = {"form": form, "customer": one, "small": request.small}
    return render(request, "customers/edit.html", context, status=status)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def join_household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Belong to a household or account, an existing one or a new one."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    form = HouseholdForm(request.POST)
    if not form.is_valid():
        return page(request, one, household_form=form)
    told = {"customer": one, "by": request.person, "now": timezone.now()}
    try:
        if there := form.existing():
            actions.join_household(household=there, **told)
        else:
            actions.make_household(**form.cleaned_data, **told)
    except actions.BelongsElsewhere:
        form.add_error(None, _("They belong to another one. Let them leave that first."))
        return page(request, one, household_form=form)
    messages.success(request, _("They belong to it now."))
    return redirect("customers:customer", one.pk)


@needs(Right.MANAGE_CUSTOMERS)
@require_POST
def leave_household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Belong to nobody but themselves; twice is once."""
    one = theirs(request, pk, Right.MANAGE_CUSTOMERS)
    actions.leave_household(customer=one, by=request.person, now=timezone.now())
    messages.success(request, _("They belong to no household any more."))
    return redirect("customers:customer", one.pk)
