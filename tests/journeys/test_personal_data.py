"""Personal data that stands in all words of the ledger: on no page, in no file, mail or answer to a program
does anybody see it who does not need it."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalface.home.actions import send_digests
from coalface.people.actions import add_unit, grant
from coalface.records.models import (
    Attendance,
    CareItem,
    Disposition,
    Encounter,
    Feedback,
    Fix,
    HandOver,
    Issue,
    Person,
    Remark,
    ReportPage,
    Role,
    Shift,
    Theme,
    Transcript,
    Verbatim,
)
from coalface.worker.actions import send_messages
from tests.journeys.rows import House, add_rows, addresses, house
from tests.people import NOW, Cast, client_for, join

PLANTED = {
    "mail": "quirina@secret.example",
    "phone": "+41 44 668 18 00",
    "iban": "CH93 0076 2011 6238 5295 7",
    "name": "Quirina Zweifel",
}
SENTENCE = "Mail {mail}, call {phone}, IBAN {iban}, {name}. ".format(**PLANTED)
MASKS = [[SENTENCE.index(data), SENTENCE.index(data) + len(data), kind] for kind, data in PLANTED.items()]
FILES = re.compile(r'<a href="(?P<query>\?[^"]*as=csv[^"]*)" download>CSV</a>')
PROGRAMS = ("remarks", "feedback", "customers", "people", "exposures", "issues", "fixes", "verdicts")
Seen = dict[str, str]


def plant(masks: list | None) -> None:
    """Before everything anybody ever said or wrote, but what those who took part wrote together."""
    together = {
        *Shift.objects.values_list("did", flat=True),
        *CareItem.objects.values_list("words", flat=True),
    }
    for words in Verbatim.objects.filter(erased_at=None).exclude(text="").exclude(pk__in=together - {None}):
        text = words.text.removeprefix(SENTENCE)
        Verbatim.objects.filter(pk=words.pk).update(text=SENTENCE + text, masks=masks)


def took_part_in_everything(ours: House, name: str, role: str) -> Person:
    """Somebody of a unit without customers, who was at each encounter and brought nothing in."""
    unit = add_unit(key=name.lower(), name=name, kind="site", parent=ours.cast.root, by=None, now=NOW)
    person = join(f"{name} Neu", unit, "front_line")
    grant(person=person, role=role, unit=unit, by=None, now=NOW)
    Attendance.objects.bulk_create(
        Attendance(encounter=each, person=person, depth="conversing", minutes=30)
        for each in Encounter.objects.all()
    )
    return person


def pages_of_records() -> Iterator[str]:
    """A page of every single thing that words hang on."""
    for name, rows in (
        ("meet:encounter", Encounter.objects.all()),
        ("meet:remark", Remark.objects.all()),
        ("meet:transcript", Transcript.objects.all()),
        ("hear:feedback", Feedback.objects.all()),
        ("act:fix", Fix.objects.all()),
        ("verify:verdict", Fix.objects.filter(verdicts__isnull=False)),
        ("understand:issue", Issue.objects.all()),
        ("understand:mentions", Issue.objects.all()),
        ("understand:theme", Theme.objects.filter(issue=None, merged_into=None)),
    ):
        yield from (reverse(name, args=[pk]) for pk in rows.values_list("pk", flat=True)[:3])
    for page in ReportPage.objects.all()[:2]:
        yield reverse("hear:study", args=[page.report_id])
        yield reverse("hear:study_page", args=[page.report_id, page.number])
    yield from (f"{reverse('home:search')}?q={word}" for word in ("trouble", "till"))


def everything_seen_by(person: Person, pages: Iterable[str]) -> Seen:
    """Each page that opens, each list that can be taken along from one, each answer to a program."""
    client, seen = client_for(person), {}
    for address in pages:
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            seen[address] = answer.content.decode()
    for page, text in list(seen.items()):
        for link in FILES.finditer(text):
            address = page.partition("?")[0] + unescape(link["query"])
            seen[address] = client.get(address).getvalue().decode()
    return seen | _answers(client)


def _answers(client: Client) -> Seen:
    seen = {}
    for noun in PROGRAMS:
        many = client.get(f"/api/{noun}")
        if many.status_code == 200:
            seen[f"/api/{noun}"] = many.content.decode()
            for one in many.json()["items"][:3]:
                seen[f"/api/{noun}/{one['id']}"] = client.get(f"/api/{noun}/{one['id']}").content.decode()
    return seen


def shows(seen: Seen, *kinds: str) -> list[str]:
    """Where any of it stands as it was said; what somebody typed into the search stands there as they did."""
    return sorted(address for address, text in seen.items() if any(PLANTED[kind] in text for kind in kinds))


@pytest.fixture
def ours(cast: Cast) -> House:
    found = house(cast, timezone.now() - timedelta(hours=8))
    add_rows(found, 0, 3)
    return found


def test_nobody_sees_personal_data_who_does_not_need_it_and_everybody_who_does(ours):
    member = took_part_in_everything(ours, "West", Role.MEMBER)
    leader = took_part_in_everything(ours, "East", Role.LEADER)
    HandOver.objects.update(receiver=member)
    Disposition.objects.filter(praised__isnull=False).update(praised=member)
    plant(None)
    not_read_yet = everything_seen_by(member, pages_of_records())
    plant(MASKS)
    everywhere = {*addresses(ours).values(), *pages_of_records()}
    seen = [everything_seen_by(person, everywhere) for person in (member, leader, ours.cast.ada)]
    found = [shows(not_read_yet, "mail", "phone", "iban"), *(shows(each, *PLANTED) for each in seen)]
    assert found == [[], [], [], []]
    masked = [[address for address, text in each.items() if 'class="masked"' in text] for each in seen[:2]]
    assert min(map(len, masked)) > 10
    to_her = shows(everything_seen_by(ours.reader, everywhere), "mail")
    for place in ("/meet/", "/hear/", "/customers/", "/understand/", "/api/", "as=csv"):
        assert any(place in address for address in to_her), place


def test_no_mail_says_it(ours):
    plant(MASKS)
    mail.outbox.clear()
    later = ours.now + timedelta(days=7)
    send_digests(now=later)
    send_messages(now=later)
    bodies = {str(number): message.body for number, message in enumerate(mail.outbox)}
    assert len(bodies) > 3
    assert shows(bodies, *PLANTED) == []
    assert any("[e-mail]" in body for body in bodies.values())
