"""Builds Lindner & Co in the home COALFACE_HOME names, with sixty things said that nobody has named."""

import os

SAID = ("The queue at the till is too long.", "My parcel came late again.", "The lift is out of order.")


def main() -> None:
    """Said today, and read through: the search is all that is left to do."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coalface.settings"
    import django

    django.setup()
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.hear.actions import NewFeedback, take_in
    from coalface.records.models import Feedback
    from coalface.worker.actions import drain
    from tests.people import lindner
    from tests.understand.themes import read_through

    prepare()
    cast, now = lindner(), timezone.now()
    given = {"source": "web", "channel": "web", "kind": "complaint", "unit": cast.north, "received_at": now}
    rows = [
        NewFeedback(source_id=str(number), text=f"{SAID[number % 3]} Day {number}!", **given)
        for number in range(60)
    ]
    take_in(rows=rows, by=None, now=now)
    drain(now=now)
    read_through(*Feedback.objects.select_related("verbatim"))


if __name__ == "__main__":
    main()
