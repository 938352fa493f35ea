"""A customer says whether it is better now."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from coalface.permissions import ANYONE, needs
from coalface.records.models import CustomerAnswer
from coalface.shell.languages import CHOSEN_IN, spoken
from coalface.shell.links import Gone
from coalface.verify import actions, queries


@needs(ANYONE)
def better(request: HttpRequest, token: str) -> HttpResponse:
    """A customer says whether it is better now; the link is all they need."""
    now = timezone.now()
    try:
        question = queries.answer_of(token, now)
    except Gone as gone:
        return render(request, "verify/better_gone.html", {"expired": gone.expired}, status=gone.status)
    state = "answered" if question.answered_at else "asked"
    if request.method == "POST" and request.POST.get("better") in {"yes", "no"}:
        state = _taken(question, request.POST["better"] == "yes", now)
        if state == "answered":
            return redirect("verify:better", token=token)
    context = {
        "question": question,
        "fix": question.fix,
        "state": state,
        "settled": queries.settled(question),
        "token": token,
    }
    with spoken(request.GET.get(CHOSEN_IN) or question.customer.language):
        return render(request, "verify/better.html", context)


def _taken(question: CustomerAnswer, is_better: bool, now: datetime) -> str:
    try:
        actions.answer(customer_answer=question, better=is_better, now=now)
    except actions.TooEarly:
        return "too_early"
    except actions.AlreadyDecided:
        return "decided"
    return "answered"
