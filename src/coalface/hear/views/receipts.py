"""With number and secret: what became of it; add to it, have an answer sent, take it back, have it erased."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

import uuid_utils.compat as uuid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from coalface.customers.actions import ask_to_be_forgotten
from coalface.hear import actions
from coalface.hear.forms import AnswerMeForm, LookForm, WordsForm
from coalface.hear.queries import became, organisation, place_called, plain, receipt_for
from coalface.permissions import ANYONE, needs
from coalface.policies import numbers
from coalface.records.models import Receipt, SayPlace
from coalface.shell.languages import in_their_words
from coalface.shell.throttle import counted, sender_range

from .saying import NOT_KEPT, TEN_MINUTES

WithReceipt = Callable[[HttpRequest, Receipt, datetime], HttpResponse]


@csrf_exempt  # number and secret are in the form itself: there is nothing that a foreign page could borrow
@needs(ANYONE)
def look(request: HttpRequest) -> HttpResponse:
    """Ask for number and secret, and show what became of it."""
    response = _ask(request, LookForm()) if request.method != "POST" else _opened(request, became_page)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def with_receipt(view: WithReceipt) -> Callable[[HttpRequest], HttpResponse]:
    """A button on the page of a receipt: its form carries number and secret."""

    @csrf_exempt
    @needs(ANYONE)
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect(in_their_words(request, redirect("say:look").url))
        response = _opened(request, view)
        response.headers["Cache-Control"] = NOT_KEPT
        return response

    return guarded


def _opened(request: HttpRequest, view: WithReceipt) -> HttpResponse:
    """Count the try, of this number and this range of addresses; open the receipt if both are right."""
    now, form = timezone.now(), LookForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    limits = numbers("look_ups_per_")
    tries = [f"look-{plain(number)[:16]}", f"look-from-{sender_range(request)}"]
    of_number, from_there = counted(tries, seconds=TEN_MINUTES, now=now)
    if of_number > limits["number"] or from_there > limits["address"]:
        form.add_error(None, _("This was tried very often just now. Please try again in ten minutes."))
        return _ask(request, form, status=429)
    receipt = receipt_for(number=number, secret=secret)
    if receipt is None:
        form.add_error(None, _("Number and secret do not fit together. Please look at your receipt again."))
        return _ask(request, form)
    return view(request, receipt, now)


def _ask(request: HttpRequest, form: LookForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "organisation": organisation(), "kiosk": _shop_screen(request)}
    return render(request, "hear/say/look.html", context, status=status)


def _shop_screen(request: HttpRequest) -> SayPlace | None:
    code = request.POST.get("kiosk", "")
    return place_called(code) if code else None


def became_page(
    request: HttpRequest,
    receipt: Receipt,
    now: datetime,
    *,
    told: str = "",
    words_form: WordsForm | None = None,
    email_form: AnswerMeForm | None = None,
) -> HttpResponse:
    """What was said, what became of it, and what its holder may do; `told` names what has just been done."""
    shop_screen = _shop_screen(request)
    carried = {"number": receipt.number, "secret": plain(request.POST["secret"])}
    context = {
        "became": became(receipt),
        "told": told,
        "organisation": organisation(),
        "kiosk": shop_screen,
        "words_form": words_form or WordsForm(initial={"id": uuid.uuid7()}, auto_id="more_%s"),
        "email_form": email_form or AnswerMeForm(initial={"email": receipt.email}, shared=bool(shop_screen)),
        "carried": carried | ({"kiosk": shop_screen.code} if shop_screen else {}),
    }
    return render(request, "hear/say/became.html", context)


@with_receipt
def add(request: HttpRequest, receipt: Receipt, now: datetime) -> HttpResponse:
    """Say more about it."""
    form = WordsForm(request.POST, auto_id="more_%s")
    if not form.is_valid():
        return became_page(request, receipt, now, words_form=form)
    try:
        actions.add_words(receipt=receipt, now=now, **form.cleaned_data)
    except (actions.Withdrawn, actions.IdTaken):
        return became_page(request, receipt, now)
    return became_page(request, receipt, now, told="added")


@with_receipt
def answer_me(request: HttpRequest, receipt: Receipt, now: datetime) -> HttpResponse:
    """Leave an address for the answer, or take it back."""
    form = AnswerMeForm(request.POST, shared=bool(request.POST.get("kiosk")))
    if not form.is_valid():
        return became_page(request, receipt, now, email_form=form)
    email = form.cleaned_data["email"]
    try:
        receipt = actions.ask_for_answer(receipt=receipt, email=email, now=now)
    except actions.Withdrawn:
        return became_page(request, receipt, now)
    return became_page(request, receipt, now, told="address" if email else "no_address")


@with_receipt
def take_back(request: HttpRequest, receipt: Receipt, now: datetime) -> HttpResponse:
    """It was not meant that way: it counts no more."""
    actions.withdraw(feedback=receipt.feedback, now=now)
    receipt.refresh_from_db()
    return became_page(request, receipt, now, told="withdrawn")


@with_receipt
def forget(request: HttpRequest, receipt: Receipt, now: datetime) -> HttpResponse:
    """Everything that was said is to be erased."""
    ask_to_be_forgotten(receipt=receipt, by=None, now=now)
    return became_page(request, receipt, now, told="forgotten")
