"""The pages of the room."""

from .feedback import feedback, index, mine, report
from .research import bring_study, forget_study, page_of_study, research, study, study_page, withdraw_finding

__all__ = (
    "bring_study",
    "feedback",
    "forget_study",
    "index",
    "mine",
    "page_of_study",
    "report",
    "research",
    "study",
    "study_page",
    "withdraw_finding",
)
