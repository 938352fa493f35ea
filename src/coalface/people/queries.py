"""Who works where, at which level, and what they may do."""

from datetime import date

from coalface.records.models import Person, Position
from coalface.records.models.us.position import Positions


def position_of(person: Person, on: date) -> Position | None:
    """What the person was on that day; None before they came and after they left."""
    return Position.objects.held(on).filter(person=person).select_related("unit", "manager").first()


def positions_on(on: date) -> Positions:
    """Everybody's position on that day, with person, unit and manager at hand."""
    held = Position.objects.held(on).select_related("person", "unit", "manager")
    return held.order_by("unit__path", "person__name", "id")
