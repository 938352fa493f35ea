"""What is asked about yardsticks, verdicts, and how much was done."""

from .exposures import ExposureForm
from .filters import FilterForm
from .plans import AmendForm, PlanForm

__all__ = ("AmendForm", "ExposureForm", "FilterForm", "PlanForm")
