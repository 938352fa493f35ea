"""The pages of the room."""

from .colleagues import answer, praise, tell
from .feedback import feedback, index, mine, readable_feedback, report
from .places import close_place, open_place, place, places, poster
from .receipts import add, answer_me, forget, look, take_back
from .research import bring_study, forget_study, page_of_study, research, study, study_page, withdraw_finding
from .saying import kiosk, say

__all__ = (
    "add",
    "answer",
    "answer_me",
    "bring_study",
    "close_place",
    "feedback",
    "forget",
    "forget_study",
    "index",
    "kiosk",
    "look",
    "mine",
    "open_place",
    "page_of_study",
    "place",
    "places",
    "poster",
    "praise",
    "readable_feedback",
    "report",
    "research",
    "say",
    "study",
    "study_page",
    "take_back",
    "tell",
    "withdraw_finding",
)
