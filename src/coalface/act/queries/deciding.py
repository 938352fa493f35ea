"""Who decides, and what has to ship before what."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from coalface.people.queries import position_of
from coalface.permissions import Right, rights_of
from coalface.records.models import Decision, Fix, Person


def may_decide(decision: Decision, person: Person, now: datetime) -> bool:
    """Whether somebody was asked to decide, or leads where whoever was asked works."""
    if decision.decider_id == person.pk:
        return True
    position = position_of(decision.decider, timezone.localdate(now))
    return position is not None and rights_of(person, now).reach(Right.DECIDE_FIXES, position.unit)


def not_shipped_before(fix: Fix) -> QuerySet[Fix]:
    """What has to ship before it and has not."""
    return fix.needs.filter(shipped_at=None).order_by("due_on", "id")


def needed_in_turn(fixes: Collection[int]) -> set[int]:
    """The ids of all that these need, of all that those need, and so on."""
    pairs: dict[int, set[int]] = {}
    for waiting, needed in Fix.needs.through.objects.values_list("from_fix", "to_fix"):
        pairs.setdefault(waiting, set()).add(needed)
    found: set[int] = set()
    ahead = list(fixes)
    while ahead:
        new = pairs.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def could_be_needed(fix: Fix) -> QuerySet[Fix]:
    """Open fixes it could wait for, and those it waits for."""
    return (Fix.objects.open() | Fix.objects.filter(needed_by=fix)).exclude(pk=fix.pk).distinct()


def likely_needed(fix: Fix, words: str = "", at_most: int = 30) -> list[Fix]:
    """What it waits for, then others it could wait for: those of its issue, or with these words, first."""
    chosen = list(fix.needs.order_by("due_on", "id"))
    others = could_be_needed(fix).exclude(pk__in=[one.pk for one in chosen])
    if words:
        others = others.filter(Q(title__icontains=words) | Q(issue__title__icontains=words))
    near = Case(When(issue=fix.issue_id, then=0), default=1)
    return [*chosen, *others.annotate(near=near).order_by("near", "due_on", "id")[:at_most]]


def could_become(fix: Fix) -> QuerySet[Fix]:
    """Open fixes of the same issue that hold wherever this one does."""
    others = Fix.objects.open().filter(issue=fix.issue_id).exclude(pk=fix.pk).select_related("unit")
    holds = [one.pk for one in others if one.unit is None or (fix.unit and one.unit.contains(fix.unit))]
    return Fix.objects.filter(pk__in=holds).order_by("due_on", "id")
