"""The pages of the room."""

from .feedback import feedback, index, mine, report

__all__ = ("feedback", "index", "mine", "report")
