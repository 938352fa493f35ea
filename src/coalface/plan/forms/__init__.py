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

__all__ = (
    "DEPTHS",
    "ChangeFormatForm",
    "CommitmentForm",
    "DrawForm",
    "ExemptionForm",
    "FormatForm",
    "NoticeForm",
    "PlanForm",
    "ready_formats",
)
