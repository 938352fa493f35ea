"""What is asked when somebody plans, and the formats to start from."""

from .planning import DEPTHS, CommitmentForm, DrawForm, ExemptionForm, FormatForm, NoticeForm, PlanForm
from .plans import BoardForm
from .ready import ready_formats
from .slots import SlotsForm

__all__ = (
    "DEPTHS",
    "BoardForm",
    "CommitmentForm",
    "DrawForm",
    "ExemptionForm",
    "FormatForm",
    "NoticeForm",
    "PlanForm",
    "SlotsForm",
    "ready_formats",
)
