"""`coalface erase`: forget a customer, or do again what the list of the erased says."""

import sys
from argparse import ArgumentParser, Namespace

HELP = "Forget a customer: words and identity leave the ledger and the disk, every count stays."


def arguments(parser: ArgumentParser) -> None:
    """Whom, or the whole list once more."""
    parser.add_argument(
        "customer", nargs="?", default="", help="the customer's number, or the id in the address"
    )
    parser.add_argument("--as", dest="email", default="", help="the address of the person who decides")
    parser.add_argument("--yes", action="store_true", help="do not ask whether this is meant")
    parser.add_argument(
        "--again",
        action="store_true",
        help="after an older copy was put back: erase everybody on the list under COALFACE_HOME/erased",
    )


def run(options: Namespace) -> int:
    """Erase one customer, or everybody on the list."""
    from django.utils import timezone

    from coalface.customers.actions import NothingToErase, erase

    if options.again:
        print(f"{again(timezone.now())} erased again.")
        return 0
    customer, person = _customer(options.customer), _person(options.email)
    if customer is None:
        print(f"No customer has the number or id {options.customer!r}.", file=sys.stderr)
        return 2
    if person is None:
        print("Say with --as who decides: the address of somebody in the directory.", file=sys.stderr)
        return 2
    if not options.yes and input(f"Forget {customer.name} for good? [y/N] ").strip().lower() != "y":
        print("Nothing was changed.")
        return 1
    try:
        wish = erase(customer=customer, by=person, now=timezone.now())
    except NothingToErase:
        print("They were erased before.", file=sys.stderr)
        return 2
    print("Erased: " + ", ".join(f"{what} {n}" for what, n in sorted(wish.reached.items())))
    return 0


def again(now) -> int:
    """Do what the list says once more; who is erased already stays so."""
    from coalface.customers.actions import erase_again, finish_erasures
    from coalface.customers.queries import erased_so_far

    lines = list(erased_so_far())
    done = erase_again(
        customers=[pk for line in lines for pk in line.get("customers", ())],
        feedback=[pk for line in lines for pk in line.get("feedback", ())],
        now=now,
    )
    finish_erasures(now=now)
    return done


def _customer(said: str):
    from uuid import UUID

    from coalface.records.models import Customer

    if found := Customer.objects.filter(reference=said or None, erased_at=None).first():
        return found
    try:
        return Customer.objects.filter(pk=UUID(said), erased_at=None).first()
    except ValueError:
        return None


def _person(email: str):
    from coalface.records.models import Person

    return Person.objects.filter(email__iexact=email).first() if email else None
