"""What the room asks for."""

from .feedback import FilterForm, ReportForm

__all__ = ("FilterForm", "ReportForm")
