"""What is asked when somebody plans, and the formats to start from."""

from .planning import (
    DEPTHS,
    ChangeFormatForm,
    CommitmentForm,
    DrawForm,
    ExemptionForm,
    FormatForm,
    NoticeForm,
    PlanForm,
)
from .ready import ready_formats
from .times import AwayForm, CalendarForm, HoursForm, UnitHoursForm

__all__ = (
    "DEPTHS",
    "AwayForm",
    "CalendarForm",
    "ChangeFormatForm",
    "CommitmentForm",
    "DrawForm",
    "ExemptionForm",
    "FormatForm",
    "HoursForm",
    "NoticeForm",
    "PlanForm",
    "UnitHoursForm",
    "ready_formats",
)
