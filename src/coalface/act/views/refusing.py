"""Why something cannot be done with a fix, said plainly; whoever it is not for is refused."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalface.act import actions
from coalface.records.models import Fix

NOT_FOR_THEM: Final = (actions.NotItsOwner, actions.NotAsked, actions.NotTheirsToDecide)
STANDS_DIFFERENTLY: Final = (
    actions.AlreadyShipped,
    actions.AlreadyDeclined,
    actions.AlreadyMerged,
    actions.AlreadyAnswered,
    actions.NothingToDecide,
    actions.NotAccepted,
)
WHY: Final = {
    actions.AlreadyOffered: gettext_lazy("Somebody else was asked and has not answered. Take it back first."),
    actions.AlreadyTheirs: gettext_lazy("It is theirs already."),
    actions.HasLeft: gettext_lazy("They do not work here any more."),
    actions.WouldJudgeIt: gettext_lazy("Who is to judge it cannot make it. Name another judge first."),
    actions.NotDecided: gettext_lazy("It waits for a decision; then it can ship."),
    actions.NotWantedEnough: gettext_lazy(
        "An opportunity ships once enough customers want it: say under Opportunity how many, and ask them."
    ),
    actions.DecisionWaits: gettext_lazy("It waits for a decision: only the decider takes it out of there."),
    actions.NoDecider: gettext_lazy("Say who decides, and by when."),
    actions.NotInTheFuture: gettext_lazy("This day is over; choose one to come."),
    actions.TooLateToUndo: gettext_lazy("It is too late for that: somebody has heard of it by now."),
    actions.NoReason: gettext_lazy("A no needs its reason."),
    actions.InACircle: gettext_lazy("Then each would wait for the other, and neither could ship."),
    actions.CannotMergeFixes: gettext_lazy(
        "They cannot become one: both have to be open and about one issue, the one that stays has to hold"
        " wherever the other does, and only one may wait for a decision."
    ),
}


def done(
    request: HttpRequest, pk: int, action: Callable[..., Any], words: str, **what: Any
) -> tuple[bool, Any]:
    """Do something with a fix and say so, or why it was not done."""
    fix = get_object_or_404(Fix, pk=pk)
    try:
        answer = action(fix=fix, by=request.person, now=timezone.now(), **what)
    except NOT_FOR_THEM as refusal:
        raise PermissionDenied from refusal
    except STANDS_DIFFERENTLY:
        messages.warning(request, _("It stands differently by now; look again."))
    except actions.NeedsOthersFirst as refusal:
        messages.warning(request, _first(refusal.fixes))
    except tuple(WHY) as refusal:
        messages.warning(request, WHY[type(refusal)])
    else:
        if words:
            messages.success(request, words)
        return True, answer
    return False, None


def _first(fixes: list[Fix]) -> str:
    words = ngettext(
        "It cannot ship before what it needs is live: “%(titles)s”.",
        "It cannot ship before all it needs is live: “%(titles)s”.",
        len(fixes),
    )
    return words % {"titles": "”, “".join(one.title for one in fixes)}
