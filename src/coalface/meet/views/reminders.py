"""The link in a reminder by which it comes no more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from coalface.meet import actions
from coalface.meet.queries import NotOurLink, no_reminders, who_is_reminded
from coalface.permissions import ANYONE, needs
from coalface.shell.languages import spoken


@csrf_exempt  # mail programs press this for people (RFC 8058); the signed link is all they have
@needs(ANYONE)
def stop_reminding(request: HttpRequest, token: str) -> HttpResponse:
    """Send no reminders, or send them again; opening the page alone changes nothing."""
    try:
        person = who_is_reminded(token)
    except NotOurLink:
        return render(request, "meet/heard_gone.html", {"expired": False}, status=404)
    if request.method == "POST":
        change = actions.resume_reminders if "again" in request.POST else actions.stop_reminders
        change(person=person, by=person, now=timezone.now())
    stopped = no_reminders().filter(person=person).exists()
    with spoken(person.language):
        return render(request, "meet/no_reminders.html", {"token": token, "stopped": stopped})
