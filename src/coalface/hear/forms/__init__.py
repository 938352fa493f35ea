"""What the room asks for."""

from .feedback import FilterForm, ReportForm
from .research import MarkForm, StudyForm

__all__ = ("FilterForm", "MarkForm", "ReportForm", "StudyForm")
