"""Today's call: whom to thank, how to do it, and straight to writing down what they said."""

from uuid import UUID

import uuid_utils.compat as uuid
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.customers.actions import NoConsent, Restricted
from coalface.customers.queries import customers_within, glance
from coalface.meet import actions
from coalface.meet.forms import ThankForm
from coalface.meet.queries import call_today, questions_of_a_call, whom_to_thank_today
from coalface.people.queries import everywhere, position_of
from coalface.permissions import Right, needs
from coalface.plan.actions import NewFormat
from coalface.plan.forms import ready_formats
from coalface.records.models import Channel, Customer, Unit

CALL, IN_PASSING = "thank-you-call", "drop-in"


@needs(Right.SEE_CUSTOMERS)
def thank_somebody(request: HttpRequest) -> HttpResponse:
    """A few customers nobody has met lately: one of them is enough for today."""
    within, now = customers_within(request.rights, Right.SEE_CUSTOMERS), timezone.now()
    context = {
        "call": call_today(request.person, request.rights, now),
        "customers": whom_to_thank_today(within, now),
        "may_import": everywhere(request.rights, Right.MANAGE_CUSTOMERS),
    }
    return render(request, "meet/thanking/whom.html", context | {"small": request.small})


@needs(Right.SEE_CUSTOMERS)
def thank_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How to thank them; pressed afterwards it is an encounter that took place."""
    now = timezone.now()
    within = customers_within(request.rights, Right.SEE_CUSTOMERS).select_related("unit")
    customer = get_object_or_404(within, pk=pk)
    known = glance(customer, request.person, now)
    may_call = bool(customer.phone) and not known.restrictions and _agreed(known.consents)
    form = ThankForm(request.POST or None, may_call=may_call, initial={"id": uuid.uuid7()})
    if request.method == "POST" and form.is_valid():
        return _thanked(request, customer, form)
    call = call_today(request.person, request.rights, now)
    guide = _format(CALL if may_call else IN_PASSING).guide
    context = {
        "customer": customer,
        "call": call if call and call.customer.pk == customer.pk else None,
        "questions": questions_of_a_call(guide),
        "known": known,
        "may_call": may_call,
        "form": form,
        "guide": guide.splitlines(),
        "may_manage": request.rights.has(Right.MANAGE_CUSTOMERS),
        "small": request.small,
    }
    return render(request, "meet/thanking/one.html", context)


@needs(Right.SEE_CUSTOMERS)
@require_POST
def another_call(request: HttpRequest) -> HttpResponse:
    """Somebody else today; why is nobody's business."""
    found = actions.choose_another(person=request.person, now=timezone.now())
    if found is None:
        messages.info(request, _("There is nobody else today. Tomorrow there will be."))
    return redirect("home:week" if "week" in request.POST else "meet:thank_somebody")


def _agreed(consents: list) -> bool:
    return any(one.channel == Channel.PHONE and one.withdrawn_at is None for one in consents)


def _format(key: str) -> NewFormat:
    return next(one for one in ready_formats() if one.key == key)


def _thanked(request: HttpRequest, customer: Customer, form: forms.Form) -> HttpResponse:
    given, now = form.cleaned_data, timezone.now()
    called = given["how"] == "called"
    position = position_of(request.person, timezone.localdate(now))
    unit = customer.unit or (position.unit if position else Unit.objects.get(parent=None))
    try:
        held = actions.thank_today(
            customer=customer,
            called=called,
            format=_format(CALL if called else IN_PASSING),
            unit=unit,
            by=request.person,
            now=now,
            id=given["id"],
        )
    except (NoConsent, Restricted):
        messages.warning(request, _("They may not be called. Thank them when they are here."))
        return redirect("meet:thank_one", customer.pk)
    except actions.IdTaken:
        messages.warning(request, _("This did not go through. Please press it once more."))
        return redirect("meet:thank_one", customer.pk)
    messages.success(request, _("Good that you thanked them. What did they say?"))
    return redirect("meet:encounter", held.pk)
