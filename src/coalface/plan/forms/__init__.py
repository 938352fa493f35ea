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
from .plans import AgainForm, BoardForm, MoveForm, QuarterForm, next_quarter
from .ready import ready_formats
from .slots import OfferForm, SeatsForm, SlotsForm
from .times import AwayForm, CalendarForm, HoursForm, UnitHoursForm

__all__ = (
    "DEPTHS",
    "AgainForm",
    "AwayForm",
    "BoardForm",
    "CalendarForm",
    "ChangeFormatForm",
    "CommitmentForm",
    "DrawForm",
    "ExemptionForm",
    "FormatForm",
    "HoursForm",
    "MoveForm",
    "NoticeForm",
    "OfferForm",
    "PlanForm",
    "QuarterForm",
    "SeatsForm",
    "SlotsForm",
    "UnitHoursForm",
    "next_quarter",
    "ready_formats",
)
