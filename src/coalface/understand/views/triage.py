"""Triage: what could not be sorted by itself, asked one at a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Issue, IssueKind, Mention
from coalface.shell.rows import taken
from coalface.understand import actions, queries
from coalface.understand.forms import KINDS, SettleForm

from .issues import lines_of, said

# In the session: what somebody would rather decide later. The oldest of many come back by themselves.
SKIPPED, MOST_SKIPPED = "skipped_mentions", 200


@needs(Right.SORT)
def unsure(request: HttpRequest) -> HttpResponse:
    """What could not be sorted by itself: one at a time, the most useful first."""
    within, now = request.rights.within(Right.SORT), timezone.now()
    if file := taken(request, said(request, queries.unsure(within))):
        return file
    pile = queries.pile(within, now=now, skipped=request.session.get(SKIPPED, ()))
    if came_round := bool(pile.waiting and pile.next is None):
        request.session[SKIPPED] = []
        pile = queries.pile(within, now=now)
    at = request.GET.get("at", "")
    mention = (at.isdecimal() and queries.waiting_one(within, int(at[:18]))) or pile.next
    [line] = lines_of(request, [mention]) if mention else [None]
    today = queries.midnight(timezone.localdate(now))
    done = queries.done_since(request.person, today)
    issues = list(Issue.objects.standing()) if mention else []
    context = {
        "pile": pile,
        "line": line,
        "words": queries.words_around(line) if line else None,
        "suggestions": queries.suggestions(mention, issues) if mention else [],
        "done": done,
        "of_all": (done + pile.waiting) or 1,
        "last": queries.last_settled(request.person, today),
        "came_round": came_round,
        "issues": issues,
        "kinds": KINDS,
        "may_name": request.rights.has(Right.CONFIRM_ISSUES),
        "checks": queries.latest_checks(),
        "enough": queries.how_much_is_decided(),
        "small": request.small,
    }
    return render(request, "understand/unsure.html", context)


@needs(Right.SORT)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one mention, and go on with what is asked next."""
    mention = Mention.objects.select_related("issue", "unit").filter(pk=pk).first()
    form = SettleForm(request.POST)
    if mention and not request.rights.reach(Right.SORT, mention.unit):
        raise PermissionDenied
    try:
        if not form.is_valid():
            raise Issue.DoesNotExist
        if mention is None:
            raise actions.AlreadySettled
        _decide(request, mention, form.cleaned_data["decision"], form)
    except actions.AlreadySettled:
        messages.warning(request, _("Somebody was quicker: that one is settled."))
    except actions.NoTitle:
        messages.error(request, _("A new issue needs a title."))
        return redirect(_asked_again(form, pk))
    except (Issue.DoesNotExist, Issue.MultipleObjectsReturned, actions.NotStanding):
        messages.error(request, _("Choose one of the issues in the list."))
        return redirect(_asked_again(form, pk))
    return redirect(_asked_again(form, None))


def _decide(request: HttpRequest, mention: Mention, decision: str, form: SettleForm) -> None:
    if decision == "skip":
        request.session[SKIPPED] = [*request.session.get(SKIPPED, ()), mention.pk][-MOST_SKIPPED:]
        return
    by_whom = {"mention": mention, "by": request.person, "now": timezone.now()}
    if decision == "new" and request.rights.has(Right.CONFIRM_ISSUES):
        given = {"title": form.cleaned_data["title"], "kind": form.cleaned_data["kind"] or IssueKind.SERVICE}
        actions.settle_as_new(**given, **by_whom)
    else:
        actions.settle(issue=form.chosen(), **by_whom)


def _asked_again(form: SettleForm, mention: int | None) -> str:
    """The pile, at this mention if one is named; or the mentions of the issue from whose list it came."""
    if back := form.cleaned_data.get("back"):
        return reverse("understand:mentions", args=[back])
    return reverse("understand:unsure") + (f"?at={mention}" if mention else "")


@needs(Right.SORT)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take one's latest decision of today back, and ask again."""
    now = timezone.now()
    last = queries.last_settled(request.person, queries.midnight(timezone.localdate(now)))
    try:
        if last is None:
            raise actions.NothingToUndo
        mention = actions.unsettle(mention=last, by=request.person, now=now)
    except actions.NothingToUndo:
        messages.warning(request, _("There is nothing to take back."))
        return redirect("understand:unsure")
    messages.success(request, _("Taken back. What do you say now?"))
    return redirect(reverse("understand:unsure") + f"?at={mention.pk}")
