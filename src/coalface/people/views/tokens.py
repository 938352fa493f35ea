"""The page on which a person makes tokens for programs, and takes them back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.people import queries
from coalface.people.actions.tokens import MadeToken, TokenRevoked, make_token, revoke_token
from coalface.people.forms import SCOPE_WORDS, TokenForm
from coalface.permissions import Right, needs
from coalface.records.models import ApiToken
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.USE_API)
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens, and those of the people I look after; a new one is shown once, on this very answer."""
    found = queries.tokens_for(request.person, request.rights, timezone.localdate())
    if file := taken(request, Offer(queries.TOKENS, found)):
        return file
    now = timezone.now()
    form = TokenForm(request.POST or None, rights=request.rights, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        made = make_token(by=request.person, now=now, **form.cleaned_data)
        fresh = TokenForm(rights=request.rights, today=timezone.localdate(now))
        return _page(request, fresh, made=made)
    return _page(request, form)


@needs(Right.USE_API)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token back; twice is once."""
    token = get_object_or_404(ApiToken, pk=pk)
    if not queries.tokens_for(request.person, request.rights, timezone.localdate()).filter(pk=pk).exists():
        raise PermissionDenied(pk)
    try:
        revoke_token(token=token, by=request.person, now=timezone.now())
    except TokenRevoked:
        messages.warning(request, _("This token had been revoked before."))
    else:
        messages.success(request, _("Revoked. Whatever used it has to ask you for another one."))
    return redirect("people:tokens")


def _page(request: HttpRequest, form: TokenForm, made: MadeToken | None = None) -> HttpResponse:
    today = timezone.localdate()
    found = queries.tokens_for(request.person, request.rights, today)
    page = page_of(request, found)
    context = {
        "form": form,
        "made": made,
        "page": page,
        "rows": [(token, [SCOPE_WORDS.get(scope, scope) for scope in token.scopes]) for token in page],
        "today": today,
        "manages": request.rights.has(Right.MANAGE_PEOPLE),
        "small": request.small,
    }
    answer = render(request, "people/tokens.html", context, status=422 if form.errors else 200)
    if made:
        answer["Cache-Control"] = "no-store"
    return answer
