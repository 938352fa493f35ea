"""Pages of the directory beyond one customer: who stands there twice, what is wished, what is needed."""

from datetime import datetime

from django.urls import reverse

from coalface.customers.actions import (
    NewCustomer,
    add_customers,
    ask_to_be_forgotten,
    make_household,
    refuse_erasure,
    set_basis,
    write_wording,
)
from coalface.records.models import Erasure
from tests.people import Cast


def settle_directory(cast: Cast, now: datetime) -> None:
    """A household, a rule and a text there is one of."""
    make_household(kind="household", name="Frei", customer=cast.petra, by=cast.mina, now=now)
    set_basis(country="CH", channel="letter", purpose="survey", basis="forbidden", by=cast.mina, now=now)
    write_wording(version="2026-01", language="en", text="May we call you?", by=cast.mina, now=now)
    ask_to_be_forgotten(customer=cast.quentin, by=cast.mina, now=now)


def add_to_directory(cast: Cast, number: int, now: datetime) -> None:
    """A pair that may be one, somebody who wants to be forgotten, and somebody who was refused."""
    names = (f"Twin{number} Lang", f"Lang Twin{number}", f"Leaving{number} Kurz", f"Staying{number} Kurz")
    rows = [
        NewCustomer(name=name, unit=cast.north, email=f"{name.split()[0].lower()}@home.example")
        for name in names
    ]
    rows[1] = NewCustomer(name=names[1], unit=cast.north, email=rows[0].email)
    _, _, leaving, staying = add_customers(rows=rows, by=cast.mina, now=now)
    ask_to_be_forgotten(customer=leaving, by=cast.mina, now=now)
    wish = ask_to_be_forgotten(customer=staying, by=cast.mina, now=now)
    refuse_erasure(wish=wish, reason="legal_claim", by=cast.mina, now=now)


def directory_lists() -> dict[str, str]:
    """The pages with rows."""
    return {"entered twice": reverse("customers:duplicates"), "wishes": reverse("customers:wishes")}


def directory_pages(cast: Cast) -> dict[str, str]:
    """The pages about one thing."""
    wish = Erasure.objects.filter(customer=cast.quentin).order_by("id").first()
    return {
        "edit a customer": reverse("customers:edit", args=[cast.petra.pk]),
        "who else": reverse("customers:choose_other", args=[cast.petra.pk]) + "?q=a",
        "one or two": reverse("customers:merge", args=[cast.petra.pk, cast.rosa.pk]),
        "a wish": reverse("customers:wish", args=[wish.pk]),
        "what a channel needs": reverse("customers:consent_rules"),
    }
