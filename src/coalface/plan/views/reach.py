"""Whom and what a planner may plan for."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from coalface.people.queries import people_within, units_within
from coalface.permissions import Right


def reach(request: HttpRequest, now: datetime) -> dict[str, object]:
    """The people and units a form may offer."""
    people = people_within(request.rights, Right.PLAN, timezone.localdate(now))
    return {"units": units_within(request.rights, Right.PLAN), "people": people}
