"""What one fix or one encounter cost."""

from dataclasses import dataclass

from django.db.models import Sum

from coalface.records.models import Attendance, Cost, Encounter, Fix


@dataclass(frozen=True, slots=True)
class Costs:
    """`attended` are the hours of those of us who were there, `hours` those put down beside."""

    attended: float
    hours: float
    money: dict[str, int]
    rows: list[Cost]


def costs_of(about: Encounter | Fix) -> Costs:
    """What stands, what was taken back left out; each currency by itself."""
    of = {"fix": about} if isinstance(about, Fix) else {"encounter": about}
    standing = Cost.objects.filter(taken_back_at=None, **of).select_related("put_down_by")
    rows = list(standing.order_by("put_down_at", "id"))
    money: dict[str, int] = {}
    for row in rows:
        if row.amount:
            money[row.currency] = money.get(row.currency, 0) + row.amount
    minutes = 0
    if isinstance(about, Encounter):
        minutes = Attendance.objects.filter(encounter=about).aggregate(all=Sum("minutes"))["all"] or 0
    return Costs(minutes / 60, sum(row.hours for row in rows), dict(sorted(money.items())), rows)
