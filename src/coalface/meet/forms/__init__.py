"""What is asked for before, at and after an encounter."""

from .care import JudgedForm, JudgeForm
from .closing import OnlookersForm, ReflectionForm, TakePartForm
from .coming import OtherTimeForm
from .encounters import THEY_CANCELLED, WE_DID_NOT_COME, CallOffForm, DropInForm, HoldForm, MinutesForm
from .guests import DrawGuestsForm, InviteForm, QuotaForm, SeatsForm, TokenForm
from .heard_answer import HeardAnswerForm
from .listening import DrawCallsForm, HeardForm
from .photos import REFUSED, PhotoForm
from .pieces import LONGEST
from .promises import PromiseForm
from .questions import DisclosureForm, QuestionForm
from .remarks import KINDS, SPEAKERS, AnswerForm, NoteForm
from .seating import AgainForm, OursForm, TablesForm
from .shifts import DidForm, ShiftForm
from .thanking import ThankForm
from .transcripts import NOTHING, PassageForm, TranscriptForm, VoicesForm
from .walks import NAMES, BrokenForm, NextStepForm, StepForm

__all__ = (
    "KINDS",
    "LONGEST",
    "NAMES",
    "NOTHING",
    "REFUSED",
    "SPEAKERS",
    "THEY_CANCELLED",
    "WE_DID_NOT_COME",
    "AgainForm",
    "AnswerForm",
    "BrokenForm",
    "CallOffForm",
    "DidForm",
    "DisclosureForm",
    "DrawCallsForm",
    "DrawGuestsForm",
    "DropInForm",
    "HeardAnswerForm",
    "HeardForm",
    "HoldForm",
    "InviteForm",
    "JudgeForm",
    "JudgedForm",
    "MinutesForm",
    "NextStepForm",
    "NoteForm",
    "OnlookersForm",
    "OtherTimeForm",
    "OursForm",
    "PassageForm",
    "PhotoForm",
    "PromiseForm",
    "QuestionForm",
    "QuotaForm",
    "ReflectionForm",
    "SeatsForm",
    "ShiftForm",
    "StepForm",
    "TablesForm",
    "TakePartForm",
    "ThankForm",
    "TokenForm",
    "TranscriptForm",
    "VoicesForm",
)
