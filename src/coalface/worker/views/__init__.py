"""The page of what failed, read by a person who can try again."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Consequence, OutgoingMessage
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.worker import actions, queries


@needs(Right.RETRY_FAILED)
def index(request: HttpRequest) -> HttpResponse:
    if file := taken(request, *_offers(timezone.now())):
        return file
    return render(
        request,
        "worker/index.html",
        {
            "consequences": page_of(request, queries.failed_consequences()),
            "outgoing": queries.failed_messages()[:50],
            "ticks": queries.failed_ticks(),
            "letters": queries.refused_letters(timezone.now())[:50],
            "backlog": queries.backlog(),
        },
    )


def _offers(now: datetime) -> list[Offer]:
    return [
        Offer(queries.CONSEQUENCES, queries.failed_consequences()),
        Offer(queries.MESSAGES, queries.failed_messages()),
        Offer(queries.TICKS, queries.failed_ticks()),
        Offer(queries.LETTERS, queries.refused_letters(now)),
    ]


@needs(Right.RETRY_FAILED)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retry(consequence=get_object_or_404(Consequence, pk=pk), by=request.person, now=timezone.now())
    messages.success(request, _("It will be tried again within seconds."))
    return redirect("worker:index")


@needs(Right.RETRY_FAILED)
@require_POST
def retry_message(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retry_message(
        message=get_object_or_404(OutgoingMessage, pk=pk), by=request.person, now=timezone.now()
    )
    messages.success(request, _("It will be sent again within seconds."))
    return redirect("worker:index")
