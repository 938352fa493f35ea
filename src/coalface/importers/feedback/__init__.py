"""Reading a file of feedback from another system by a map that says which column means what."""

from .actions import Progress, SomebodyElseReads, read_feedback
from .map import FeedbackMap, WrongMap, read_map
from .reading import CannotRead

__all__ = (
    "CannotRead",
    "FeedbackMap",
    "Progress",
    "SomebodyElseReads",
    "WrongMap",
    "read_feedback",
    "read_map",
)
