"""The pages of other systems: whom we tell, what became of it, and who may tell us.

Whom we tell hears of the whole organisation, which takes the right in all of it; who tells us has a unit.
"""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.people.queries import everywhere, units_within
from coalface.permissions import Right, needs
from coalface.records.models import Delivery, InboundHook, Webhook
from coalface.records.models.us.unit import Units
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.worker import queries
from coalface.worker.actions import webhooks as actions
from coalface.worker.forms import KINDS, InboundForm, WebhookForm


@needs(Right.MANAGE_WEBHOOKS)
def index(request: HttpRequest) -> HttpResponse:
    """Whom we tell and who tells us; a new address is told of what happens from now on."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST":
        _only_for_all(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_webhook(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.AddressRefused as refused:
            form.add_error("address", _why(*refused.args))
        else:
            return _page(request, secret=made.secret, of=made)
    return _page(request, form=form)


@needs(Right.MANAGE_WEBHOOKS)
def add_inbound(request: HttpRequest) -> HttpResponse:
    """Let another system tell us."""
    form = InboundForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        mapping = {name: given[name] for name in ("id", "text", "kind") if given[name]}
        who = {name: given[name] for name in ("name", "source", "unit")}
        made = actions.add_inbound(mapping=mapping, by=request.person, now=timezone.now(), **who)
        return _page(request, secret=made.secret, of=made)
    return _page(request, inbound_form=form)


@needs(Right.MANAGE_WEBHOOKS)
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """What one address was told, and what could not be delivered."""
    found = _ours(request, pk)
    rows = queries.deliveries_of(found)
    if file := taken(request, Offer(queries.DELIVERIES, rows)):
        return file
    page = page_of(request, rows)
    words = {**dict(KINDS), actions.TEST: _("A trial")}
    context = {
        "webhook": found,
        "kinds": [words.get(kind, kind) for kind in found.kinds],
        "page": page,
        "rows": [(one, words.get(one.event.kind, one.event.kind)) for one in page],
        "small": request.small,
    }
    return render(request, "worker/webhook.html", context)


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it nothing more; twice is once."""
    try:
        actions.stop_webhook(webhook=_ours(request, pk), by=request.person, now=timezone.now())
    except actions.AlreadyStopped:
        messages.warning(request, _("This had been stopped before."))
    else:
        messages.success(request, _("It is told nothing more, until you start it again."))
    return redirect("worker:webhook", pk)


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it again, what waited first."""
    actions.start_webhook(webhook=_ours(request, pk), by=request.person, now=timezone.now())
    messages.success(request, _("It is told again, first of all what waited."))
    return redirect("worker:webhook", pk)


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial."""
    actions.try_webhook(webhook=_ours(request, pk), by=request.person, now=timezone.now())
    messages.success(request, _("A trial is on its way. Look again in a few seconds."))
    return redirect("worker:webhook", pk)


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def retry(request: HttpRequest, pk: str) -> HttpResponse:
    """Deliver again what was given up."""
    _only_for_all(request)
    delivery = get_object_or_404(Delivery, pk=pk)
    actions.retry_delivery(delivery=delivery, by=request.person, now=timezone.now())
    messages.success(request, _("It will be delivered again within seconds."))
    return redirect("worker:webhook", delivery.webhook_id)


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def stop_inbound(request: HttpRequest, pk: str) -> HttpResponse:
    """Take nothing in from there; twice is once."""
    try:
        actions.stop_inbound(hook=_theirs(request, pk), by=request.person, now=timezone.now())
    except actions.AlreadyStopped:
        messages.warning(request, _("This had been stopped before."))
    else:
        messages.success(request, _("Nothing is taken in from there any more."))
    return redirect("worker:webhooks")


@needs(Right.MANAGE_WEBHOOKS)
@require_POST
def renew_inbound(request: HttpRequest, pk: str) -> HttpResponse:
    """A new secret, shown once."""
    hook = _theirs(request, pk)
    secret = actions.renew_secret(hook=hook, by=request.person, now=timezone.now())
    return _page(request, secret=secret, of=hook)


def _only_for_all(request: HttpRequest) -> None:
    if not everywhere(request.rights, Right.MANAGE_WEBHOOKS):
        raise PermissionDenied(Right.MANAGE_WEBHOOKS)


def _ours(request: HttpRequest, pk: int) -> Webhook:
    _only_for_all(request)
    return get_object_or_404(Webhook, pk=pk)


def _theirs(request: HttpRequest, pk: str) -> InboundHook:
    return get_object_or_404(InboundHook.objects.filter(unit__in=_units(request)), pk=pk)


def _units(request: HttpRequest) -> Units:
    return units_within(request.rights, Right.MANAGE_WEBHOOKS)


def _why(code: str) -> str:
    if code == "private_address":
        return _("This leads into a private network. Only addresses out in the world are told.")
    if code == "unknown_host":
        return _("There is nobody at this address.")
    return _("This is no address that can be told: it begins with https:// and names no password.")


def _page(
    request: HttpRequest,
    form: WebhookForm | None = None,
    inbound_form: InboundForm | None = None,
    secret: str = "",
    of: Webhook | InboundHook | None = None,
) -> HttpResponse:
    for_all = everywhere(request.rights, Right.MANAGE_WEBHOOKS)
    wrong = bool((form and form.errors) or (inbound_form and inbound_form.errors))
    context = {
        "form": form or WebhookForm(),
        "inbound_form": inbound_form or InboundForm(units=_units(request)),
        "inbound_wrong": bool(inbound_form and inbound_form.errors),
        "for_all": for_all,
        "webhooks": queries.webhooks() if for_all else (),
        "inbound": queries.inbound_hooks(_units(request)),
        "site": settings.SITE,
        "secret": secret,
        "of": of,
        "small": request.small,
    }
    answer = render(request, "worker/webhooks.html", context, status=422 if wrong else 200)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer
