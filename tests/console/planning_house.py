"""Builds Lindner & Co in the home COALFACE_HOME names, with a quarter that somebody wants planned."""

import os
from datetime import datetime, time, timedelta


def main() -> None:
    """Everything else is done: the plan is all that is left to make."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coalface.settings"
    import django

    django.setup()
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.plan.actions import commit_level, offer_slots, want_plan
    from coalface.worker.actions import drain
    from tests.people import lindner, welcome

    prepare()
    cast, now = lindner(), timezone.now()
    given = {"by": cast.mina, "now": now}
    first = timezone.localdate(now) + timedelta(days=7)
    until = first + timedelta(weeks=13)
    commit_level(level="top", every_days=30, starts_on=first, **given)
    welcome(*(f"{letter}na Guest" for letter in "ABCDEFGHIJ"), unit=cast.north)
    at = timezone.make_aware(datetime.combine(first, time(10)))
    offer_slots(format=cast.visit, unit=cast.north, starts_at=at, repeat_until=until, **given)
    want_plan(unit=cast.root, starts_on=first, until_on=until, seed=7, **given)
    drain(now=now)


if __name__ == "__main__":
    main()
