"""Builds Lindner & Co in the home COALFACE_HOME names, with visits to write in; says who may sign in."""

import json
import os
import sys
from datetime import timedelta

VISITS = 4


def main() -> None:
    """The company as its own actions make it, on the settings of the product."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coalface.settings"
    import django

    django.setup()
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.plan.actions import plan_encounter
    from tests.people import client_for, lindner

    prepare()
    cast, now = lindner(), timezone.now()
    told = {}
    for person in (cast.olga, cast.rolf):
        visits = [
            plan_encounter(
                format=cast.visit,
                unit=cast.north,
                starts_at=now + timedelta(minutes=hour),
                person=person,
                customers=[cast.petra, cast.quentin],
                chosen_by="planner",
                by=cast.mina,
                now=now,
            )
            for hour in range(VISITS)
        ]
        key = client_for(person).cookies["sessionid"].value
        told[person.name] = {"session": key, "visits": [str(visit.pk) for visit in visits]}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
