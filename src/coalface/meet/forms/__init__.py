"""What is asked for before, at and after an encounter."""

from .encounters import CallOffForm, DropInForm, HoldForm, MinutesForm
from .pieces import LONGEST
from .promises import PromiseForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm

__all__ = (
    "KINDS",
    "LONGEST",
    "SPEAKERS",
    "AnswerForm",
    "CallOffForm",
    "DropInForm",
    "HoldForm",
    "MinutesForm",
    "NoteForm",
    "PromiseForm",
)
