"""What is asked for before, at and after an encounter."""

from .care import REFUSED, JudgedForm, JudgeForm
from .encounters import CallOffForm, DropInForm, HoldForm, MinutesForm
from .listening import DrawCallsForm, HeardForm
from .pieces import LONGEST
from .promises import PromiseForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm
from .shifts import DidForm, ShiftForm
from .walks import NAMES, BrokenForm, NextStepForm, StepForm

__all__ = (
    "KINDS",
    "LONGEST",
    "NAMES",
    "REFUSED",
    "SPEAKERS",
    "AnswerForm",
    "BrokenForm",
    "CallOffForm",
    "DidForm",
    "DrawCallsForm",
    "DropInForm",
    "HeardForm",
    "HoldForm",
    "JudgeForm",
    "JudgedForm",
    "MinutesForm",
    "NextStepForm",
    "NoteForm",
    "PromiseForm",
    "ShiftForm",
    "StepForm",
)
