"""From five complaints to one letter, with a real mail server: who hears of it, and what all can read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import accept_fix, open_fix, send_what_lies
from coalface.customers.actions import ask_to_be_forgotten, carry_out, restrict, withdraw_consent
from coalface.hear.actions import NewFeedback, report, take_in
from coalface.records.models import (
    Channel,
    Customer,
    Fix,
    Issue,
    Kind,
    Lane,
    Purpose,
    RestrictionKind,
    Telling,
)
from coalface.verify.actions import register_plan
from coalface.worker.actions import drain, send_messages
from tests.journeys.fixes import an_issue, exposures_of
from tests.people import Cast, client_for, welcome

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.journey]
OURS = {
    "heard_en": "The bell at the counter is dumb.",
    "did_en": "There is a new bell.",
    "heard_de": "Die Glocke am Schalter ist stumm.",
    "did_de": "Es gibt eine neue Glocke.",
}


@pytest.fixture
def erased(cast: Cast) -> Customer:
    """Somebody who complained, too."""
    return welcome("Erika Gone", unit=cast.north)[0]


def complained(cast: Cast, customer: Customer, times: int) -> None:
    now = timezone.now() - timedelta(days=12)
    rows = [
        NewFeedback(
            source="mail", source_id=f"{customer.pk}-{number}", channel="mail", kind=Kind.COMPLAINT,
            received_at=now + timedelta(hours=number), text=f"The counter bell is dumb {number}.",
            unit=cast.north, customer=customer,
        )
        for number in range(times)
    ]  # fmt: skip
    take_in(rows=rows, by=cast.adam, now=now)


def about_to_ship(cast: Cast, issue: Issue) -> Fix:
    then = timezone.now() - timedelta(days=10)
    fix = open_fix(
        issue=issue, title="A new bell", lane=Lane.THIS_WEEK, owner=cast.sven, due_on=timezone.localdate(),
        by=cast.mina, now=then,
    )  # fmt: skip
    accept_fix(fix=fix, by=cast.sven, now=then)
    day = then.date()
    register_plan(
        fix=fix, measure="contacts", baseline_from=day - timedelta(days=70), baseline_until=day,
        judge=cast.mina, by=cast.mina, now=then,
    )  # fmt: skip
    return fix


def test_a_fix_ships_and_everybody_who_raised_it_hears_it_once(cast, mailbox, erased):
    now = timezone.now()
    issue = an_issue(cast, "The counter bell", ["counter bell is dumb"], now - timedelta(days=20))
    exposures_of(cast, now)
    Customer.objects.filter(pk=cast.petra.pk).update(language="de")
    for customer, times in ((cast.petra, 5), (cast.quentin, 1), (cast.rosa, 1), (erased, 1)):
        complained(cast, customer, times)
    told_fay = {"text": "They say the counter bell is dumb.", "kind": Kind.COMPLAINT, "unit": cast.north}
    report(by=cast.fay, now=now - timedelta(days=11), **told_fay)
    drain(now=now)
    restrict(customer=cast.quentin, kind=RestrictionKind.DO_NOT_CONTACT, by=cast.mina, now=now)
    fix = about_to_ship(cast, issue)
    mina, sven = client_for(cast.mina), client_for(cast.sven)
    assert sven.post(reverse("act:ship", args=[fix.pk])).status_code == 302
    mina.post(reverse("act:publish", args=[fix.pk]), OURS)
    drain(now=timezone.now())

    page = mina.get(reverse("act:batch", args=[fix.pk, "shipped"])).content.decode()
    assert "3 letters are ready" in page
    assert (
        "Es gibt eine neue Glocke."
        in mina.get(
            reverse("act:batch", args=[fix.pk, "shipped"]), {"of": str(cast.petra.pk)}
        ).content.decode()
    )
    mina.post(reverse("act:send_news", args=[fix.pk, "shipped"]))
    carry_out(wish=ask_to_be_forgotten(customer=erased, by=cast.mina, now=now), by=cast.mina, now=now)
    consent = cast.rosa.consents.get(channel=Channel.EMAIL, purpose=Purpose.TELLING)
    withdraw_consent(consent=consent, by=cast.mina, now=now)
    drain(now=timezone.now())
    send_messages(now=timezone.now())

    [letter] = mailbox.to("petra@home.example")
    assert "Es gibt eine neue Glocke." in letter
    assert "Dear Petra" not in letter
    [ours] = mailbox.to("fay@lindner.example")
    assert "A new bell" in ours
    assert {mail["To"] for mail in mailbox.mails if "home.example" in mail["To"]} == {"petra@home.example"}

    later = timezone.now() + timedelta(days=4)
    send_what_lies(now=later)
    drain(now=later)
    send_messages(now=later)
    assert len(mailbox.to("petra@home.example")) == 1
    assert Telling.objects.filter(customer__isnull=False).count() == 1
    assert all_can_read_it(cast, mina)


def all_can_read_it(cast: Cast, mina: Client) -> bool:
    """On the public page, in both languages, and on the poster."""
    public = {
        language: Client().get(reverse("act_public:heard"), {"in": language}) for language in ("en", "de")
    }
    poster = mina.get(reverse("act:poster", args=[cast.north.pk]))
    return (
        "There is a new bell." in public["en"].content.decode()
        and "Es gibt eine neue Glocke." in public["de"].content.decode()
        and "There is a new bell." in poster.content.decode()
    )
