"""How a value of a record is kept beside a run, and read back."""

from datetime import date, datetime
from typing import Any

from django.db.models import Field, Model


def as_json(value: Any) -> Any:
    """A value as JSON holds it; another record is its key."""
    if isinstance(value, Model):
        value = value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float | str | bool) else str(value)


def as_value(field: Field, kept: Any) -> Any:
    """The value that was kept, as the field of a record wants it."""
    return None if kept is None else field.to_python(kept)
