"""The board of fixes: by what each waits for; every move is checked as anywhere else."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions
from coalface.act.queries import FIXES, Pillar, columns, fixes, may_undo
from coalface.act.queries.board import AT_FIRST, AT_MOST
from coalface.permissions import Right, needs
from coalface.records.models import Decided, Fix, Person
from coalface.shell.rows import Offer, taken

from .answers import shipped
from .fixes import chosen
from .refusing import done


@needs(Right.SEE_FIXES)
def board(request: HttpRequest) -> HttpResponse:
    """Four columns: waiting for a yes, to decide, in work, shipped."""
    form, asked, less = chosen(request)
    today, many = timezone.localdate(), _how_many(request)
    asked = replace(asked, show="open")
    if file := taken(request, Offer(FIXES, fixes(today, asked))):
        return file
    found = columns(today, asked, request.person, request.rights, many)
    context = {
        "form": form,
        "filtered": less,
        "columns": found,
        "any": any(column.total for column in found[:-1]),
        "more": many + AT_FIRST if many < AT_MOST else None,
        "at": (at := request.GET.get("at", "")),
        "gone": _gone(at, found),
        "undo": _undoable(at, found, request.person),
        "today": today,
        "small": request.small,
    }
    return render(request, "act/board/index.html", context)


@require_POST
@needs(Right.SHIP_FIXES)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not live, or not declined, after all."""
    done(request, pk, actions.undo, _("Undone. It stands as it stood before."))
    if "back" in request.POST:
        return redirect(f"{reverse('act:board')}?{_with(request.POST['back'], pk)}")
    return redirect("act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a card to another column; what that means is done, or said why not."""
    back = f"{reverse('act:board')}?{_with(request.POST.get('back', ''), pk)}"
    to = request.POST.get("to")
    if to == "accept":
        return redirect("act:offer", pk=pk)
    if to == "decide":
        return redirect("act:ask", pk=pk)
    if to == "shipped":
        return shipped(request, pk) or redirect(back)
    if to == "take":
        done(request, pk, actions.accept_fix, _("It is yours. Next: how will it be judged?"))
    elif to == "do_it":
        done(request, pk, actions.decide, _("Decided: it is done."), answer=Decided.DO_IT)
    elif to == "take_back":
        done(request, pk, actions.take_back, _("Taken back: nobody is asked any more."))
    else:
        messages.warning(request, _("It cannot be moved there. Nothing was changed."))
    return redirect(back)


def _how_many(request: HttpRequest) -> int:
    """How many cards of each column the address asks for."""
    asked = request.GET.get("n", "")
    return min(max(int(asked), AT_FIRST), AT_MOST) if asked.isdecimal() and len(asked) < 6 else AT_FIRST


def _undoable(at: str, pillars: list[Pillar], person: Person) -> Fix | None:
    """What was just shipped from here and can still be taken back."""
    here = [card.fix for pillar in pillars for card in pillar.cards if str(card.fix.pk) == at]
    moved = next(iter(here), None) or _gone(at, pillars)
    return moved if moved and may_undo(moved, person, timezone.now()) else None


def _gone(at: str, pillars: list[Pillar]) -> Fix | None:
    """What was moved and is not among what is shown any more."""
    if not at.isdecimal() or at in {str(card.fix.pk) for pillar in pillars for card in pillar.cards}:
        return None
    return Fix.objects.filter(pk=at).first()


def _with(address: str, pk: int) -> str:
    kept = QueryDict(address, mutable=True)
    kept["at"] = str(pk)
    return kept.urlencode()
