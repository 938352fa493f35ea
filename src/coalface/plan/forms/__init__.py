"""What is asked when somebody plans, and the formats to start from."""

from .planning import DEPTHS, CommitmentForm, DrawForm, ExemptionForm, FormatForm, NoticeForm, PlanForm
from .plans import AgainForm, BoardForm, MoveForm, QuarterForm, next_quarter
from .ready import ready_formats
from .slots import OfferForm, SlotsForm

__all__ = (
    "DEPTHS",
    "AgainForm",
    "BoardForm",
    "CommitmentForm",
    "DrawForm",
    "ExemptionForm",
    "FormatForm",
    "MoveForm",
    "NoticeForm",
    "OfferForm",
    "PlanForm",
    "QuarterForm",
    "SlotsForm",
    "next_quarter",
    "ready_formats",
)
