"""What we heard, what we did: our words for it, the public page, the poster, and the end of letters."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.act.forms import PublishForm
from coalface.customers.actions import object_to, restrict
from coalface.hear.queries import organisation, place_called
from coalface.permissions import ANYONE, Right, needs
from coalface.records.models import Channel, Fix, PublishedChange, Purpose, RestrictionKind, Unit
from coalface.shell.codes import code_in_page
from coalface.shell.languages import CHOSEN_IN, chosen, spoken
from coalface.shell.links import Gone
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.shell.throttle import too_many

# A branch full of people may share one address; nobody reads a page so often.
MOST, WITHIN_SECONDS = 600, 600
KEPT = "public, max-age=300"


@needs(Right.ANSWER_FEEDBACK)
def published(request: HttpRequest) -> HttpResponse:
    """Everything that is public, and the posters."""
    rows = queries.published_rows(request.rights)
    if file := taken(request, Offer(queries.PUBLISHED, rows)):
        return file
    context = {
        "page": page_of(request, rows),
        "branches": queries.branches(request.rights),
        "address": f"{settings.SITE}{reverse('act_public:heard')}",
        "small": request.small,
    }
    return render(request, "act/heard/published.html", context)


@needs(Right.ANSWER_FEEDBACK)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Two sentences a language; an emptied one is taken off."""
    theirs = queries.reached(request.rights, Right.ANSWER_FEEDBACK)
    fix = get_object_or_404(Fix.objects.filter(theirs).select_related("issue", "unit"), pk=pk)
    if not (fix.shipped_at or fix.declined_at):
        messages.warning(request, _("There is nothing to say in public before it is live or declined."))
        return redirect("act:fix", pk)
    standing = queries.words_of(fix)
    form = PublishForm(request.POST or None, fix=fix, standing=standing)
    if form.is_valid():
        _keep(request, form, fix, standing)
        messages.success(request, _("Kept. The public page shows it as you wrote it."))
        return redirect("act:published")
    return render(request, "act/heard/publish.html", {"form": form, "fix": fix, "small": request.small})


def _keep(request: HttpRequest, form: PublishForm, fix: Fix, standing: dict[str, PublishedChange]) -> None:
    given = {"by": request.person, "now": timezone.now()}
    for language, (heard, did) in form.given().items():
        if heard:
            actions.publish_change(fix=fix, language=language, heard=heard, did=did, **given)
        elif language in standing:
            actions.withdraw_change(change=standing[language], **given)


@require_POST
@needs(Right.ANSWER_FEEDBACK)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of the public."""
    theirs = queries.reached(request.rights, Right.ANSWER_FEEDBACK, "fix__")
    change = get_object_or_404(PublishedChange.objects.filter(theirs), pk=pk)
    actions.withdraw_change(change=change, by=request.person, now=timezone.now())
    messages.success(request, _("It is public no more. Posters that hang somewhere have to be taken down."))
    return redirect("act:published")


@needs(Right.ANSWER_FEEDBACK)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to hang up in a branch: what we heard and what we did, and where customers tell us more."""
    unit = get_object_or_404(queries.branches(request.rights), pk=pk)
    place = queries.place_in(unit)
    paper = request.GET.get("paper", "")
    paper = paper if paper in queries.PAPERS else "a4"
    language = request.GET.get(CHOSEN_IN) or (place.languages[0] if place and place.languages else "")
    address = settings.SITE + (
        reverse("act_public:heard_at", args=[place.code]) if place else reverse("act_public:heard")
    )
    with spoken(language or settings.LANGUAGE_CODE):
        context = {
            "unit": unit,
            "organisation": organisation(),
            "sheet": queries.sheet(_newest(unit), paper),
            "paper": paper,
            "papers": list(queries.PAPERS),
            "first": translation.get_language(),
            "code": code_in_page(address, scale=8),
            "address": address.partition("://")[2].rstrip("/").split("/"),
        }
        return render(request, "act/heard/poster.html", context)


def _newest(unit: Unit) -> QuerySet[PublishedChange]:
    return queries.published(translation.get_language(), unit)[: 3 * queries.ON_A_POSTER]


@needs(ANYONE)
def heard(request: HttpRequest, code: str = "") -> HttpResponse:
    """What we heard and what we did, for everybody; with the code of a place, what applies there."""
    now, place = timezone.now(), place_called(code) if code else None
    first = place.languages[0] if place and place.languages else ""
    flooded = too_many(request, what="heard", most=MOST, seconds=WITHIN_SECONDS, now=now)
    status = 429 if flooded else 404 if code and place is None else 200
    with spoken(chosen(request) or first):
        rows = queries.published(translation.get_language(), place.unit if place else None)
        context = {
            "page": page_of(request, rows if status == 200 else rows.none(), size=20),
            "place": place,
            "status": status,
            "organisation": organisation(),
        }
        response = render(request, "act/heard/heard.html", context, status=status)
        response.headers["Content-Language"] = translation.get_language()
    if status == 200:
        response.headers["Cache-Control"] = KEPT
        patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt  # mail programs press this for people (RFC 8058); the signed link is all they have
@needs(ANYONE)
def no_news(request: HttpRequest, token: str) -> HttpResponse:
    """A customer wants no such letters any more, or none of us at all; opening the page changes nothing."""
    now = timezone.now()
    try:
        customer = queries.customer_behind(token)
    except Gone as gone:
        context = {"expired": gone.expired, "organisation": organisation()}
        return render(request, "act/heard/no_news_gone.html", context, status=gone.status)
    never = "never" in request.POST
    if request.method == "POST":
        given = {"customer": customer, "by": None, "now": now}
        object_to(channel=Channel.EMAIL, purpose=Purpose.TELLING, **given)
        if never:
            restrict(kind=RestrictionKind.DO_NOT_CONTACT, **given)
    with spoken(request.GET.get(CHOSEN_IN) or customer.language):
        context = {"organisation": organisation(), "sent": request.method == "POST", "never": never}
        return render(request, "act/heard/no_news.html", context)
