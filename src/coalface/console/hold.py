"""`coalface hold`: everything we hold about one customer, to give to them."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

HELP = "Write everything that is held about a customer into a zip: a page to read, JSON, photos."


def arguments(parser: ArgumentParser) -> None:
    """About whom, on whose behalf, and where to."""
    parser.add_argument("customer", help="the customer's number, or the id in the address of their page")
    parser.add_argument(
        "--as", dest="email", required=True, help="the address of the person who hands it out"
    )
    parser.add_argument("--to", default="", help="the file to write; the default is about-ID.zip here")


def run(options: Namespace) -> int:
    """Write the zip, readable only by whoever called."""
    from django.utils import timezone

    from coalface.console.erase import customer_called, person_called
    from coalface.customers.actions import hand_out

    customer, person = customer_called(options.customer), person_called(options.email)
    if customer is None or person is None:
        print("Nobody here by that number, id or address.", file=sys.stderr)
        return 2
    path = Path(options.to or f"about-{customer.pk}.zip")
    path.touch(mode=0o600)
    path.write_bytes(hand_out(customer=customer, by=person, now=timezone.now()))
    print(path)
    return 0
