"""What is asked for before, at and after an encounter."""

from .encounters import CallOffForm, DropInForm, HoldForm, MinutesForm
from .listening import DrawCallsForm, HeardForm
from .promises import PromiseForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm
from .shifts import DidForm, ShiftForm

__all__ = (
    "KINDS",
    "SPEAKERS",
    "AnswerForm",
    "CallOffForm",
    "DidForm",
    "DrawCallsForm",
    "DropInForm",
    "HeardForm",
    "HoldForm",
    "MinutesForm",
    "NoteForm",
    "PromiseForm",
    "ShiftForm",
)
