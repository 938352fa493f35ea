"""What is asked when a fix is opened, given on, decided about, declined or looked for."""

from .answers import AskForm, MergeForm, NeedsForm, NotYetForm, OfferForm, ReturnForm
from .costs import CostForm
from .fixes import ChangeForm, DeclineForm, FilterForm, FixForm
from .meetings import CallForm, MinuteForm, PointForm, PresentForm
from .opportunities import AdoptionForm, OpportunityForm, ValidationForm
from .publishing import PublishForm
from .whys import WhyForm

__all__ = (
    "AdoptionForm",
    "AskForm",
    "CallForm",
    "ChangeForm",
    "CostForm",
    "DeclineForm",
    "FilterForm",
    "FixForm",
    "MergeForm",
    "MinuteForm",
    "NeedsForm",
    "NotYetForm",
    "OfferForm",
    "OpportunityForm",
    "PointForm",
    "PresentForm",
    "PublishForm",
    "ReturnForm",
    "ValidationForm",
    "WhyForm",
)
