"""The pages of the room."""

from .colleagues import answer, praise, tell
from .feedback import feedback, index, mine, report
from .places import close_place, open_place, place, places, poster
from .receipts import add, answer_me, forget, look, take_back
from .saying import kiosk, say

__all__ = (
    "add",
    "answer",
    "answer_me",
    "close_place",
    "feedback",
    "forget",
    "index",
    "kiosk",
    "look",
    "mine",
    "open_place",
    "place",
    "places",
    "poster",
    "praise",
    "report",
    "say",
    "take_back",
    "tell",
)
