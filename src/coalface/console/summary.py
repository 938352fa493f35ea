"""`coalface summary`: how near we are to our customers, on one screen or as JSON."""

import json
import sys
from argparse import ArgumentParser, Namespace

HELP = "Print the figures of My week and Programme; docs/using/summary.md explains each key."


def arguments(parser: ArgumentParser) -> None:
    """For whom, and how."""
    parser.add_argument(
        "--as", dest="email", default="", help="add the figures of the person with this address"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace) -> int:
    """Print the summary of this home."""
    from django.utils import timezone

    from coalface.home.queries import summary
    from coalface.records.models import Person

    person = None
    if options.email:
        person = Person.objects.filter(email__iexact=options.email).first()
        if person is None:
            print(f"Nobody here has the address {options.email}.", file=sys.stderr)
            return 2
    figures = summary(now=timezone.now(), person=person)
    print(json.dumps(figures, indent=2, ensure_ascii=False) if options.json else in_words(figures))
    return 0


def in_words(figures: dict) -> str:
    """The summary in a dozen lines."""
    from django.template.loader import render_to_string

    return render_to_string("home/summary.txt", figures).strip()
