"""The customer of a match cannot come: whom they meet instead."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.customers.actions import NoConsent, Restricted, TooSoon
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.records.models import Assignment, Customer

from .board import changeable, match_for

NOT_NOW = (actions.NotToBeAsked, Restricted, NoConsent, TooSoon)


@needs(Right.PLAN)
def replace_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The next best customers with the reason for each; one of them takes the place."""
    now, found = timezone.now(), match_for(request, pk)
    if found.customer_id is None:
        raise Http404(pk)
    if request.method == "POST":
        return _replaced(request, found, _chosen(request, found))
    free = changeable(found.plan) and found.slot.starts_at > now
    context = {
        "match": found,
        "plan": found.plan,
        "changeable": free,
        "rows": queries.instead_of(found, now) if free else (),
        "small": request.small,
    }
    return render(request, "plan/board/replace.html", context)


def _chosen(request: HttpRequest, match: Assignment) -> Customer:
    try:
        wanted = UUID(request.POST.get("customer", ""))
    except ValueError:
        raise Http404(match.pk) from None
    there = Customer.objects.present().filter(queries.served_by(match.plan.unit))
    return get_object_or_404(there, pk=wanted)


def _replaced(request: HttpRequest, match: Assignment, customer: Customer) -> HttpResponse:
    name = {"name": customer.name}
    try:
        made = actions.replace_customer(match=match, customer=customer, by=request.person, now=timezone.now())
    except NOT_NOW:
        messages.error(request, _("%(name)s may not be asked now. Nothing was changed.") % name)
    except actions.AskedAlready:
        words = _("%(name)s meets somebody by this plan already. Nothing was changed.")
        messages.error(request, words % name)
    except actions.SpeaksAnotherLanguage:
        messages.error(request, _("%(name)s speaks another language. Nothing was changed.") % name)
    except (actions.NotToBeChanged, actions.NobodyByName):
        messages.error(request, _("It has begun, is over, or was taken out. Nothing was changed."))
    else:
        messages.success(request, _("%(name)s is met instead, and the match is locked.") % name)
        if encounter := queries.encounter_of(made):
            return redirect(f"{redirect('meet:encounter', encounter.pk).url}#coming")
        return redirect("plan:match", match.pk)
    return redirect("plan:replace_customer", match.pk)
