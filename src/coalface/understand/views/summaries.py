"""What a language model may propose: a person asks, the worker passes it on, a person takes it or not."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Issue, Summary, Theme
from coalface.understand import actions, queries
from coalface.understand.forms import AskForm, TakeForm


def machine_of(request: HttpRequest, about: Theme | Issue, *, may_name: bool) -> queries.Machine | None:
    """What the page of a theme or issue says of the language model; nothing where none is connected."""
    if not settings.LANGUAGE_MODEL_URL:
        return None
    may_ask = request.rights.has(Right.CONFIRM_ISSUES)
    return queries.proposed(
        about, me=request.person, rights=request.rights, may_ask=may_ask, may_name=may_ask and may_name
    )


@needs(Right.CONFIRM_ISSUES)
@require_POST
def ask_about_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a language model asked for the name or a summary of a proposal."""
    return _ask(request, get_object_or_404(Theme, pk=pk))


@needs(Right.CONFIRM_ISSUES)
@require_POST
def ask_about_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a language model asked for another name or a summary of an issue."""
    return _ask(request, get_object_or_404(Issue, pk=pk, merged_into=None))


def _ask(request: HttpRequest, about: Theme | Issue) -> HttpResponse:
    form = AskForm(request.POST)
    if not settings.LANGUAGE_MODEL_URL or not form.is_valid():
        raise Http404
    try:
        actions.ask_about(
            about=about,
            kind=form.cleaned_data["kind"],
            language=get_language(),
            model=settings.LANGUAGE_MODEL_NAME,
            by=request.person,
            now=timezone.now(),
        )
    except actions.AlreadyAsked:
        messages.info(request, _("It is being asked already."))
    except actions.EnoughAsked:
        messages.warning(request, _("The language model has been asked often enough for today."))
    return _there(about)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def take_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an issue the name that was proposed, as a person has left or changed it."""
    found = get_object_or_404(Summary.objects.select_related("issue"), pk=pk, issue__isnull=False)
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give it a name of at most 160 characters."))
        return _there(found.issue)
    try:
        title = form.cleaned_data["title"]
        actions.take_name(summary=found, title=title, by=request.person, now=timezone.now())
    except (actions.AlreadyAnswered, actions.CannotMerge):
        messages.warning(request, _("Somebody was quicker: that proposal is gone."))
    else:
        messages.success(request, _("It is called “%(title)s” now.") % {"title": title})
    return redirect("understand:issue", found.issue_id)


@needs(Right.CONFIRM_ISSUES)
@require_POST
def dismiss_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a proposal go."""
    found = get_object_or_404(Summary.objects.select_related("issue", "theme"), pk=pk)
    try:
        actions.dismiss_summary(summary=found, by=request.person, now=timezone.now())
    except actions.AlreadyAnswered:
        messages.info(request, _("Somebody was quicker: that proposal is gone."))
    return _there(found.issue or found.theme)


def _there(about: Theme | Issue) -> HttpResponse:
    page = "theme" if isinstance(about, Theme) else "issue"
    return redirect(f"{reverse(f'understand:{page}', args=[about.pk])}#machine")
