"""Bringing in a transcript, saying who speaks, and going through what sounds like something to note."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalface.edges.transcripts import NotReadable
from coalface.meet import actions
from coalface.meet.forms import KINDS, NOTHING, PassageForm, TranscriptForm, VoicesForm
from coalface.meet.queries import (
    TRANSCRIPT,
    around,
    customers_at,
    first_words,
    next_proposal,
    passages_of,
    settled_last,
    standing,
    transcripts_of,
    voices_of,
)
from coalface.permissions import Right, needs
from coalface.records.models import Encounter, Outcome, Passage, Transcript, TranscriptSpeaker
from coalface.shell import rows as rows_out
from coalface.shell.paging import page_of
from coalface.shell.personal import in_brackets, may_see

from .access import encounter_for

UNREADABLE = {
    "binary": gettext_lazy(
        "There are no words in this file that can be read. Bring in text: WebVTT, SRT, JSON or notes."
    ),
    "empty": gettext_lazy("There are no words in this."),
    "too_large": gettext_lazy("This is too large."),
    "unknown_json": gettext_lazy(
        "This JSON does not say who said what. It should be a list of speaker and text."
    ),
}

NOT_AGREED = gettext_lazy(
    "This is a recording, and of these we have no consent to be recorded: %(names)s. It was not kept."
)
NOBODY_NAMED = gettext_lazy(
    "This is a recording, and nobody is named here who has agreed to be recorded. It was not kept."
)
NO_TRANSCRIBER = gettext_lazy(
    "This is a recording, and nothing is plugged in that turns sound into words; whoever runs Coalface can "
    "do that with COALFACE_TRANSCRIBER. It was not kept."
)

GUEST_NOT_AGREED = gettext_lazy(
    "This guest did not agree to be written down. Choose “Another customer” for the voice."
)


@needs(Right.MEET_CUSTOMERS)
def bring_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file or words that somebody wrote down elsewhere."""
    meeting = encounter_for(request, pk)
    form = TranscriptForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["is_recording"]:
            if _recorded(request, meeting, form):
                return redirect("meet:encounter", pk)
        elif taken := _taken(request, meeting, form):
            return redirect("meet:transcript", taken.pk)
    context = {"encounter": meeting, "form": form, "transcripts": transcripts_of(meeting)}
    return render(request, "meet/bring_in.html", context | {"held": meeting.outcome == Outcome.HELD})


def _taken(request: HttpRequest, meeting: Encounter, form: TranscriptForm) -> Transcript | None:
    given = form.cleaned_data
    field = "file" if given.get("file") else "words"
    try:
        return actions.bring_in(
            encounter=meeting,
            content=given["content"],
            name=given["name"] or _("Pasted words"),
            by=request.person,
            now=timezone.now(),
        )
    except NotReadable as refused:
        form.add_error(field, UNREADABLE[refused.code])
    except actions.NotHeld:
        form.add_error(None, _("Say first that you met."))
    except actions.Incognito:
        form.add_error(None, _("Of an incognito visit no customer’s exact words are kept."))
    return None


def _recorded(request: HttpRequest, meeting: Encounter, form: TranscriptForm) -> bool:
    """Sound, by what is in the file and not by its name."""
    sound = form.cleaned_data["file"].chunks()
    try:
        actions.bring_in_recording(encounter=meeting, sound=sound, by=request.person, now=timezone.now())
    except actions.NotToBeRecorded as refused:
        names = ", ".join(customer.name for customer in refused.customers)
        form.add_error("file", (NOT_AGREED if names else NOBODY_NAMED) % {"names": names})
    except actions.NoTranscriber:
        form.add_error("file", NO_TRANSCRIBER)
    except actions.NotHeld:
        form.add_error(None, _("Say first that you met."))
    except actions.Incognito:
        form.add_error(None, _("Of an incognito visit no customer’s exact words are kept."))
    else:
        messages.success(request, _("It is being turned into words. The recording is deleted afterwards."))
        return True
    return False


def transcript_for(request: HttpRequest, pk: int) -> Transcript:
    """The transcript, if its encounter is the reader's to see and to write in."""
    found = get_object_or_404(Transcript.objects.select_related("added_by"), pk=pk)
    found.encounter = encounter_for(request, found.encounter_id)
    return found


@needs(Right.MEET_CUSTOMERS)
def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """First who is who, then one proposal after the other; or everything in order."""
    found = transcript_for(request, pk)
    if file := rows_out.taken(request, rows_out.Offer(TRANSCRIPT, passages_of(found))):
        return file
    return _page(request, found)


@needs(Right.MEET_CUSTOMERS)
def name_voices(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose voices these are."""
    found = transcript_for(request, pk)
    if request.method != "POST":
        return redirect("meet:transcript", pk)
    given = {"voices": voices_of(found), "begins": _beginning(request, found), **_present(found.encounter)}
    form = VoicesForm(request.POST, **given)
    if not form.is_valid():
        return _page(request, found, voices_form=form)
    actions.say_who(transcript=found, voices=form.said(), by=request.person, now=timezone.now())
    return redirect("meet:transcript", pk)


@needs(Right.MEET_CUSTOMERS)
def settle_passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a passage as what it is, or say that there is nothing to note."""
    passage, form = _passage_for(request, pk), PassageForm(request.POST)
    if form.is_valid():
        kind, who = (
            form.cleaned_data["kind"],
            {"passage": passage, "by": request.person, "now": timezone.now()},
        )
        try:
            actions.pass_over(**who) if kind == NOTHING else actions.note_passage(kind=kind, **who)
        except actions.NobodysWords:
            messages.warning(request, _("Say first whose voice this is."))
        except actions.NotAgreed:
            messages.warning(
                request,
                _("This guest did not agree to be written down. Choose “Another customer” for the voice."),
            )
    return _back(request, passage)


@needs(Right.MEET_CUSTOMERS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Think again about a passage."""
    passage = _passage_for(request, pk)
    if request.method == "POST":
        try:
            actions.take_back(passage=passage, by=request.person, now=timezone.now())
        except actions.HasAnswers:
            messages.warning(request, _("Somebody has answered for it already, so it stays noted."))
    return _back(request, passage)


def _passage_for(request: HttpRequest, pk: int) -> Passage:
    passage = get_object_or_404(Passage.objects.select_related("transcript"), pk=pk)
    encounter_for(request, passage.transcript.encounter_id)
    return passage


def _back(request: HttpRequest, passage: Passage) -> HttpResponse:
    address = reverse("meet:transcript", args=[passage.transcript_id])
    page = request.POST.get("page", "")
    if page.isdecimal():
        return redirect(f"{address}?{urlencode({'show': 'all', 'page': page})}#passage-{passage.pk}")
    return redirect(address)


@needs(Right.MEET_CUSTOMERS)
def remove_transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away, while nothing was noted from it."""
    found = transcript_for(request, pk)
    if request.method != "POST":
        return redirect("meet:transcript", pk)
    try:
        actions.remove_transcript(transcript=found, by=request.person, now=timezone.now())
    except actions.StillUsed:
        messages.warning(request, _("Something was noted from it, so it stays."))
        return redirect("meet:transcript", pk)
    messages.success(request, _("It is gone, with all its words."))
    return redirect("meet:encounter", found.encounter_id)


def _beginning(request: HttpRequest, found: Transcript) -> Callable[[TranscriptSpeaker], str]:
    """How a voice begins, as the reader may see it."""
    openly = may_see(request, found.encounter.unit, (found.added_by_id,))
    return lambda voice: in_brackets(first_words(voice), openly=openly, most=90)


def _present(meeting: Encounter) -> dict[str, list]:
    attendances = meeting.attendances.select_related("person")
    return {"guests": customers_at(meeting), "ours": [one.person for one in attendances]}


def _page(request: HttpRequest, found: Transcript, voices_form: VoicesForm | None = None) -> HttpResponse:
    voices, present = list(voices_of(found)), _present(found.encounter)
    named, begins = any(voice.said_by for voice in voices), _beginning(request, found)
    context = {
        "transcript": found,
        "encounter": found.encounter,
        "guests": present["guests"],
        "named": named,
        "voices_form": voices_form or VoicesForm(voices=voices, begins=begins, **present),
        "standing": standing(found),
        "kinds": KINDS,
        "show_all": request.GET.get("show") == "all",
        "last": settled_last(found, request.person),
    }
    if context["show_all"]:
        context["page"] = page_of(request, passages_of(found))
    elif named and (proposal := next_proposal(found)):
        context |= {"proposal": proposal, "around": around(proposal)}
    return render(request, "meet/transcript.html", context)
