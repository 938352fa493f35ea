"""What is asked for before, at and after an encounter."""

from .encounters import CallOffForm, DropInForm, HoldForm, MinutesForm
from .guests import DrawGuestsForm, InviteForm, QuotaForm, SeatsForm, TokenForm
from .promises import PromiseForm
from .questions import DisclosureForm, QuestionForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm

__all__ = (
    "KINDS",
    "SPEAKERS",
    "AnswerForm",
    "CallOffForm",
    "DisclosureForm",
    "DrawGuestsForm",
    "DropInForm",
    "HoldForm",
    "InviteForm",
    "MinutesForm",
    "NoteForm",
    "PromiseForm",
    "QuestionForm",
    "QuotaForm",
    "SeatsForm",
    "TokenForm",
)
