"""One click, and what did not last is tried again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act.actions import AlreadyDeclined
from coalface.act.queries import may
from coalface.permissions import Right, needs
from coalface.records.models import Fix
from coalface.verify import actions


@require_POST
@needs(Right.JUDGE)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask its owner for a second attempt; whoever was told of the first hears it."""
    fix = get_object_or_404(Fix.objects.select_related("unit"), pk=pk)
    if not may(request.rights, Right.JUDGE, fix):
        raise PermissionDenied(Right.JUDGE)
    try:
        again = actions.reopen(fix=fix, by=request.person, now=timezone.now())
    except (actions.NotShipped, AlreadyDeclined):
        messages.warning(request, _("Only what has shipped can be opened again."))
        return redirect("act:fix", pk=pk)
    messages.success(request, _("Opened again. Its owner is asked, and whoever was told hears it."))
    return redirect("act:fix", pk=again.pk)
