"""What is to be told to customers: the news of each fix, the letters, who is left out, and the sending."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.edges.mail import words_of
from coalface.permissions import Right, needs
from coalface.records.models import Customer, Fix
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.ANSWER_FEEDBACK)
def to_tell(request: HttpRequest) -> HttpResponse:
    """The news of each fix, with how many were told, will be, and cannot be."""
    now = timezone.now()
    found = queries.fixes_with_news(now).select_related("issue", "unit")
    within = request.rights.within(Right.ANSWER_FEEDBACK)
    offer = Offer(queries.BATCHES, found, lambda fixes: queries.batches(list(fixes), within, now))
    if file := taken(request, offer):
        return file
    page = page_of(request, found)
    context = {
        "page": page,
        "batches": queries.batches(list(page), within, now),
        "today": timezone.localdate(now),
        "small": request.small,
    }
    return render(request, "act/telling/index.html", context)


@needs(Right.ANSWER_FEEDBACK)
def batch(request: HttpRequest, pk: int, news: str) -> HttpResponse:
    """One news: who will be told, who cannot be and why, and the very letter of any of them."""
    now, within = timezone.now(), request.rights.within(Right.ANSWER_FEEDBACK)
    fix = _with_news(pk, news)
    rows = queries.batch_customers(fix, within, now)
    if file := taken(request, Offer(queries.WAITING, rows)):
        return file
    page = page_of(request, rows)
    shown = _shown(request, list(page))
    out = [one for of, what, one in queries.left_out([fix]) if (of, what) == (fix.pk, news)]
    [numbers] = queries.batches([fix], within, now)
    context = {
        "fix": fix,
        "batch": numbers,
        "page": page,
        "shown": shown,
        "letter": _letter(shown) if shown else None,
        "left_out": Customer.objects.present().filter(within, pk__in=out).order_by("name", "pk"),
        "small": request.small,
    }
    return render(request, "act/telling/batch.html", context)


def _with_news(pk: int, news: str) -> Fix:
    found = queries.fixes_with_news(timezone.now()).filter(pk=pk, news=news)
    if (fix := found.select_related("issue", "unit", "owner").first()) is None:
        raise Http404
    return fix


def _shown(request: HttpRequest, customers: list[Customer]) -> Customer | None:
    """Whose letter is looked at: the one chosen on this page, or the first who will get one."""
    chosen = request.GET.get("of", "")
    of_them = [one for one in customers if str(one.pk) == chosen]
    return next(iter(of_them or [one for one in customers if not one.bar]), None)


def _letter(customer: Customer) -> dict[str, str]:
    now = timezone.now()
    message = queries.letter(customer, queries.letters([customer.pk], now)[customer.pk], now)
    language = customer.language or settings.LANGUAGE_CODE
    subject, body = words_of(message, language)
    return {"subject": subject, "body": body, "language": language, "to": customer.email}


@require_POST
@needs(Right.ANSWER_FEEDBACK)
def send_news(request: HttpRequest, pk: int, news: str) -> HttpResponse:
    """Let the letters go out."""
    try:
        actions.send_news(fix=_with_news(pk, news), news=news, by=request.person, now=timezone.now())
    except actions.NothingToTell as nothing:
        raise Http404 from nothing
    messages.success(request, _("They are on their way. Whoever cannot be reached by now is left in peace."))
    return redirect("act:to_tell")


@require_POST
@needs(Right.ANSWER_FEEDBACK)
def leave_out(request: HttpRequest, pk: int, news: str) -> HttpResponse:
    """Leave some customers out, or put one back."""
    fix, within = _with_news(pk, news), request.rights.within(Right.ANSWER_FEEDBACK)
    again = "again" in request.POST
    given = [request.POST["again"]] if again else request.POST.getlist("customer")
    there = Customer.objects.filter(within, pk__in=[UUID(one) for one in given if _is_id(one)])
    if customers := list(there.values_list("pk", flat=True)):
        wanted = {"fix": fix, "news": news, "customers": customers, "by": request.person}
        actions.leave_out(now=timezone.now(), again=again, **wanted)
    elif not again:
        messages.warning(request, _("Choose somebody first."))
    return redirect("act:batch", pk, news)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
