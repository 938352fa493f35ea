"""What is asked for before, at and after an encounter."""

from .encounters import CallOffForm, DropInForm, HoldForm, MinutesForm
from .promises import PromiseForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm
from .transcripts import NOTHING, KindForm, PassageForm, TranscriptForm, VoicesForm

__all__ = (
    "KINDS",
    "NOTHING",
    "SPEAKERS",
    "AnswerForm",
    "CallOffForm",
    "DropInForm",
    "HoldForm",
    "KindForm",
    "MinutesForm",
    "NoteForm",
    "PassageForm",
    "PromiseForm",
    "TranscriptForm",
    "VoicesForm",
)
