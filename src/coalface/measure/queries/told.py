"""Who heard in time what became of what they raised."""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models.functions import Coalesce

from coalface.act.queries import raised_pairs, standing_tellings, wanted_pairs
from coalface.methods.results import wilson
from coalface.policies import number
from coalface.records.models import Customer, Fix

from .meetings import YEAR


def told_figures(now: datetime) -> dict | None:
    """Of the customers who raised something that ended within a year, the share told of all of it in time.

    A fix counts once the days for telling are over. Ready to be stored; None below the smallest group.
    """
    days = timedelta(days=int(number("told_within_days")))
    ended = _ended(now - days - YEAR, now - days)
    raised: dict[UUID, set[int]] = defaultdict(set)
    for fix, customer in (*raised_pairs(ended, "customer"), *wanted_pairs(ended, "customer")):
        raised[customer].add(fix)
    present = set(Customer.objects.present().filter(pk__in=raised).values_list("pk", flat=True))
    if len(present) < number("smallest_group"):
        return None
    heard = _heard(ended, days)
    told = sum(raised[one] <= heard[one] for one in present)
    share = asdict(wilson(told, len(present)))
    return {name: share[name] for name in ("estimate", "low", "high", "n")}


def _ended(since: datetime, until: datetime) -> dict[int, datetime]:
    rows = Fix.objects.annotate(ended_at=Coalesce("shipped_at", "declined_at"))
    rows = rows.filter(ended_at__gt=since, ended_at__lte=until, merged_into=None)
    return dict(rows.values_list("pk", "ended_at"))


def _heard(ended: dict[int, datetime], days: timedelta) -> dict[UUID, set[int]]:
    heard: dict[UUID, set[int]] = defaultdict(set)
    rows = standing_tellings().filter(fix__in=ended, customer__isnull=False)
    for fix, customer, at in rows.values_list("fix", "customer", "at"):
        if at <= ended[fix] + days:
            heard[customer].add(fix)
    return heard
