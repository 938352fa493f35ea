"""From the plan into a calendar and back: a real mail out, a real answer in, and what the planner sees."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMessage as Outgoing
from django.utils import timezone
from icalendar import Calendar, Event

from coalface.plan.actions import plan_encounter
from coalface.records.models import InboundMail, Invitation
from coalface.worker.actions import drain, read_mailbox, send_messages
from tests.edges.dovecot import PostOffice
from tests.people import Cast, client_for

OURS = "coalface@lindner.example"


@pytest.fixture
def invited(cast: Cast, post: PostOffice, settings) -> EmailMessage:
    """The mail that lies in Olga's mailbox once the planner has planned."""
    settings.MAILBOX, settings.MAILBOX_ADDRESS = post.url(OURS), OURS
    now = timezone.now().replace(microsecond=0)
    plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=now + timedelta(days=3), person=cast.olga,
        customers=[cast.petra], chosen_by="planner", by=cast.mina, now=now,
    )  # fmt: skip
    drain(now=now)
    assert send_messages(now=now) == 1
    [mail] = post.mails("olga@lindner.example")
    return mail


def part(mail: EmailMessage, kind: str) -> EmailMessage:
    [found] = [one for one in mail.walk() if one.get_content_type() == kind]
    return found


def asked(mail: EmailMessage) -> Event:
    [event] = Calendar.from_ical(part(mail, "text/calendar").get_content()).walk("VEVENT")
    return event


def answer(
    event: Event, said: str, *, method: str = "REPLY", sender: str = "olga@lindner.example"
) -> EmailMessage:
    """As calendars answer: the event once more, with the attendee's word."""
    event["ATTENDEE"].params["PARTSTAT"] = said
    calendar = Calendar()
    calendar.add("METHOD", method)
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Somebody's//Calendar//EN")
    calendar.add_component(event)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Olga <{sender}>", OURS, f"{said}: Visit"
    mail["Message-ID"] = f"<{said}-{method}-{sender}>"
    mail.set_content("Olga has answered this invitation.")
    mail.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": method})
    return mail


def read(post: PostOffice) -> int:
    return read_mailbox(address=post.url(OURS), now=timezone.now())


def test_the_mail_is_one_that_calendars_take(cast: Cast, invited: EmailMessage):
    calendar = part(invited, "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert invited["Reply-To"] == OURS
    assert [one.get_content_type() for one in invited.iter_parts()] == [
        "multipart/alternative",
        "application/ics",
    ]
    [alternative, attached] = list(invited.iter_parts())
    assert [one.get_content_type() for one in alternative.iter_parts()] == ["text/plain", "text/calendar"]
    assert attached.get_filename() == "invite.ics"
    event = asked(invited)
    assert (str(event["ORGANIZER"]), str(event["ATTENDEE"])) == (
        f"mailto:{OURS}",
        "mailto:olga@lindner.example",
    )
    assert "Petra" not in invited.as_string()


def test_accepting_declining_and_another_time_come_back(cast: Cast, invited: EmailMessage, post: PostOffice):
    kept = Invitation.objects.get()
    for said, method, expected in (
        ("ACCEPTED", "REPLY", "accepted"),
        ("TENTATIVE", "REPLY", "tentative"),
        ("DECLINED", "REPLY", "declined"),
    ):
        post.deliver(OURS, answer(asked(invited), said, method=method))
        assert read(post) == 1
        kept.refresh_from_db()
        assert kept.reply == expected
    assert "Olga Lindner declined." in client_for(cast.mina).get("/plan/").content.decode()
    event, later = asked(invited), kept.encounter.starts_at + timedelta(hours=2)
    del event["DTSTART"]
    event.add("DTSTART", later)
    post.deliver(OURS, answer(event, "TENTATIVE", method="COUNTER"))
    assert read(post) == 1
    assert "Olga Lindner proposes" in client_for(cast.mina).get("/plan/").content.decode()
    client_for(cast.mina).post(f"/plan/invitations/{kept.pk}/answer/")
    drain(now=timezone.now())
    assert send_messages(now=timezone.now() + timedelta(seconds=1)) == 1
    moved = asked(post.mails("olga@lindner.example")[-1])
    assert (moved["SEQUENCE"], moved.decoded("DTSTART")) == (1, later)


def test_a_forged_answer_changes_nothing(cast: Cast, invited: EmailMessage, post: PostOffice):
    post.deliver(OURS, answer(asked(invited), "DECLINED", sender="stranger@elsewhere.example"))
    forged = asked(invited)
    forged["UID"] = "guessed@lindner.example"
    post.deliver(OURS, answer(forged, "ACCEPTED"))
    Outgoing("Hello", "BEGIN:VCALENDAR\nMETHOD:REPLY\n", "olga@lindner.example", [OURS]).send()
    assert (read(post), Invitation.objects.get().reply) == (3, "none")
    refusals = sorted(InboundMail.objects.values_list("refusal", flat=True))
    assert refusals == ["no_invitation", "no_token", "other_sender"]
