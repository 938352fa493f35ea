"""What the hall shows: my week, the programme, and both in one dictionary."""

from .programme import Programme, programme
from .summary import summary
from .week import Week, week

__all__ = ("Programme", "Week", "programme", "summary", "week")
