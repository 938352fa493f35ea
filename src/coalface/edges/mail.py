"""Mail out: a waiting message becomes a mail at the moment it is sent, in the receiver's language."""

import re
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from coalface.edges.appointments import invitation_text, organizer
from coalface.records.models import Invitation, MailStop, OutgoingMessage, Person
from coalface.records.models.all.outgoing_message import STOPPED

# How a message says that the mail server at its address knows nobody of that name.
REFUSED: Final = SMTPRecipientsRefused.__name__


class NotSent(Exception):
    """The mail did not leave; `for_good` when trying again cannot help."""

    def __init__(self, kind: str, *, for_good: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.for_good = kind, for_good


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a mail, and whether it is what the mail is about."""

    lines: list[str]
    set_in: bool


def send(message: OutgoingMessage) -> None:
    """Render a message and hand it to the mail server; its key becomes the Message-ID, so doubles show."""
    receiver = message.person or message.customer or message.receipt
    if not receiver.email:
        raise NotSent("no_address", for_good=True)
    if is_stopped(message):
        raise NotSent(STOPPED, for_good=True)
    language = receiver.language or settings.LANGUAGE_CODE
    subject, body = words_of(message, language)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    mail = EmailMultiAlternatives(
        subject=subject,
        body=body,
        to=[receiver.email],
        headers={
            "Message-ID": f"<{message.key}@{domain}>",
            "Auto-Submitted": "auto-generated",
            **ways_out(message),
        },
        reply_to=reply_address(message),
    )
    add_looks(mail, message, language)
    add_calendar(mail, message, language)
    try:
        mail.send()
    except SMTPRecipientsRefused as failure:
        raise NotSent(type(failure).__name__, for_good=True) from failure
    except ValueError as failure:  # an address or a name that no header can hold
        raise NotSent("bad_header", for_good=True) from failure
    except (SMTPException, OSError) as failure:
        raise NotSent(type(failure).__name__) from failure


def add_looks(mail: EmailMultiAlternatives, message: OutgoingMessage, language: str) -> None:
    """The same words once more for programs that show pages, where the template has a twin that wants it."""
    room, name = message.template.split("/")
    with translation.override(language), suppress(TemplateDoesNotExist):
        given = {"subject": mail.subject, "parts": parts_of(mail.body), "language": language}
        page = render_to_string(f"{room}/mail/{name}.html", given)
        mail.attach_alternative(page, "text/html")


def parts_of(body: str) -> list[Part]:
    """The paragraphs of a mail; what is set in by four blanks is what it is about."""
    blocks = [block.splitlines() for block in re.split(r"\n{2,}", body.strip("\n"))]
    return [Part([line.strip() for line in lines], _set_in(lines)) for lines in blocks]


def _set_in(lines: list[str]) -> bool:
    return all(line.startswith("    ") for line in lines)


def add_calendar(mail: EmailMultiAlternatives, message: OutgoingMessage, language: str) -> None:
    """The part that calendars read, beside the words and once more as a file, as programs differ."""
    if "invitation" not in message.about:
        return
    rows = Invitation.objects.select_related("encounter__format", "encounter__unit", "person")
    method, text = invitation_text(rows.get(pk=message.about["invitation"]), language=language)
    mail.attach_alternative(text, f"text/calendar; method={method}")
    mail.attach("invite.ics", text, "application/ics")


def is_stopped(message: OutgoingMessage) -> bool:
    """Whether its receiver stopped mails of its kind, which is the template's name, since it was written."""
    kind = message.template.rpartition("/")[2]
    stops = MailStop.objects.in_force().filter(person=message.person_id, kind=kind)
    return "unsubscribe" in message.about and stops.exists()


def ways_out(message: OutgoingMessage) -> dict[str, str]:
    """The headers by which mail programs offer one click to stop it (RFC 8058), if it carries an address."""
    if not (path := message.about.get("unsubscribe")):
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def reply_address(message: OutgoingMessage) -> list[str]:
    """Where an answer goes: to whom the mail names, or to us, where it says itself what it answers.

    The latter is `coalface+token@company.example`.
    """
    if answers := message.about.get("answers"):
        there = Person.objects.filter(pk=answers, left_on=None).exclude(email="")
        return list(there.values_list("email", flat=True))
    token, (local, _, domain) = message.about.get("reply_token"), settings.MAILBOX_ADDRESS.rpartition("@")
    if "invitation" in message.about:
        return [organizer().email]
    return [f"{local}+{token}@{domain}"] if token and local else []


def words_of(message: OutgoingMessage, language: str) -> tuple[str, str]:
    """Subject and body: the first line of the template, and the rest."""
    with translation.override(language):
        try:
            words = render_to_string(template_of(message), context_of(message))
        except TemplateDoesNotExist as missing:
            raise NotSent("no_template", for_good=True) from missing
    subject, _, body = words.strip().partition("\n")
    # parts of a template that have nothing to say leave their empty lines behind
    return subject.strip(), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def template_of(message: OutgoingMessage) -> str:
    """`act/told` is kept in `act/mail/told.txt`."""
    room, name = message.template.split("/")
    return f"{room}/mail/{name}.txt"


def context_of(message: OutgoingMessage) -> dict[str, object]:
    """The records a message is about, by name, as they are now: what was erased cannot leave the house."""
    names = {model._meta.model_name: model for model in apps.get_app_config("records").get_models()}
    context: dict[str, object] = {
        "site": settings.SITE,
        "person": message.person,
        "customer": message.customer,
        "receipt": message.receipt,
    }
    for key, value in message.about.items():
        model = names.get(key.replace("_", ""))
        try:
            context[key] = model.objects.get(pk=value) if model else value
        except ObjectDoesNotExist as gone:
            raise NotSent(f"{key}_is_gone", for_good=True) from gone
    return context
