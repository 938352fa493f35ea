"""What the bank's directory shows beside names: texts, a household, twins, a yes taken back, a wish."""

from datetime import datetime, timedelta
from typing import Final

from coalface.customers import actions as customers
from coalface.customers import queries
from coalface.demo.actions.bank_people import Bank
from coalface.records.models import Channel, Consent, Customer, Purpose

TEXTS: Final = {
    "en": "May we call you to hear how you are doing with us, and write to you when something you told us "
    "got better? You can say no at any time.",
    "de": "Dürfen wir Sie anrufen, um zu hören, wie es Ihnen mit uns geht, und Ihnen schreiben, wenn etwas "
    "besser wurde, das Sie uns gesagt haben? Sie können jederzeit Nein sagen.",
}
VERSION: Final = "2025-1"


def write_texts(*, bank: Bank, now: datetime) -> None:
    """The text that customers are shown, and what a letter needs in Switzerland."""
    manager = bank.named["Mirjam Kofler"]
    for language, text in TEXTS.items():
        customers.write_wording(version=VERSION, language=language, text=text, by=manager, now=now)
    customers.set_basis(
        country="CH",
        channel=Channel.LETTER,
        purpose=Purpose.TELLING,
        basis="existing_customer",
        by=manager,
        now=now,
    )


def tidy_directory(*, bank: Bank, now: datetime) -> None:
    """On the last day: who belongs together, who is entered twice, who changed their mind, who would go."""
    manager = bank.named["Mirjam Kofler"]
    people = list(Customer.objects.present().filter(is_company=False).order_by("reference")[:12])
    first, second, one, twin, unsure, leaving = people[:6]
    home = customers.make_household(
        kind="household", name="Seestrasse 4", customer=first, by=manager, now=now
    )
    customers.join_household(household=home, customer=second, by=manager, now=now)
    name = " ".join(reversed(one.name.split()))
    customers.change(
        customer=twin, seen=queries.state_of(twin), by=manager, now=now,
        name=name, email=one.email or twin.email, phone=one.phone or twin.phone,
    )  # fmt: skip
    _changed_their_mind(unsure, bank, now)
    customers.ask_to_be_forgotten(customer=leaving, by=manager, now=now)
    customers.propose_merges(now=now)


def _changed_their_mind(customer: Customer, bank: Bank, now: datetime) -> None:
    manager, row = bank.named["Mirjam Kofler"], {"channel": Channel.EMAIL, "purpose": Purpose.TELLING}
    given = Consent.objects.filter(customer=customer, withdrawn_at=None, **row).first()
    if given:
        customers.withdraw_consent(consent=given, by=manager, now=now - timedelta(days=40))
    again = customers.NewConsent(
        customer=customer, wording=VERSION, how="at the counter", given_at=now, **row
    )
    customers.record_consents(rows=[again], by=manager, now=now)
